package media

import (
	"slices"
	"strings"

	"yijianyou/internal/fault"
)

// Audience is for whom a picture is.
type Audience string

const (
	Staff  Audience = "staff"  // people who may read the records of its organisation; the default
	Public Audience = "public" // everybody
)

// Rights say who may see an asset and in what form. The zero value is for
// staff only. A domain gives them when it publishes or withdraws a record.
type Rights struct {
	Audience  Audience `bson:"audience" json:"audience"`             // "" counts as Staff
	MaxSize   int      `bson:"maxSize,omitempty" json:"maxSize"`     // longest side in pixels that the public gets, in whole or in part; 0 is no limit
	Watermark string   `bson:"watermark,omitempty" json:"watermark"` // words across what the public gets; "" is none. Refused by Check until it can be drawn on every derivative
}

// Shower is a part of the program, such as "heritage", with the rights that its
// published records give an asset. A part that shows it nowhere is no shower.
type Shower struct {
	Name   string `bson:"name"`
	Rights Rights `bson:"rights"` // its Audience is Public
}

// give returns list, in the order of names, after name has given the rights r.
func give(list []Shower, name string, r Rights) []Shower {
	out := make([]Shower, 0, len(list)+1)
	for _, s := range list {
		if s.Name != name {
			out = append(out, s)
		}
	}
	if r.Audience == Public {
		out = append(out, Shower{Name: name, Rights: r})
	}
	slices.SortFunc(out, func(a, b Shower) int { return strings.Compare(a.Name, b.Name) })
	return out
}

// widest returns the most open rights of list: what one shower shows, another
// cannot hide. Without a shower a picture is for staff.
func widest(list []Shower) Rights {
	r := Rights{Audience: Staff}
	for _, s := range list {
		if r.Audience != Public || s.Rights.MaxSize == 0 || r.MaxSize != 0 && s.Rights.MaxSize > r.MaxSize {
			r = s.Rights
		}
	}
	return r
}

// MinPublicSize is the smallest MaxSize: below it a picture shows nothing.
const MinPublicSize = 256

// Check returns the rules that r breaks, nil if none.
func (r Rights) Check() error {
	var fields []fault.Field
	if r.Audience != "" && r.Audience != Staff && r.Audience != Public {
		fields = append(fields, ErrAudience.At("audience"))
	}
	if r.MaxSize != 0 && r.MaxSize < MinPublicSize {
		fields = append(fields, ErrMaxSize.At("maxSize", fault.P("min", MinPublicSize)))
	}
	if r.Watermark != "" {
		fields = append(fields, ErrWatermark.At("watermark"))
	}
	return fault.InvalidFields(fields)
}
