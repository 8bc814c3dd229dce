package sensors

import (
	"bytes"
	"time"

	"yijianyou/internal/store"
)

// TagHour is where a tag was at the start of an hour (UTC) in which it was seen:
// after all its sightings before that hour, at its first moment. One is kept only
// where that differs from the one before, so a tag that rests has none: at the
// start of any hour in which it was seen a tag was where the newest TagHour up to
// then says. A late sighting is stepped from there on, up to the first later hour
// that comes out as it is known: the rest has not changed. So a late sighting
// costs the reading of an hour or three, however late it is, unless it tells
// another story. Its id is the TagID, a slash and the hour.
type TagHour struct {
	store.Meta `bson:",inline"`
	TagID      TagID     `bson:"tagId"`
	Hour       time.Time `bson:"hour"`
	Place      []byte    `bson:"place"` // locate.State
}

// keptHours is for how long they are kept: longer than the oldest sample that
// is taken (30 days). The newest one before that stays.
const keptHours = 31 * 24 * time.Hour

func hourOf(t time.Time) time.Time { return t.UTC().Truncate(time.Hour) }

func tagHourID(tag string, hour time.Time) string { return tag + "/" + hour.UTC().Format("2006010215") }

// hourAt returns the newest TagHour of the tag that is not after the moment at,
// nil when there is none.
func (t *tracker) hourAt(tag *Tag, at time.Time) (*TagHour, error) {
	return found(tagHours.One(t.ctx(), t.tx, store.Query{Index: "byTag", Equal: []any{tag.ID}, Before: at.Add(time.Millisecond), Reverse: true}))
}

// hourBook is what is known of where a tag was at the start of hours, while some
// of it is stepped again.
type hourBook struct {
	read     bool
	was, now []byte // by what was known before, and by what is known now; nil nothing
}

// keepHour writes where the tag was at the start of an hour, each later than the
// one before; same says that it was known to be there.
func (t *tracker) keepHour(tag *Tag, b *hourBook, hour time.Time, place []byte) (same bool, err error) {
	if !b.read {
		last, err := t.hourAt(tag, hour.Add(-time.Millisecond))
		if err != nil {
			return false, err
		}
		if b.read = true; last != nil {
			b.was, b.now = last.Place, last.Place
		}
	}
	doc, err := found(tagHours.Get(t.ctx(), t.tx, tagHourID(tag.ID, hour)))
	if err != nil {
		return false, err
	}
	if doc != nil {
		b.was, b.now = doc.Place, doc.Place
	}
	same = bytes.Equal(b.was, place)
	if bytes.Equal(b.now, place) {
		return same, nil
	}
	b.now = place
	if doc == nil {
		doc = &TagHour{Meta: store.Meta{ID: tagHourID(tag.ID, hour), Org: tag.Org}, TagID: TagID(tag.ID), Hour: hour}
		if err := t.forgetHours(tag, hour); err != nil {
			return false, err
		}
	}
	doc.Place = place
	return same, tagHours.Put(t.tx, doc)
}

// forgetHours removes a few that are too old to be asked for.
func (t *tracker) forgetHours(tag *Tag, hour time.Time) error {
	old, err := tagHours.Find(t.ctx(), t.tx, store.Query{Index: "byTag", Equal: []any{tag.ID}, Before: hour.Add(-keptHours), Reverse: true, Limit: 4})
	if err != nil || len(old.Items) < 2 {
		return err
	}
	for _, doc := range old.Items[1:] {
		if err := tagHours.Delete(t.tx, doc.ID, doc.Rev, ""); err != nil {
			return err
		}
	}
	return nil
}
