package comfort

import (
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"
)

// Figure is a number with all that it was made of. It can be told in words
// (Explain), written down (Encode) and computed again from what is written, bit
// for bit (Again).
type Figure struct {
	Formula Formula
	At      time.Time // when it was computed: the age of an input is counted to it
	Inputs  []Input   // in the order of the formula, those that are missing too
	Result  Result
}

// Result is what came out.
type Result struct {
	state      State
	value      float64
	Grade      Grade   // class of the formula's table; "" none
	Confidence float64 // 0 to 1: of its least trustworthy input
}

// State returns what the result is worth.
func (r Result) State() State { return r.state }

// Value returns the number; ok is false unless the state is Live or Stale.
func (r Result) Value() (v float64, ok bool) { return r.value, r.state == Live || r.state == Stale }

// Compute makes a figure by the newest version of a formula. Inputs that the
// formula does not know are left out, those that are not given are missing. It
// panics for a formula that is not in Formulas.
func Compute(id string, at time.Time, inputs ...Input) Figure {
	var f *Formula
	for _, g := range Formulas() {
		if g.ID == id {
			f = &g
		}
	}
	if f == nil {
		panic("comfort: no formula " + id)
	}
	return f.figure(at, inputs)
}

func (f Formula) figure(at time.Time, inputs []Input) Figure {
	fig := Figure{Formula: f, At: at.UTC().Truncate(time.Millisecond)}
	known := make(map[Quantity]float64)
	for _, q := range append(slices.Clone(f.Needs), f.Any...) {
		in := Missing(q)
		if i := slices.IndexFunc(inputs, func(i Input) bool { return i.quantity == q }); i >= 0 {
			in = inputs[i]
		}
		fig.Inputs = append(fig.Inputs, in)
		if v, ok := in.Value(); ok {
			known[q] = v
		}
	}
	fig.Result = f.result(fig.Inputs, known)
	return fig
}

// result computes from inputs, of which known are the values.
func (f Formula) result(inputs []Input, known map[Quantity]float64) Result {
	r := Result{state: Live, Confidence: 1}
	any := 0
	for i, in := range inputs {
		needed := i < len(f.Needs)
		switch {
		case in.state == Closed && needed:
			return Result{state: Closed}
		case in.state == Unknown && needed:
			return Result{state: Unknown}
		case in.state == Stale:
			r.state = Stale
		}
		if needed {
			r.Confidence = min(r.Confidence, in.worth())
		} else if in.worth() > 0 {
			any++
			r.Confidence = min(r.Confidence, in.worth())
		}
	}
	if len(f.Any) > 0 {
		if any == 0 {
			return Result{state: Unknown}
		}
		r.Confidence = round(r.Confidence*(0.5+0.5*float64(any)/float64(len(f.Any))), 3)
	}
	v, grade, ok := f.compute(known)
	if !ok {
		return Result{state: Unknown}
	}
	r.value, r.Grade = v, grade
	return r
}

// As returns the result as an input of another figure: as old as the oldest of its own
// inputs, and trusted no more than the figure itself.
func (f Figure) As(q Quantity) Input {
	v, ok := f.Result.Value()
	switch {
	case f.Result.state == Closed:
		return Shut(q)
	case !ok:
		return Lacking(q, f.lack())
	}
	oldest := f.At
	for _, in := range f.Inputs {
		if _, ok := in.Value(); ok && in.at.Before(oldest) && limitsOf(in.quantity).fresh < always {
			oldest = in.at
		}
	}
	in := Measured(q, v, oldest, f.Formula.ID+" "+f.Formula.Version)
	if _, ok := in.Value(); ok {
		in.state, in.trust = f.Result.state, f.Result.Confidence
	}
	return in
}

// lack is why the figure is unknown: as the first of the inputs that it needs and that
// says why; "" when none does.
func (f Figure) lack() Lack {
	for _, in := range f.Inputs {
		if in.state == Unknown && in.lack != "" {
			return in.lack
		}
	}
	return ""
}

// The written form. Members are in this order and numbers in the shortest form
// that reads as the same bits, so that equal figures are equal bytes.
type (
	writtenInput struct {
		Quantity Quantity   `json:"quantity"`
		State    State      `json:"state"`
		Value    *float64   `json:"value"`
		Unit     string     `json:"unit"`
		At       *time.Time `json:"at"`
		Source   string     `json:"source"`
		Trust    *float64   `json:"trust,omitempty"` // of the input; absent where the state alone says it
		Lack     Lack       `json:"lack,omitempty"`
	}
	writtenFigure struct {
		Formula    string         `json:"formula"`
		Version    string         `json:"version"`
		At         time.Time      `json:"at"`
		Inputs     []writtenInput `json:"inputs"`
		State      State          `json:"state"`
		Value      *float64       `json:"value"`
		Grade      Grade          `json:"grade"`
		Confidence float64        `json:"confidence"`
	}
)

