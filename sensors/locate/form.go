package locate

import (
	"encoding/binary"
	"errors"
	"math"
)

// version is the first byte of the written form. A rule that needs another
// form takes another number; what was written before is then made anew from
// the sightings.
const version = 1

// ErrForm says that bytes are no State of this version.
var ErrForm = errors.New("locate: not a state of this version")

// maxName is the longest name of a zone, in bytes.
const maxName = 64

// Append appends the written form of st: version, flags, zones, candidate,
// passages. Equal forms are equal states, but for the sightings of the last
// Window. Zones and passages that ended before the moment of the last At are
// not part of it.
func (st State) Append(dst []byte) []byte {
	dst = append(dst, version, flag(st.exit))
	dst = appendName(dst, st.zone)
	dst = appendName(dst, st.inner)
	dst = appendName(dst, st.candidate.zone)
	if c := st.candidate; c.zone != "" {
		dst = binary.AppendVarint(dst, c.since)
		dst = binary.AppendVarint(dst, c.due)
		dst = appendCount(dst, c.n, c.strongest)
	}
	for _, p := range st.passages {
		if p.zone == "" {
			break
		}
		dst = appendName(dst, p.zone)
		dst = binary.AppendVarint(dst, p.at)
		dst = appendCount(dst, p.n, p.strongest)
	}
	return dst
}

// Parse reads a written form.
//
// Errors: ErrForm.
func Parse(b []byte) (State, error) {
	var st State
	if len(b) < 2 || b[0] != version || b[1] > 1 {
		return State{}, ErrForm
	}
	r := reader{b: b[2:]}
	st.exit = b[1] == 1
	st.zone, st.inner = r.name(), r.name()
	if st.candidate.zone = r.name(); st.candidate.zone != "" {
		st.candidate.since, st.candidate.due = r.varint(), r.varint()
		st.candidate.n, st.candidate.strongest = r.count()
	}
	for i := 0; len(r.b) > 0 && !r.bad; i++ {
		if i == maxPassages {
			return State{}, ErrForm
		}
		p := &st.passages[i]
		if p.zone = r.name(); p.zone == "" {
			return State{}, ErrForm
		}
		p.at = r.varint()
		p.n, p.strongest = r.count()
	}
	if r.bad {
		return State{}, ErrForm
	}
	return st, nil
}

func flag(b bool) byte {
	if b {
		return 1
	}
	return 0
}

func appendName(dst []byte, s string) []byte {
	return append(binary.AppendUvarint(dst, uint64(len(s))), s...)
}

func appendCount(dst []byte, n int, strongest float64) []byte {
	if math.IsNaN(strongest) {
		strongest = math.NaN() // there are many, one is written
	}
	dst = binary.AppendUvarint(dst, uint64(n))
	return binary.BigEndian.AppendUint64(dst, math.Float64bits(strongest))
}

// reader takes values off the front of b; bad is set when one is not there.
type reader struct {
	b   []byte
	bad bool
}

func (r *reader) name() string {
	n := r.uvarint()
	if r.bad || n > maxName || n > uint64(len(r.b)) {
		r.bad = true
		return ""
	}
	s := string(r.b[:n])
	r.b = r.b[n:]
	return s
}

func (r *reader) count() (int, float64) {
	n := r.uvarint()
	if r.bad || n > math.MaxInt32 || len(r.b) < 8 {
		r.bad = true
		return 0, 0
	}
	f := math.Float64frombits(binary.BigEndian.Uint64(r.b))
	r.b = r.b[8:]
	return int(n), f
}

func (r *reader) uvarint() uint64 {
	v, n := binary.Uvarint(r.b)
	return took(r, v, n)
}

func (r *reader) varint() int64 {
	v, n := binary.Varint(r.b)
	return took(r, v, n)
}

// took drops the n bytes of v.
func took[T any](r *reader, v T, n int) T {
	if n <= 0 {
		r.bad = true
		var none T
		return none
	}
	r.b = r.b[n:]
	return v
}
