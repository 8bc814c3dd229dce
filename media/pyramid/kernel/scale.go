package kernel

// WeightBits is how many bits of fraction a weight has: weights of one result
// have the sum 1<<WeightBits.
const WeightBits = 14

// LineTaps is how many samples a Line weighs for each result.
const LineTaps = 8

// Line scales a line: for each result it has the place of the first of eight
// samples and their weights. It is read only and may be shared.
type Line struct {
	from    []int32
	weights []int16 // eight for each of from
	reach   int     // samples that a line must have
}

// NewLine returns the line of n results: those of from, not negative, and
// LineTaps weights for each.
func NewLine(from []int32, weights []int16) *Line {
	l := &Line{from: from, weights: weights[:LineTaps*len(from)]}
	for _, f := range from {
		if f < 0 {
			panic("kernel: a sample before the line")
		}
		l.reach = max(l.reach, int(f)+LineTaps)
	}
	return l
}

func halveGo(dst, a, b []byte) {
	a, b = a[:2*len(dst)], b[:2*len(dst)]
	for x := range dst {
		dst[x] = byte((int(a[2*x]) + int(a[2*x+1]) + int(b[2*x]) + int(b[2*x+1]) + 2) >> 2)
	}
}

func horizontalGo(dst, src []byte, from []int32, weights []int16) {
	for x := range dst {
		w, s := weights[LineTaps*x:][:LineTaps], src[from[x]:][:LineTaps]
		sum := int32(1 << (WeightBits - 1))
		for i, k := range w {
			sum += int32(k) * int32(s[i])
		}
		dst[x] = clamp(sum >> WeightBits)
	}
}

func verticalGo(dst, src []byte, stride int, weights []int32) {
	for x := range dst {
		sum := int32(1 << (WeightBits - 1))
		for i, k := range weights {
			sum += k * int32(src[i*stride+x])
		}
		dst[x] = clamp(sum >> WeightBits)
	}
}
