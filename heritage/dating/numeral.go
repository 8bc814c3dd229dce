package dating

var digits = map[rune]int{'零': 0, '一': 1, '二': 2, '三': 3, '四': 4, '五': 5, '六': 6, '七': 7, '八': 8, '九': 9, '两': 2, '壹': 1, '贰': 2, '叁': 3, '肆': 4, '伍': 5, '陆': 6, '柒': 7, '捌': 8, '玖': 9}

// tens are the characters that stand for tens at the beginning of a number.
var tens = map[rune]int{'廿': 20, '卅': 30, '卌': 40}

// count reads digits or a Chinese numeral below ten thousand at the start of s:
// 四十五, 廿三, 一百二十, 一九三七, 三千. length is 0 when there is none.
func count(s []rune) (n, length int) {
	for length < len(s) && isDigit(s[length]) && length < 9 {
		n = n*10 + int(s[length]-'0')
		length++
	}
	if length > 0 || len(s) == 0 {
		return n, length
	}
	if n, length = positional(s); length > 1 {
		return n, length
	}
	n, length = 0, 0
	pending, limit := -1, 10000
	for length < len(s) {
		r := s[length]
		size := magnitude(r)
		d, digit := digits[r]
		switch {
		case digit && pending < 0:
			pending = d
		case digit && pending == 0:
			pending = d
		case size > 0 && size < limit:
			if pending < 0 {
				pending = 1
			}
			n, pending, limit = n+pending*size, -1, size
		case tens[r] > 0 && pending < 0 && limit > 10:
			n, limit = n+tens[r], 10
		default:
			return n + max(pending, 0), length
		}
		length++
	}
	return n + max(pending, 0), length
}

// positional reads digits that stand one behind the other, without 十 and 百.
func positional(s []rune) (n, length int) {
	for length < len(s) && length < 7 {
		d, ok := digits[s[length]]
		if !ok {
			break
		}
		n = n*10 + d
		length++
	}
	if length < len(s) {
		switch s[length] {
		case '十', '百', '千', '拾', '佰':
			return 0, 0
		}
	}
	return n, length
}

func magnitude(r rune) int {
	switch r {
	case '十', '拾':
		return 10
	case '百', '佰':
		return 100
	case '千':
		return 1000
	}
	return 0
}
