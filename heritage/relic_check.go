package heritage

import (
	"yijianyou/heritage/vocab"
)

// normalise brings f into the form in which it is stored: the same thing is
// written in one way only, and what follows from other fields is filled in.
// Doing it twice changes nothing.
func (f *RelicFields) normalise(t tools) {
	f.Name, f.FindPlace, f.Description = f.Name.line(), f.FindPlace.line(), f.Description.paragraphs()
	f.Period.tidy()
	f.Materials = tidyTerms(f.Materials)
	for i := range f.Dimensions {
		d := &f.Dimensions[i]
		d.Note, d.Source = tidyLine(d.Note), tidySource(d.Source)
	}
	f.Mass.Source = tidySource(f.Mass.Source)
	if f.Mass.Range == "" && f.Mass.Grams != nil && *f.Mass.Grams > 0 {
		f.Mass.Range = massRange(*f.Mass.Grams)
	}
	f.Defects, f.AcquiredFrom, f.InternalNotes = tidyText(f.Defects), tidyLine(f.AcquiredFrom), tidyText(f.InternalNotes)
	if f.AccessionRange == "" && f.AccessionedOn != "" && f.AccessionedOn.Valid() {
		f.AccessionRange = accessionRange(f.AccessionedOn)
	}
	if f.Number != nil {
		f.Number = &Number{Kind: f.Number.Kind, Value: foldNumber(f.Number.Value)}
		if *f.Number == (Number{}) {
			f.Number = nil
		}
	}
	for i := range f.OtherNumbers {
		f.OtherNumbers[i].Value = foldNumber(f.OtherNumbers[i].Value)
	}
	f.Aliases, f.FormerNames = tidyLines(f.Aliases), tidyLines(f.FormerNames)
	f.Traditional, f.Reading = tidyLine(f.Traditional), tidyLine(f.Reading)
	f.Images, f.AssetIDs = tidyImages(f.Images)
	f.Sources = tidySources(f.Sources)
	f.SortKey = t.sortKey(f.Name.ZH)
}

// massRange returns the range of the census form in which a mass lies; a bound
// belongs to the range above it.
func massRange(grams float64) vocab.Code {
	switch {
	case grams < 10:
		return "lt-001kg"
	case grams < 1000:
		return "001-1kg"
	case grams < 50_000:
		return "1-50kg"
	case grams < 100_000:
		return "50-100kg"
	case grams <= 1_000_000:
		return "100-1000kg"
	}
	return "gt-1000kg"
}

// accessionRange returns the range of the census form in which a date lies.
func accessionRange(d Day) vocab.Code {
	switch {
	case d < "1949-10-01":
		return "before-1949"
	case d < "1966-01-01":
		return "1949-1965"
	case d < "1977-01-01":
		return "1966-1976"
	case d < "2001-01-01":
		return "1977-2000"
	}
	return "since-2001"
}

// check finds every rule that f breaks by itself, without looking elsewhere.
func (f *RelicFields) check(c *checker) {
	c.form(f)
	c.title("name", f.Name)
	c.period(f.Period)
	c.text("findPlace", f.FindPlace, maxLine)
	c.text("description", f.Description, maxDescription)
	c.sources("sources", f.Sources)
	c.images(f.Images)
	if q := f.Quantity; q.Traditional != nil && q.Actual != nil && *q.Actual < *q.Traditional {
		c.add(ErrPieces.At("quantity.actual"))
	}
	for i, d := range f.Dimensions {
		if d.Source != nil {
			c.text(at("dimensions", i)+".source.text", d.Source.Text, maxLine)
		}
	}
	if m := f.Mass; m.Grams != nil && *m.Grams > 0 && m.Range != "" && m.Range != massRange(*m.Grams) {
		c.add(ErrMassRange.At("mass.range"))
	}
	if f.AccessionedOn != "" && f.AccessionedOn.Valid() && f.AccessionRange != "" && f.AccessionRange != accessionRange(f.AccessionedOn) {
		c.add(ErrAccessionRange.At("accessionRange"))
	}
	if f.Number != nil && f.MuseumID == "" {
		c.add(ErrNumberMuseum.At("museumId"))
	}
	seen := make(map[Number]bool)
	if f.Number != nil {
		seen[*f.Number] = true
	}
	for i, n := range f.OtherNumbers {
		if seen[n] {
			c.add(ErrRepeated.At(at("otherNumbers", i)))
		}
		seen[n] = true
	}
}
