package heritage

import "yijianyou/heritage/vocab"

// Dimension is one measured length of a relic. Two figures of one kind may
// stand side by side when sources differ; each then names its source.
type Dimension struct {
	Kind    vocab.Code `bson:"kind" json:"kind" validate:"required,term=dimension-kind"` // list dimension-kind: height, length, width, …
	ValueMM float64    `bson:"valueMM" json:"valueMM" validate:"gt=0,max=10000000"`      // millimetres, > 0, at most 1e7
	Approx  bool       `bson:"approximate,omitempty" json:"approximate,omitempty"`
	Note    string     `bson:"note,omitempty" json:"note,omitempty" validate:"max=200"` // of what: 器身, 口部 …
	Source  *Source    `bson:"source,omitempty" json:"source,omitempty"`                // nil when it is that of the record
}

// Mass is the mass of a relic: a figure, a range of the census form, or both.
type Mass struct {
	Grams  *float64   `bson:"grams,omitempty" json:"grams,omitempty" validate:"omitempty,gt=0,max=1000000000000"` // > 0; nil when not weighed
	Range  vocab.Code `bson:"range,omitempty" json:"range,omitempty" validate:"omitempty,term=mass-range"`        // list mass-range; filled from Grams when that is known
	Approx bool       `bson:"approximate,omitempty" json:"approximate,omitempty"`
	Source *Source    `bson:"source,omitempty" json:"source,omitempty"`
}

// Quantity counts a relic twice, as the register does (WW/T 0017 数量): by
// tradition, where a pair of vases or a set of bells is one, and piece by piece.
type Quantity struct {
	Traditional *int       `bson:"traditional,omitempty" json:"traditional,omitempty" validate:"omitempty,min=1,max=1000000"` // 件/套, ≥ 1; nil unknown
	Actual      *int       `bson:"actual,omitempty" json:"actual,omitempty" validate:"omitempty,min=1,max=10000000"`          // pieces, ≥ Traditional; nil unknown
	Unit        vocab.Code `bson:"unit,omitempty" json:"unit,omitempty" validate:"omitempty,term=quantity-unit"`              // list quantity-unit: 件, 套, 对 …
}

// Number is a number that a holder gave to a relic.
type Number struct {
	Kind  vocab.Code `bson:"kind" json:"kind" validate:"required,term=number-kind"` // list number-kind, the eight kinds of the census
	Value string     `bson:"value" json:"value" validate:"required,max=60"`         // as written, folded to half width
}

// MediaRef is a sound or film of a record, kept by media.
type MediaRef struct {
	AssetID string `bson:"assetId" json:"assetId" validate:"required,uuid"`
	Caption Text   `bson:"caption" json:"caption" required:"false"`
}

// ImageRef is a picture of a record, kept by media.
type ImageRef struct {
	AssetID string `bson:"assetId" json:"assetId" validate:"required,uuid"`
	Caption Text   `bson:"caption" json:"caption" required:"false"`
	Drawing bool   `bson:"drawing,omitempty" json:"drawing,omitempty"` // a drawing, no photograph: shown with 示意图，非文物照片
}
