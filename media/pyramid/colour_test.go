package pyramid_test

import (
	"bytes"
	"context"
	"encoding/binary"
	"image"
	"image/color"
	"image/jpeg"
	"image/png"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"syscall"
	"testing"
	"time"

	"yijianyou/media/icc"
	"yijianyou/media/icc/icctest"
	"yijianyou/media/pyramid"
)

var (
	adobeRGB = icctest.Matrix("Adobe RGB (1998)", icctest.AdobeRGB, icctest.Curve(563))
	proPhoto = icctest.Matrix("ProPhoto RGB", icctest.ProPhoto, icctest.Curve(461))
	greyDots = icctest.Profile("GRAY", icctest.Name("Dot Gain 20%"), icctest.Tag{Sig: "kTRC", Data: icctest.Curve(448)})
)

// withInterop is a JPEG whose EXIF has the colour space and interoperability
// index of a camera set to Adobe RGB.
func withInterop(file []byte, space uint16, index string) []byte {
	le := binary.LittleEndian
	tiff := []byte("II*\x00\x08\x00\x00\x00")
	entry := func(tag, kind uint16, count, value uint32) {
		tiff = le.AppendUint16(le.AppendUint16(tiff, tag), kind)
		tiff = le.AppendUint32(le.AppendUint32(tiff, count), value)
	}
	ifd := func(n uint16) { tiff = le.AppendUint16(tiff, n) }
	ifd(1)
	entry(0x8769, 4, 1, 26)
	tiff = le.AppendUint32(tiff, 0)
	ifd(2) // at 26: the EXIF IFD
	entry(0xA001, 3, 1, uint32(space))
	entry(0xA005, 4, 1, 56)
	tiff = le.AppendUint32(tiff, 0)
	ifd(1) // at 56: the interoperability IFD
	entry(0x0001, 2, 4, le.Uint32([]byte(index+"\x00")))
	tiff = le.AppendUint32(tiff, 0)
	return afterSOI(file, segment(0xE1, append([]byte("Exif\x00\x00"), tiff...)))
}

func filled(c color.Color) *image.NRGBA64 {
	m := image.NewNRGBA64(image.Rect(0, 0, 40, 40))
	for i := range 1600 {
		m.Set(i%40, i/40, c)
	}
	return m
}

func grey(v uint8) *image.Gray {
	m := image.NewGray(image.Rect(0, 0, 40, 40))
	for i := range m.Pix {
		m.Pix[i] = v
	}
	return m
}

// converted is what the profile makes of a colour, which package icc has tested
// against floating point.
func converted(t testing.TB, profile []byte, r, g, b uint8) color.NRGBA {
	t.Helper()
	p, err := icc.Parse(profile)
	if err != nil {
		t.Fatal(err)
	}
	tr, ok := p.Transform()
	if !ok {
		t.Fatal("no conversion")
	}
	r, g, b = tr.RGB(r, g, b)
	return color.NRGBA{r, g, b, 255}
}

