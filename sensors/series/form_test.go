package series

import (
	"math"
	"testing"

	"pgregory.net/rapid"
)

// memory is all the states, for the written form.
type memory struct {
	w  Window
	d  Dose
	m  Mould
	s  Still
	sp Spikes
}

func (m *memory) add(at, last int64, v float64) {
	m.w.Add(24*hourMS, at, v)
	m.d.Add(at, v, 2*hourMS)
	m.m.Step(VerySensitive, 20, v, at-last)
	m.s.Add(at, last, v, 1, 2*hourMS)
	m.sp.Add(at, v, 10, 24*hourMS)
}

func (m *memory) append(dst []byte) []byte {
	return m.sp.Append(m.s.Append(m.m.Append(m.d.Append(m.w.Append(dst)))))
}

func (m *memory) read(f *Form) {
	m.w.Read(f)
	m.d.Read(f)
	m.m.Read(f)
	m.s.Read(f)
	m.sp.Read(f)
}

func TestAStateThatIsReadBackGoesOnAsBefore(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		var a memory
		var at, last int64
		step := func(m *memory) {
			last, at = at, at+rapid.Int64Range(1, 3*hourMS).Draw(t, "step")
			m.add(at, last, float64(rapid.IntRange(0, 1000).Draw(t, "value"))/10)
		}
		for range rapid.IntRange(0, 100).Draw(t, "n") {
			step(&a)
		}
		var b memory
		f := Form{Rest: a.append(nil)}
		if b.read(&f); f.Bad || len(f.Rest) > 0 {
			t.Fatal("what was written cannot be read")
		}
		for range 10 {
			last, at = at, at+rapid.Int64Range(1, 3*hourMS).Draw(t, "step")
			v := float64(rapid.IntRange(0, 1000).Draw(t, "value")) / 10
			a.add(at, last, v)
			b.add(at, last, v)
		}
		if x, y := a.append(nil), b.append(nil); string(x) != string(y) {
			t.Fatalf("states differ:\n%x\n%x", x, y)
		}
	})
}

func FuzzForms(f *testing.F) {
	var m memory
	f.Add(m.append(nil))
	for i := int64(1); i < 60; i++ {
		m.add(i*hourMS, (i-1)*hourMS, 70+20*math.Sin(float64(i)))
	}
	f.Add(m.append(nil))
	f.Fuzz(func(t *testing.T, b []byte) {
		form := Form{Rest: b}
		var m memory
		if m.read(&form); form.Bad {
			return
		}
		again := m.append(nil)
		second := Form{Rest: again}
		var n memory
		if n.read(&second); second.Bad || string(n.append(nil)) != string(again) {
			t.Fatal("a state that was read is not written as it was read")
		}
	})
}

func TestNoFigureAllocates(t *testing.T) {
	var m memory
	var at int64
	if n := testing.AllocsPerRun(1000, func() {
		at += hourMS / 4
		m.add(at, at-hourMS/4, 60)
	}); n != 0 {
		t.Errorf("%v allocations in a step", n)
	}
	if size := len(m.append(make([]byte, 0, 4096))); size > 1200 {
		t.Errorf("the written states have %d bytes", size)
	}
}

func BenchmarkFigures(b *testing.B) {
	b.ReportAllocs()
	var m memory
	var at int64
	for range b.N {
		at += hourMS / 4
		m.add(at, at-hourMS/4, 60+float64(at%hourMS)/hourMS)
	}
}
