// Package exiftest makes pictures that carry what a camera and a press agency
// write into them, byte by byte, for tests that nothing of it leaves.
package exiftest

import (
	"encoding/binary"
	"fmt"
)

// Secrets are texts that stand in every picture of Tagged and must be in no public
// answer. The position also stands there in numbers, see Numbers.
var Secrets = []string{"Exif\x00\x00", "SecretCam", "Secret Lens", "SN-1234567", "ns.adobe.com", "GPSLatitude", "Photoshop 3.0", "8BIM",
	"Secret Photographer", "Secret caption", "34,37.2N", "112,27.3E", "34.62", "112.455"}

// Numbers are the bytes of the position in EXIF: 34° 37′ 12″, 112° 27′ 18″.
var Numbers = [][]byte{rationals(34, 37, 12), rationals(112, 27, 18)}

func rationals(values ...uint32) []byte {
	var b []byte
	for _, v := range values {
		b = binary.BigEndian.AppendUint32(b, v)
		b = binary.BigEndian.AppendUint32(b, 1)
	}
	return b
}

// entry is one entry of a directory (TIFF 6.0 §2): its value is inline when it has
// at most four bytes.
type entry struct {
	tag, kind uint16
	count     uint32
	value     []byte
}

func text(tag uint16, s string) entry { return entry{tag, 2, uint32(len(s) + 1), []byte(s + "\x00")} }

func short(tag, v uint16) entry {
	return entry{tag, 3, 1, binary.BigEndian.AppendUint16(nil, v)}
}

func ratio(tag uint16, values ...uint32) entry {
	return entry{tag, 5, uint32(len(values) / 2), func() (b []byte) {
		for _, v := range values {
			b = binary.BigEndian.AppendUint32(b, v)
		}
		return b
	}()}
}

func pointer(tag uint16, to int) entry {
	return entry{tag, 4, 1, binary.BigEndian.AppendUint32(nil, uint32(to))}
}

// directory writes entries as they stand at offset at.
func directory(at int, entries ...entry) []byte {
	be := binary.BigEndian
	b := be.AppendUint16(nil, uint16(len(entries)))
	data := at + 2 + 12*len(entries) + 4
	var values []byte
	for _, e := range entries {
		b = be.AppendUint16(be.AppendUint16(b, e.tag), e.kind)
		b = be.AppendUint32(b, e.count)
		v := e.value
		if len(v) > 4 {
			b = be.AppendUint32(b, uint32(data+len(values)))
			values = append(values, v...)
			if len(values)%2 == 1 {
				values = append(values, 0)
			}
			continue
		}
		b = append(b, append(v, make([]byte, 4-len(v))...)...)
	}
	return append(be.AppendUint32(b, 0), values...)
}

// EXIF is the block of a camera with orientation 1, exposure and position.
func EXIF(south, west bool) []byte {
	ns, ew := "N", "E"
	if south {
		ns = "S"
	}
	if west {
		ew = "W"
	}
	gps := []entry{{0, 1, 4, []byte{2, 3, 0, 0}}, text(1, ns), {2, 5, 3, rationals(34, 37, 12)}, text(3, ew), {4, 5, 3, rationals(112, 27, 18)},
		{5, 1, 1, []byte{0}}, ratio(6, 1505, 10)}
	camera := []entry{ratio(0x829A, 1, 250), ratio(0x829D, 56, 10), short(0x8827, 400), text(0x9003, "2026:05:01 10:20:30"), text(0x9011, "+08:00"),
		ratio(0x920A, 85, 1), text(0xA431, "SN-1234567"), text(0xA434, "Secret Lens 85mm")}
	first := func(exif, gps int) []entry {
		return []entry{text(0x010E, "Secret caption of the maker"), text(0x010F, "SecretCam"), text(0x0110, "SecretCam X1"), short(0x0112, 1),
			text(0x013B, "Secret Photographer"), pointer(0x8769, exif), pointer(0x8825, gps)}
	}
	exifAt := 8 + len(directory(8, first(0, 0)...))
	gpsAt := exifAt + len(directory(exifAt, camera...))
	b := append([]byte("MM\x00*\x00\x00\x00\x08"), directory(8, first(exifAt, gpsAt)...)...)
	b = append(b, directory(exifAt, camera...)...)
	return append(b, directory(gpsAt, gps...)...)
}

// XMP is a packet with a position and a creator.
func XMP() []byte {
	return []byte(`<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"><rdf:Description rdf:about=""` +
		` xmlns:exif="http://ns.adobe.com/exif/1.0/" xmlns:dc="http://purl.org/dc/elements/1.1/" exif:GPSLatitude="34,37.2N" exif:GPSLongitude="112,27.3E">` +
		`<dc:creator><rdf:Seq><rdf:li>Secret Photographer</rdf:li></rdf:Seq></dc:creator></rdf:Description></rdf:RDF></x:xmpmeta>`)
}

// IPTC is an image resource block with a by-line and a caption.
func IPTC() []byte {
	record := func(id byte, s string) string { return "\x1C\x02" + string([]byte{id, 0, byte(len(s))}) + s }
	data := record(80, "Secret Photographer") + record(120, "Secret caption of the agency")
	return []byte(fmt.Sprintf("Photoshop 3.0\x008BIM\x04\x04\x00\x00%s%s", binary.BigEndian.AppendUint32(nil, uint32(len(data))), data))
}

func segment(mark byte, data []byte) []byte {
	return append(binary.BigEndian.AppendUint16([]byte{0xFF, mark}, uint16(len(data)+2)), data...)
}

// Tagged puts EXIF, XMP and IPTC into a JPEG.
func Tagged(jpeg []byte) []byte {
	out := append([]byte{}, jpeg[:2]...)
	out = append(out, segment(0xE1, append([]byte("Exif\x00\x00"), EXIF(false, false)...))...)
	out = append(out, segment(0xE1, append([]byte("http://ns.adobe.com/xap/1.0/\x00"), XMP()...))...)
	out = append(out, segment(0xED, IPTC())...)
	return append(out, jpeg[2:]...)
}

// Only puts one EXIF block into a JPEG, with a position in the south or the west.
func Only(jpeg []byte, south, west bool) []byte {
	return append(append(append([]byte{}, jpeg[:2]...), segment(0xE1, append([]byte("Exif\x00\x00"), EXIF(south, west)...))...), jpeg[2:]...)
}

// OnlyXMP puts an XMP packet into a JPEG.
func OnlyXMP(jpeg []byte) []byte {
	return append(append(append([]byte{}, jpeg[:2]...), segment(0xE1, append([]byte("http://ns.adobe.com/xap/1.0/\x00"), XMP()...))...), jpeg[2:]...)
}
