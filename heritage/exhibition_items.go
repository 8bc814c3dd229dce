package heritage

import (
	"context"

	"yijianyou/internal/actor"
)

// ExhibitionItem is a relic of an exhibition as those see it who make it.
type ExhibitionItem struct {
	RelicID string
	Name    Text   // newest for who may read the relic, else as published; empty when it may not be known any more
	Number  string // 藏品编号; "" none, or of another museum
	Image   string // asset id, "" none
	Public  bool   // tourists see it in the exhibition once that is published
	OnView  bool   // by the register it is where the exhibition is
}

// Items returns the relics of the newest content of an exhibition in their order,
// and how many of them tourists do not see because they are not published.
//
// Errors: ErrNotFound.
func (s *Service) Items(ctx context.Context, by actor.Actor, id string) (items []ExhibitionItem, hidden int, err error) {
	rec, err := s.Exhibitions.read(ctx, s.st, by, id)
	if err != nil {
		return nil, 0, err
	}
	relics, err := relicsByID(ctx, s.st, rec.Fields.RelicIDs)
	if err != nil {
		return nil, 0, err
	}
	newest := rec.Fields
	asNew := &Exhibition{Meta: rec.Meta, Lives: rec.Lives, Fields: newest, Shown: &newest}
	items = make([]ExhibitionItem, 0, len(rec.Fields.RelicIDs))
	for _, id := range rec.Fields.RelicIDs {
		it := ExhibitionItem{RelicID: id}
		if relic := relics[id]; relic != nil {
			ok, err := s.Relics.mayRead(ctx, s.st, by, relic)
			if err != nil {
				return nil, 0, err
			}
			it.Public, it.OnView = relic.Shown != nil, relic.onViewIn(asNew)
			it.tell(relic, ok)
		}
		if !it.Public {
			hidden++
		}
		items = append(items, it)
	}
	return items, hidden, nil
}

// tell fills in what may be known of the relic: all is the newest content.
func (it *ExhibitionItem) tell(rec *Relic, all bool) {
	f := rec.Shown
	if all {
		f = &rec.Fields
		it.Number = f.number()
	}
	if f == nil {
		return
	}
	it.Name = f.Name
	if len(f.AssetIDs) > 0 {
		it.Image = f.AssetIDs[0]
	}
}
