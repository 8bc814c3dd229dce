package avprobe

import (
	"io"
	"slices"
)

// Mask hides a part of a file: its first bytes are Bytes, the others Fill.
type Mask struct {
	At     int64  `bson:"at"`     // offset of its first byte
	Length int64  `bson:"length"` // bytes, more than 0
	Fill   byte   `bson:"fill,omitempty"`
	Bytes  []byte `bson:"bytes,omitempty"` // at most Length
}

// blank hides length bytes at off behind first and zeros.
func blank(off, length int64, first ...byte) Mask { return Mask{At: off, Length: length, Bytes: first} }

// joined returns the masks in order.
func joined(list []Mask) ([]Mask, error) {
	list = slices.DeleteFunc(list, func(m Mask) bool { return m.Length == 0 })
	slices.SortFunc(list, func(a, b Mask) int { return int(min(max(a.At-b.At, -1), 1)) })
	for i := 1; i < len(list); i++ {
		if list[i-1].At+list[i-1].Length > list[i].At {
			return nil, ErrDamaged.New()
		}
	}
	if len(list) > maxMasks {
		return nil, ErrParts.New()
	}
	return list, nil
}

// Masked returns the bytes of r, which is the file from off on, behind masks.
func Masked(r io.Reader, off int64, masks []Mask) io.Reader {
	return &masked{r: r, at: off, masks: masks}
}

type masked struct {
	r     io.Reader
	at    int64
	masks []Mask
}

// Read implements io.Reader.
func (m *masked) Read(p []byte) (int, error) {
	n, err := m.r.Read(p)
	for _, k := range m.masks {
		for i := max(k.At, m.at); i < min(k.At+k.Length, m.at+int64(n)); i++ {
			b := k.Fill
			if j := i - k.At; j < int64(len(k.Bytes)) {
				b = k.Bytes[j]
			}
			p[i-m.at] = b
		}
	}
	m.at += int64(n)
	return n, err
}
