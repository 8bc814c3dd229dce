package heritage

import (
	"encoding/json"

	"yijianyou/internal/actor"
)

// content is what the register needs of the content of a record, whatever its
// type. The pointers of the five Content types implement it.
type content interface {
	normalise(tools)   // bring into the stored form; doing it twice changes nothing
	check(*checker)    // rules that need nothing but the content
	title() Text       // the name
	number() string    // by which a tombstone is found again, "" none
	assets() []string  // ids of the pictures
	refs() []reference // other records that it names
	custody() custody  // what may change without a review
	setCustody(custody)
}

// reference is a member that names another record.
type reference struct {
	path    string // JSON path
	kind    Kind
	id      string
	sameOrg bool // the other must be of the same organisation
	within  bool // the record becomes a part of the other
	shown   bool // of another organisation the other must be published, whoever may read it
	listed  bool // one of a list: moving it to another place of the list is no new reference
}

// key is by what a reference is known again in the content before.
func (r reference) key() string {
	if r.listed {
		return string(r.kind) + "/" + r.id
	}
	return r.path
}

// custody is where a thing is and what the house notes about it: no part of
// what the record says.
type custody struct {
	place PlaceID
	notes string
}

var (
	_ content = (*RelicFields)(nil)
	_ content = (*SiteFields)(nil)
	_ content = (*MuseumFields)(nil)
	_ content = (*PlaceFields)(nil)
	_ content = (*ExhibitionFields)(nil)
)

// of returns f as content.
func of[F Content](f *F) content { return any(f).(content) }

// words returns everything that f says, custody left out, in a form that is
// equal when the content is.
func words[F Content](f F) (string, error) {
	c := of(&f)
	c.setCustody(custody{})
	b, err := json.Marshal(&f)
	return string(b), err
}

func (f *RelicFields) title() Text      { return f.Name }
func (f *RelicFields) assets() []string { return f.AssetIDs }
func (f *RelicFields) custody() custody { return custody{place: f.PlaceID, notes: f.InternalNotes} }
func (f *RelicFields) setCustody(c custody) {
	f.PlaceID, f.InternalNotes = c.place, c.notes
}
func (f *RelicFields) number() string {
	if f.Number == nil {
		return ""
	}
	return f.Number.Value
}
func (f *RelicFields) refs() []reference {
	return []reference{
		{path: "museumId", kind: KindMuseum, id: string(f.MuseumID)},
		{path: "findSite", kind: KindSite, id: string(f.FindSite)},
		{path: "placeId", kind: KindPlace, id: string(f.PlaceID), sameOrg: true},
		{path: "partOf", kind: KindRelic, id: string(f.PartOf), sameOrg: true, within: true},
	}
}

func (f *SiteFields) title() Text          { return f.Name }
func (f *SiteFields) assets() []string     { return f.AssetIDs }
func (f *SiteFields) number() string       { return f.OfficialNumber }
func (f *SiteFields) custody() custody     { return custody{notes: f.InternalNotes} }
func (f *SiteFields) setCustody(c custody) { f.InternalNotes = c.notes }
func (f *SiteFields) refs() []reference {
	return []reference{
		{path: "mergedInto", kind: KindSite, id: string(f.MergedInto), sameOrg: true, within: true},
		{path: "supplements", kind: KindSite, id: string(f.Supplements), sameOrg: true, within: true},
		{path: "partOf", kind: KindSite, id: string(f.PartOf), sameOrg: true, within: true},
	}
}

func (f *MuseumFields) title() Text          { return f.Name }
func (f *MuseumFields) assets() []string     { return f.AssetIDs }
func (f *MuseumFields) number() string       { return "" }
func (f *MuseumFields) custody() custody     { return custody{notes: f.InternalNotes} }
func (f *MuseumFields) setCustody(c custody) { f.InternalNotes = c.notes }
func (f *MuseumFields) refs() []reference    { return nil }

func (f *PlaceFields) title() Text          { return f.Name }
func (f *PlaceFields) assets() []string     { return f.AssetIDs }
func (f *PlaceFields) number() string       { return f.Code }
func (f *PlaceFields) custody() custody     { return custody{notes: f.InternalNotes} }
func (f *PlaceFields) setCustody(c custody) { f.InternalNotes = c.notes }
func (f *PlaceFields) refs() []reference {
	return []reference{
		{path: "museumId", kind: KindMuseum, id: string(f.MuseumID), sameOrg: true},
		{path: "parentId", kind: KindPlace, id: string(f.ParentID), sameOrg: true, within: true},
	}
}

func (f *ExhibitionFields) title() Text          { return f.Title }
func (f *ExhibitionFields) assets() []string     { return f.AssetIDs }
func (f *ExhibitionFields) number() string       { return "" }
func (f *ExhibitionFields) custody() custody     { return custody{notes: f.InternalNotes} }
func (f *ExhibitionFields) setCustody(c custody) { f.InternalNotes = c.notes }
func (f *ExhibitionFields) refs() []reference {
	refs := []reference{{path: "museumId", kind: KindMuseum, id: string(f.MuseumID), sameOrg: true}}
	for i, id := range f.PlaceIDs {
		refs = append(refs, reference{path: at("placeIds", i), kind: KindPlace, id: string(id), sameOrg: true, listed: true})
	}
	for i, s := range f.Sections {
		for j, it := range s.Items {
			refs = append(refs, reference{path: itemPath(i, j), kind: KindRelic, id: string(it.RelicID), shown: true, listed: true})
		}
	}
	return refs
}

// hide takes out of rec what by may not see although he may read the record:
// store locations and confidential coordinates need actor.LocationRead.
func hide[F Content](rec *Record[F], by actor.Actor) {
	if by.Can(actor.LocationRead, rec.Org) {
		return
	}
	hideLocation(&rec.Fields)
	if rec.Away != nil {
		rec.Away = &Away{MovementID: rec.Away.MovementID, Outside: rec.Away.Outside}
	}
	if rec.Shown != nil {
		hideLocation(rec.Shown)
	}
}

func hideLocation[F Content](f *F) {
	switch f := any(f).(type) {
	case *RelicFields:
		f.PlaceID = ""
	case *SiteFields:
		if f.Location != nil && (f.Location.Confidential || f.Unopened) {
			f.Location = nil
		}
	case *MuseumFields:
		if f.Location != nil && f.Location.Confidential {
			f.Location = nil
		}
	}
}
