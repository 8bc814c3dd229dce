package material

import (
	"cmp"
	"slices"

	"yijianyou/sensors/alarm"
)

// Bound is a figure that holds for all objects, and by which of them and which source.
type Bound struct {
	Value  float64
	By     []string // ids of the objects that set it
	Source alarm.Source
}

// Limit is what objects together bear of one quantity.
type Limit struct {
	Sort      Sort // Band, Upper or DaySwing
	Quantity  string
	Low, High *Bound // Low of a Band only; nil none
	Narrow    bool   // a band of a single value: no rule can keep it
}

// Asked is what one object of a conflict bears.
type Asked struct {
	ID, Name  string
	Low, High float64
	Source    alarm.Source
}

// Conflict is a 展陈组合冲突: objects that cannot be kept together by one band.
type Conflict struct {
	Quantity string
	Objects  []Asked // those whose bands do not meet that of another; by name
}

// Point is a set point of an object, which is told and makes no rule.
type Point struct {
	ID       string
	Quantity string
	Value    float64
	Source   alarm.Source
}

// Proposal is what objects make of the limits of the place that holds them.
type Proposal struct {
	Limits    []Limit    // by quantity; none for one in conflict
	Conflicts []Conflict // by quantity
	Points    []Point
	Unknown   []string // ids of objects of which no material or nothing is known
}

// named is a need of an object.
type named struct {
	Need
	of *Object
}

// Combine makes a proposal of what objects bear: upper bounds by the lowest, bands by the
// intersection. The order of objects makes no difference.
func Combine(objects []Object) Proposal {
	list := slices.Clone(objects)
	slices.SortFunc(list, func(a, b Object) int { return cmp.Or(cmp.Compare(a.Name, b.Name), cmp.Compare(a.ID, b.ID)) })
	var p Proposal
	var all []named
	for i := range list {
		o := &list[i]
		known := len(o.Materials) > 0
		for _, code := range o.Materials {
			needs := Needs(code)
			known = known && len(needs) > 0
			for _, n := range needs {
				if n.Sort == SetPoint {
					p.Points = append(p.Points, Point{o.ID, n.Quantity, n.Low, n.Source})
					continue
				}
				all = append(all, named{n, o})
			}
		}
		if !known {
			p.Unknown = append(p.Unknown, o.ID)
		}
	}
	for _, q := range []string{Humidity, Temperature, Illuminance, Dose, UV} {
		for _, sort := range []Sort{Band, Upper, DaySwing} {
			p.add(sort, q, all)
		}
	}
	return p
}

func (p *Proposal) add(sort Sort, quantity string, all []named) {
	l := Limit{Sort: sort, Quantity: quantity}
	var of []named
	for _, n := range all {
		if n.Sort != sort || n.Quantity != quantity {
			continue
		}
		of = append(of, n)
		if sort == Band && n.Low > 0 {
			l.Low = l.Low.with(n, n.Low, n.Low > valueOr(l.Low, n.Low-1))
		}
		l.High = l.High.with(n, n.High, n.High < valueOr(l.High, n.High+1))
	}
	switch {
	case l.High == nil:
	case l.Low != nil && l.Low.Value > l.High.Value:
		p.Conflicts = append(p.Conflicts, conflict(quantity, of))
	default:
		l.Narrow = l.Low != nil && l.Low.Value == l.High.Value
		p.Limits = append(p.Limits, l)
	}
}

func valueOr(b *Bound, other float64) float64 {
	if b == nil {
		return other
	}
	return b.Value
}

// with returns the bound after one more need: that of the need when it is tighter, or shared when
// it is the same.
func (b *Bound) with(n named, value float64, tighter bool) *Bound {
	switch {
	case tighter:
		return &Bound{value, []string{n.of.ID}, n.Source}
	case b.Value == value && !slices.Contains(b.By, n.of.ID):
		b.By = append(b.By, n.of.ID)
	}
	return b
}

// conflict names the needs that do not meet another.
func conflict(quantity string, of []named) Conflict {
	c := Conflict{Quantity: quantity}
	for _, n := range of {
		apart := slices.ContainsFunc(of, func(o named) bool { return n.Low > o.High || o.Low > n.High })
		a := Asked{n.of.ID, n.of.Name, n.Low, n.High, n.Source}
		if apart && !slices.Contains(c.Objects, a) {
			c.Objects = append(c.Objects, a)
		}
	}
	return c
}
