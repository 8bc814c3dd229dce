package watermark_test

import (
	"image"
	"testing"
)

// BenchmarkDraw marks a picture of 24 megapixels.
func BenchmarkDraw(b *testing.B) {
	m, size := mark(b, "示范博物馆 · 仅供欣赏"), image.Pt(6000, 4000)
	picture := filled(size, grounds["ramp"])
	for b.Loop() {
		m.Draw(size, picture)
	}
}
