package alarm

import (
	"encoding/binary"
	"errors"

	"yijianyou/sensors/series"
)

// version is the first byte of the written form of a State.
const version = 1

// ErrForm says that bytes are no state of a rule of this kind.
var ErrForm = errors.New("alarm: not a state of this kind of rule")

// Append appends the written form of a state of the rule; equal forms are equal states.
func (j *Judge) Append(dst []byte, s *State) []byte {
	dst = append(dst, version, j.rule.Kind.code(), byte(s.phase), flags(s.told, s.above, s.valid))
	dst = binary.AppendVarint(binary.AppendVarint(binary.AppendVarint(dst, s.at), s.since), s.good)
	dst = series.AppendFloat(series.AppendFloat(dst, s.value), s.worst)
	for i, name := range j.takes {
		if name == "" {
			continue
		}
		in := s.in[i]
		if dst = append(dst, flags(in.known)); in.known {
			dst = series.AppendFloat(binary.AppendVarint(dst, in.at), in.value)
		}
	}
	switch j.rule.Kind {
	case Rate, Swing:
		dst = s.window.Append(dst)
	case Stuck:
		dst = s.still.Append(dst)
	case Spike:
		dst = s.spikes.Append(dst)
	case Mould:
		dst = s.mould.Append(dst)
	case Dose:
		dst = s.dose.Append(binary.AppendVarint(dst, int64(s.year)))
	case Hours:
		dst = binary.AppendVarint(dst, s.lapsed)
	}
	return dst
}

// Parse reads a written form.
//
// Errors: ErrForm.
func (j *Judge) Parse(b []byte) (State, error) {
	if len(b) < 4 || b[0] != version || b[1] != j.rule.Kind.code() || Phase(b[2]) > Clearing || b[3] > 7 {
		return State{}, ErrForm
	}
	s := State{phase: Phase(b[2]), told: b[3]&1 != 0, above: b[3]&2 != 0, valid: b[3]&4 != 0}
	f := series.Form{Rest: b[4:]}
	s.at, s.since, s.good = f.Int(), f.Int(), f.Int()
	s.value, s.worst = f.Float(), f.Float()
	for i, name := range j.takes {
		if name == "" {
			continue
		}
		switch f.Uint() {
		case 0:
		case 1:
			s.in[i] = input{f.Int(), f.Float(), true}
		default:
			f.Bad = true
		}
	}
	switch j.rule.Kind {
	case Rate, Swing:
		s.window.Read(&f)
	case Stuck:
		s.still.Read(&f)
	case Spike:
		s.spikes.Read(&f)
	case Mould:
		s.mould.Read(&f)
	case Dose:
		s.year = int(f.Int())
		s.dose.Read(&f)
	case Hours:
		s.lapsed = f.Int()
	}
	if f.Bad || len(f.Rest) > 0 {
		return State{}, ErrForm
	}
	return s, nil
}

// code is the number of a kind in written forms, from 1. Never renumber.
func (k Kind) code() byte {
	for i, name := range [...]Kind{Limit, Rate, Swing, Silence, Stuck, Spike, Dew, Mould, Dose, Hours, Passage} {
		if name == k {
			return byte(i + 1)
		}
	}
	return 0
}

func flags(list ...bool) (b byte) {
	for i, on := range list {
		if on {
			b |= 1 << i
		}
	}
	return b
}
