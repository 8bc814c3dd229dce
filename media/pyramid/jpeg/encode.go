package jpeg

import (
	"slices"
	"sync"

	"yijianyou/media/pyramid/kernel"
)

// Encoder writes JPEG files of one quality. It is safe for concurrent use.
type Encoder struct {
	steps      [2][64]uint16 // luma, chroma, in the order of a file
	quantisers [2]*kernel.Quantiser
	*constants
}

// NewEncoder returns an encoder of the quality, 1 to 100.
func NewEncoder(quality int) *Encoder {
	e := &Encoder{constants: theConstants()}
	for i := range e.steps {
		e.steps[i] = stepsOf(commonSteps[i], quality)
		steps := transposed(e.steps[i])
		e.quantisers[i] = kernel.NewQuantiser(&steps)
	}
	return e
}

// Encode returns the file of p, whose chroma has half the width and height,
// rounded up. Up to workers rows of blocks are encoded at once; the file does
// not depend on how many.
func (e *Encoder) Encode(p *Picture, workers int) []byte {
	mcu := 16
	if p.Gray() {
		mcu = 8
	}
	rows := divUp(p.Y.H, mcu)
	workers = max(1, min(workers, rows))
	parts := make([][]byte, workers)
	if workers == 1 {
		out := make([]byte, 0, 1024+p.Y.W*p.Y.H/6)
		return e.rows(e.head(out, p), p, 0, rows, rows)
	}
	var wait sync.WaitGroup
	for i := range parts {
		wait.Go(func() {
			out := make([]byte, 0, 1024+p.Y.W*p.Y.H/6/workers)
			if i == 0 {
				out = e.head(out, p)
			}
			parts[i] = e.rows(out, p, rows*i/workers, rows*(i+1)/workers, rows)
		})
	}
	wait.Wait()
	return slices.Concat(parts...)
}

// rows appends rows of MCUs, each with what follows it.
func (e *Encoder) rows(out []byte, p *Picture, from, to, total int) []byte {
	w := &writer{out: out, free: 64, order: &e.order}
	for row := from; row < to; row++ {
		if p.Gray() {
			e.grayRow(w, p, row)
		} else {
			e.row(w, p, row)
		}
		w.flush()
		if row+1 < total {
			w.out = append(w.out, 0xFF, rst0+byte(row&7))
		} else {
			w.out = append(w.out, 0xFF, eoi)
		}
	}
	return w.out
}

func (e *Encoder) grayRow(w *writer, p *Picture, row int) {
	var b kernel.Block
	last := int32(0)
	for x := range divUp(p.Y.W, 8) {
		w.out = slices.Grow(w.out, mcuRoom)
		last = e.block(w, &b, &p.Y, x, row, last, 0)
	}
}

func (e *Encoder) row(w *writer, p *Picture, row int) {
	var b kernel.Block
	var y, cb, cr int32
	for x := range divUp(p.Y.W, 16) {
		w.out = slices.Grow(w.out, mcuRoom)
		y = e.block(w, &b, &p.Y, 2*x, 2*row, y, 0)
		y = e.block(w, &b, &p.Y, 2*x+1, 2*row, y, 0)
		y = e.block(w, &b, &p.Y, 2*x, 2*row+1, y, 0)
		y = e.block(w, &b, &p.Y, 2*x+1, 2*row+1, y, 0)
		cb = e.block(w, &b, &p.Cb, x, row, cb, 1)
		cr = e.block(w, &b, &p.Cr, x, row, cr, 1)
	}
}

// block writes the block at column bx and row by of a plane, whose last sample
// of a row and of a column is repeated beyond the edge. It returns the first
// coefficient.
func (e *Encoder) block(w *writer, b *kernel.Block, p *Plane, bx, by int, last int32, table int) int32 {
	x, y := 8*bx, 8*by
	var mask uint64
	if x+8 <= p.W && y+8 <= p.H {
		mask = kernel.Forward(b, p.Pix[y*p.Stride+x:], p.Stride, e.quantisers[table])
	} else {
		var samples [64]byte
		for i := range samples {
			samples[i] = p.Pix[min(y+i/8, p.H-1)*p.Stride+min(x+i%8, p.W-1)]
		}
		mask = kernel.Forward(b, samples[:], 8, e.quantisers[table])
	}
	w.block(b, mask, last, &e.codes[table])
	return int32(b[0])
}

// head appends everything before the data of the scan.
func (e *Encoder) head(out []byte, p *Picture) []byte {
	tables, mcusAcross := 2, divUp(p.Y.W, 16)
	if p.Gray() {
		tables, mcusAcross = 1, divUp(p.Y.W, 8)
	}
	out = append(out, 0xFF, soi)
	out = append(out, 0xFF, app0, 0, 16, 'J', 'F', 'I', 'F', 0, 1, 1, 0, 0, 1, 0, 1, 0, 0) // T.871 §10.1
	for i, steps := range e.steps[:tables] {
		out = append(out, 0xFF, dqt, 0, 67, byte(i))
		for _, s := range steps {
			out = append(out, byte(s))
		}
	}
	n := byte(2*tables - 1) // components
	out = append(out, 0xFF, sof0, 0, 8+3*n, 8, byte(p.Y.H>>8), byte(p.Y.H), byte(p.Y.W>>8), byte(p.Y.W), n)
	if n == 1 {
		out = append(out, 1, 0x11, 0)
	} else {
		out = append(out, 1, 0x22, 0, 2, 0x11, 1, 3, 0x11, 1)
	}
	for i := range tables {
		for class, s := range commonCodes[i] {
			length := 19 + len(s.symbols)
			out = append(out, 0xFF, dht, byte(length>>8), byte(length), byte(class<<4|i))
			out = append(out, s.counts[:]...)
			out = append(out, s.symbols...)
		}
	}
	out = append(out, 0xFF, dri, 0, 4, byte(mcusAcross>>8), byte(mcusAcross))
	out = append(out, 0xFF, sos, 0, 6+2*n, n)
	for i := range n {
		table := min(i, 1)
		out = append(out, i+1, table<<4|table)
	}
	return append(out, 0, 63, 0)
}
