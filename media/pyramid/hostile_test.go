package pyramid_test

import (
	"bytes"
	"context"
	"encoding/binary"
	"errors"
	"image"
	"image/color"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"testing"

	"yijianyou/internal/fault"
	"yijianyou/media/icc/icctest"
	"yijianyou/media/pyramid"
)

// hostile is a file that somebody made to hurt, or that a strange program made.
// It is refused with the reason want, or shown with the colour shown in its middle.
type hostile struct {
	file  []byte
	want  *fault.Code
	shown color.NRGBA
}

// jpegFiles are hostile and strange JPEGs.
func jpegFiles(t testing.TB) map[string]hostile {
	good := asJPEG(t, painted(64, 64))
	mid := colourAt(32, 32, 64, 64)
	sos := bytes.Index(good, []byte{0xFF, 0xDA})
	scan := good[sos : len(good)-2]
	scans := func(n int) []byte {
		return append(append(bytes.Clone(good[:sos]), bytes.Repeat(scan, n)...), 0xFF, 0xD9)
	}
	noHeight := bytes.Clone(good)
	sof := bytes.Index(good, []byte{0xFF, 0xC0})
	copy(noHeight[sof+5:], []byte{0, 0})
	twelve := bytes.Clone(good)
	twelve[sof+4] = 12
	lossless := bytes.Clone(good)
	lossless[sof+1] = 0xC3
	profile := icctest.Matrix("P3", icctest.P3, icctest.SRGBFormula())
	return map[string]hostile{
		"101 scans":                   {file: scans(101), want: pyramid.ErrParts},
		"a million comments":          {file: afterSOI(good, bytes.Repeat(segment(0xFE, nil), 1_000_000)), want: pyramid.ErrParts},
		"no height":                   {file: noHeight, want: pyramid.ErrDamaged},
		"12 bits":                     {file: twelve, want: pyramid.ErrVariant},
		"lossless":                    {file: lossless, want: pyramid.ErrVariant},
		"a segment longer than it":    {file: afterSOI(good, []byte{0xFF, 0xE3, 0xFF, 0xFF}), want: pyramid.ErrTruncated},
		"a segment of negative size":  {file: afterSOI(good, []byte{0xFF, 0xE3, 0, 1}), want: pyramid.ErrDamaged},
		"no end":                      {file: good[:len(good)-2], want: pyramid.ErrTruncated},
		"only an end":                 {file: []byte{0xFF, 0xD8, 0xFF, 0xD9}, want: pyramid.ErrDamaged},
		"four colours, unknown kind":  {file: flat(-1, 1, 2, 3, 4), want: pyramid.ErrVariant},
		"a page behind GIF":           {file: append([]byte("GIF89a"), good...), want: pyramid.ErrKind},
		"a page of HTML that is JPEG": {file: afterSOI(good, segment(0xFE, []byte("<script>alert(1)</script>"))), shown: mid},
		"a ZIP behind its end":        {file: append(bytes.Clone(good), "PK\x03\x04 evil.exe"...), shown: mid},
		"a picture behind its end":    {file: append(bytes.Clone(good), good...), shown: mid},
		"zeros behind its end":        {file: append(bytes.Clone(good), make([]byte, 1<<20)...), shown: mid},
		"EXIF that points at itself":  {file: afterSOI(good, segment(0xE1, []byte("Exif\x00\x00II*\x00\x08\x00\x00\x00\x01\x00\x69\x87\x04\x00\x01\x00\x00\x00\x08\x00\x00\x00\x08\x00\x00\x00"))), shown: mid},
		"EXIF with a billion entries": {file: afterSOI(good, segment(0xE1, []byte("Exif\x00\x00MM\x00*\x00\x00\x00\x08\xFF\xFF\x01\x12\x00\x03\xFF\xFF\xFF\xFF\x00\x06\x00\x00"))), shown: mid},
		"orientation 9":               {file: withEXIF(good, 9), shown: mid},
		"a profile in half":           {file: afterSOI(good, iccJPEG(profile, 100)[:118]), shown: mid},
		"pieces of a profile twice":   {file: afterSOI(good, iccJPEG(profile, 100), iccJPEG(profile, 100)), shown: mid},
		"a profile of zeros":          {file: afterSOI(good, iccJPEG(make([]byte, 3000), 65000)), shown: mid},
		"255 pieces, over the limit":  {file: afterSOI(good, iccJPEG(make([]byte, 255*65000), 65000)), shown: mid},
		"fill bytes before a marker":  {file: afterSOI(good, bytes.Repeat([]byte{0xFF}, 1000)), shown: mid},
		"grey of one component":       {file: flat(-1, 77), shown: color.NRGBA{77, 77, 77, 255}},
		"Adobe RGB, not YCbCr":        {file: flat(0, 200, 100, 50), shown: color.NRGBA{200, 100, 50, 255}},
		"CMYK, inverted by Adobe":     {file: flat(0, 255, 0, 0, 255), shown: color.NRGBA{255, 0, 0, 255}},
		"CMYK, half black":            {file: flat(0, 255, 255, 255, 128), shown: color.NRGBA{128, 128, 128, 255}},
		"YCCK, cyan as Adobe has it":  {file: flat(2, 76, 85, 255, 255), shown: color.NRGBA{1, 255, 255, 255}},
	}
}

