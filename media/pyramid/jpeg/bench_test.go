package jpeg_test

import (
	"bytes"
	stdjpeg "image/jpeg"
	"os"
	"path/filepath"
	"testing"

	"yijianyou/media/pyramid/jpeg"
)

// photograph returns a photograph of the folder YJY_PHOTOS, else a drawing of 24
// megapixels.
func photograph(b *testing.B) []byte {
	names, _ := filepath.Glob(filepath.Join(os.Getenv("YJY_PHOTOS"), "prachi*.jpg"))
	if os.Getenv("YJY_PHOTOS") == "" || len(names) == 0 {
		return jpeg.NewEncoder(88).Encode(drawn(6000, 4000, false), 2)
	}
	file, err := os.ReadFile(names[0])
	if err != nil {
		b.Fatal(err)
	}
	return file
}

func BenchmarkDecode(b *testing.B) {
	file := photograph(b)
	for b.Loop() {
		if _, err := jpeg.Decode(file, roomy); err != nil {
			b.Fatal(err)
		}
	}
}

func BenchmarkDecodeStandard(b *testing.B) {
	file := photograph(b)
	for b.Loop() {
		if _, err := stdjpeg.Decode(bytes.NewReader(file)); err != nil {
			b.Fatal(err)
		}
	}
}

func BenchmarkEncode(b *testing.B) {
	p, err := jpeg.Decode(photograph(b), roomy)
	if err != nil {
		b.Fatal(err)
	}
	e := jpeg.NewEncoder(88)
	for b.Loop() {
		e.Encode(p, 1)
	}
}

func BenchmarkEncodeStandard(b *testing.B) {
	m, err := stdjpeg.Decode(bytes.NewReader(photograph(b)))
	if err != nil {
		b.Fatal(err)
	}
	for b.Loop() {
		var out bytes.Buffer
		if err := stdjpeg.Encode(&out, m, &stdjpeg.Options{Quality: 88}); err != nil {
			b.Fatal(err)
		}
	}
}
