package discovery

import (
	"time"

	"yijianyou/internal/store"
)

// Type is what happened to a manifest (Change Discovery 1.0).
type Type string

const (
	Create Type = "Create" // the public sees it, for the first time or again
	Update Type = "Update"
	Delete Type = "Delete" // the public sees it no more
)

// Activity is one change of what the public sees of a record.
type Activity struct {
	store.Meta `bson:",inline"`
	Seq        int64     `bson:"seq"` // from 1, without gaps
	Type       Type      `bson:"type"`
	Kind       string    `bson:"kind"` // of the shelf: "relics"
	Record     string    `bson:"record"`
	Time       time.Time `bson:"time"` // never before that of an earlier one
}

// shown is what the public last saw of a record.
type shown struct {
	store.Meta `bson:",inline"` // ID is that of ref
	Kind       string           `bson:"kind"`
	Record     string           `bson:"record"`
	Digest     string           `bson:"digest,omitempty"` // "" is nothing any more
}

// progress is how far the log has come; there is one.
type progress struct {
	store.Meta `bson:",inline"`
	Seq        int64       `bson:"seq"`  // of the last activity
	Time       time.Time   `bson:"time"` // of the last activity
	Token      store.Token `bson:"token"`
}

const progressID = "public"

var (
	activities = store.Define[Activity](store.Spec{Name: "activities", Schema: 1, Indexes: []store.Index{
		{Name: "bySeq", Parts: []store.Part{{Path: "seq", Kind: store.Int}}, Unique: true}}})
	showns     = store.Define[shown](store.Spec{Name: "shownmanifests", Schema: 1})
	progresses = store.Define[progress](store.Spec{Name: "discoveryprogress", Schema: 1})
)

// Collections returns the collections of this package, for store.Open.
func Collections() []store.Declared { return []store.Declared{activities, showns, progresses} }

// ref names a record of a shelf.
type ref struct{ kind, record string }

func (r ref) id() string { return r.kind + "-" + r.record }