// pngFiles are hostile and strange PNGs.
func pngFiles(t testing.TB) map[string]hostile {
	good := asPNG(t, painted(64, 64))
	mid := colourAt(32, 32, 64, 64)
	wrongCRC := bytes.Clone(good)
	wrongCRC[29] ^= 1
	inText := afterIHDR(good, chunk("tEXt", []byte("Comment\x00hello")))
	inText[33+8] ^= 1
	noEnd := good[:len(good)-12]
	grey16 := image.NewGray16(image.Rect(0, 0, 20, 20))
	for i := range 400 {
		grey16.SetGray16(i%20, i/20, color.Gray16{Y: 0x8040})
	}
	palette := rawPNG(t, 4, 4, 8, 3, 0, bytes.Repeat([]byte{0, 1, 1, 1, 1}, 4), chunk("PLTE", []byte{0, 0, 0, 10, 200, 30}))
	beyond := rawPNG(t, 4, 4, 8, 3, 0, bytes.Repeat([]byte{0, 9, 9, 9, 9}, 4), chunk("PLTE", []byte{0, 0, 0}))
	clear := rawPNG(t, 4, 4, 8, 3, 0, bytes.Repeat([]byte{0, 1, 1, 1, 1}, 4), chunk("PLTE", []byte{0, 0, 0, 10, 200, 30}), chunk("tRNS", []byte{255, 0}))
	short := rawPNG(t, 64, 64, 8, 0, 0, make([]byte, 600))
	more := rawPNG(t, 4, 4, 8, 0, 0, make([]byte, 1<<20))
	bomb := deflated(t, make([]byte, 64<<20))
	return map[string]hostile{
		"a wrong checksum of the header": {file: wrongCRC, want: pyramid.ErrDamaged},
		"a wrong checksum of a text":     {file: inText, want: pyramid.ErrDamaged},
		"no end":                         {file: noEnd, want: pyramid.ErrTruncated},
		"a chunk of 4 GB":                {file: afterIHDR(good, []byte("\xFF\xFF\xFF\xFFtEXt")), want: pyramid.ErrDamaged},
		"a chunk beyond the end":         {file: afterIHDR(good, []byte("\x7F\xFF\xFF\xFFtEXt")), want: pyramid.ErrTruncated},
		"a chunk without a name":         {file: afterIHDR(good, chunk("\x00\x01\x02\x03", nil)), want: pyramid.ErrDamaged},
		"a million chunks":               {file: afterIHDR(good, bytes.Repeat(chunk("tEXt", nil), 200_000)), want: pyramid.ErrParts},
		"81 megapixels of nothing":       {file: rawPNG(t, 9000, 9000, 16, 6, 0, []byte{0}), want: pyramid.ErrDamaged},
		"fewer rows than it claims":      {file: short, want: pyramid.ErrDamaged},
		"more rows than it claims":       {file: more, want: pyramid.ErrDamaged},
		"colours beyond its palette":     {file: beyond, shown: color.NRGBA{0, 0, 0, 255}},
		"no palette":                     {file: rawPNG(t, 4, 4, 8, 3, 0, bytes.Repeat([]byte{0, 1, 1, 1, 1}, 4)), want: pyramid.ErrDamaged},
		"a depth that is none":           {file: rawPNG(t, 4, 4, 3, 0, 0, make([]byte, 64)), want: pyramid.ErrVariant},
		"an interlace that is none":      {file: rawPNG(t, 4, 4, 8, 0, 7, make([]byte, 64)), want: pyramid.ErrDamaged},
		"a text that inflates to 64 MB":  {file: afterIHDR(good, chunk("zTXt", append([]byte("Raw profile type iptc\x00\x00"), bomb...))), shown: mid},
		"a profile that does":            {file: afterIHDR(good, chunk("iCCP", append([]byte("x\x00\x00"), bomb...))), shown: mid},
		"a profile that is no zlib":      {file: afterIHDR(good, chunk("iCCP", []byte("x\x00\x00abcdef"))), shown: mid},
		"a profile without a name":       {file: afterIHDR(good, chunk("iCCP", []byte("\x00"))), shown: mid},
		"a gamma of nothing":             {file: afterIHDR(good, chunk("gAMA", make([]byte, 4)), chunk("cHRM", make([]byte, 32))), shown: mid},
		"PHP in a text":                  {file: afterIHDR(good, chunk("tEXt", []byte("a\x00<?php system('x'); ?>"))), shown: mid},
		"data behind its end":            {file: append(bytes.Clone(good), "PK\x03\x04 evil.exe"...), shown: mid},
		"interlaced":                     {file: interlaced(t, func(x, y int) byte { return 160 }), shown: color.NRGBA{160, 160, 160, 255}},
		"16 bits of grey":                {file: asPNG(t, grey16), shown: color.NRGBA{128, 128, 128, 255}},
		"a palette":                      {file: palette, shown: color.NRGBA{10, 200, 30, 255}},
		"a palette with a clear colour":  {file: clear, shown: color.NRGBA{255, 255, 255, 255}},
		"one bit":                        {file: rawPNG(t, 8, 2, 1, 0, 0, []byte{0, 0xFF, 0, 0xFF}), shown: color.NRGBA{255, 255, 255, 255}},
	}
}

