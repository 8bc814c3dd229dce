package heritage

import (
	"context"
	"time"

	"yijianyou/heritage/vocab"
	"yijianyou/internal/fault"
	"yijianyou/internal/store"
)

// MovementItem is a relic in an order, as it was when somebody asked for it.
type MovementItem struct {
	RelicID   RelicID    `bson:"relicId" json:"relicId"`
	Name      Text       `bson:"name" json:"name"`
	Number    string     `bson:"number,omitempty" json:"number,omitempty"`       // 藏品编号
	Grade     vocab.Code `bson:"grade,omitempty" json:"grade,omitempty"`         // list relic-grade; "" not graded
	Weight    vocab.Code `bson:"weight,omitempty" json:"weight,omitempty"`       // the gravest grade among it and its parts, which decides who approves
	Pieces    int        `bson:"pieces" json:"pieces"`                           // 实际数量, or the traditional count, or 1
	PlaceID   PlaceID    `bson:"placeId,omitempty" json:"placeId,omitempty"`     // where it stood, its home; "" not known
	PlaceName Text       `bson:"placeName" json:"placeName" required:"false"`    // likewise
	Parts     []RelicID  `bson:"parts,omitempty" json:"parts,omitempty"`         // relics of the register that are parts of it and go with it
	OutNote   string     `bson:"outNote,omitempty" json:"outNote,omitempty"`     // its condition when it was handed out
	Finding   Finding    `bson:"finding,omitempty" json:"finding,omitempty"`     // what was found when it came back
	BackNote  string     `bson:"backNote,omitempty" json:"backNote,omitempty"`   // its condition then; required of Changed
	BackAt    *time.Time `bson:"backAt,omitempty" json:"backAt,omitempty"`       // second confirmation of its return; nil not back
	Simulated bool       `bson:"simulated,omitempty" json:"simulated,omitempty"` // 模拟数据
}

// Finding is what the two persons found of a relic that came back. Never rename.
type Finding string

const (
	Intact  Finding = "intact"  // 完好: as it was handed out
	Changed Finding = "changed" // 有变化: the note says what
)

// item is rec as an order keeps it. homes are the names of places that were read for
// its other items: many relics stand in one.
func (m *Movements) item(tx *store.Tx, rec *Relic, homes map[PlaceID]Text) (MovementItem, error) {
	f := &rec.Fields
	it := MovementItem{RelicID: RelicID(rec.ID), Name: f.Name, Grade: f.Grade, Pieces: 1, PlaceID: f.PlaceID, Simulated: f.Simulated}
	if f.Number != nil {
		it.Number = f.Number.Value
	}
	for _, n := range []*int{f.Quantity.Traditional, f.Quantity.Actual} {
		if n != nil {
			it.Pieces = *n
		}
	}
	var err error
	if _, known := homes[it.PlaceID]; !known {
		if homes[it.PlaceID], err = m.s.placeName(tx.Context(), tx, it.PlaceID); err != nil {
			return it, err
		}
	}
	it.PlaceName = homes[it.PlaceID]
	if it.Weight, err = m.s.gradeAbove(tx.Context(), tx, rec); err != nil {
		return it, err
	}
	return it, m.parts(tx, &it, rec, maxDepth)
}

// parts adds what goes with a set: its parts that are in the house, and theirs.
func (m *Movements) parts(tx *store.Tx, it *MovementItem, set *Relic, depth int) error {
	if depth == 0 {
		return nil
	}
	return relicDocs.Each(tx.Context(), tx, store.Query{Index: "ofSet", Equal: []any{set.ID}}, func(p *Relic) error {
		if p.Org != set.Org || p.Fields.MuseumID != set.Fields.MuseumID || p.Ledger.State != Held {
			return nil
		}
		if it.Parts = append(it.Parts, RelicID(p.ID)); len(it.Parts) > maxCovers { // refused by the caller
			return nil
		}
		if g := graded(p.Fields.Grade); g != ungraded { // else that of the set is its own
			it.Weight = graver(it.Weight, g)
		}
		return m.parts(tx, it, p, depth-1)
	})
}

// gradeAbove is the grade of rec, or if it has none that of the nearest set
// above it that has one: a part of a treasure is no lesser thing.
func (s *Service) gradeAbove(ctx context.Context, r store.Reader, rec *Relic) (vocab.Code, error) {
	for range maxDepth {
		if g := graded(rec.Fields.Grade); g != ungraded || rec.Fields.PartOf == "" {
			return g, nil
		}
		var err error
		if rec, err = relicDocs.Get(ctx, r, string(rec.Fields.PartOf)); err != nil {
			return ungraded, unlessGone(err)
		}
	}
	return ungraded, nil
}

// graded is a grade of the list: an empty one is ungraded.
func graded(g vocab.Code) vocab.Code {
	if g == "" {
		return ungraded
	}
	return g
}

// graver returns the grade that asks for more care. What is not graded counts as
// precious, after grade three.
func graver(a, b vocab.Code) vocab.Code {
	for _, g := range []vocab.Code{"grade-1", "grade-2", "grade-3", ungraded} {
		if a == g || b == g {
			return g
		}
	}
	return a
}

// placeName is the name of a place with those around it, the outermost first.
func (s *Service) placeName(ctx context.Context, r store.Reader, id PlaceID) (Text, error) {
	var name Text
	for range maxDepth {
		if id == "" {
			break
		}
		p, err := placeDocs.Get(ctx, r, string(id))
		if isGone(err) {
			break
		}
		if err != nil {
			return Text{}, err
		}
		f := &p.Fields
		name = Text{ZH: joinNames(f.Name.ZH, name.ZH), EN: joinNames(in(f.Name, fault.English), name.EN)}
		id = f.ParentID
	}
	return name, nil
}

func joinNames(outer, inner string) string {
	if inner == "" {
		return outer
	}
	return outer + " / " + inner
}
