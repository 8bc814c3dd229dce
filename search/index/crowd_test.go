package index

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"math/rand/v2"
	"sync"
	"testing"

	"github.com/blevesearch/bleve/v2/index/scorch"
	"github.com/blevesearch/bleve/v2/index/scorch/mergeplan"

	"yijianyou/internal/fault"
	"yijianyou/internal/store"
	"yijianyou/search"
)

// crowd is many at work on one index. What they are told is kept, with how it read
// when it was told.
type crowd struct {
	t    *testing.T
	x    *Index
	docs []*search.Document
	all  sync.WaitGroup
	mu   sync.Mutex
	told []any
	read [][]byte
}

// several runs fn so many times in a goroutine of its own.
func (c *crowd) several(times int, fn func(r *rand.Rand) error) {
	c.all.Go(func() {
		r := rand.New(rand.NewPCG(uint64(times), 41))
		for range times {
			if err := fn(r); err != nil && !errors.Is(err, search.ErrBuilding) && !errors.Is(err, search.ErrNotThere) {
				c.t.Error(err)
			}
		}
	})
}

func (c *crowd) keep(told any, err error) error {
	if err != nil {
		return err
	}
	read, err := json.Marshal(told)
	c.mu.Lock()
	defer c.mu.Unlock()
	c.told, c.read = append(c.told, told), append(c.read, read)
	return err
}

func (c *crowd) write(r *rand.Rand) error {
	b := Batch{Token: &store.Token{Epoch: "e", Pos: fmt.Sprint(r.IntN(1000))}}
	for range 1 + r.IntN(3)*r.IntN(50) { // some wait for the disk
		d := *c.docs[r.IntN(len(c.docs))]
		d.ID = fmt.Sprintf("id-%05d", r.IntN(2*len(c.docs)))
		if r.IntN(3) == 0 {
			b.Delete = append(b.Delete, Ref{d.Kind, d.ID})
		} else {
			b.Put = append(b.Put, &d)
		}
	}
	return c.x.Write(context.Background(), b)
}

func (c *crowd) rebuild(r *rand.Rand) error {
	next, err := c.x.Rebuild()
	if err != nil {
		return err
	}
	for range 2 {
		b := Batch{Put: c.docs[:r.IntN(len(c.docs))], Delete: []Ref{{c.docs[0].Kind, c.docs[0].ID}}, Token: &store.Token{Epoch: "e"}}
		if err := next.Write(context.Background(), b); err != nil {
			return err
		}
	}
	if r.IntN(4) == 0 {
		return next.Abort()
	}
	return next.Commit()
}

func (c *crowd) ask(r *rand.Rand) error {
	q := search.NewQuery(search.PublicScope())
	q.Text = []string{"", "方壶", "“莲鹤方壶”", "方胡", "fanghu", "square hv", "没有这件", "莲he"}[r.IntN(8)]
	q.Sort, q.Limit, q.Count = []search.Sort{search.Relevance, search.ByName, search.ByYear}[r.IntN(3)], 1+r.IntN(40), append([]string{"kind"}, search.FacetNames...)
	res, err := c.x.Search(context.Background(), q, nil)
	if err := c.keep(res, err); err != nil || res.Cursor == "" {
		return err
	}
	q.Cursor = res.Cursor
	return c.keep(c.x.Search(context.Background(), q, nil))
}

func (c *crowd) look(r *rand.Rand) error {
	ctx, d := context.Background(), c.docs[r.IntN(len(c.docs))]
	return errors.Join(
		c.keep(c.x.Suggest(ctx, search.PublicScope(), []string{"方", "莲鹤方胡", "fangdin", "lhf"}[r.IntN(4)], fault.Chinese, 8)),
		c.keep(c.x.Names(ctx)),
		c.keep(c.x.Related(ctx, search.PublicScope(), Ref{d.Kind, d.ID}, fault.Chinese, 8)),
		c.x.Digests(ctx, func(ref Ref, digest string) error { return c.keep([]any{ref, digest}, nil) }))
}

func (c *crowd) merge(*rand.Rand) error {
	g, release, err := c.x.acquire()
	if err != nil {
		return err
	}
	defer release()
	inner, err := g.bleve.Advanced()
	if err != nil {
		return err
	}
	return inner.(*scorch.Scorch).ForceMerge(context.Background(), &mergeplan.SingleSegmentMergePlanOptions)
}

// TestACrowdIsToldWhatOutlivesTheFiles: files are merged, replaced and unmapped all the
// while, and the index is closed under them.
func TestACrowdIsToldWhatOutlivesTheFiles(t *testing.T) {
	dir := t.TempDir()
	for round := range 2 {
		x, err := Open(dir, search.Public, Options{Lexicon: words{}, Log: quiet().Log})
		if err != nil {
			t.Fatalf("round %d: %v", round, err)
		}
		c := &crowd{t: t, x: x, docs: randomDocs(120, rand.New(rand.NewPCG(uint64(round), 42)))}
		rebuild(t, x, c.docs)
		for i := range 3 {
			c.several(40+i, c.write)
			c.several(40+i, c.ask)
		}
		c.several(8, c.look)
		c.several(10, c.merge)
		c.several(4, c.rebuild)
		if round > 0 {
			c.all.Wait()
		}
		if err := x.Close(); err != nil {
			t.Fatal(err)
		}
		c.all.Wait()
		noneMapped(t, dir)
		for i, told := range c.told {
			if now, err := json.Marshal(told); err != nil || !bytes.Equal(now, c.read[i]) {
				t.Fatalf("an answer reads otherwise than when it was given: %s, %s, %v", c.read[i], now, err)
			}
		}
	}
}

// TestTheLastWordOnADocumentCounts, in one batch and in several, put or deleted.
func TestTheLastWordOnADocumentCounts(t *testing.T) {
	r := rand.New(rand.NewPCG(43, 44))
	for round := range 20 {
		x, want := fill(t, search.Staff, nil), map[Ref]string{}
		next, err := x.Rebuild()
		if err != nil {
			t.Fatal(err)
		}
		for batch := range 6 {
			var b Batch
			for range r.IntN(4) * r.IntN(4) {
				ref := Ref{search.Relic, fmt.Sprint(r.IntN(6))}
				b.Delete = append(b.Delete, ref)
				delete(want, ref)
			}
			for range r.IntN(8) {
				d := &search.Document{Kind: search.Relic, ID: fmt.Sprint(r.IntN(6)), Title: search.Text{ZH: fmt.Sprint("鼎", r.IntN(1000))}}
				b.Put = append(b.Put, d)
				digest, err := Digest(d)
				if err != nil {
					t.Fatal(err)
				}
				want[Ref{d.Kind, d.ID}] = digest
			}
			write := next.Write
			if batch == 3 {
				if err := next.Commit(); err != nil {
					t.Fatal(err)
				}
			}
			if batch >= 3 {
				write = x.Write
			}
			if err := write(context.Background(), b); err != nil {
				t.Fatal(err)
			}
		}
		got := map[Ref]string{}
		if err := x.Digests(context.Background(), func(ref Ref, digest string) error {
			if _, twice := got[ref]; twice {
				t.Errorf("%v is there twice", ref)
			}
			got[ref] = digest
			return nil
		}); err != nil {
			t.Fatal(err)
		}
		if len(got) != len(want) {
			t.Fatalf("round %d: %d documents, want %d", round, len(got), len(want))
		}
		for ref, digest := range want {
			if got[ref] != digest {
				t.Fatalf("round %d: %v is not what was put last", round, ref)
			}
		}
	}
}
