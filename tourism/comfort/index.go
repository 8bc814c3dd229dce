package comfort

import (
	_ "embed"
	"encoding/json"
	"slices"
	"time"
)

// Weighed is one part of an index: how a quantity is scored and how much it counts.
type Weighed struct {
	Quantity Quantity `json:"quantity"`
	Weight   float64  `json:"weight"` // percent; those of a list add up to 100
	Curve    Curve    `json:"curve"`
}

// Weights is one published version of the index. Of Comfort the scores are
// averaged by weight; of Safety the worst counts, and weights only say how much is
// lost of the confidence when a part is missing.
type Weights struct {
	Version string    `json:"version"`
	Source  Words     `json:"source"`
	Comfort []Weighed `json:"comfort"`
	Safety  []Weighed `json:"safety"`
}

//go:embed data/weights.json
var weightsJSON []byte

// Published returns the weights that hold.
func Published() Weights {
	var w Weights
	if err := json.Unmarshal(weightsJSON, &w); err != nil {
		panic("comfort: data/weights.json: " + err.Error()) // a test reads it
	}
	return w
}

// Part is what one quantity adds to an index.
type Part struct {
	Weighed
	Input Input
	Score float64 // 0 to 100; of no meaning when the input has no value
}

// Sub is a part of the index: comfort or safety.
type Sub struct {
	Value      float64 // 0 to 100, of what is known; of no meaning when Confidence is 0
	Low, High  float64 // what it would be if all that is missing were at its worst, at its best
	Confidence float64 // 0 to 1: the weight of what is known, stale parts half
	Parts      []Part  // in the order of the weights, those that are missing too
}

// Index is how pleasant and how safe it is: 100 is best. Its value is made of what
// is known and never filled up with a guess. What is missing shows in the
// confidence, and in Low and High, between which the index lies whatever the missing
// may be.
type Index struct {
	State   State
	value   float64
	Low     float64
	High    float64
	Grade   Grade
	Comfort Sub
	Safety  Sub
	// Confidence is the lesser of both.
	Confidence float64
	At         time.Time
	Weights    Weights
}

// Value returns the index; ok is false unless State is Live or Stale.
func (x Index) Value() (v float64, ok bool) { return x.value, x.State == Live || x.State == Stale }

// Assess makes the index of quantities by the weights. How full it is must be known:
// without its share of the limit there is no index. A closed place has none either.
// The index is the comfort, but never above the safety: a pleasant place that is not
// safe is not recommended.
func Assess(at time.Time, w Weights, inputs ...Input) Index {
	x := Index{State: Unknown, At: at.UTC().Truncate(time.Millisecond), Weights: w}
	known := func(q Quantity) Input {
		if i := slices.IndexFunc(inputs, func(i Input) bool { return i.quantity == q }); i >= 0 {
			return inputs[i]
		}
		return Missing(q)
	}
	x.Comfort, x.Safety = averaged(w.Comfort, known), worst(w.Safety, known)
	x.Low, x.High = min(x.Comfort.Low, x.Safety.Low), min(x.Comfort.High, x.Safety.High)
	crowd := known(Share)
	if _, ok := crowd.Value(); !ok {
		x.State = crowd.state
		return x
	}
	x.State = crowd.state
	x.Confidence = min(x.Comfort.Confidence, x.Safety.Confidence)
	x.value = min(x.Comfort.Value, x.Safety.Value)
	x.Grade = gradeOf(x.value)
	return x
}

func gradeOf(v float64) Grade {
	for i, from := range []float64{80, 60, 40, 20} {
		if v >= from {
			return Grade("index-" + string(rune('5'-i)))
		}
	}
	return "index-1"
}

// partsOf scores what is known, and tells how much of the weight that is.
func partsOf(list []Weighed, known func(Quantity) Input) (parts []Part, confidence float64) {
	for _, w := range list {
		p := Part{Weighed: w, Input: known(w.Quantity)}
		if v, ok := p.Input.Value(); ok {
			p.Score = w.Curve.score(v)
		}
		confidence += float64(w.Weight / 100 * p.Input.worth())
		parts = append(parts, p)
	}
	return parts, round(confidence, 3)
}

// averaged is the mean of the scores by weight.
func averaged(list []Weighed, known func(Quantity) Input) Sub {
	s := Sub{}
	s.Parts, s.Confidence = partsOf(list, known)
	sum, weight, all := 0.0, 0.0, 0.0
	for _, p := range s.Parts {
		all += p.Weight
		if _, ok := p.Input.Value(); ok {
			sum, weight = sum+float64(p.Score*p.Weight), weight+p.Weight
		}
	}
	if weight > 0 {
		s.Value = round(sum/weight, 1)
	}
	s.Low, s.High = round(sum/all, 1), round((sum+float64(100*(all-weight)))/all, 1)
	return s
}

// worst is the least of the scores.
func worst(list []Weighed, known func(Quantity) Input) Sub {
	s := Sub{Low: 0, High: 100}
	s.Parts, s.Confidence = partsOf(list, known)
	missing := false
	for _, p := range s.Parts {
		if _, ok := p.Input.Value(); ok {
			s.High = min(s.High, p.Score)
		} else {
			missing = true
		}
	}
	s.Value = s.High
	if !missing {
		s.Low = s.High
	}
	return s
}

// The written form of an index, as that of a figure.
type writtenIndex struct {
	Weights    string         `json:"weights"`
	At         time.Time      `json:"at"`
	Inputs     []writtenInput `json:"inputs"`
	State      State          `json:"state"`
	Value      *float64       `json:"value"`
	Low        float64        `json:"low"`
	High       float64        `json:"high"`
	Comfort    float64        `json:"comfort"`
	Safety     float64        `json:"safety"`
	Confidence float64        `json:"confidence"`
}

// Inputs returns what the index was made of, each once.
func (x Index) Inputs() []Input {
	var out []Input
	for _, p := range append(slices.Clone(x.Comfort.Parts), x.Safety.Parts...) {
		if !slices.ContainsFunc(out, func(i Input) bool { return i.quantity == p.Quantity }) {
			out = append(out, p.Input)
		}
	}
	return out
}

// Encode writes an index in its one form.
func (x Index) Encode() []byte {
	w := writtenIndex{Weights: x.Weights.Version, At: x.At, Inputs: writtenOf(x.Inputs()), State: x.State, Low: x.Low, High: x.High, Comfort: x.Comfort.Value, Safety: x.Safety.Value, Confidence: x.Confidence}
	if v, ok := x.Value(); ok {
		w.Value = &v
	}
	return encode(w)
}

// AgainIndex computes a written index anew from its inputs, as Again does.
//
// Errors: ErrWritten, ErrFormula.
func AgainIndex(written []byte) (Index, error) {
	var w writtenIndex
	if err := strict(written, &w); err != nil {
		return Index{}, err
	}
	weights := Published()
	if w.Weights != weights.Version {
		return Index{}, ErrFormula
	}
	inputs, err := readInputs(w.Inputs)
	if err != nil {
		return Index{}, err
	}
	return Assess(w.At, weights, inputs...), nil
}
