package kernel

// WeightBits is how many bits of fraction a weight has: weights of one result
// have the sum 1<<WeightBits.
const WeightBits = 14

// HorizontalTaps is how many samples Horizontal weighs for each result.
const HorizontalTaps = 8

func halveGo(dst, a, b []byte) {
	a, b = a[:2*len(dst)], b[:2*len(dst)]
	for x := range dst {
		dst[x] = byte((int(a[2*x]) + int(a[2*x+1]) + int(b[2*x]) + int(b[2*x+1]) + 2) >> 2)
	}
}

func horizontalGo(dst, src []byte, from []int32, weights []int16) {
	for x := range dst {
		w, s := weights[HorizontalTaps*x:][:HorizontalTaps], src[from[x]:][:HorizontalTaps]
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