func (i Input) written() writtenInput {
	w := writtenInput{Quantity: i.quantity, State: i.state, Unit: i.quantity.Unit(), Source: i.source, Lack: i.lack}
	if v, ok := i.Value(); ok {
		w.Value, w.At = &v, &i.at
		if i.trust != trustOf(i.state) {
			w.Trust = &i.trust
		}
	}
	return w
}

// trustOf is how much a value of a state is trusted when nothing else lessens it.
func trustOf(s State) float64 {
	if s == Stale {
		return staleTrust
	}
	return 1
}

// writtenOf is the written form of inputs; it is never nil.
func writtenOf(list []Input) []writtenInput {
	out := make([]writtenInput, len(list))
	for i, in := range list {
		out[i] = in.written()
	}
	return out
}

// Encode writes a figure in its one form.
func (f Figure) Encode() []byte {
	w := writtenFigure{Formula: f.Formula.ID, Version: f.Formula.Version, At: f.At, Inputs: writtenOf(f.Inputs), State: f.Result.state, Grade: f.Result.Grade, Confidence: f.Result.Confidence}
	if v, ok := f.Result.Value(); ok {
		w.Value = &v
	}
	return encode(w)
}

// encode writes the written form of a figure or an index.
func encode(w any) []byte {
	b, err := json.Marshal(w)
	if err != nil { // no member can fail: numbers are finite by Measured and round
		panic("comfort: " + err.Error())
	}
	return b
}

// maxWritten is how many bytes of a written figure are read.
const maxWritten = 16 << 10

// What can be wrong with a written figure.
var (
	ErrWritten = errors.New("comfort: no written figure: wrong members, inputs or more than 16 KiB")
	ErrFormula = errors.New("comfort: the figure was made by a formula or version that is not known here")
)

// Again computes a written figure anew from its inputs and returns it. What it
// says came out is not believed: compare Encode of the result with what was read.
//
// Errors: ErrWritten, ErrFormula.
func Again(written []byte) (Figure, error) {
	var w writtenFigure
	if err := strict(written, &w); err != nil {
		return Figure{}, err
	}
	f, ok := formulaOf(w.Formula, w.Version)
	if !ok {
		return Figure{}, ErrFormula
	}
	inputs, err := readInputs(w.Inputs)
	if err != nil {
		return Figure{}, err
	}
	return f.figure(w.At, inputs), nil
}

func strict(written []byte, into any) error {
	if len(written) > maxWritten {
		return ErrWritten
	}
	d := json.NewDecoder(strings.NewReader(string(written)))
	d.DisallowUnknownFields()
	if err := d.Decode(into); err != nil {
		return fmt.Errorf("%w: %w", ErrWritten, err)
	}
	return nil
}

func readInputs(list []writtenInput) ([]Input, error) {
	var out []Input
	for _, w := range list {
		in, ok := w.read()
		if !ok {
			return nil, ErrWritten
		}
		out = append(out, in)
	}
	return out, nil
}

// read is the input that was written; ok is false for one that cannot have been.
func (w writtenInput) read() (in Input, ok bool) {
	_, known := quantities[w.Quantity]
	_, why := lackWords[w.Lack]
	valued := w.Value != nil && w.At != nil
	switch {
	case !known || w.Unit != w.Quantity.Unit() || w.Lack != "" && (w.State != Unknown || !why) || w.Trust != nil && !valued:
		return in, false
	case w.State == Unknown && !valued:
		return Lacking(w.Quantity, w.Lack), true
	case w.State == Closed && !valued:
		return Shut(w.Quantity), true
	case w.State != Live && w.State != Stale || !valued:
		return in, false
	}
	in = Measured(w.Quantity, *w.Value, *w.At, w.Source)
	if w.State == Stale {
		in = in.Outdated()
	}
	if w.Trust != nil && in.trust > 0 {
		if !(*w.Trust > 0 && *w.Trust <= in.trust) {
			return in, false
		}
		in.trust = *w.Trust
	}
	return in, true
}