func TestHostileFilesAreRefusedWithAReasonOrShownRight(t *testing.T) {
	for kind, list := range map[string]map[string]hostile{"jpeg": jpegFiles(t), "png": pngFiles(t)} {
		for name, tc := range list {
			t.Run(kind+"/"+name, func(t *testing.T) {
				dir := t.TempDir()
				var before, after runtime.MemStats
				runtime.ReadMemStats(&before)
				_, err := pyramid.Build(context.Background(), bytes.NewReader(tc.file), filepath.Join(dir, "a"), pyramid.Options{Quality: 95})
				runtime.ReadMemStats(&after)
				if cost := (after.TotalAlloc - before.TotalAlloc) >> 20; cost > 64 {
					t.Errorf("%d MB were allocated for a file of %d kB", cost, len(tc.file)>>10)
				}
				if tc.want != nil {
					refused(t, dir, err, tc.want)
					return
				}
				if err != nil {
					t.Fatal(err)
				}
				f, err := pyramid.Open(filepath.Join(dir, "a"))
				if err != nil {
					t.Fatal(err)
				}
				defer f.Close()
				m := whole(t, f)
				near(t, m, m.Bounds().Dx()/2, m.Bounds().Dy()/2, tc.shown, 6)
				packed, err := os.ReadFile(filepath.Join(dir, "a"))
				if err != nil {
					t.Fatal(err)
				}
				for _, s := range []string{"<script", "<?php", "PK\x03\x04", "evil", "Exif", "ICC_PROFILE"} {
					if bytes.Contains(packed, []byte(s)) {
						t.Errorf("the tiles carry %q", s)
					}
				}
			})
		}
	}
}

// refused checks that err says want in both languages and nothing is left.
func refused(t *testing.T, dir string, err error, want *fault.Code) {
	t.Helper()
	if !errors.Is(err, want) {
		t.Fatalf("got %v, want %s", err, want.ID())
	}
	f := fault.Of(err)
	zh, en := f.Text(fault.Chinese), f.Text(fault.English)
	if zh == en || strings.ContainsAny(zh+en, "{}") {
		t.Errorf("no reason in both languages: %q %q", zh, en)
	}
	if left, err := os.ReadDir(dir); err != nil || len(left) != 0 {
		t.Errorf("left behind: %v %v", left, err)
	}
}

func TestAFileThatIsCutAnywhereIsRefused(t *testing.T) {
	profile := icctest.Matrix("P3", icctest.P3, icctest.SRGBFormula())
	for name, file := range map[string][]byte{
		"jpeg": afterSOI(withEXIF(asJPEG(t, painted(24, 16)), 6), iccJPEG(profile, 200)),
		"png":  afterIHDR(asPNG(t, painted(24, 16)), iccPNG(t, profile), chunk("gAMA", binary.BigEndian.AppendUint32(nil, 45455))),
	} {
		if _, err := pyramid.Probe(bytes.NewReader(file), pyramid.DefaultLimits); err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		for n := range file {
			_, err := pyramid.Probe(bytes.NewReader(file[:n]), pyramid.DefaultLimits)
			if err == nil || fault.KindOf(err) == fault.Internal {
				t.Fatalf("%s cut to %d of %d bytes: %v", name, n, len(file), err)
			}
			if n > 40 && !errors.Is(err, pyramid.ErrTruncated) {
				t.Errorf("%s cut to %d of %d bytes: %v, want %s", name, n, len(file), err, pyramid.ErrTruncated.ID())
			}
		}
	}
}
