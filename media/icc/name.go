package icc

import (
	"encoding/binary"
	"strings"
	"unicode"
	"unicode/utf16"
)

const maxName = 80 // characters of a name

// nameOf reads the profile description: a textDescriptionType of version 2 (its
// ASCII part) or a multiLocalizedUnicodeType (§10.15), of which English counts first.
func nameOf(b []byte) string {
	if len(b) < 16 {
		return ""
	}
	switch string(b[:4]) {
	case "desc":
		n := uint64(binary.BigEndian.Uint32(b[8:]))
		return clean(string(b[12 : 12+min(n, uint64(len(b)-12), 4*maxName)]))
	case "mluc":
		return localized(b)
	}
	return ""
}

func localized(b []byte) string {
	be := binary.BigEndian
	if be.Uint32(b[12:]) != 12 { // bytes of a record
		return ""
	}
	name := ""
	for i := range min(int64(be.Uint32(b[8:])), 50) {
		if 16+12*(i+1) > int64(len(b)) {
			break
		}
		r := b[16+12*i:]
		length, offset := uint64(be.Uint32(r[4:])), uint64(be.Uint32(r[8:]))
		if offset+length > uint64(len(b)) {
			continue
		}
		text := b[offset : offset+min(length, 4*maxName)]
		units := make([]uint16, len(text)/2)
		for j := range units {
			units[j] = be.Uint16(text[2*j:])
		}
		if s := clean(string(utf16.Decode(units))); name == "" || string(r[:2]) == "en" {
			name = s
		}
		if string(r[:2]) == "en" {
			break
		}
	}
	return name
}

// clean keeps what can be shown of s, up to its first NUL.
func clean(s string) string {
	s, _, _ = strings.Cut(s, "\x00")
	s = strings.Map(func(r rune) rune {
		if r == unicode.ReplacementChar || !unicode.IsPrint(r) {
			return -1
		}
		return r
	}, strings.ToValidUTF8(s, ""))
	if r := []rune(s); len(r) > maxName {
		s = string(r[:maxName])
	}
	return strings.TrimSpace(s)
}
