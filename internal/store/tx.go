package store

import (
	"context"
	"errors"
	"time"

	"go.mongodb.org/mongo-driver/bson"

	"yijianyou/internal/actor"
	"yijianyou/internal/ids"
)

// Reader is what documents are read from: a *Store (committed ones) or a *Tx
// (those of the transaction, its own changes included).
type Reader interface{ source() Source }

// Tx is one run of the func given to Update. It is not safe for concurrent use
// and must not be kept.
type Tx struct {
	ctx     context.Context
	w       *strict
	by      actor.Actor
	now     time.Time
	action  string
	reason  string
	changes []Change
	touched []touched

	enqueued bool // a job, so that its runner is told
}

type touched struct {
	at  *Meta
	was Meta
}

func (tx *Tx) source() Source { return tx.w }

// Context returns the context of the transaction. Pass it to Get and Find.
func (tx *Tx) Context() context.Context { return tx.ctx }

// Actor returns who acts.
func (tx *Tx) Actor() actor.Actor { return tx.by }

// Now is the time of the transaction: UTC, milliseconds, the same for all of it.
func (tx *Tx) Now() time.Time { return tx.now }

// NewID returns a fresh UUIDv7.
func (tx *Tx) NewID() string { return ids.New() }

// Describe names what the following changes are, such as "relic.publish", and
// why they are made; history keeps both. Without it they are "create",
// "change" or "remove".
func (tx *Tx) Describe(action, reason string) { tx.action, tx.reason = action, reason }

// Guard makes transactions that guard the same key at the same time run one
// after the other. Use it when a rule reads documents that it does not change.
func (tx *Tx) Guard(key string) error { return tx.w.Guard(tx.ctx, key) }

// Audit writes an entry into the history without a change of a document: a
// login, an export, a refused approval. collection and doc name what it is about.
func (tx *Tx) Audit(org actor.OrgID, collection, doc, action, reason string) error {
	return tx.keep(Revision{Meta: Meta{Org: org}, Collection: collection, Doc: doc, Action: action, Reason: reason})
}

// before is the stored form of a document ahead of a change.
type before struct {
	Meta
	raw bson.Raw // nil when there is none
}

func (tx *Tx) before(spec Spec, id string) (before, error) {
	raws, err := tx.w.Get(tx.ctx, spec.Name, []string{id})
	if err != nil || len(raws) == 0 {
		return before{}, err
	}
	b := before{raw: raws[0]}
	if err := bson.Unmarshal(b.raw, &b.Meta); err != nil {
		return before{}, err
	}
	return b, nil
}

// lastRevision returns the newest revision that history has of a document, 0
// when there is none.
func (tx *Tx) lastRevision(spec Spec, id string) (int64, error) {
	last, err := History.One(tx.ctx, tx, Query{Index: "byDoc", Equal: []any{spec.Name, id}, Reverse: true})
	if errors.Is(err, ErrNotFound) {
		return 0, nil
	}
	if err != nil {
		return 0, err
	}
	return last.DocRev, nil
}

// touch remembers a Meta that Put is about to change.
func (tx *Tx) touch(m *Meta) { tx.touched = append(tx.touched, touched{at: m, was: *m}) }

// undo puts back the Meta of every document that this run has Put.
func (tx *Tx) undo() {
	for i := len(tx.touched) - 1; i >= 0; i-- {
		*tx.touched[i].at = tx.touched[i].was
	}
	tx.touched = nil
}

// record writes history and, when that is wanted, feed of one change.
func (tx *Tx) record(spec Spec, m Meta, was before, op Op, feed bool) error {
	if spec.Feed && feed {
		tx.changes = append(tx.changes, Change{Collection: spec.Name, ID: m.ID, Org: m.Org, Rev: m.Rev, Op: op, At: tx.now})
	}
	if !spec.History {
		return nil
	}
	r := Revision{Meta: Meta{Org: m.Org}, Collection: spec.Name, Doc: m.ID, DocRev: m.Rev,
		Action: tx.action, Reason: tx.reason, Before: was.raw}
	if op == OpDelete {
		r.DocRev = m.Rev + 1
	}
	if r.Action == "" {
		switch {
		case op == OpDelete:
			r.Action = "remove"
		case was.raw == nil:
			r.Action = "create"
		default:
			r.Action = "change"
		}
	}
	return tx.keep(r)
}

func (tx *Tx) keep(r Revision) error {
	r.ID, r.Rev, r.Schema = tx.NewID(), 1, History.spec.Schema
	r.CreatedAt, r.UpdatedAt = tx.now, tx.now
	r.ActorKind, r.ActorID, r.ActorName, r.RequestID = tx.by.Kind, tx.by.ID, tx.by.Name, tx.by.RequestID
	raw, err := bson.Marshal(r)
	if err != nil {
		return err
	}
	return tx.w.Put(tx.ctx, History.spec.Name, r.ID, raw, 0)
}
