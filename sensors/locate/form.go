package locate

import (
	"encoding/binary"
	"errors"
	"math"
)

// version is the first byte of the written form. A rule that needs another form
// takes another number. Forms of version 1 are read: they have one candidate,
// confirmed by its dwell alone.
const version = 2

// ErrForm says that bytes are no State of a version that is known.
var ErrForm = errors.New("locate: not a state of a known version")

// maxName is the longest name of a zone, in bytes.
const maxName = 64

// Flags of the written form.
const (
	exitFlag = 1 << iota
	twinFlag
	lostFlag
)

// Append appends the written form of st: version, flags, zones, since when, the
// twin, how it was heard where its readers failed, challengers, passages. Equal forms are equal states, but for what is
// remembered of the sightings themselves (Recall). What ended before the moment of
// the last At is not part of it.
func (st State) Append(dst []byte) []byte {
	flags := flag(st.exit, exitFlag) | flag(st.twin.zone != "", twinFlag) | flag(st.lost.known, lostFlag)
	dst = append(dst, version, flags)
	dst = appendName(dst, st.zone)
	dst = binary.AppendVarint(dst, st.since)
	dst = appendName(dst, st.inner)
	if st.twin.zone != "" {
		dst = appendName(dst, st.twin.zone)
		dst = binary.AppendVarint(dst, st.twin.at)
		dst = binary.AppendVarint(dst, st.twin.last)
	}
	if st.lost.known {
		dst = binary.AppendVarint(dst, st.lost.level)
	}
	for _, c := range st.challengers {
		if c.zone == "" {
			break
		}
		dst = appendName(dst, c.zone)
		for _, v := range []int64{c.since, c.due, c.dwell, c.score, c.last, c.credit} {
			dst = binary.AppendVarint(dst, v)
		}
		dst = appendCount(dst, c.n, c.strongest)
	}
	dst = appendName(dst, "")
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
	if len(b) < 2 {
		return State{}, ErrForm
	}
	r := reader{b: b[2:]}
	var st State
	switch {
	case b[0] == version && b[1] <= exitFlag|twinFlag|lostFlag:
		st = r.state(b[1])
	case b[0] == 1 && b[1] <= exitFlag:
		st = r.first(b[1])
	default:
		return State{}, ErrForm
	}
	r.passages(&st)
	if r.bad {
		return State{}, ErrForm
	}
	return st, nil
}

// state reads what comes before the passages.
func (r *reader) state(flags byte) State {
	st := State{exit: flags&exitFlag != 0}
	st.zone, st.since, st.inner = r.name(), r.varint(), r.name()
	if flags&twinFlag != 0 {
		st.twin = twin{zone: r.name(), at: r.varint(), last: r.varint()}
		r.bad = r.bad || st.twin.zone == ""
	}
	if flags&lostFlag != 0 {
		st.lost = lost{known: true, level: r.varint()}
	}
	for i := 0; !r.bad; i++ {
		zone := r.name()
		if zone == "" {
			break
		}
		if i == maxChallengers {
			r.bad = true
			break
		}
		c := &st.challengers[i]
		c.zone = zone
		for _, v := range []*int64{&c.since, &c.due, &c.dwell, &c.score, &c.last, &c.credit} {
			*v = r.varint()
		}
		c.n, c.strongest = r.count()
	}
	return st
}

// first reads the same of version 1.
func (r *reader) first(flags byte) State {
	st := State{exit: flags&exitFlag != 0}
	st.zone, st.inner = r.name(), r.name()
	if zone := r.name(); zone != "" {
		c := &st.challengers[0]
		c.zone, c.since, c.due = zone, r.varint(), r.varint()
		c.n, c.strongest = r.count()
		c.dwell, c.score, c.last = c.due-c.since, confirmed, c.since
	}
	return st
}

func (r *reader) passages(st *State) {
	for i := 0; len(r.b) > 0 && !r.bad; i++ {
		if i == maxPassages {
			r.bad = true
			return
		}
		p := &st.passages[i]
		if p.zone = r.name(); p.zone == "" {
			r.bad = true
		}
		p.at = r.varint()
		p.n, p.strongest = r.count()
	}
}

func flag(b bool, bit byte) byte {
	if b {
		return bit
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