func TestColoursAreShownInSRGBAndItIsSaidHow(t *testing.T) {
	c := color.NRGBA{90, 160, 110, 255}
	narrow := image.NewNRGBA(image.Rect(0, 0, 40, 40))
	for i := range 1600 {
		narrow.SetNRGBA(i%40, i/40, c)
	}
	file, picture := asJPEG(t, narrow), asPNG(t, narrow)
	p3 := icctest.Matrix("Display P3", icctest.P3, icctest.SRGBFormula())
	srgb := icctest.Matrix("sRGB of somebody", icctest.SRGB, icctest.SRGBFormula())
	linear := chunk("gAMA", binary.BigEndian.AppendUint32(nil, 100_000))
	for name, tc := range map[string]struct {
		file    []byte
		colour  pyramid.Colour
		profile string
		want    color.NRGBA
	}{
		"a JPEG that says nothing":    {file, pyramid.Assumed, "", c},
		"a PNG that says nothing":     {picture, pyramid.Assumed, "", c},
		"a JPEG of Adobe RGB":         {afterSOI(file, iccJPEG(adobeRGB, 65000)), pyramid.Converted, "Adobe RGB (1998)", converted(t, adobeRGB, 90, 160, 110)},
		"in many pieces":              {afterSOI(file, iccJPEG(adobeRGB, 50)), pyramid.Converted, "Adobe RGB (1998)", converted(t, adobeRGB, 90, 160, 110)},
		"a PNG of Display P3":         {afterIHDR(picture, iccPNG(t, p3)), pyramid.Converted, "Display P3", converted(t, p3, 90, 160, 110)},
		"a PNG of P3 by cICP":         {afterIHDR(picture, chunk("cICP", []byte{12, 13, 0, 1})), pyramid.Converted, "Display P3", converted(t, p3, 90, 160, 110)},
		"a PNG of sRGB by cICP":       {afterIHDR(picture, chunk("cICP", []byte{1, 13, 0, 1})), pyramid.SRGB, "", c},
		"a PNG of HDR by cICP":        {afterIHDR(picture, chunk("cICP", []byte{9, 16, 0, 1})), pyramid.Assumed, "cICP", c},
		"16 bits of ProPhoto":         {afterIHDR(asPNG(t, filled(c)), iccPNG(t, proPhoto)), pyramid.Converted, "ProPhoto RGB", converted(t, proPhoto, 90, 160, 110)},
		"a profile of sRGB":           {afterSOI(file, iccJPEG(srgb, 65000)), pyramid.SRGB, "sRGB of somebody", c},
		"sRGB by chunk":               {afterIHDR(picture, chunk("sRGB", []byte{0})), pyramid.SRGB, "", c},
		"sRGB by gamma":               {afterIHDR(picture, chunk("gAMA", binary.BigEndian.AppendUint32(nil, 45_455))), pyramid.SRGB, "gAMA, cHRM", c},
		"linear by gamma":             {afterIHDR(picture, linear), pyramid.Converted, "gAMA, cHRM", color.NRGBA{159, 207, 174, 255}},
		"sRGB by EXIF":                {withInterop(file, 1, "R98"), pyramid.SRGB, "", c},
		"a camera set to Adobe RGB":   {withInterop(file, 0xFFFF, "R03"), pyramid.Converted, "Adobe RGB (1998)", converted(t, adobeRGB, 90, 160, 110)},
		"grey with a grey profile":    {afterSOI(asJPEG(t, grey(100)), iccJPEG(greyDots, 65000)), pyramid.Converted, "Dot Gain 20%", color.NRGBA{122, 122, 122, 255}},
		"grey PNG with one":           {afterIHDR(asPNG(t, grey(100)), iccPNG(t, greyDots)), pyramid.Converted, "Dot Gain 20%", color.NRGBA{122, 122, 122, 255}},
		"grey with a colour profile":  {afterSOI(asJPEG(t, grey(100)), iccJPEG(proPhoto, 65000)), pyramid.Converted, "ProPhoto RGB", converted(t, proPhoto, 100, 100, 100)},
		"colour with a grey profile":  {afterSOI(file, iccJPEG(greyDots, 65000)), pyramid.Assumed, "Dot Gain 20%", c},
		"CMYK with its profile":       {afterSOI(flat(0, 255, 0, 0, 255), iccJPEG(icctest.Profile("CMYK", icctest.Name("Coated FOGRA39")), 65000)), pyramid.Assumed, "Coated FOGRA39", color.NRGBA{255, 0, 0, 255}},
		"a scanner's table":           {afterSOI(file, iccJPEG(icctest.Profile("RGB ", icctest.Name("A scanner")), 65000)), pyramid.Assumed, "A scanner", c},
		"a profile that is no such":   {afterSOI(file, iccJPEG([]byte("nonsense"), 65000)), pyramid.Assumed, "", c},
		"a profile of RGB, with CMYK": {afterSOI(flat(0, 255, 0, 0, 255), iccJPEG(adobeRGB, 65000)), pyramid.Assumed, "Adobe RGB (1998)", color.NRGBA{255, 0, 0, 255}},
	} {
		t.Run(name, func(t *testing.T) {
			info, err := pyramid.Probe(bytes.NewReader(tc.file), pyramid.DefaultLimits)
			if err != nil || info.Colour != tc.colour || info.Profile != tc.profile {
				t.Errorf("%+v %v", info, err)
			}
			m := whole(t, build(t, tc.file, pyramid.Options{Quality: 97}))
			near(t, m, m.Bounds().Dx()/2, m.Bounds().Dy()/2, tc.want, 3)
		})
	}
}

