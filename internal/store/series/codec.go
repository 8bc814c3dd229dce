package series

import (
	"bytes"
	"encoding/binary"
	"errors"
	"fmt"
)

// The stored form of points, in their order, after a byte that names it:
//
//	point := varint  milliseconds since the point before; the first since the start of its bucket
//	         varint  how many bytes of its key are those of the key before
//	         varint  how many more there are, and these bytes
//	         varint  0: its data is that of the point before; else one more than how many bytes of it are, and then
//	         varint  how many more there are, and these bytes
//
// All varints are unsigned (encoding/binary).
const form = 2

var errMalformed = errors.New("series: malformed points")

// reader reads stored points one by one. What key and data hold is good until
// the next call of next.
type reader struct {
	rest  []byte
	begun bool
	ms    int64
	key   []byte
	data  []byte
	count int
}

// read begins with the points of a bucket that goes from the moment from.
func read(stored []byte, from int64) (*reader, error) {
	if len(stored) == 0 {
		return &reader{ms: from}, nil
	}
	if stored[0] != form {
		return nil, fmt.Errorf("series: points in form %d, known is %d", stored[0], form)
	}
	return &reader{rest: stored[1:], ms: from}, nil
}

// next reads a point; more is false after the last.
func (r *reader) next() (more bool, err error) {
	if len(r.rest) == 0 {
		return false, nil
	}
	if r.count++; r.count > MaxPoints {
		return false, errMalformed
	}
	delta, ok1 := r.varint(uint64(dayMS))
	shared, ok2 := r.varint(uint64(len(r.key)))
	tail, ok3 := r.bytes(MaxKey - int(shared))
	if !ok1 || !ok2 || !ok3 {
		return false, errMalformed
	}
	// The order of points is that of the bytes where the keys part.
	if r.begun && delta == 0 && bytes.Compare(tail, r.key[shared:]) <= 0 {
		return false, errMalformed
	}
	r.ms += int64(delta)
	r.key = append(r.key[:shared], tail...)
	same, ok := r.varint(uint64(len(r.data)) + 1)
	if !ok || same == 0 && !r.begun {
		return false, errMalformed
	}
	if same > 0 {
		more, ok := r.bytes(MaxData - int(same-1))
		if !ok {
			return false, errMalformed
		}
		r.data = append(r.data[:same-1], more...)
	}
	r.begun = true
	return true, nil
}

// varint reads a number up to max.
func (r *reader) varint(max uint64) (uint64, bool) {
	v, n := binary.Uvarint(r.rest)
	if n <= 0 || v > max {
		return 0, false
	}
	r.rest = r.rest[n:]
	return v, true
}

// bytes reads a length up to max and as many bytes.
func (r *reader) bytes(max int) ([]byte, bool) {
	n, ok := r.varint(uint64(max))
	if !ok || n > uint64(len(r.rest)) {
		return nil, false
	}
	b := r.rest[:n]
	r.rest = r.rest[n:]
	return b, true
}

// writer makes the stored form of points that are added in their order. begin
// and resume make one.
type writer struct {
	out         []byte
	from        int64 // of the bucket
	first, last int64
	key         []byte
	data        []byte
	count       int
}

// begin makes a writer of a bucket that goes from the moment from; size is
// about how many bytes are to come.
func begin(from int64, size int) *writer {
	return &writer{out: append(make([]byte, 0, size+1), form), from: from, last: from}
}

// tailOf returns what the point after one with this key and data is written
// against: the key, after its length as a varint, and the data.
func tailOf(key, data []byte) []byte {
	b := make([]byte, 0, 2+len(key)+len(data))
	return append(append(binary.AppendUvarint(b, uint64(len(key))), key...), data...)
}

// resume makes a writer that goes on behind the points of b; size is about how
// many bytes are to come.
func resume(b *bucket, size int) (*writer, error) {
	w := begin(b.From.UnixMilli(), len(b.Points)+size)
	if b.Count == 0 {
		return w, nil
	}
	n, head := binary.Uvarint(b.Tail)
	if head <= 0 || n > MaxKey || n > uint64(len(b.Tail)-head) || b.Count > MaxPoints || len(b.Points) == 0 || b.Points[0] != form {
		return nil, errMalformed
	}
	key := b.Tail[head : head+int(n)]
	w.out = append(w.out[:0], b.Points...)
	w.first, w.last, w.count = b.First.UnixMilli(), b.Last.UnixMilli(), b.Count
	w.key, w.data = bytes.Clone(key), bytes.Clone(b.Tail[head+int(n):])
	return w, nil
}

// add adds a point.
func (w *writer) add(ms int64, key, data []byte) {
	shared := common(key, w.key)
	w.out = binary.AppendUvarint(w.out, uint64(ms-w.last))
	w.out = binary.AppendUvarint(w.out, uint64(shared))
	w.out = binary.AppendUvarint(w.out, uint64(len(key)-shared))
	w.out = append(w.out, key[shared:]...)
	w.key = append(w.key[:shared], key[shared:]...)
	if w.count > 0 && bytes.Equal(data, w.data) {
		w.out = append(w.out, 0)
	} else {
		same := common(data, w.data)
		w.out = binary.AppendUvarint(w.out, uint64(same)+1)
		w.out = binary.AppendUvarint(w.out, uint64(len(data)-same))
		w.out = append(w.out, data[same:]...)
		w.data = append(w.data[:same], data[same:]...)
	}
	if w.count == 0 {
		w.first = ms
	}
	w.last = ms
	w.count++
}

// common returns how many bytes a and b begin with in common.
func common(a, b []byte) int {
	n := 0
	for n < len(a) && n < len(b) && a[n] == b[n] {
		n++
	}
	return n
}
