package icc

import (
	"encoding/binary"
	"errors"
	"math"
)

// MaxBytes is the largest profile that is read. Those of CMYK printing have
// up to about 3 MB.
const MaxBytes = 4 << 20

const (
	headerBytes = 128 // §7.2
	maxTags     = 200 // §7.3; profiles have about 20
)

// ErrProfile is a profile that breaks its format or a limit.
var ErrProfile = errors.New("icc: no usable profile")

// Space is the colour space of the pixels (§7.2.8), four letters.
type Space string

const (
	RGB  Space = "RGB "
	Gray Space = "GRAY"
	CMYK Space = "CMYK"
)

// Profile is what is used of a colour profile.
type Profile struct {
	Name  string // as its makers call it, at most maxName characters; "" when it does not say
	Space Space

	curves [3]curve // of red, green, blue; of grey the first only
	matrix [9]float64
	exact  bool // curves (and matrix) are there
}

// Convertible reports whether pixels can be converted: whether the profile is
// made of curves and a matrix, or of one curve of grey.
func (p *Profile) Convertible() bool { return p.exact }

// Parse reads a profile.
//
// Errors: ErrProfile when it cannot even be named. A profile that is sound and
// of a form that is not converted is no error.
func Parse(b []byte) (*Profile, error) {
	be := binary.BigEndian
	if len(b) < headerBytes+4 || len(b) > MaxBytes || string(b[36:40]) != "acsp" {
		return nil, ErrProfile
	}
	if size := be.Uint32(b); uint64(size) > uint64(len(b)) || size < headerBytes+4 {
		return nil, ErrProfile
	}
	tags, err := parseTags(b)
	if err != nil {
		return nil, err
	}
	p := &Profile{Name: nameOf(tags["desc"]), Space: Space(b[16:20])}
	pcs := string(b[20:24])
	switch {
	case p.Space == RGB && pcs == "XYZ ":
		p.exact = p.readRGB(tags)
	case p.Space == Gray && (pcs == "XYZ " || pcs == "Lab "):
		p.exact = p.readGray(tags)
	}
	return p, nil
}

// parseTags returns the data of each tag (§7.3); a signature that is there twice
// counts once, the first time.
func parseTags(b []byte) (map[string][]byte, error) {
	be := binary.BigEndian
	n := be.Uint32(b[headerBytes:])
	if n > maxTags || uint64(headerBytes)+4+12*uint64(n) > uint64(len(b)) {
		return nil, ErrProfile
	}
	tags := make(map[string][]byte, n)
	for i := range int(n) {
		e := b[headerBytes+4+12*i:]
		offset, size := uint64(be.Uint32(e[4:])), uint64(be.Uint32(e[8:]))
		if offset+size > uint64(len(b)) {
			return nil, ErrProfile
		}
		if sig := string(e[:4]); tags[sig] == nil {
			tags[sig] = b[offset : offset+size]
		}
	}
	return tags, nil
}

// readRGB reads three curves and three columns of the matrix (§8.3.3).
func (p *Profile) readRGB(tags map[string][]byte) bool {
	for i, c := range []string{"r", "g", "b"} {
		curve, err := parseCurve(tags[c+"TRC"])
		if err != nil {
			return false
		}
		column, ok := parseXYZ(tags[c+"XYZ"])
		if !ok {
			return false
		}
		p.curves[i] = curve
		for row := range 3 {
			p.matrix[3*row+i] = column[row]
		}
	}
	// The columns sum to the white of the connection space: a matrix that is far
	// from it would tint every grey.
	for row, white := range d50 {
		sum := p.matrix[3*row] + p.matrix[3*row+1] + p.matrix[3*row+2]
		if math.Abs(sum-white) > 0.1 {
			return false
		}
	}
	return true
}

// readGray reads the one curve of a grey profile (§8.4.3).
func (p *Profile) readGray(tags map[string][]byte) bool {
	c, err := parseCurve(tags["kTRC"])
	p.curves[0] = c
	return err == nil
}

// d50 is the white of the connection space (§7.2.16).
var d50 = [3]float64{0.9642, 1, 0.8249}

// parseXYZ reads an XYZType of one triple (§10.31).
func parseXYZ(b []byte) (v [3]float64, ok bool) {
	if len(b) < 20 || string(b[:4]) != "XYZ " {
		return v, false
	}
	for i := range v {
		v[i] = fixed(b[8+4*i:])
	}
	return v, true
}

// fixed reads an s15Fixed16Number (§4.6).
func fixed(b []byte) float64 { return float64(int32(binary.BigEndian.Uint32(b))) / 65536 }
