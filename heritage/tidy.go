package heritage

import (
	"strings"

	"golang.org/x/text/unicode/norm"

	"yijianyou/heritage/dating"
	"yijianyou/heritage/vocab"
)

// tools are what normalising needs from outside.
type tools struct {
	sortKey SortKey
}

// foldNumber brings a number or a code into the form in which it is compared:
// half-width, one space at most between its parts.
func foldNumber(s string) string { return tidyLine(norm.NFKC.String(strings.Map(visible, s))) }

func tidyTerms(list []vocab.Code) []vocab.Code {
	var out []vocab.Code
	seen := make(map[vocab.Code]bool, len(list))
	for _, c := range list {
		if c != "" && !seen[c] {
			seen[c] = true
			out = append(out, c)
		}
	}
	return out
}

// tidyImages tidies the captions; a reference without an asset stays, to be refused.
func tidyImages(list []ImageRef) (out []ImageRef, assets []string) {
	for _, img := range list {
		img.AssetID, img.Caption = tidyLine(img.AssetID), img.Caption.line()
		out = append(out, img)
		assets = append(assets, img.AssetID)
	}
	return out, assets
}

// tidy fills years that are unknown from the words, as far as all of them can
// be read. Years that a reader of the words has to guess are marked as estimates.
func (p *Period) tidy() {
	p.Text = p.Text.line()
	if p.FromYear == nil && p.ToYear == nil {
		p.Approx = false
		if read := dating.Parse(p.Text.ZH); len(read.Unknown) == 0 {
			p.Take(read)
		}
	}
}

func tidyPoint(p *GeoPoint) *GeoPoint {
	if p == nil {
		return nil
	}
	q := *p
	q.toWGS84()
	return &q
}

// tidy fills the English names of provinces and cities that the list knows.
func (d *Division) tidy() {
	d.Province, d.City, d.County, d.Township = d.Province.line(), d.City.line(), d.County.line(), d.Township.line()
	list := vocab.Must("division")
	for _, t := range []*Text{&d.Province, &d.City} {
		if term, ok := list.Find(t.ZH); ok && t.ZH != "" {
			t.ZH = term.ZH
			if t.EN == "" {
				t.EN = term.EN
			}
		}
	}
}

func (v *Visiting) tidy() *Visiting {
	if v == nil {
		return nil
	}
	var out Visiting
	if v.Hours != nil {
		h := *v.Hours
		h.Note, h.Source = h.Note.line(), h.Source.tidy()
		h.Seasons = append([]Season(nil), h.Seasons...)
		for i := range h.Seasons {
			h.Seasons[i].Name = h.Seasons[i].Name.line()
		}
		h.Exceptions = append([]HoursDay(nil), h.Exceptions...)
		for i := range h.Exceptions {
			h.Exceptions[i].Note = h.Exceptions[i].Note.line()
		}
		if len(h.Seasons)+len(h.Exceptions) > 0 || !h.Note.IsZero() {
			out.Hours = &h
		}
	}
	if v.Admission != nil {
		a := *v.Admission
		a.Note, a.Source = a.Note.line(), a.Source.tidy()
		a.Tickets = append([]Price(nil), a.Tickets...)
		for i := range a.Tickets {
			a.Tickets[i].Name = a.Tickets[i].Name.line()
		}
		if a.Free != nil || len(a.Tickets) > 0 || !a.Note.IsZero() {
			out.Admission = &a
		}
	}
	if v.Booking != nil {
		b := *v.Booking
		b.Note, b.Source = b.Note.line(), b.Source.tidy()
		b.Channels = append([]Channel(nil), b.Channels...)
		for i := range b.Channels {
			ch := &b.Channels[i]
			ch.Name, ch.URL, ch.Phone = ch.Name.line(), tidyLine(ch.URL), tidyLine(ch.Phone)
		}
		if b.Required != nil || b.DaysAhead != nil || len(b.Channels) > 0 || !b.Note.IsZero() {
			out.Booking = &b
		}
	}
	if v.Identity != nil {
		d := *v.Identity
		d.Note, d.Source, d.Documents = d.Note.line(), d.Source.tidy(), tidyTerms(d.Documents)
		if len(d.Documents) > 0 || !d.Note.IsZero() {
			out.Identity = &d
		}
	}
	if out.Hours == nil && out.Admission == nil && out.Booking == nil && out.Identity == nil {
		return nil
	}
	return &out
}
