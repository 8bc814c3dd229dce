package kernel

// Block is 64 coefficients or their quantised values, transposed: 8u+v.
type Block [64]int16

// Steps are the quantisation steps of a table, transposed like a Block.
type Steps [64]uint16

// Constants of the transform, times 1<<13.
const (
	c0298 = 2446
	c0390 = 3196
	c0541 = 4433
	c0765 = 6270
	c0899 = 7373
	c1175 = 9633
	c1501 = 12299
	c1847 = 15137
	c1961 = 16069
	c2053 = 16819
	c2562 = 20995
	c3072 = 25172

	fraction = 13 // bits of the constants
	spare    = 2  // bits that the first pass keeps
)

// vector is one line of a block; a pass transforms all its lines at once.
type vector [8]int32

// inverseGo is Inverse in Go.
func inverseGo(dst []byte, stride int, b *Block, q *Steps) {
	var in, mid [8]vector
	for u := range 8 {
		for v := range 8 {
			in[u][v] = int32(b[8*u+v]) * int32(q[8*u+v])
		}
	}
	inversePass(&in, fraction-spare)
	for u := range 8 {
		for v := range 8 {
			mid[v][u] = in[u][v]
		}
	}
	inversePass(&mid, fraction+spare+3)
	for y := range 8 {
		row := dst[y*stride:][:8]
		for x := range row {
			row[x] = clamp(mid[y][x] + 128)
		}
	}
}

// Flat returns the sample that Inverse writes everywhere when only the first
// coefficient, times its step, is not zero.
func Flat(dc int32) byte { return clamp((dc<<spare+1<<(spare+2))>>(spare+3) + 128) }

func clamp(v int32) byte { return byte(max(0, min(v, 255))) }

// inversePass transforms the eight lines down, dividing by 1<<shift.
func inversePass(r *[8]vector, shift uint) {
	round := int32(1) << (shift - 1)
	for i := range 8 {
		z1 := (r[2][i] + r[6][i]) * c0541
		t2, t3 := z1-r[6][i]*c1847, z1+r[2][i]*c0765
		t0, t1 := (r[0][i]+r[4][i])<<fraction+round, (r[0][i]-r[4][i])<<fraction+round
		e0, e3, e1, e2 := t0+t3, t0-t3, t1+t2, t1-t2

		o0, o1, o2, o3 := r[7][i], r[5][i], r[3][i], r[1][i]
		z1, z2, z3, z4 := (o0+o3)*-c0899, (o1+o2)*-c2562, o0+o2, o1+o3
		z5 := (z3 + z4) * c1175
		z3, z4 = z3*-c1961+z5, z4*-c0390+z5
		o0 = o0*c0298 + z1 + z3
		o1 = o1*c2053 + z2 + z4
		o2 = o2*c3072 + z2 + z3
		o3 = o3*c1501 + z1 + z4

		r[0][i], r[7][i] = (e0+o3)>>shift, (e0-o3)>>shift
		r[1][i], r[6][i] = (e1+o2)>>shift, (e1-o2)>>shift
		r[2][i], r[5][i] = (e2+o1)>>shift, (e2-o1)>>shift
		r[3][i], r[4][i] = (e3+o0)>>shift, (e3-o0)>>shift
	}
}

// forwardGo is Forward in Go.
func forwardGo(out *Block, src []byte, stride int, q *Quantiser) uint64 {
	var in, mid [8]vector
	for y := range 8 {
		for x, s := range src[y*stride:][:8] {
			in[y][x] = int32(s) - 128
		}
	}
	forwardPass(&in, fraction-spare)
	for y := range 8 {
		for x := range 8 {
			mid[x][y] = in[y][x]
		}
	}
	forwardPass(&mid, fraction+spare)
	var mask uint64
	for i := range out {
		out[i] = q.quantise(mid[i/8][i%8], i)
		if out[i] != 0 {
			mask |= 1 << i
		}
	}
	return mask
}

// forwardPass transforms the eight lines down, dividing by 1<<shift.
func forwardPass(r *[8]vector, shift uint) {
	round := int32(1) << (shift - 1)
	for i := range 8 {
		e0, o3 := r[0][i]+r[7][i], r[0][i]-r[7][i]
		e1, o2 := r[1][i]+r[6][i], r[1][i]-r[6][i]
		e2, o1 := r[2][i]+r[5][i], r[2][i]-r[5][i]
		e3, o0 := r[3][i]+r[4][i], r[3][i]-r[4][i]

		t0, t3, t1, t2 := e0+e3, e0-e3, e1+e2, e1-e2
		r[0][i] = ((t0+t1)<<fraction + round) >> shift
		r[4][i] = ((t0-t1)<<fraction + round) >> shift
		z1 := (t2 + t3) * c0541
		r[2][i] = (z1 + t3*c0765 + round) >> shift
		r[6][i] = (z1 - t2*c1847 + round) >> shift

		z1, z2, z3, z4 := (o0+o3)*-c0899, (o1+o2)*-c2562, o0+o2, o1+o3
		z5 := (z3 + z4) * c1175
		z3, z4 = z3*-c1961+z5, z4*-c0390+z5
		r[7][i] = (o0*c0298 + z1 + z3 + round) >> shift
		r[5][i] = (o1*c2053 + z2 + z4 + round) >> shift
		r[3][i] = (o2*c3072 + z2 + z3 + round) >> shift
		r[1][i] = (o3*c1501 + z1 + z4 + round) >> shift
	}
}
