package sensors

import (
	"context"
	"time"

	"yijianyou/heritage"
	"yijianyou/internal/actor"
	"yijianyou/internal/store"
	"yijianyou/media"
)

// Catalogue is what this package asks of the catalogue.
type Catalogue interface {
	// RelicGlance returns what an alarm and a plan show of a relic. A NotFound fault
	// when there is none.
	RelicGlance(ctx context.Context, r store.Reader, id heritage.RelicID) (heritage.RelicGlance, error)
	// PlaceOrg returns whose a place is. A NotFound fault when there is none.
	PlaceOrg(ctx context.Context, r store.Reader, id heritage.PlaceID) (actor.OrgID, error)
	// RelicsWithin returns what stands in a place and below it, at most limit; more says
	// that there are others.
	RelicsWithin(ctx context.Context, r store.Reader, id heritage.PlaceID, limit int) (list []heritage.RelicGlance, more bool, err error)
}

// Orders tells lawful ways from unlawful ones; heritage.Movements implements it.
type Orders interface {
	// Covering returns what the movement orders say of relic at the moment at: the
	// zero Cover when it was handed out under none. Cover.Moves answers for a change
	// of room, Cover.Leaves for an exit. It reads what the orders say of that
	// moment, so that a late sample is judged by the order of its own time. It is
	// one read of an index.
	Covering(ctx context.Context, r store.Reader, relic heritage.RelicID, at time.Time) (heritage.Cover, error)
}

// Loans tells of movement orders as such; heritage.Movements implements it.
type Loans interface {
	// Glance returns an order without asking who wants to know. A NotFound fault
	// when there is none.
	Glance(ctx context.Context, r store.Reader, id heritage.MovementID) (*heritage.Movement, error)
	// Late returns up to limit orders under which something should have been back
	// before now and of which nobody was told.
	Late(ctx context.Context, r store.Reader, now time.Time, limit int) ([]*heritage.Movement, error)
	// NoteLateIn notes that somebody was told, in the transaction that does it.
	NoteLateIn(tx *store.Tx, id heritage.MovementID) error
}

// Assets tells of the pictures that show how a tag is fixed; media implements it.
type Assets interface {
	// Asset returns the picture with id, or a NotFound fault.
	Asset(ctx context.Context, r store.Reader, id string) (*media.Asset, error)
}

// Areas tells of the scenic areas whose visitors are counted. This package knows
// nothing else of them.
type Areas interface {
	// AreaOrg returns whose an area is. A NotFound fault when there is none.
	AreaOrg(ctx context.Context, r store.Reader, id string) (actor.OrgID, error)
}

// Orgs tells of organisations, which accounts know.
type Orgs interface {
	// OrgGlance returns the name of an organisation and whether it is a labelled
	// example. A NotFound fault when there is none.
	OrgGlance(ctx context.Context, org actor.OrgID) (name heritage.Text, simulated bool, err error)
}

// Sender takes messages out of the house; sensors/notify implements it. A fault of
// kind Invalid means that trying again cannot help.
type Sender interface {
	// Post sends a signed POST and returns the status of the answer, 0 for none.
	// Anything but 200 to 299 is an error: ErrReceiverStatus, ErrReceiverRedirect,
	// ErrReceiverSlow, ErrReceiverDown, ErrReceiverPlace.
	Post(ctx context.Context, p Post) (status int, err error)
	// Mail sends a mail. Errors: ErrNoMail, ErrMailRefused, ErrReceiverSlow,
	// ErrReceiverDown.
	Mail(ctx context.Context, m Mail) error
}

// Post is a message to a webhook.
type Post struct {
	ID     string // of the delivery, the same each time that it is tried
	URL    string
	Secret string // that the body is signed with
	Body   []byte // JSON
}

// Mail is a message to a person.
type Mail struct {
	ID            string // of the delivery
	To            string // address
	Subject, Text string // plain text
}
