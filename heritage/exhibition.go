package heritage

import "yijianyou/heritage/vocab"

// ExhibitionFields is what is known of an exhibition (展览): what is shown, where,
// from when to when, and in which order. It belongs to the organisation of its
// museum. Relics that other museums lent may be in it once those published them.
type ExhibitionFields struct {
	Title    Text       `bson:"title" json:"title"`                                                                // Chinese required
	Kind     vocab.Code `bson:"kind,omitempty" json:"kind" validate:"required,term=exhibition-kind"`               // list exhibition-kind
	MuseumID MuseumID   `bson:"museumId" json:"museumId" validate:"required,uuid"`                                 // by whose calendar the days count
	PlaceIDs []PlaceID  `bson:"placeIds,omitempty" json:"placeIds,omitempty" validate:"max=50,dive,required,uuid"` // halls of the museum; none of a store
	From     Day        `bson:"from,omitempty" json:"from,omitempty" validate:"day"`                               // first day; required unless permanent
	Until    Day        `bson:"until,omitempty" json:"until,omitempty" validate:"day"`                             // last day, included; "" not announced; never of a permanent one

	Summary    Text      `bson:"summary" json:"summary" required:"false"`                                         // in a few lines, for lists
	Text       Text      `bson:"text" json:"text" required:"false"`                                               // 前言
	Organisers []string  `bson:"organisers,omitempty" json:"organisers,omitempty" validate:"max=50,dive,max=200"` // 主办、承办 as published
	URL        string    `bson:"url,omitempty" json:"url,omitempty" validate:"omitempty,http_url,max=500"`        // official page
	Sections   []Section `bson:"sections,omitempty" json:"sections,omitempty" validate:"max=50,dive"`             // 单元, in the order of the visit

	Images  []ImageRef `bson:"images,omitempty" json:"images,omitempty" validate:"max=100,dive"` // the first is the poster
	Sources []Source   `bson:"sources,omitempty" json:"sources,omitempty" validate:"max=50,dive"`
	Notable float64    `bson:"notable,omitempty" json:"notable,omitempty" validate:"min=0,max=1"` // fame, 0 to 1

	InternalNotes string `bson:"internalNotes,omitempty" json:"internalNotes,omitempty" validate:"max=10000"` // never public
	Simulated     bool   `bson:"simulated,omitempty" json:"simulated,omitempty"`
	Unverified    bool   `bson:"unverified,omitempty" json:"unverified,omitempty"`

	SortKey  string   `bson:"sortKey" json:"-"`
	AssetIDs []string `bson:"assetIds,omitempty" json:"-"`
	RelicIDs []string `bson:"relicIds,omitempty" json:"-"` // those of Sections, in order; set when saved
	End      Day      `bson:"end" json:"-"`                // Until, or noEnd; set when saved
}

// Section is a part of an exhibition with what is shown in it.
type Section struct {
	Title Text          `bson:"title" json:"title" required:"false"` // Chinese required
	Text  Text          `bson:"text" json:"text" required:"false"`
	Items []SectionItem `bson:"items,omitempty" json:"items,omitempty" validate:"dive"` // in order; a relic is in an exhibition once
}

// SectionItem is a relic in a section.
type SectionItem struct {
	RelicID RelicID `bson:"relicId" json:"relicId" validate:"required,uuid"`
	Label   Text    `bson:"label" json:"label" required:"false"` // 展签 in this exhibition; empty: the name says enough
}

// Limits of an exhibition.
const (
	maxItems       = 2000 // relics in all sections
	maxSectionText = 3000 // characters
)

// noEnd is the End of an exhibition without a last day: after every other.
const noEnd Day = "9999-12-31"

// permanent is the kind of exhibition that has no last day.
const permanent vocab.Code = "permanent"

// online is the kind of exhibition that is in no hall.
const online vocab.Code = "online"

// leaveBehind notes, before next replaces what tourists see of d, the relics of
// which they will be told no more that they are in it; nil is none. What is no
// exhibition shows none.
func (d *Record[F]) leaveBehind(next *F) {
	was, ok := any(d.Shown).(*ExhibitionFields)
	if !ok || was == nil {
		return
	}
	stay := make(map[string]bool)
	if is, ok := any(next).(*ExhibitionFields); ok && is != nil {
		for _, id := range is.RelicIDs {
			stay[id] = true
		}
	}
	var left []string
	seen := make(map[string]bool)
	for _, list := range [][]string{d.Left, was.RelicIDs} {
		for _, id := range list {
			if !stay[id] && !seen[id] {
				seen[id] = true
				left = append(left, id)
			}
		}
	}
	d.Left = left
}
