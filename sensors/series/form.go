package series

import (
	"encoding/binary"
	"math"
	"math/bits"
)

// AppendFloat appends a value: its IEEE 754 bytes turned round, as a varint, so that short
// decimals and whole numbers are short.
func AppendFloat(dst []byte, v float64) []byte {
	return binary.AppendUvarint(dst, bits.ReverseBytes64(math.Float64bits(v)))
}

// Form reads what the Append methods wrote. After a fault every value is zero and Bad is
// true.
type Form struct {
	Rest []byte
	Bad  bool
}

// Uint reads a number.
func (f *Form) Uint() uint64 {
	v, n := binary.Uvarint(f.Rest)
	if n <= 0 || f.Bad {
		f.Bad = true
		return 0
	}
	f.Rest = f.Rest[n:]
	return v
}

// Int reads a signed number.
func (f *Form) Int() int64 {
	v, n := binary.Varint(f.Rest)
	if n <= 0 || f.Bad {
		f.Bad = true
		return 0
	}
	f.Rest = f.Rest[n:]
	return v
}

// Float reads a value, which is finite.
func (f *Form) Float() float64 {
	v := math.Float64frombits(bits.ReverseBytes64(f.Uint()))
	if math.IsNaN(v) || math.IsInf(v, 0) {
		f.Bad = true
		return 0
	}
	return v
}

// upTo reads a number that is at most most.
func (f *Form) upTo(most uint64) int {
	v := f.Uint()
	if v > most {
		f.Bad = true
		return 0
	}
	return int(v)
}

// Append appends the written form.
func (w *Window) Append(dst []byte) []byte {
	dst = binary.AppendUvarint(dst, w.used)
	if w.used == 0 {
		return dst
	}
	dst = binary.AppendVarint(dst, w.newest)
	for rest := w.used; rest != 0; rest &= rest - 1 {
		i := bits.TrailingZeros64(rest)
		dst = AppendFloat(AppendFloat(dst, w.low[i]), w.high[i])
	}
	return dst
}

// Read reads the written form.
func (w *Window) Read(f *Form) {
	*w = Window{used: f.Uint()}
	if w.used >= 1<<Slots {
		f.Bad = true
	}
	if w.used == 0 || f.Bad {
		return
	}
	w.newest = f.Int()
	for rest := w.used; rest != 0 && !f.Bad; rest &= rest - 1 {
		i := bits.TrailingZeros64(rest)
		w.low[i], w.high[i] = f.Float(), f.Float()
	}
}

// Append appends the written form.
func (d *Dose) Append(dst []byte) []byte {
	if !d.Begun {
		return append(dst, 0)
	}
	dst = binary.AppendVarint(append(dst, 1), d.LastMS)
	return AppendFloat(AppendFloat(AppendFloat(dst, d.Hours), d.Last), d.UnknownS)
}

// Read reads the written form.
func (d *Dose) Read(f *Form) {
	*d = Dose{}
	if d.Begun = f.upTo(1) == 1; d.Begun {
		d.LastMS, d.Hours, d.Last, d.UnknownS = f.Int(), f.Float(), f.Float(), f.Float()
	}
}

// Append appends the written form.
func (m *Mould) Append(dst []byte) []byte {
	return binary.AppendVarint(AppendFloat(dst, m.Index), m.DryMS)
}

// Read reads the written form.
func (m *Mould) Read(f *Form) {
	m.Index, m.DryMS = f.Float(), f.Int()
	if !(m.Index >= 0 && m.Index <= 6) || m.DryMS < 0 {
		f.Bad = true
	}
}

// Append appends the written form.
func (s *Still) Append(dst []byte) []byte {
	dst = binary.AppendVarint(dst, s.Count)
	if s.Count == 0 {
		return dst
	}
	return AppendFloat(AppendFloat(binary.AppendVarint(dst, s.SinceMS), s.Low), s.High)
}

// Read reads the written form.
func (s *Still) Read(f *Form) {
	*s = Still{Count: f.Int()}
	if s.Count > 0 {
		s.SinceMS, s.Low, s.High = f.Int(), f.Float(), f.Float()
	}
	if s.Count < 0 || s.Low > s.High {
		f.Bad = true
	}
}

// Append appends the written form.
func (s *Spikes) Append(dst []byte) []byte {
	dst = binary.AppendUvarint(dst, uint64(s.n))
	for i := Recent - s.n; i < Recent; i++ {
		dst = AppendFloat(binary.AppendVarint(dst, s.times[i]), s.values[i])
	}
	dst = binary.AppendUvarint(dst, uint64(s.found))
	for _, at := range s.at[:s.found] {
		dst = binary.AppendVarint(dst, at)
	}
	return dst
}

// Read reads the written form.
func (s *Spikes) Read(f *Form) {
	*s = Spikes{n: f.upTo(Recent)}
	for i := Recent - s.n; i < Recent; i++ {
		s.times[i], s.values[i] = f.Int(), f.Float()
	}
	s.found = f.upTo(MaxSpikes)
	for i := range s.at[:s.found] {
		s.at[i] = f.Int()
	}
}