// TestConversionAgreesWithLittleCMS compares a picture of many colours with what
// vips makes of it by the profile that it carries.
func TestConversionAgreesWithLittleCMS(t *testing.T) {
	vips, err := exec.LookPath("vips")
	if err != nil {
		t.Skip("skipped: vips is not installed (libvips-tools)")
	}
	m := image.NewNRGBA(image.Rect(0, 0, 120, 90))
	for i := range 120 * 90 {
		x, y := i%120, i/120
		m.SetNRGBA(x, y, color.NRGBA{byte(20 + x/10*18), byte(20 + y/10*23), byte(30 + (x/10+y/10)%5*45), 255})
	}
	for name, profile := range map[string][]byte{"adobe": adobeRGB, "prophoto": proPhoto, "p3": icctest.Matrix("P3", icctest.P3, icctest.SRGBFormula())} {
		t.Run(name, func(t *testing.T) {
			dir := t.TempDir()
			file := afterIHDR(asPNG(t, m), iccPNG(t, profile))
			in, out := filepath.Join(dir, "in.png"), filepath.Join(dir, "out.png")
			if err := os.WriteFile(in, file, 0o600); err != nil {
				t.Fatal(err)
			}
			if b, err := exec.Command(vips, "icc_transform", in, out, "srgb", "--embedded", "--intent", "relative").CombinedOutput(); err != nil {
				t.Fatalf("%v: %s", err, b)
			}
			b, err := os.ReadFile(out)
			if err != nil {
				t.Fatal(err)
			}
			peer, err := png.Decode(bytes.NewReader(b))
			if err != nil {
				t.Fatal(err)
			}
			p, err := icc.Parse(profile)
			if err != nil {
				t.Fatal(err)
			}
			tr, _ := p.Transform()
			worst := 0
			for i := 0; i < 120*90; i++ {
				c := m.NRGBAAt(i%120, i/120)
				r, g, b := tr.RGB(c.R, c.G, c.B)
				x, y, z, _ := peer.At(i%120, i/120).RGBA()
				for _, d := range []int{int(r) - int(x>>8), int(g) - int(y>>8), int(b) - int(z>>8)} {
					worst = max(worst, d, -d)
				}
			}
			t.Logf("worst difference to littleCMS: %d of 255", worst)
			if worst > 3 {
				t.Errorf("%d steps from littleCMS", worst)
			}
			shown := whole(t, build(t, file, pyramid.Options{Quality: 97}))
			for _, at := range [][2]int{{5, 5}, {65, 45}, {115, 85}} {
				x, y, z, _ := peer.At(at[0], at[1]).RGBA()
				near(t, shown, at[0], at[1], color.NRGBA{byte(x >> 8), byte(y >> 8), byte(z >> 8), 255}, 8)
			}
		})
	}
}

// TestSurveyingCostsLittle: what a picture without a profile pays for all the
// looking is small against the making of its pyramid. Both are processor time of
// this run.
func TestSurveyingCostsLittle(t *testing.T) {
	m := image.NewYCbCr(image.Rect(0, 0, 3000, 2000), image.YCbCrSubsampleRatio420)
	for i := range m.Y {
		m.Y[i] = byte(i*i>>7 + i>>3)
	}
	for i := range m.Cb {
		m.Cb[i], m.Cr[i] = byte(i>>5), byte(i>>6)
	}
	var b bytes.Buffer
	if err := jpeg.Encode(&b, m, &jpeg.Options{Quality: 92}); err != nil {
		t.Fatal(err)
	}
	cost := func(fn func() error) time.Duration {
		runtime.GC()
		before := processorTime(t)
		if err := fn(); err != nil {
			t.Fatal(err)
		}
		return processorTime(t) - before
	}
	probe := cost(func() error {
		_, err := pyramid.Probe(bytes.NewReader(b.Bytes()), pyramid.DefaultLimits)
		return err
	})
	dir := t.TempDir()
	plain := cost(func() error {
		_, err := pyramid.Build(context.Background(), bytes.NewReader(b.Bytes()), filepath.Join(dir, "a"), pyramid.Options{})
		return err
	})
	wide := afterSOI(b.Bytes(), iccJPEG(adobeRGB, 65000))
	convert := cost(func() error {
		_, err := pyramid.Build(context.Background(), bytes.NewReader(wide), filepath.Join(dir, "b"), pyramid.Options{})
		return err
	})
	t.Logf("6 megapixels, %d kB: probe %v, pyramid %v (%.1f %%), with conversion %v", b.Len()>>10, probe, plain, 100*float64(probe)/float64(plain), convert)
	if probe > plain/5 {
		t.Errorf("the probe takes %v of %v", probe, plain)
	}
}

// processorTime is what this process has used.
func processorTime(t testing.TB) time.Duration {
	t.Helper()
	var u syscall.Rusage
	if err := syscall.Getrusage(syscall.RUSAGE_SELF, &u); err != nil {
		t.Fatal(err)
	}
	return time.Duration(u.Utime.Nano() + u.Stime.Nano())
}
