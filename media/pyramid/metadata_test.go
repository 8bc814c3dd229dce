package pyramid_test

import (
	"bytes"
	"math"
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"yijianyou/media/pyramid"
	"yijianyou/media/pyramid/exiftest"
)

func read(t testing.TB, file []byte, kind pyramid.Kind) pyramid.Metadata {
	t.Helper()
	m, err := pyramid.ReadMetadata(bytes.NewReader(file), kind)
	if err != nil {
		t.Fatal(err)
	}
	return m
}

func TestMetadataOfCameraAndAgencyAreRead(t *testing.T) {
	file := asJPEG(t, painted(40, 30))
	altitude := 150.5
	want := pyramid.Metadata{Make: "SecretCam", Model: "SecretCam X1", Lens: "Secret Lens 85mm", TakenAt: "2026-05-01T10:20:30+08:00", ExposureS: 0.004, FNumber: 5.6, ISO: 400,
		FocalLengthMM: 85, Description: "Secret caption of the maker", Creator: "Secret Photographer", Position: &pyramid.Position{Latitude: 34.62, Longitude: 112.455, AltitudeM: &altitude}}
	close := cmpopts.EquateApprox(0, 1e-6)
	if diff := cmp.Diff(want, read(t, exiftest.Tagged(file), pyramid.JPEG), close); diff != "" {
		t.Error(diff)
	}
	if p := read(t, exiftest.Only(file, true, true), pyramid.JPEG).Position; p == nil || math.Abs(p.Latitude+34.62) > 1e-6 || math.Abs(p.Longitude+112.455) > 1e-6 {
		t.Errorf("south and west: %+v", p)
	}
	if m := read(t, exiftest.OnlyXMP(file), pyramid.JPEG); m.Position == nil || math.Abs(m.Position.Latitude-34.62) > 1e-6 || m.Creator != "Secret Photographer" {
		t.Errorf("XMP alone: %+v", m)
	}
	if m := read(t, afterIHDR(asPNG(t, painted(40, 30)), chunk("eXIf", exiftest.EXIF(false, false))), pyramid.PNG); m.Make != "SecretCam" || m.Position == nil {
		t.Errorf("PNG: %+v", m)
	}
	for name, plain := range map[string]pyramid.Metadata{"jpeg": read(t, file, pyramid.JPEG), "png": read(t, asPNG(t, painted(9, 9)), pyramid.PNG)} {
		if diff := cmp.Diff(pyramid.Metadata{}, plain); diff != "" {
			t.Errorf("%s that says nothing: %s", name, diff)
		}
	}
}

func FuzzMetadata(f *testing.F) {
	file := asJPEG(f, painted(9, 9))
	f.Add(exiftest.Tagged(file))
	f.Add(exiftest.Only(file, true, false))
	f.Add(exiftest.OnlyXMP(file))
	f.Add(afterIHDR(asPNG(f, painted(9, 9)), chunk("eXIf", exiftest.EXIF(false, true))))
	f.Fuzz(func(t *testing.T, b []byte) {
		for _, kind := range []pyramid.Kind{pyramid.JPEG, pyramid.PNG} {
			m, err := pyramid.ReadMetadata(bytes.NewReader(b), kind)
			if err != nil {
				t.Fatal(err)
			}
			for _, s := range []string{m.Make, m.Model, m.Lens, m.Software, m.TakenAt, m.Title, m.Description, m.Creator, m.Credit, m.Copyright} {
				if !utf8.ValidString(s) || utf8.RuneCountInString(s) > 500 || strings.ContainsFunc(s, unicode.IsControl) {
					t.Fatalf("%q", s)
				}
			}
			for _, v := range []float64{m.ExposureS, m.FNumber, m.FocalLengthMM} {
				if !(v >= 0 && v <= 100_000) {
					t.Fatalf("%+v", m)
				}
			}
			if p := m.Position; p != nil && !(math.Abs(p.Latitude) <= 90 && math.Abs(p.Longitude) <= 180) {
				t.Fatalf("%+v", p)
			}
		}
	})
}
