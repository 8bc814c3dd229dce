package kernel

import (
	"math"
	"math/rand/v2"
	"testing"
)

// blocks calls f with blocks of every character: noise, few coefficients, the
// extremes of what a hostile file can hold.
func blocks(f func(b *Block, q *Steps)) {
	r := rand.New(rand.NewPCG(1, 2))
	for n := range 4000 {
		var b Block
		var q Steps
		for i := range b {
			q[i] = uint16(1 + r.IntN(255))
			switch n % 4 {
			case 0:
				b[i] = int16(r.IntN(2048)-1024) / int16(q[i])
			case 1:
				if r.IntN(12) == 0 {
					b[i] = int16(r.IntN(33) - 16)
				}
			case 2:
				b[i] = int16(r.Uint32())
				q[i] = uint16(r.Uint32())
			default:
				b[i] = []int16{math.MinInt16, math.MaxInt16, 0}[r.IntN(3)]
				q[i] = []uint16{1, 255, math.MaxUint16}[r.IntN(3)]
			}
		}
		f(&b, &q)
	}
}

func TestInverseIsTheSameInAssembly(t *testing.T) {
	blocks(func(b *Block, q *Steps) {
		var got, want [8 * 11]byte
		Inverse(got[:], 11, b, q)
		inverseGo(want[:], 11, b, q)
		if got != want {
			t.Fatalf("%v by %v:\ngot  %v\nwant %v", *b, *q, got, want)
		}
	})
}

func TestForwardIsTheSameInAssembly(t *testing.T) {
	r := rand.New(rand.NewPCG(3, 4))
	for n := range 4000 {
		var src [8 * 13]byte
		for i := range src {
			switch n % 3 {
			case 0:
				src[i] = byte(r.Uint32())
			case 1:
				src[i] = byte(100 + i + r.IntN(4))
			default:
				src[i] = byte(255 * r.IntN(2))
			}
		}
		var steps Steps
		for i := range steps {
			steps[i] = uint16(1 + r.IntN(1+n%255))
		}
		q := NewQuantiser(&steps)
		var got, want Block
		gotMask, wantMask := Forward(&got, src[:], 13, q), forwardGo(&want, src[:], 13, q)
		if got != want || gotMask != wantMask {
			t.Fatalf("%v:\ngot  %v %x\nwant %v %x", src, got, gotMask, want, wantMask)
		}
	}
}

func TestQuantiserDividesExactly(t *testing.T) {
	for s := 1; s <= 255; s++ {
		var steps Steps
		for i := range steps {
			steps[i] = uint16(s)
		}
		q := NewQuantiser(&steps)
		d := int32(8 * s)
		for c := int32(-1 << 14); c <= 1<<14; c++ {
			want := (c + d/2) / d
			if c < 0 {
				want = -((-c + d/2) / d)
			}
			if got := q.quantise(c, 0); int32(got) != want {
				t.Fatalf("%d by %d: got %d, want %d", c, s, got, want)
			}
		}
	}
}

// TestTransformsAreCosine compares with the definition (T.81 §A.3.3).
func TestTransformsAreCosine(t *testing.T) {
	r := rand.New(rand.NewPCG(5, 6))
	ones := Steps{}
	for i := range ones {
		ones[i] = 1
	}
	q := NewQuantiser(&ones)
	c := func(k int) float64 {
		if k == 0 {
			return math.Sqrt2 / 2
		}
		return 1
	}
	for range 200 {
		var src [64]byte
		for i := range src {
			src[i] = byte(r.Uint32())
		}
		var b Block
		Forward(&b, src[:], 8, q)
		for u := range 8 {
			for v := range 8 {
				sum := 0.0
				for y := range 8 {
					for x := range 8 {
						sum += float64(int(src[8*y+x])-128) * math.Cos(float64((2*x+1)*u)*math.Pi/16) * math.Cos(float64((2*y+1)*v)*math.Pi/16)
					}
				}
				if want := sum * c(u) * c(v) / 4; math.Abs(want-float64(b[8*u+v])) > 1 {
					t.Fatalf("coefficient %d,%d: got %d, want %.2f", u, v, b[8*u+v], want)
				}
			}
		}
		var back [64]byte
		Inverse(back[:], 8, &b, &ones)
		for i := range back {
			if d := int(back[i]) - int(src[i]); d < -2 || d > 2 {
				t.Fatalf("sample %d: got %d, want %d", i, back[i], src[i])
			}
		}
	}
}

func TestScalingIsTheSameInAssembly(t *testing.T) {
	r := rand.New(rand.NewPCG(7, 8))
	noise := func(n int) []byte {
		b := make([]byte, n)
		for i := range b {
			b[i] = byte(r.Uint32())
			if r.IntN(4) == 0 {
				b[i] = 255
			}
		}
		return b
	}
	for n := 1; n < 200; n++ {
		a, b := noise(2*n), noise(2*n)
		got, want := make([]byte, n), make([]byte, n)
		Halve(got, a, b)
		halveGo(want, a, b)
		same(t, "Halve", got, want)

		src := noise(3*n + LineTaps)
		from, weights := make([]int32, n), make([]int16, LineTaps*n)
		for x := range n {
			from[x] = int32(r.IntN(3*n + 1))
			for i := range LineTaps {
				weights[LineTaps*x+i] = int16(r.IntN(1<<WeightBits) - 1<<10)
			}
		}
		NewLine(from, weights).Scale(got, src)
		horizontalGo(want, src, from, weights)
		same(t, "Line.Scale", got, want)

		taps := 1 + n%9
		down := make([]int32, taps)
		for i := range down {
			down[i] = int32(r.IntN(2<<WeightBits/taps) - 1<<9)
		}
		rows := noise(taps*(n+5) + n)
		Vertical(got, rows, n+5, down)
		verticalGo(want, rows, n+5, down)
		same(t, "Vertical", got, want)
	}
}

func same(t *testing.T, what string, got, want []byte) {
	t.Helper()
	if string(got) != string(want) {
		t.Fatalf("%s of %d:\ngot  %v\nwant %v", what, len(got), got, want)
	}
}

func BenchmarkInverse(b *testing.B) {
	var blk Block
	var q Steps
	var dst [64]byte
	for b.Loop() {
		Inverse(dst[:], 8, &blk, &q)
	}
}

func BenchmarkForward(b *testing.B) {
	var steps Steps
	for i := range steps {
		steps[i] = 9
	}
	var blk Block
	q := NewQuantiser(&steps)
	var src [64]byte
	for b.Loop() {
		Forward(&blk, src[:], 8, q)
	}
}
