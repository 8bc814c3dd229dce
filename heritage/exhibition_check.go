package heritage

import (
	"context"

	"yijianyou/internal/fault"
	"yijianyou/internal/store"
)

// normalise brings f into the form in which it is stored; see RelicFields.normalise.
func (f *ExhibitionFields) normalise(t tools) {
	f.Title, f.Summary, f.Text = f.Title.line(), f.Summary.paragraphs(), f.Text.paragraphs()
	f.Organisers, f.URL = tidyLines(f.Organisers), tidyLine(f.URL)
	f.InternalNotes = tidyText(f.InternalNotes)
	f.Images, f.AssetIDs = tidyImages(f.Images)
	f.Sources = tidySources(f.Sources)
	f.SortKey = t.sortKey(f.Title.ZH)
	if f.End = f.Until; f.End == "" {
		f.End = noEnd
	}
	f.RelicIDs = nil
	f.Sections = append([]Section(nil), f.Sections...)
	for i := range f.Sections {
		s := &f.Sections[i]
		s.Title, s.Text = s.Title.line(), s.Text.paragraphs()
		s.Items = append([]SectionItem(nil), s.Items...)
		for j := range s.Items {
			it := &s.Items[j]
			it.Label = it.Label.paragraphs()
			if it.RelicID != "" {
				f.RelicIDs = append(f.RelicIDs, string(it.RelicID))
			}
		}
	}
}

// check finds every rule that f breaks by itself.
func (f *ExhibitionFields) check(c *checker) {
	c.form(f)
	c.title("title", f.Title)
	c.text("summary", f.Summary, maxLine)
	c.text("text", f.Text, maxDescription)
	c.sources("sources", f.Sources)
	c.images(f.Images)
	f.checkDays(c)
	f.checkSections(c)
	halls := make(map[PlaceID]bool)
	for i, id := range f.PlaceIDs {
		if halls[id] {
			c.add(ErrRepeated.At(at("placeIds", i)))
		}
		halls[id] = true
	}
}

// checkDays checks the days; badly written ones are the tags' to find.
func (f *ExhibitionFields) checkDays(c *checker) {
	if !f.From.Valid() || !f.Until.Valid() {
		return
	}
	switch {
	case f.Kind == permanent && f.Until != "":
		c.add(ErrPermanentEnd.At("until"))
	case f.Kind != permanent && f.Kind != "" && f.From == "":
		c.add(ErrFirstDay.At("from"))
	case f.From != "" && f.Until != "" && f.Until < f.From:
		c.add(ErrDayOrder.At("until"))
	}
}

func (f *ExhibitionFields) checkSections(c *checker) {
	items := 0
	seen := make(map[RelicID]bool)
	for i, s := range f.Sections {
		c.title(at("sections", i)+".title", s.Title)
		c.text(at("sections", i)+".text", s.Text, maxSectionText)
		for j, it := range s.Items {
			if seen[it.RelicID] && it.RelicID != "" {
				c.add(ErrRepeated.At(itemPath(i, j)))
			}
			seen[it.RelicID] = true
			c.text(at(at("sections", i)+".items", j)+".label", it.Label, maxLine)
		}
		items += len(s.Items)
	}
	if items > maxItems {
		c.add(ErrTooMany.At("sections", fault.P("max", maxItems)))
	}
}

// itemPath is the JSON path of the relic of an item.
func itemPath(section, item int) string {
	return at(at("sections", section)+".items", item) + ".relicId"
}

// checkHall refuses a hall of another museum, and one that lies in a store: to
// tourists it would be told.
func (s *Service) checkHall(ctx context.Context, r store.Reader, f *ExhibitionFields, ref reference, g glance) ([]fault.Field, error) {
	secret, err := s.confidential(ctx, r, PlaceID(ref.id))
	switch {
	case err != nil:
		return nil, err
	case secret:
		return []fault.Field{ErrReference.At(ref.path)}, nil
	case g.museum != f.MuseumID:
		return []fault.Field{ErrOtherMuseum.At(ref.path)}, nil
	}
	return nil, nil
}
