package store

import (
	"context"
	"errors"

	"go.mongodb.org/mongo-driver/bson"

	"yijianyou/internal/actor"
)

// Revision is one entry of the audit trail: a change of a document with its
// before-image, or an event without one (Tx.Audit). Revisions are inserted and
// never changed. Org is that of the document.
type Revision struct {
	Meta       `bson:",inline"`
	Collection string     `bson:"collection"`
	Doc        string     `bson:"doc"`    // id of the document, or what an event is about
	DocRev     int64      `bson:"docRev"` // revision that the change made; 0 for an event
	Action     string     `bson:"action"` // create, change, remove, or the verb given to Tx.Describe
	Reason     string     `bson:"reason,omitempty"`
	ActorKind  actor.Kind `bson:"actorKind"`
	ActorID    string     `bson:"actorId"`
	ActorName  string     `bson:"actorName"`
	RequestID  string     `bson:"requestId,omitempty"`
	Before     bson.Raw   `bson:"before,omitempty"` // the stored document before the change; absent when it was created
}

// History is the collection of all revisions. Its indexes: byDoc (collection,
// doc, docRev), byOrg (org, createdAt), byActor (actorId, createdAt), byTime.
var History = Define[Revision](Spec{Name: "history", Schema: 1, Indexes: []Index{
	{Name: "byDoc", Parts: []Part{{Path: "collection"}, {Path: "doc"}, {Path: "docRev", Kind: Int}}},
	{Name: "byOrg", Parts: []Part{{Path: "org"}, {Path: "createdAt", Kind: Time}}},
	{Name: "byActor", Parts: []Part{{Path: "actorId"}, {Path: "createdAt", Kind: Time}}},
	{Name: "byTime", Parts: []Part{{Path: "createdAt", Kind: Time}}},
}})

// Revisions returns the history of one document, newest first. It outlives the
// document.
func (c *Collection[T]) Revisions(ctx context.Context, r Reader, id string, limit int, after Cursor) (Page[Revision], error) {
	return History.Find(ctx, r, Query{Index: "byDoc", Equal: []any{c.spec.Name, id}, Reverse: true, Limit: limit, After: after})
}

// AtRevision returns the document as it was at revision rev, lifted to the
// newest schema. It also finds documents that have been deleted.
//
// Errors: ErrNotFound when there never was such a revision, or when the
// collection keeps no history.
func (c *Collection[T]) AtRevision(ctx context.Context, r Reader, id string, rev int64) (*T, error) {
	next, err := History.One(ctx, r, Query{Index: "byDoc", Equal: []any{c.spec.Name, id, rev + 1}})
	switch {
	case err == nil && next.Before != nil:
		return c.decode(next.Before)
	case err != nil && !errors.Is(err, ErrNotFound):
		return nil, err
	}
	doc, err := c.Get(ctx, r, id)
	if err != nil {
		return nil, err
	}
	if any(doc).(headed).Head().Rev != rev {
		return nil, ErrNotFound.New()
	}
	return doc, nil
}
