package discovery

import (
	"context"
	"errors"

	"yijianyou/internal/actor"
	"yijianyou/internal/store"
)

const (
	changesAtOnce = 500
	writesAtOnce  = 200
	maxUnsaved    = 5000 // changes without anything to tell after which the place is saved all the same
)

var writer = actor.SystemPart("discovery")

// difference is a record of which the public sees something else than before.
type difference struct {
	ref
	digest string // of what it sees now, "" is nothing
}

// settle tells all changes up to the newest and returns the place of that.
func (l *Log) settle(ctx context.Context) (store.Token, error) {
	for {
		at, err := l.progress(ctx, l.st)
		if err != nil {
			return store.Token{}, err
		}
		if at.Rev == 0 {
			if err := l.recount(ctx, at); err != nil {
				return store.Token{}, err
			}
			continue
		}
		if l.saved != at.Rev {
			l.ahead, l.saved, l.unsaved = at.Token, at.Rev, 0
		}
		changes, err := l.st.Changes(ctx, l.ahead, changesAtOnce)
		if errors.Is(err, store.ErrEpoch) {
			err = l.recount(ctx, at)
			if err == nil {
				continue
			}
		}
		if err != nil || len(changes) == 0 {
			return l.ahead, err
		}
		if err := l.tell(ctx, at, changes); err != nil {
			return store.Token{}, err
		}
	}
}

// tell writes what follows from changes.
func (l *Log) tell(ctx context.Context, at *progress, changes []store.Change) error {
	refs, err := l.touched(ctx, changes)
	if err != nil {
		return err
	}
	found, err := l.differences(ctx, refs)
	if err != nil {
		return err
	}
	token := changes[len(changes)-1].Token
	if l.unsaved += len(changes); len(found) == 0 && l.unsaved < maxUnsaved {
		l.ahead = token
		return nil
	}
	return l.write(ctx, at, found, token)
}

// touched returns the records that changes may have changed, each once.
func (l *Log) touched(ctx context.Context, changes []store.Change) ([]ref, error) {
	var refs []ref
	had := make(map[ref]bool)
	for _, ch := range changes {
		for _, shelf := range l.shelves {
			records, err := shelf.Source.Touched(ctx, l.st, ch)
			if err != nil {
				return nil, err
			}
			for _, id := range records {
				if r := (ref{shelf.Kind, id}); !had[r] {
					had[r] = true
					refs = append(refs, r)
				}
			}
		}
	}
	return refs, nil
}

// differences returns those of refs of which the public sees something else than
// the log knows.
func (l *Log) differences(ctx context.Context, refs []ref) ([]difference, error) {
	var found []difference
	for _, f := range refs {
		err := l.st.Snapshot(ctx, func(r store.Reader) error {
			digest, err := l.digest(ctx, r, f)
			if err != nil {
				return err
			}
			was, err := showns.Get(ctx, r, f.id())
			if err != nil && !errors.Is(err, store.ErrNotFound) {
				return err
			}
			if err != nil && digest != "" || err == nil && was.Digest != digest {
				found = append(found, difference{f, digest})
			}
			return nil
		})
		if err != nil {
			return nil, err
		}
	}
	return found, nil
}

func (l *Log) digest(ctx context.Context, r store.Reader, f ref) (string, error) {
	for _, shelf := range l.shelves {
		if shelf.Kind == f.kind {
			return l.pages.Digest(ctx, r, shelf.Source, f.record)
		}
	}
	return "", nil // a kind that there is no more
}

// write appends activities in parts; the last has the new place in the feed, so that
// after a crash what was not written is looked for again.
func (l *Log) write(ctx context.Context, at *progress, found []difference, token store.Token) error {
	for {
		n := min(len(found), writesAtOnce)
		part := found[:n]
		found = found[n:]
		var next *progress
		err := l.st.Update(ctx, writer, func(tx *store.Tx) error {
			here := *at
			next = &here
			if len(found) == 0 {
				next.Token = token
			}
			for _, d := range part {
				if err := next.append(tx, d); err != nil {
					return err
				}
			}
			return progresses.Put(tx, next)
		}, store.AsBulk)
		if err != nil {
			return err
		}
		if at = next; len(found) == 0 {
			l.ahead, l.saved, l.unsaved = token, at.Rev, 0
			return nil
		}
	}
}

// append writes one activity and what the public sees from now on.
func (p *progress) append(tx *store.Tx, d difference) error {
	was, err := showns.Get(tx.Context(), tx, d.id())
	if errors.Is(err, store.ErrNotFound) {
		was, err = &shown{Meta: store.Meta{ID: d.id()}, Kind: d.kind, Record: d.record}, nil
	}
	if err != nil || was.Digest == d.digest {
		return err
	}
	a := &Activity{Type: Update, Kind: d.kind, Record: d.record, Time: tx.Now()}
	switch {
	case d.digest == "":
		a.Type = Delete
	case was.Digest == "":
		a.Type = Create
	}
	if a.Time.Before(p.Time) { // clocks of nodes differ
		a.Time = p.Time
	}
	p.Seq, p.Time = p.Seq+1, a.Time
	a.Seq = p.Seq
	was.Digest = d.digest
	if err := showns.Put(tx, was); err != nil {
		return err
	}
	return activities.Put(tx, a)
}

// recount compares everything that the public sees with what the log knows.
func (l *Log) recount(ctx context.Context, at *progress) error {
	head, err := l.st.Head(ctx) // before the reading: what changes meanwhile is told again
	if err != nil {
		return err
	}
	var refs []ref
	had := make(map[ref]bool)
	add := func(r ref) {
		if !had[r] {
			had[r] = true
			refs = append(refs, r)
		}
	}
	for _, shelf := range l.shelves {
		for after := store.Cursor(""); ; {
			page, err := shelf.Source.Published(ctx, l.st, "", changesAtOnce, after)
			if err != nil {
				return err
			}
			for _, facts := range page.Items {
				add(ref{shelf.Kind, facts.ID})
			}
			if after = page.Next; after == "" {
				break
			}
		}
	}
	err = showns.Each(ctx, l.st, store.Query{Index: store.ByID}, func(s *shown) error {
		add(ref{s.Kind, s.Record})
		return nil
	})
	if err != nil {
		return err
	}
	found, err := l.differences(ctx, refs)
	if err != nil {
		return err
	}
	return l.write(ctx, at, found, head)
}
