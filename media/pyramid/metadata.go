package pyramid

import (
	"fmt"
	"io"
	"math"
	"regexp"
	"strings"
	"time"
	"unicode"

	"github.com/bep/imagemeta"
)

// Metadata are what a picture file says of its making: of EXIF 2.32, IPTC-IIM 4.2
// and XMP, what museums need. Everything in it was written by a stranger: texts
// are of at most 500 characters that can be shown, figures within what a camera
// can mean. The zero value of a member says nothing.
type Metadata struct {
	Make, Model, Lens, Software string
	TakenAt                     string // local time of the camera, "2026-05-01T10:20:30", with its offset when that is told
	ExposureS                   float64
	FNumber                     float64
	ISO                         int
	FocalLengthMM               float64
	Title, Description          string
	Creator, Credit, Copyright  string
	Position                    *Position // nil: none
}

// Position is where a picture was taken, WGS-84.
type Position struct {
	Latitude, Longitude float64  // degrees
	AltitudeM           *float64 // above the sea; nil: not told
}

const (
	maxText    = 500
	maxTags    = 5000
	maxTagSize = 16 << 10
)

// ReadMetadata reads what r, a picture of that kind, says of its making. What
// cannot be read is left out: a picture with damaged metadata is still a picture.
//
// Errors: those of seeking.
func ReadMetadata(r io.ReadSeeker, kind Kind) (Metadata, error) {
	if _, err := r.Seek(0, io.SeekStart); err != nil {
		return Metadata{}, err
	}
	t := tags{}
	_, _ = imagemeta.Decode(imagemeta.Options{
		R: r, ImageFormat: formatOf(kind), Sources: imagemeta.EXIF | imagemeta.IPTC | imagemeta.XMP,
		LimitNumTags: maxTags, LimitTagSize: maxTagSize,
		ShouldHandleTag: func(i imagemeta.TagInfo) bool {
			// The second IFD is that of the thumbnail.
			return i.Source != imagemeta.EXIF || strings.HasPrefix(i.Namespace, "IFD0")
		},
		HandleTag: func(i imagemeta.TagInfo) error {
			t.keep(i)
			return nil
		},
	})
	return t.metadata(), nil
}

// tags are the values of a file by "source:name"; the first of a name counts.
type tags map[string]any

func (t tags) keep(i imagemeta.TagInfo) {
	key := "exif:" + i.Tag
	switch i.Source {
	case imagemeta.IPTC:
		key = "iptc:" + i.Tag
	case imagemeta.XMP:
		key = "xmp:" + i.Tag
	}
	if _, there := t[key]; !there {
		t[key] = i.Value
	}
}

func (t tags) metadata() Metadata {
	m := Metadata{
		Make: t.text("exif:Make", "xmp:Make"), Model: t.text("exif:Model", "xmp:Model"), Lens: t.text("exif:LensModel", "xmp:Lens"),
		Software: t.text("exif:Software", "xmp:CreatorTool"), TakenAt: t.takenAt(),
		ExposureS: t.figure(0, 86_400, "exif:ExposureTime"), FNumber: t.figure(0, 1000, "exif:FNumber"),
		ISO:           int(t.figure(0, 10_000_000, "exif:ISO", "exif:ISOSpeedRatings", "exif:PhotographicSensitivity")),
		FocalLengthMM: t.figure(0, 100_000, "exif:FocalLength"),
		Title:         t.text("iptc:ObjectName", "xmp:Title", "iptc:Headline"),
		Description:   t.text("exif:ImageDescription", "iptc:Caption-Abstract", "xmp:Description"),
		Creator:       t.text("exif:Artist", "iptc:By-line", "xmp:Creator"), Credit: t.text("iptc:Credit", "xmp:Credit"),
		Copyright: t.text("exif:Copyright", "iptc:CopyrightNotice", "xmp:Rights"),
	}
	m.Position = t.position()
	return m
}

