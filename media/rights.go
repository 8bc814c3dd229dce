package media

import "yijianyou/internal/fault"

// Audience is for whom a picture is.
type Audience string

const (
	Staff  Audience = "staff"  // people who may read the records of its organisation; the default
	Public Audience = "public" // everybody
)

// Rights say who may see an asset and in what form. The zero value is for
// staff only. A domain writes them when it publishes or withdraws a record.
type Rights struct {
	Audience  Audience `bson:"audience" json:"audience"`             // "" counts as Staff
	MaxSize   int      `bson:"maxSize,omitempty" json:"maxSize"`     // longest side in pixels that the public gets, in whole or in part; 0 is no limit
	Watermark string   `bson:"watermark,omitempty" json:"watermark"` // words across what the public gets; "" is none. Refused by Check until it can be drawn on every derivative
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
