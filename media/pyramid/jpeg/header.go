package jpeg

import (
	"encoding/binary"

	"yijianyou/media/pyramid/kernel"
)

// Markers (T.81 table B.1).
const (
	sof0, sof1, sof2 = 0xC0, 0xC1, 0xC2
	dht              = 0xC4
	rst0, rst7       = 0xD0, 0xD7
	soi, eoi         = 0xD8, 0xD9
	sos, dqt, dri    = 0xDA, 0xDB, 0xDD
	app0, app14      = 0xE0, 0xEE
)

// component is one channel of the frame.
type component struct {
	id, tq        byte
	h, v          int // sampling factors
	width, height int // samples
	columns, rows int // blocks that hold samples
	across        int // blocks of a row with those that only fill the MCUs
	steps         kernel.Steps
	coefficients  []kernel.Block // of a progressive frame, across × MCUs
	plane         Plane          // where its samples go
	x0, y0        int            // place of the frame's corner in plane
	dc, ac        *table
	predicted     int32
	decoded       bool // a scan has brought its DC
}

// frame is what SOF says.
type frame struct {
	width, height int
	progressive   bool
	components    []component
	mcusX, mcusY  int
	across, down  int // largest sampling factors
}

// parseFrame reads the parameters of SOF (T.81 §B.2.2).
func parseFrame(b []byte, marker byte) (*frame, error) {
	if len(b) < 6 {
		return nil, Damaged
	}
	f := &frame{height: int(binary.BigEndian.Uint16(b[1:])), width: int(binary.BigEndian.Uint16(b[3:])), progressive: marker == sof2}
	n := int(b[5])
	if b[0] != 8 || (n != 1 && n != 3) || f.width == 0 || f.height == 0 {
		return nil, Unsupported
	}
	if len(b) != 6+3*n {
		return nil, Damaged
	}
	f.components = make([]component, n)
	for i := range f.components {
		c := &f.components[i]
		p := b[6+3*i:]
		c.id, c.h, c.v, c.tq = p[0], int(p[1]>>4), int(p[1]&15), p[2]
		if c.h < 1 || c.v < 1 || c.h > 4 || c.v > 4 || c.h == 3 || c.v == 3 {
			return nil, Damaged
		}
		if n == 1 {
			c.h, c.v = 1, 1 // §A.2.2: one component is never interleaved
		}
		for _, other := range f.components[:i] {
			if other.id == c.id {
				return nil, Damaged
			}
		}
		// Luma in one or two samples each way, chroma in one.
		if c.h > 2 || c.v > 2 || (i > 0 && (c.h != 1 || c.v != 1)) {
			return nil, Unsupported
		}
		if c.tq > 3 {
			return nil, Damaged
		}
		f.across, f.down = max(f.across, c.h), max(f.down, c.v)
	}
	f.mcusX, f.mcusY = divUp(f.width, 8*f.across), divUp(f.height, 8*f.down)
	for i := range f.components {
		c := &f.components[i]
		c.width, c.height = divUp(f.width*c.h, f.across), divUp(f.height*c.v, f.down)
		c.columns, c.rows = divUp(c.width, 8), divUp(c.height, 8)
		c.across = f.mcusX * c.h
	}
	return f, nil
}

func divUp(a, b int) int { return (a + b - 1) / b }

// isRGB reports whether the components are named as RGB or the Adobe segment
// calls them so.
func (d *decoder) isRGB() bool {
	c := d.frame.components
	if len(c) != 3 || d.jfif {
		return false
	}
	return d.adobe && d.transform == 0 || c[0].id == 'R' && c[1].id == 'G' && c[2].id == 'B'
}

// defineSteps reads DQT (§B.2.4.1).
func (d *decoder) defineSteps(b []byte) error {
	for len(b) > 0 {
		wide, at := b[0]>>4, b[0]&15
		size := 64 << wide
		if wide > 1 || at > 3 || len(b) < 1+size {
			return Damaged
		}
		for k := range 64 {
			if wide == 1 {
				d.steps[at][zigzag[k]] = binary.BigEndian.Uint16(b[1+2*k:])
			} else {
				d.steps[at][zigzag[k]] = uint16(b[1+k])
			}
		}
		d.hasSteps[at] = true
		b = b[1+size:]
	}
	return nil
}

// defineCodes reads DHT (§B.2.4.2).
func (d *decoder) defineCodes(b []byte) error {
	for len(b) > 0 {
		class, at := b[0]>>4, b[0]&15
		if class > 1 || at > 3 {
			return Damaged
		}
		if d.codes[class][at] == nil {
			d.codes[class][at] = new(table)
		}
		n, err := d.codes[class][at].define(b[1:], class == 0)
		if err != nil {
			return Damaged
		}
		b = b[1+n:]
	}
	return nil
}
