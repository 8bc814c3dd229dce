package sensors

// values walks over what an array or an object of valid JSON holds. Its bytes
// must have passed json.Valid: nothing here checks the grammar again.
type values struct {
	one  []byte // instead of an array: its only value; nil once taken
	rest []byte // what is between the brackets and not read yet, without white space at its ends
}

// valuesOf returns what raw, an array or an object, holds.
func valuesOf(raw []byte) values { return values{rest: trimmed(raw[1 : len(raw)-1])} }

// next returns the next value of an array.
func (v *values) next() (raw []byte, ok bool) {
	if v.one != nil {
		raw, v.one = v.one, nil
		return raw, true
	}
	if len(v.rest) == 0 {
		return nil, false
	}
	raw = v.take()
	if len(v.rest) > 0 {
		v.rest = trimmed(v.rest[1:]) // the comma
	}
	return raw, true
}

// member returns the next member of an object, its name in quotation marks; a
// nil value after the last.
func (v *values) member() (name, value []byte) {
	if len(v.rest) == 0 {
		return nil, nil
	}
	name = v.take()
	v.rest = trimmed(v.rest[1:]) // the colon
	value, _ = v.next()
	return name, value
}

// count returns how many values are left of an array.
func (v values) count() (n int) {
	for {
		if _, ok := v.next(); !ok {
			return n
		}
		n++
	}
}

// take cuts the value off with which rest begins, and the space behind it.
func (v *values) take() []byte {
	n := extent(v.rest)
	raw := v.rest[:n]
	v.rest = trimmed(v.rest[n:])
	return raw
}

// extent returns the length of the value with which b begins.
func extent(b []byte) int {
	switch b[0] {
	case '"':
		return quoted(b)
	case '{', '[':
		depth := 0
		for i := 0; i < len(b); i++ {
			switch b[i] {
			case '"':
				i += quoted(b[i:]) - 1
			case '{', '[':
				depth++
			case '}', ']':
				if depth--; depth == 0 {
					return i + 1
				}
			}
		}
	}
	for i, c := range b {
		if c == ',' || c == ']' || c == '}' || blank(c) {
			return i
		}
	}
	return len(b)
}

// quoted returns the length of the string with which b begins.
func quoted(b []byte) int {
	for i := 1; i < len(b); i++ {
		switch b[i] {
		case '\\':
			i++
		case '"':
			return i + 1
		}
	}
	return len(b)
}

func blank(c byte) bool { return c == ' ' || c == '\t' || c == '\n' || c == '\r' }

func trimmed(b []byte) []byte {
	for len(b) > 0 && blank(b[0]) {
		b = b[1:]
	}
	for len(b) > 0 && blank(b[len(b)-1]) {
		b = b[:len(b)-1]
	}
	return b
}
