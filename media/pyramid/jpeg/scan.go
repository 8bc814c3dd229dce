package jpeg

import (
	"bytes"

	"yijianyou/media/pyramid/kernel"
)

// scan is one pass over the blocks of some components (T.81 §B.2.3).
type scan struct {
	*decoder
	bitReader
	parts         []*component
	columns, rows int // of MCUs, or of blocks when there is one component
	from, to      int // spectral selection
	high, low     uint
	run           int32 // blocks to come without coefficients (§G.1.2.2)
	count         int   // MCUs since the last restart
	marker        byte  // of the next restart
	block         kernel.Block
}

// beginScan reads the parameters b of SOS; the data begin at pos.
func (d *decoder) beginScan(b []byte, pos int) (*scan, error) {
	if d.frame == nil || len(b) < 1 || len(b) != 4+2*int(b[0]) {
		return nil, Damaged
	}
	n := int(b[0])
	if n < 1 || n > len(d.frame.components) {
		return nil, Damaged
	}
	s := &scan{decoder: d, bitReader: bitReader{src: d.data, pos: pos}, columns: d.frame.mcusX, rows: d.frame.mcusY}
	for i := range n {
		c := d.component(b[1+2*i])
		if c == nil {
			return nil, Damaged
		}
		for _, other := range s.parts {
			if other == c {
				return nil, Damaged
			}
		}
		td, ta := b[2+2*i]>>4, b[2+2*i]&15
		if td > 3 || ta > 3 || (!d.frame.progressive && (td > 1 || ta > 1)) {
			return nil, Damaged
		}
		c.dc, c.ac, c.predicted = d.codes[0][td], d.codes[1][ta], 0
		s.parts = append(s.parts, c)
	}
	if n == 1 {
		s.columns, s.rows = s.parts[0].columns, s.parts[0].rows
	}
	p := b[1+2*n:]
	s.from, s.to, s.high, s.low = int(p[0]), int(p[1]), uint(p[2]>>4), uint(p[2]&15)
	return s, s.check()
}

func (d *decoder) component(id byte) *component {
	for i := range d.frame.components {
		if c := &d.frame.components[i]; c.id == id {
			return c
		}
	}
	return nil
}

// check holds §G.1.1.1 and that all tables are there.
func (s *scan) check() error {
	needDC, needAC := true, true
	if s.frame.progressive {
		switch {
		case s.from > s.to || s.to > 63 || (s.from == 0) != (s.to == 0),
			s.from > 0 && len(s.parts) > 1,
			s.high != 0 && s.high != s.low+1,
			s.low > 13:
			return Damaged
		}
		needDC, needAC = s.from == 0 && s.high == 0, s.from > 0
	}
	for _, c := range s.parts {
		if (needDC && (c.dc == nil || !c.dc.defined)) || (needAC && (c.ac == nil || !c.ac.defined)) {
			return Damaged
		}
		if !s.frame.progressive {
			if c.decoded || !s.hasSteps[c.tq] {
				return Damaged
			}
			c.steps = s.steps[c.tq]
		}
		if s.from == 0 {
			c.decoded = true
		}
	}
	return nil
}

// decode reads all rows that are wanted and returns where the marker after the
// scan stands.
func (s *scan) decode() (int, error) {
	for y := range s.rows {
		if s.between != nil {
			if err := s.between(); err != nil {
				return 0, err
			}
		}
		if s.partial {
			if y*8*s.frame.down >= s.lastRow {
				return s.pos, nil
			}
			if (y+1)*8*s.frame.down <= s.firstRow && s.restartEvery == s.columns && s.skipRow() {
				continue
			}
		}
		for x := 0; x < s.columns; x++ {
			if skip := s.empty(s.columns - x); skip > 0 {
				x += skip - 1
				continue
			}
			if s.restartEvery > 0 && s.count == s.restartEvery {
				if err := s.restartAfter(); err != nil {
					return 0, err
				}
			}
			s.count++
			if err := s.mcu(x, y); err != nil {
				return 0, err
			}
			if s.over() {
				return 0, Truncated
			}
		}
	}
	return s.finish()
}

// empty returns how many of the next n blocks nothing is to be read for.
func (s *scan) empty(n int) int {
	if s.run == 0 || s.high != 0 || s.restartEvery > 0 {
		return 0
	}
	n = min(n, int(s.run))
	s.run -= int32(n)
	return n
}

func (s *scan) mcu(x, y int) error {
	if len(s.parts) == 1 {
		return s.one(s.parts[0], x, y)
	}
	for _, c := range s.parts {
		for v := range c.v {
			for h := range c.h {
				if err := s.one(c, x*c.h+h, y*c.v+v); err != nil {
					return err
				}
			}
		}
	}
	return nil
}

// one decodes the block at column bx and row by of a component.
func (s *scan) one(c *component, bx, by int) error {
	if s.frame.progressive {
		return s.progress(c, &c.coefficients[by*c.across+bx])
	}
	return s.sequential(c, bx, by)
}

// restartAfter steps over the restart marker that must come now (§F.2.1.3.1).
func (s *scan) restartAfter() error {
	at, err := s.finish()
	if err != nil {
		return err
	}
	if s.data[at+1] != rst0+s.marker {
		return Damaged
	}
	s.resume(at + 2)
	return nil
}

func (s *scan) resume(pos int) {
	s.restart(pos)
	s.marker = (s.marker + 1) & 7
	s.count, s.run = 0, 0
	for _, c := range s.parts {
		c.predicted = 0
	}
}

// skipRow moves to the restart marker after the row of MCUs that begins here.
func (s *scan) skipRow() bool {
	if s.count == s.restartEvery && s.restartAfter() != nil {
		return false
	}
	for at := s.pos; ; {
		i := bytes.IndexByte(s.data[at:], 0xFF)
		if i < 0 || at+i+1 >= len(s.data) {
			return false
		}
		at += i
		switch s.data[at+1] {
		case 0:
			at += 2
		case rst0 + s.marker:
			s.resume(at + 2)
			return true
		default:
			return false
		}
	}
}
