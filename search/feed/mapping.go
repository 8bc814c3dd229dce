package feed

import (
	"context"
	"errors"
	"fmt"

	"golang.org/x/sync/errgroup"

	"yijianyou/internal/fault"
	"yijianyou/internal/store"
	"yijianyou/search"
	"yijianyou/search/index"
)

// readers is how many records are mapped at the same time: a database over the
// network answers each only after a while.
const readers = 4

// head is all that is read of a document to know its id.
type head struct {
	store.Meta `bson:",inline"`
}

// everyRef calls fn with the ids of all documents of all sources, page by page.
func (f *Feed) everyRef(ctx context.Context, fn func([]search.Ref) error) error {
	for _, src := range f.sources {
		for _, name := range src.Collections() {
			heads := store.Define[head](store.Spec{Name: name, Schema: 1})
			q := store.Query{Index: store.ByID, Limit: pageSize}
			for {
				page, err := heads.Find(ctx, f.st, q)
				if err != nil {
					return err
				}
				refs := make([]search.Ref, len(page.Items))
				for i, h := range page.Items {
					refs[i] = search.Ref{Collection: name, ID: h.ID}
				}
				if err := fn(refs); err != nil {
					return err
				}
				if page.Next == "" {
					break
				}
				q.After = page.Next
			}
		}
	}
	return nil
}

// affected returns what the changes touch, each once: the documents themselves
// and those that show them.
func (f *Feed) affected(ctx context.Context, changes []store.Change) ([]search.Ref, error) {
	var refs []search.Ref
	seen := make(map[search.Ref]bool)
	add := func(ref search.Ref) {
		if f.owners[ref.Collection] != nil && !seen[ref] {
			seen[ref] = true
			refs = append(refs, ref)
		}
	}
	last := make(map[search.Ref]int)
	for i, ch := range changes {
		ref := search.Ref{Collection: ch.Collection, ID: ch.ID}
		last[ref] = i
		add(ref)
	}
	for i, ch := range changes {
		if last[search.Ref{Collection: ch.Collection, ID: ch.ID}] != i {
			continue
		}
		for _, src := range f.sources {
			dependents, err := src.Dependents(ctx, f.st, ch)
			if err != nil {
				if passing(err) {
					return nil, err
				}
				f.opts.Log.Error("records that show a changed one are not known to the search index", "collection", ch.Collection, "id", ch.ID, "err", err)
			}
			for _, ref := range dependents {
				add(ref)
			}
		}
	}
	return refs, nil
}

// passing reports whether err may be gone when the same is tried again.
func passing(err error) bool {
	kind := fault.KindOf(err)
	return kind == fault.Unavailable || errors.Is(err, context.Canceled) || errors.Is(err, context.DeadlineExceeded)
}

// entries maps refs, in their order. A record that cannot be mapped has none
// and is counted.
func (f *Feed) entries(ctx context.Context, refs []search.Ref) (entries [][]search.Entry, rejected int, err error) {
	entries = make([][]search.Entry, len(refs))
	failed := make([]error, len(refs))
	group, ctx := errgroup.WithContext(ctx)
	share := (len(refs) + readers - 1) / readers
	for at := 0; at < len(refs); at += share {
		group.Go(func() error {
			for i := at; i < min(at+share, len(refs)); i++ {
				var err error
				if entries[i], err = f.owners[refs[i].Collection].Map(ctx, f.st, refs[i].Collection, refs[i].ID); err != nil {
					if passing(err) {
						return err
					}
					entries[i], failed[i] = nil, err
				}
			}
			return nil
		})
	}
	if err := group.Wait(); err != nil {
		return nil, 0, err
	}
	for i, err := range failed {
		if err != nil {
			rejected++
			f.opts.Log.Error("a record cannot be mapped for search", "collection", refs[i].Collection, "id", refs[i].ID, "err", err)
		}
	}
	return entries, rejected, nil
}

// batch maps refs into what the index of the audience must hold of them.
func (f *Feed) batch(ctx context.Context, audience search.Audience, refs []search.Ref) (b index.Batch, rejected int, err error) {
	mapped, rejected, err := f.entries(ctx, refs)
	if err != nil {
		return b, 0, err
	}
	at := make(map[index.Ref]*search.Document)
	var order []index.Ref
	for _, list := range mapped {
		for _, e := range list {
			ref := index.Ref{Kind: e.Kind, ID: e.ID}
			doc, err := wanted(e, audience)
			if err != nil {
				rejected++
				f.opts.Log.Error("a record breaks a rule of search documents and is left out", "kind", e.Kind, "id", e.ID, "err", err)
			}
			if _, again := at[ref]; !again {
				order = append(order, ref)
			}
			at[ref] = doc
		}
	}
	for _, ref := range order {
		if doc := at[ref]; doc != nil {
			b.Put = append(b.Put, doc)
		} else {
			b.Delete = append(b.Delete, ref)
		}
	}
	return b, rejected, nil
}

// wanted returns the document of e for the audience, nil when it must not be there.
func wanted(e search.Entry, audience search.Audience) (*search.Document, error) {
	doc := e.Staff
	if audience == search.Public {
		doc = e.Public
	}
	if doc == nil {
		return nil, nil
	}
	if doc.Kind != e.Kind || doc.ID != e.ID {
		return nil, fmt.Errorf("feed: entry %s %s holds the document %s %s", e.Kind, e.ID, doc.Kind, doc.ID)
	}
	if audience == search.Public && len(doc.Guarded) > 0 {
		return nil, fmt.Errorf("feed: the public document of %s %s has guarded texts", e.Kind, e.ID)
	}
	if err := doc.Check(); err != nil {
		return nil, err
	}
	return doc, nil
}
