// Package icctest makes colour profiles for tests, byte by byte after
// ICC.1:2022, so that no test needs a file of somebody else.
package icctest

import (
	"encoding/binary"
	"math"
	"unicode/utf16"
)

// Tag is one element of a profile.
type Tag struct {
	Sig  string // four letters
	Data []byte
}

// Profile joins a header of the colour space (four letters) with the tags.
func Profile(space string, tags ...Tag) []byte {
	be := binary.BigEndian
	b := make([]byte, 128)
	copy(b[8:], []byte{4, 0x40, 0, 0})
	copy(b[12:], "mntr")
	copy(b[16:], space)
	copy(b[20:], "XYZ ")
	be.PutUint16(b[24:], 2026)
	be.PutUint16(b[26:], 11)
	be.PutUint16(b[28:], 28)
	copy(b[36:], "acsp")
	copy(b[68:], XYZ(0.9642, 1, 0.8249)[8:])
	b = be.AppendUint32(b, uint32(len(tags)))
	at := len(b) + 12*len(tags)
	var data []byte
	for _, t := range tags {
		b = append(b, t.Sig...)
		b = be.AppendUint32(b, uint32(at+len(data)))
		b = be.AppendUint32(b, uint32(len(t.Data)))
		data = append(data, t.Data...)
		for len(data)%4 != 0 {
			data = append(data, 0)
		}
	}
	b = append(b, data...)
	be.PutUint32(b, uint32(len(b)))
	return b
}

// XYZ is an XYZType.
func XYZ(x, y, z float64) []byte {
	b := []byte("XYZ \x00\x00\x00\x00")
	for _, v := range []float64{x, y, z} {
		b = binary.BigEndian.AppendUint32(b, uint32(int32(math.Round(v*65536))))
	}
	return b
}

// Curve is a curveType; one value is a gamma in 256ths.
func Curve(values ...uint16) []byte {
	b := []byte("curv\x00\x00\x00\x00")
	b = binary.BigEndian.AppendUint32(b, uint32(len(values)))
	for _, v := range values {
		b = binary.BigEndian.AppendUint16(b, v)
	}
	return b
}

// Formula is a parametricCurveType.
func Formula(form uint16, p ...float64) []byte {
	b := []byte("para\x00\x00\x00\x00")
	b = binary.BigEndian.AppendUint16(b, form)
	b = append(b, 0, 0)
	for _, v := range p {
		b = binary.BigEndian.AppendUint32(b, uint32(int32(math.Round(v*65536))))
	}
	return b
}

// Name is a description of version 4 in English.
func Name(name string) Tag {
	be := binary.BigEndian
	units := utf16.Encode([]rune(name))
	b := []byte("mluc\x00\x00\x00\x00\x00\x00\x00\x01\x00\x00\x00\x0CenUS")
	b = be.AppendUint32(b, uint32(2*len(units)))
	b = be.AppendUint32(b, 28)
	for _, u := range units {
		b = be.AppendUint16(b, u)
	}
	return Tag{"desc", b}
}

// Matrix is a profile of three columns and one curve for all channels.
func Matrix(name string, columns [3][3]float64, curve []byte) []byte {
	tags := []Tag{Name(name), {"wtpt", XYZ(0.9642, 1, 0.8249)}}
	for i, c := range []string{"r", "g", "b"} {
		tags = append(tags, Tag{c + "XYZ", XYZ(columns[i][0], columns[i][1], columns[i][2])}, Tag{c + "TRC", curve})
	}
	return Profile("RGB ", tags...)
}

// SRGBFormula is the curve of sRGB.
func SRGBFormula() []byte {
	return Formula(3, 2.4, 1/1.055, 0.055/1.055, 1/12.92, 0.04045)
}

// Columns of well-known spaces, adapted to D50: red, green, blue.
var (
	SRGB     = [3][3]float64{{0.4360747, 0.2225045, 0.0139322}, {0.3850649, 0.7168786, 0.0971045}, {0.1430804, 0.0606169, 0.7141733}}
	AdobeRGB = [3][3]float64{{0.6097559, 0.3111242, 0.0194811}, {0.2052401, 0.6256560, 0.0608902}, {0.1492240, 0.0632197, 0.7448387}}
	P3       = [3][3]float64{{0.5151, 0.2412, -0.0011}, {0.2920, 0.6922, 0.0419}, {0.1571, 0.0666, 0.7841}}
	ProPhoto = [3][3]float64{{0.7976749, 0.2880402, 0}, {0.1351917, 0.7118741, 0}, {0.0313534, 0.0000857, 0.8252100}}
)
