package tourism

import (
	"context"
	"time"

	"yijianyou/heritage"
	"yijianyou/internal/actor"
	"yijianyou/internal/store"
	"yijianyou/media"
	"yijianyou/tourism/comfort"
)

// Catalogue is what the visitor side asks of the catalogue.
type Catalogue interface {
	// Name returns the name of a record as tourists see it; public is false when
	// they may not see it, and org then tells whose it is. A record that does not
	// exist is a fault of kind NotFound.
	Name(ctx context.Context, r store.Reader, kind heritage.Kind, id string) (name heritage.Text, org actor.OrgID, public bool, err error)
	// Hours returns the opening hours that a museum publishes, nil when there are
	// none.
	Hours(ctx context.Context, r store.Reader, museum heritage.MuseumID) (*heritage.OpeningHours, error)
	// City returns the museums and sites that are published in a city, named as its
	// records name it, at most so many of each, as everybody may see them.
	City(ctx context.Context, r store.Reader, city string, most int) ([]heritage.Landmark, error)
	// Provider returns what manifests tell of a museum, nil when it is not published.
	Provider(ctx context.Context, r store.Reader, museum heritage.MuseumID) (*media.Agent, error)
}

// Crowds is what the visitor side asks of the counting gates.
type Crowds interface {
	// Counted returns what the gates of an area say now; State is Unknown when
	// there are none.
	Counted(ctx context.Context, r store.Reader, area AreaID) (Counted, error)
	// Areas returns the areas whose visitors are counted.
	Areas(ctx context.Context, r store.Reader) ([]AreaID, error)
	// Past returns what was counted in an area from since on, in steps of an hour or
	// a part of it, up to the last step that has ended.
	Past(ctx context.Context, r store.Reader, area AreaID, since time.Time, step time.Duration) (Past, error)
	// Outdoors returns what instruments in an area measure of weather and air, each
	// as it is worth now; simulated is whether any of it is made up.
	Outdoors(ctx context.Context, r store.Reader, area AreaID) (inputs []comfort.Input, simulated bool, err error)
	// Correct sets the number inside on behalf of by, for a reason. ErrNotCounted
	// when no gate counts the area.
	Correct(ctx context.Context, by actor.Actor, area AreaID, inside int, reason string) error
}
