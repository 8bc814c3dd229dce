package sensors

import (
	"bytes"
	"time"

	"yijianyou/internal/store"
)

// TagHour is where a tag was at the start of an hour (UTC) in which it was seen:
// after all its sightings before that hour, at its first moment. A late sighting
// is stepped from the one of its hour on, up to the first later one that comes
// out as it is stored: the rest has not changed. So a late sighting costs the
// reading of an hour or two, however late it is, unless it tells another story.
// Its id is the TagID, a slash and the hour.
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

// keepHour writes where the tag was at the start of the hour; same says that it
// was known to be there.
func (t *tracker) keepHour(tag *Tag, hour time.Time, place []byte) (same bool, err error) {
	doc, err := found(tagHours.Get(t.ctx(), t.tx, tagHourID(tag.ID, hour)))
	switch {
	case err != nil:
		return false, err
	case doc == nil:
		doc = &TagHour{Meta: store.Meta{ID: tagHourID(tag.ID, hour), Org: tag.Org}, TagID: TagID(tag.ID), Hour: hour}
		if err := t.forgetHours(tag, hour); err != nil {
			return false, err
		}
	case bytes.Equal(doc.Place, place):
		return true, nil
	}
	doc.Place = place
	return false, tagHours.Put(t.tx, doc)
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
