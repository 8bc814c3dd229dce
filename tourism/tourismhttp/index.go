package tourismhttp

import (
	"math"
	"slices"
	"time"

	"yijianyou/heritage"
	"yijianyou/tourism"
	"yijianyou/tourism/comfort"
)

// IndexView is the safety and comfort index: 100 is best.
type IndexView struct {
	State       Coded         `json:"state"`
	Value       *float64      `json:"value" doc:"null: unknown or closed; whole fives where the area publishes no numbers"`
	Low         *float64      `json:"low" doc:"what it would be with all that is missing at its worst; null as value"`
	High        *float64      `json:"high" doc:"and at its best; null as value"`
	Confidence  *float64      `json:"confidence" doc:"0 to 1: the weight of what is known, stale parts half; null as value: what is closed or unknown has no index that could be trusted"`
	Grade       *Coded        `json:"grade"`
	Comfort     *float64      `json:"comfort" doc:"mean of the scores by weight; null as value"`
	Safety      *float64      `json:"safety" doc:"the worst score; the index is never above it; null as value"`
	Parts       []IndexPart   `json:"parts" nullable:"false"`
	Explanation heritage.Text `json:"explanation"`
	Version     string        `json:"version" doc:"of the weights"`
	Source      heritage.Text `json:"source"`
	Written     *string       `json:"written" doc:"canonical form, from which it can be computed again bit for bit; null where the area publishes no numbers"`
}

// IndexPart is one part of the comfort.
type IndexPart struct {
	Quantity string        `json:"quantity"`
	Label    heritage.Text `json:"label"`
	State    Coded         `json:"state"`
	Lack     *Coded        `json:"lack" doc:"why it is unknown: no-source, too-few, too-old; null: known, or not said"`
	Weight   float64       `json:"weight" doc:"percent"`
	Score    *float64      `json:"score" doc:"0 to 100; null: not known"`
}

// FigureView is a figure with all that it was made of.
type FigureView struct {
	Formula     string        `json:"formula"`
	Version     string        `json:"version"`
	Label       heritage.Text `json:"label"`
	State       Coded         `json:"state"`
	Value       *float64      `json:"value"`
	Unit        string        `json:"unit"`
	Grade       *Coded        `json:"grade"`
	Confidence  float64       `json:"confidence"`
	Inputs      []InputView   `json:"inputs" nullable:"false"`
	Source      string        `json:"source"`
	Verified    bool          `json:"verified" doc:"the formula was compared with its source"`
	Explanation heritage.Text `json:"explanation"`
	Written     string        `json:"written" doc:"canonical form, from which it can be computed again bit for bit"`
}

// InputView is one input of a figure.
type InputView struct {
	Quantity string        `json:"quantity"`
	Label    heritage.Text `json:"label"`
	State    Coded         `json:"state"`
	Lack     *Coded        `json:"lack" doc:"why it is unknown: no-source, too-few, too-old; null: known, or not said"`
	Value    *float64      `json:"value" doc:"null: unknown or closed; 0 is a value"`
	Unit     string        `json:"unit"`
	At       *time.Time    `json:"at"`
	AgeS     *int64        `json:"ageS" doc:"age in seconds when the figure was computed"`
	Source   string        `json:"source"`
}

func gradeCode(g comfort.Grade) *Coded {
	zh, en := g.Label()
	if zh == "" {
		return nil
	}
	return &Coded{Code: string(g), Label: heritage.Text{ZH: zh, EN: en}}
}

func lackCode(l comfort.Lack) *Coded {
	if l == "" {
		return nil
	}
	zh, en := l.Label()
	return &Coded{Code: string(l), Label: heritage.Text{ZH: zh, EN: en}}
}

// indexView shows the index; without numbers it tells whole fives and no inputs.
func indexView(c *tourism.Crowd, numbers bool) IndexView {
	x := c.Index
	told := func(v float64) float64 {
		if numbers {
			return v
		}
		return coarse(v)
	}
	v := IndexView{State: stateCode(x.State), Grade: gradeCode(x.Grade),
		Parts: []IndexPart{}, Version: x.Weights.Version, Source: text(x.Weights.Source)}
	if value, ok := x.Value(); ok {
		value, pleasant, safe := told(value), told(x.Comfort.Value), told(x.Safety.Value)
		low, high := told(x.Low), told(x.High)
		v.Value, v.Comfort, v.Safety, v.Low, v.High, v.Confidence = &value, &pleasant, &safe, &low, &high, &x.Confidence
	}
	for _, p := range x.Comfort.Parts {
		part := IndexPart{Quantity: string(p.Quantity), State: stateCode(p.Input.State()), Lack: lackCode(p.Input.Lack()), Weight: p.Weight}
		part.Label.ZH, part.Label.EN = p.Quantity.Label()
		if _, ok := p.Input.Value(); ok {
			score := told(p.Score)
			part.Score = &score
		}
		v.Parts = append(v.Parts, part)
	}
	v.Explanation.ZH, v.Explanation.EN = x.Explain(numbers)
	if numbers {
		written := string(x.Encode())
		v.Written = &written
	}
	return v
}

// coarse rounds v to whole fives, so that a score does not tell the count that is
// not shown.
func coarse(v float64) float64 { return math.Round(v/5) * 5 }

// ofCounts are the quantities that an area may keep to itself.
var ofCounts = []comfort.Quantity{comfort.Inside, comfort.Entered}

// figureViews shows the figures; without numbers those are left out that are made
// of counts.
func figureViews(c *tourism.Crowd, numbers bool) []FigureView {
	out := []FigureView{}
	for _, f := range c.Figures {
		counted := slices.ContainsFunc(f.Inputs, func(i comfort.Input) bool { return slices.Contains(ofCounts, i.Quantity()) })
		if counted && !numbers {
			continue
		}
		v := FigureView{Formula: f.Formula.ID, Version: f.Formula.Version, Label: heritage.Text{ZH: f.Formula.ZH, EN: f.Formula.EN}, State: stateCode(f.Result.State()),
			Unit: f.Formula.Unit, Grade: gradeCode(f.Result.Grade), Confidence: f.Result.Confidence, Inputs: []InputView{}, Source: f.Formula.Source, Verified: f.Formula.Verified,
			Written: string(f.Encode())}
		if value, ok := f.Result.Value(); ok {
			v.Value = &value
		}
		v.Explanation.ZH, v.Explanation.EN = f.Explain()
		for _, in := range f.Inputs {
			v.Inputs = append(v.Inputs, inputView(in, f.At))
		}
		out = append(out, v)
	}
	return out
}

func inputView(in comfort.Input, at time.Time) InputView {
	v := InputView{Quantity: string(in.Quantity()), State: stateCode(in.State()), Lack: lackCode(in.Lack()), Unit: in.Quantity().Unit(), Source: in.Source()}
	v.Label.ZH, v.Label.EN = in.Quantity().Label()
	if value, ok := in.Value(); ok {
		measured, age := in.At(), int64(at.Sub(in.At())/time.Second)
		v.Value, v.At, v.AgeS = &value, &measured, &age
	}
	return v
}
