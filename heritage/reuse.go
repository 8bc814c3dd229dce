package heritage

import (
	"context"
	"errors"

	"yijianyou/internal/actor"
	"yijianyou/internal/fault"
	"yijianyou/internal/store"
)

// What the domains above use of the rules of this one, so that a text, a
// coordinate or an opening hour means the same everywhere.

// TidyLine brings a one-line text into its stored form: NFC, nothing invisible,
// single spaces.
func TidyLine(s string) string { return tidyLine(s) }

// TidyLines tidies each line and leaves out empty and repeated ones.
func TidyLines(list []string) []string { return tidyLines(list) }

// TidyText brings a text of several lines into its stored form.
func TidyText(s string) string { return tidyText(s) }

// Tidy returns t with both texts in their stored form, line ends kept.
func (t Text) Tidy() Text { return t.paragraphs() }

// Tidy returns d in its stored form, with the English names that are known.
func (d Division) Tidy() Division { d.tidy(); return d }

// Tidy returns p converted to WGS-84, nil for nil.
func (p *GeoPoint) Tidy() *GeoPoint { return tidyPoint(p) }

// Tidy returns v in its stored form, nil when it says nothing.
func (v *Visiting) Tidy() *Visiting { return v.tidy() }

// TidySources returns the sources that say something, in their stored form.
func TidySources(list []Source) []Source { return tidySources(list) }

// TidyImages tidies the captions and returns the ids of the pictures beside.
func TidyImages(list []ImageRef) (out []ImageRef, assets []string) { return tidyImages(list) }

// TidyMedia tidies the captions and returns the ids of the sound and film beside.
func TidyMedia(list []MediaRef) (out []MediaRef, assets []string) {
	for _, m := range list {
		m.AssetID, m.Caption = tidyLine(m.AssetID), m.Caption.line()
		out = append(out, m)
		assets = append(assets, m.AssetID)
	}
	return out, assets
}

// NeedReason returns the reason in its stored form.
//
// Errors: fault.ErrInvalid at "reason" when it is empty or too long.
func NeedReason(reason string) (string, error) {
	reason = tidyText(reason)
	return reason, needReason(reason)
}

// Findings gathers what is wrong with a record of another domain, each at its
// JSON path. The zero value is ready.
type Findings struct{ c checker }

// Add adds one finding.
func (f *Findings) Add(field fault.Field) { f.c.add(field) }

// Form adds what the validate tags of v, a pointer to a struct, find. The tags
// are those of this package: term=LIST, day, monthday, clock, year, uuid ….
func (f *Findings) Form(v any) { f.c.form(v) }

// Title adds that the Chinese name is missing or a name is too long.
func (f *Findings) Title(path string, t Text) { f.c.title(path, t) }

// Line adds that a text is longer than a line may be.
func (f *Findings) Line(path string, t Text) { f.c.text(path, t, maxLine) }

// Description adds that a text is longer than a description may be.
func (f *Findings) Description(path string, t Text) { f.c.text(path, t, maxDescription) }

// Division adds what is wrong with an administrative division.
func (f *Findings) Division(path string, d Division) { f.c.division(path, d) }

// Sources adds what is wrong with the sources.
func (f *Findings) Sources(path string, list []Source) { f.c.sources(path, list) }

// Images adds what is wrong with the list of pictures at "images".
func (f *Findings) Images(list []ImageRef) { f.c.images(list) }

// Media adds what is wrong with the list of sound and film at "media".
func (f *Findings) Media(list []MediaRef) { f.c.media(list) }

// TimeZone adds that name is no IANA time zone.
func (f *Findings) TimeZone(path, name string) { f.c.timeZone(path, name) }

// Visiting adds what is wrong with the facts on visiting at "visiting".
func (f *Findings) Visiting(v *Visiting) { f.c.visiting(v) }

// Fields returns all findings in the order in which they were added.
func (f *Findings) Fields() []fault.Field { return f.c.fields }

// View returns v with the labels of its codes, nil for nil.
func (v *Visiting) View() *PublicVisiting { return publicVisiting(v) }

// View returns p as the public sees it: nil for nil and for a confidential one.
func (p *GeoPoint) View() *PublicPoint { return publicPoint(p, false, false) }

// ViewText returns what is told of a record, as the public sees it.
func ViewText(description Text, images []ImageRef, sources []Source, simulated, unverified bool) PublicText {
	return publicText(description, images, sources, simulated, unverified)
}

// Hours returns the opening hours that a museum publishes, nil when there are none.
func (s *Service) Hours(ctx context.Context, r store.Reader, museum MuseumID) (*OpeningHours, error) {
	d, err := museumDocs.Get(ctx, r, string(museum))
	if err != nil || d.Shown == nil || d.Shown.Visiting == nil {
		return nil, unlessGone(err)
	}
	return d.Shown.Visiting.Hours, nil
}

// Name returns the name under which everybody may know a record, empty with public
// false while there is none. org is who keeps it. A place in a store is never
// public.
//
// Errors: ErrNotFound.
func (s *Service) Name(ctx context.Context, r store.Reader, kind Kind, id string) (name Text, org actor.OrgID, public bool, err error) {
	g, err := s.look(ctx, r, kind, id)
	switch {
	case errors.Is(err, store.ErrNotFound):
		return Text{}, "", false, ErrNotFound.New()
	case err != nil:
		return Text{}, "", false, err
	case g.shown != nil && !g.store:
		return *g.shown, g.org, true, nil
	}
	return Text{}, g.org, false, nil
}