// text returns the first of these that says something.
func (t tags) text(keys ...string) string {
	for _, k := range keys {
		var s string
		switch v := t[k].(type) {
		case string:
			s = v
		case []string:
			s = strings.Join(v[:min(len(v), 20)], "; ")
		default:
			continue
		}
		if s = shown(s); s != "" {
			return s
		}
	}
	return ""
}

// shown is what can be shown of s, on one line.
func shown(s string) string {
	s = strings.Map(func(r rune) rune {
		switch {
		case r == unicode.ReplacementChar:
			return -1
		case unicode.IsSpace(r):
			return ' '
		case !unicode.IsPrint(r):
			return -1
		}
		return r
	}, strings.ToValidUTF8(s, ""))
	s = strings.Join(strings.Fields(s), " ")
	if r := []rune(s); len(r) > maxText {
		s = string(r[:maxText])
	}
	return s
}

// figure returns the first of these that is a number above low and at most high.
func (t tags) figure(low, high float64, keys ...string) float64 {
	for _, k := range keys {
		if v, ok := number(t[k]); ok && v > low && v <= high {
			return v
		}
	}
	return 0
}

// number returns v as a number that is one.
func number(v any) (float64, bool) {
	var f float64
	switch n := v.(type) {
	case float64:
		f = n
	case float32:
		f = float64(n)
	case int:
		f = float64(n)
	case uint8:
		f = float64(n)
	case uint16:
		f = float64(n)
	case uint32:
		f = float64(n)
	case int32:
		f = float64(n)
	case interface{ Float64() float64 }:
		f = n.Float64()
	default:
		return 0, false
	}
	return f, !math.IsNaN(f) && !math.IsInf(f, 0)
}

var offsetForm = regexp.MustCompile(`^[+-][0-9]{2}:[0-9]{2}$`)

// takenAt reads the time of EXIF ("2026:05:01 10:20:30"), else of XMP.
func (t tags) takenAt() string {
	for _, k := range []string{"exif:DateTimeOriginal", "exif:DateTimeDigitized", "exif:CreateDate"} {
		s, _ := t[k].(string)
		at, err := time.Parse("2006:01:02 15:04:05", strings.TrimRight(s, " \x00"))
		if err != nil || at.Year() < 1820 {
			continue
		}
		out := at.Format("2006-01-02T15:04:05")
		if offset, _ := t["exif:OffsetTimeOriginal"].(string); offsetForm.MatchString(offset) {
			out += offset
		}
		return out
	}
	for _, k := range []string{"xmp:DateTimeOriginal", "xmp:CreateDate", "xmp:DateCreated"} {
		s, _ := t[k].(string)
		for _, form := range []string{time.RFC3339, "2006-01-02T15:04:05", "2006-01-02"} {
			if at, err := time.Parse(form, s); err == nil && at.Year() >= 1820 && at.Year() <= 9999 {
				return at.Format(form)
			}
		}
	}
	return ""
}

// position reads that of EXIF, else that of XMP.
func (t tags) position() *Position {
	lat, okLat := number(t["exif:GPSLatitude"])
	lon, okLon := number(t["exif:GPSLongitude"])
	if s, _ := t["exif:GPSLatitudeRef"].(string); strings.HasPrefix(s, "S") {
		lat = -lat
	}
	if s, _ := t["exif:GPSLongitudeRef"].(string); strings.HasPrefix(s, "W") {
		lon = -lon
	}
	if !okLat || !okLon {
		lat, okLat = number(t["xmp:GPSLatitude"])
		lon, okLon = number(t["xmp:GPSLongitude"])
	}
	if !okLat || !okLon || math.Abs(lat) > 90 || math.Abs(lon) > 180 {
		return nil
	}
	p := &Position{Latitude: lat, Longitude: lon}
	if alt, ok := number(t["exif:GPSAltitude"]); ok && math.Abs(alt) < 100_000 {
		if ref := fmt.Sprint(t["exif:GPSAltitudeRef"]); ref == "1" || ref == "\x01" {
			alt = -alt
		}
		p.AltitudeM = &alt
	}
	return p
}
