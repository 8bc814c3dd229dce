package store

import (
	"context"

	"go.mongodb.org/mongo-driver/bson"
)

// strict is the Writer of one run of a func, between the Tx and the engine. It
// holds two rules that no engine need know of: a refused write ends the
// transaction, and what a transaction has read or written it need not read
// again, for nobody else can change what it sees.
type strict struct {
	w       Writer
	refused error // what ended the transaction; nil while it goes on
	seen    map[place]bson.Raw
	bytes   int
	guarded map[string]bool
}

// place names a document.
type place struct{ collection, id string }

// Limits of what a transaction remembers. Beyond them it reads again.
const (
	seenDocs  = 4096
	seenBytes = 8 << 20
)

func newStrict(w Writer) *strict {
	return &strict{w: w, seen: make(map[place]bson.Raw), guarded: make(map[string]bool)}
}

// refuse ends the transaction with err.
func (s *strict) refuse(err error) error {
	if s.refused == nil {
		s.refused = err
	}
	return err
}

// see remembers the state of a document, nil when there is none.
func (s *strict) see(collection, id string, raw bson.Raw) {
	at := place{collection, id}
	old, there := s.seen[at]
	if !there && (len(s.seen) >= seenDocs || s.bytes+len(raw) > seenBytes) {
		return
	}
	s.bytes += len(raw) - len(old)
	s.seen[at] = raw
}

// Get reads from the database what the transaction does not know yet.
func (s *strict) Get(ctx context.Context, collection string, ids []string) ([]bson.Raw, error) {
	if s.refused != nil {
		return nil, s.refused
	}
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	var unknown []string
	for _, id := range ids {
		if _, known := s.seen[place{collection, id}]; !known {
			unknown = append(unknown, id)
		}
	}
	fresh := make(map[string]bson.Raw, len(unknown))
	if len(unknown) > 0 {
		raws, err := s.w.Get(ctx, collection, unknown)
		if err != nil {
			return nil, err
		}
		for _, raw := range raws {
			fresh[idOf(raw)] = raw
		}
		for _, id := range unknown {
			s.see(collection, id, fresh[id])
		}
	}
	docs := make([]bson.Raw, 0, len(ids))
	for _, id := range ids {
		raw := s.seen[place{collection, id}]
		if raw == nil {
			raw = fresh[id]
		}
		if raw != nil {
			docs = append(docs, raw)
		}
	}
	return docs, nil
}

// Find implements Source.
func (s *strict) Find(ctx context.Context, scan Scan) ([]bson.Raw, error) {
	if s.refused != nil {
		return nil, s.refused
	}
	docs, err := s.w.Find(ctx, scan)
	for _, raw := range docs {
		s.see(scan.Collection, idOf(raw), raw)
	}
	return docs, err
}

// Count implements Source.
func (s *strict) Count(ctx context.Context, scan Scan, max int) (int, error) {
	if s.refused != nil {
		return 0, s.refused
	}
	return s.w.Count(ctx, scan, max)
}

// Put implements Writer. Any error of it may have left the document without
// its keys, or the transaction without its server.
func (s *strict) Put(ctx context.Context, collection, id string, raw bson.Raw, wasRev int64) error {
	if s.refused != nil {
		return s.refused
	}
	if err := s.w.Put(ctx, collection, id, raw, wasRev); err != nil {
		return s.refuse(err)
	}
	s.see(collection, id, raw)
	return nil
}

// Delete implements Writer.
func (s *strict) Delete(ctx context.Context, collection, id string, wasRev int64) error {
	if s.refused != nil {
		return s.refused
	}
	if err := s.w.Delete(ctx, collection, id, wasRev); err != nil {
		return s.refuse(err)
	}
	s.see(collection, id, nil)
	return nil
}

// Guard implements Writer. Once is enough for a transaction.
func (s *strict) Guard(ctx context.Context, key string) error {
	switch {
	case s.refused != nil:
		return s.refused
	case s.guarded[key]:
		return ctx.Err()
	}
	if err := s.w.Guard(ctx, key); err != nil {
		return s.refuse(err)
	}
	s.guarded[key] = true
	return nil
}

// Publish implements Writer.
func (s *strict) Publish(ctx context.Context, changes []Change) error {
	if s.refused != nil {
		return s.refused
	}
	if err := s.w.Publish(ctx, changes); err != nil {
		return s.refuse(err)
	}
	return nil
}

// outcome is the result of a func that returned err: one that made light of a
// refusal has failed all the same.
func (s *strict) outcome(err error) error {
	if err == nil {
		return s.refused
	}
	return err
}

func idOf(raw bson.Raw) string {
	id, _ := raw.Lookup("_id").StringValueOK()
	return id
}
