package jpeg

import (
	"bytes"
	"encoding/binary"
	"sync"

	"yijianyou/media/pyramid/kernel"
)

// MaxScans is how many scans a file may have. Encoders write about ten, and each
// costs a pass over all blocks.
const MaxScans = 100

// Options change how Decode works.
type Options struct {
	MaxPixels int64        // width times height
	Workers   int          // processors that Decode may use; 0 means one
	Between   func() error // nil, or called now and then, from several goroutines; an error ends the decoding
}

// decoder holds what the segments of a file have said so far.
type decoder struct {
	data         []byte
	frame        *frame
	steps        [4]kernel.Steps
	hasSteps     [4]bool
	codes        [2][4]*table // DC, AC
	restartEvery int
	jfif, adobe  bool
	transform    byte
	between      func() error

	partial           bool // only rows of pixels from firstRow to before lastRow are wanted
	firstRow, lastRow int
}

// Decode decodes the file data. The planes of the result may have samples
// beyond their width and height.
//
// Errors: Damaged, Truncated, Unsupported, Excessive, that of o.Between.
func Decode(data []byte, o Options) (*Picture, error) {
	d := &decoder{data: data, between: o.Between}
	p := &Picture{}
	err := d.walk(func() error {
		if int64(d.frame.width)*int64(d.frame.height) > o.MaxPixels {
			return Excessive
		}
		if d.isRGB() {
			return Unsupported
		}
		for i := range d.frame.components {
			c := &d.frame.components[i]
			c.plane = newPlane(c.width, c.height, c.across, d.frame.mcusY*c.v)
		}
		return nil
	})
	if err != nil {
		return nil, err
	}
	if d.frame.progressive {
		if err := d.finishProgressive(max(1, o.Workers)); err != nil {
			return nil, err
		}
	}
	for i, to := range []*Plane{&p.Y, &p.Cb, &p.Cr}[:len(d.frame.components)] {
		*to = d.frame.components[i].plane
		to.blocks = false
	}
	p.Across, p.Down = d.frame.across, d.frame.down
	return p, nil
}

// DecodeInto decodes the part of the file data that lies in dst when the corner
// of the file's picture stands at (x, y) of dst, both even. A grey dst takes
// only the luma. w and h are the size that the file must have; it must be
// sequential and 4:2:0, or grey, as Encode writes.
//
// Errors: Damaged, Truncated, Unsupported.
func DecodeInto(dst *Picture, x, y int, data []byte, w, h int) error {
	d := &decoder{data: data, partial: true, firstRow: max(0, -y), lastRow: min(h, dst.Y.H-y)}
	if d.lastRow <= d.firstRow || x >= dst.Y.W || x+w <= 0 {
		return nil
	}
	return d.walk(func() error {
		f := d.frame
		if f.width != w || f.height != h || f.progressive {
			return Damaged
		}
		if len(f.components) == 1 {
			if !dst.Gray() {
				return Unsupported
			}
		} else if f.components[0].h != 2 || f.components[0].v != 2 {
			return Unsupported
		}
		for i := range f.components {
			c := &f.components[i]
			switch {
			case i == 0:
				c.plane, c.x0, c.y0 = dst.Y, x, y
			case dst.Gray():
			case i == 1:
				c.plane, c.x0, c.y0 = dst.Cb, x/2, y/2
			default:
				c.plane, c.x0, c.y0 = dst.Cr, x/2, y/2
			}
			c.plane.blocks = false
			c.plane.W, c.plane.H = min(c.plane.W, c.x0+c.width), min(c.plane.H, c.y0+c.height)
		}
		return nil
	})
}

// walk reads segment after segment up to EOI, or up to the end of the scan when
// only a part is wanted, and calls begin when the first scan follows.
func (d *decoder) walk(begin func() error) error {
	if len(d.data) < 2 || d.data[0] != 0xFF || d.data[1] != soi {
		return Damaged
	}
	scans := 0
	for at := 2; ; {
		if at+2 > len(d.data) {
			return Truncated
		}
		marker := d.data[at+1]
		if d.data[at] != 0xFF || marker == 0xFF {
			return Damaged
		}
		if marker == eoi {
			return d.complete()
		}
		if at+4 > len(d.data) {
			return Truncated
		}
		length := int(binary.BigEndian.Uint16(d.data[at+2:]))
		if length < 2 {
			return Damaged
		}
		if at+2+length > len(d.data) {
			return Truncated
		}
		body := d.data[at+4 : at+2+length]
		at += 2 + length
		if marker != sos {
			if err := d.segment(marker, body); err != nil {
				return err
			}
			continue
		}
		if scans++; scans > MaxScans {
			return Excessive
		}
		if scans == 1 {
			if d.frame == nil {
				return Damaged
			}
			if err := begin(); err != nil {
				return err
			}
			d.frame.allocate()
		}
		s, err := d.beginScan(body, at)
		if err != nil {
			return err
		}
		if at, err = s.decode(); err != nil {
			return err
		}
		if d.partial {
			return nil
		}
	}
}

func (d *decoder) segment(marker byte, b []byte) (err error) {
	switch marker {
	case sof0, sof1, sof2:
		if d.frame != nil {
			return Damaged
		}
		d.frame, err = parseFrame(b, marker)
		return err
	case dht:
		return d.defineCodes(b)
	case dqt:
		return d.defineSteps(b)
	case dri:
		if len(b) != 2 {
			return Damaged
		}
		d.restartEvery = int(binary.BigEndian.Uint16(b))
		return nil
	case app14:
		if bytes.HasPrefix(b, []byte("Adobe")) && len(b) >= 12 {
			d.adobe, d.transform = true, b[11]
		}
		return nil
	case app0:
		d.jfif = d.jfif || bytes.HasPrefix(b, []byte("JFIF\x00"))
		return nil
	}
	if (marker > app0 && marker <= 0xEF) || marker == 0xFE { // APPn, COM
		return nil
	}
	return Unsupported
}

// allocate makes room for the coefficients of a progressive frame.
func (f *frame) allocate() {
	if !f.progressive {
		return
	}
	for i := range f.components {
		c := &f.components[i]
		c.coefficients = make([]kernel.Block, c.across*f.mcusY*c.v)
	}
}

// complete reports whether every component has been decoded.
func (d *decoder) complete() error {
	if d.frame == nil {
		return Damaged
	}
	for i := range d.frame.components {
		if !d.frame.components[i].decoded {
			return Damaged
		}
	}
	return nil
}

// finishProgressive makes samples of the coefficients.
func (d *decoder) finishProgressive(workers int) error {
	for i := range d.frame.components {
		c := &d.frame.components[i]
		if !d.hasSteps[c.tq] {
			return Damaged
		}
		c.steps = d.steps[c.tq]
	}
	var wait sync.WaitGroup
	failed := make([]error, workers)
	for n := range workers {
		wait.Go(func() {
			for y := n; y < d.frame.mcusY && failed[n] == nil; y += workers {
				if d.between != nil {
					failed[n] = d.between()
				}
				for i := range d.frame.components {
					d.frame.components[i].samples(y)
				}
			}
		})
	}
	wait.Wait()
	for _, err := range failed {
		if err != nil {
			return err
		}
	}
	return nil
}

// samples makes the samples of a row of MCUs.
func (c *component) samples(row int) {
	for by := row * c.v; by < (row+1)*c.v; by++ {
		for bx := range c.across {
			c.put(bx, by, &c.coefficients[by*c.across+bx])
		}
	}
}
