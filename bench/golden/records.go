package main

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"path/filepath"

	"yijianyou/cmd/yijianyou/demo"
	"yijianyou/heritage"
	"yijianyou/heritage/lexicon"
	"yijianyou/internal/actor"
	"yijianyou/internal/store"
	"yijianyou/internal/store/sqlitestore"
	"yijianyou/media"
	"yijianyou/search"
	"yijianyou/search/chinese"
	"yijianyou/search/feed"
	"yijianyou/search/index"
	"yijianyou/sensors"
	"yijianyou/tourism"
)

// shelf is one set of records with its two indexes, filled as the product fills
// them: records go through the services into a store, and the feed maps them.
type shelf struct {
	name          string
	store         *store.Store
	engine        store.Engine
	heritage      *heritage.Service
	tourism       *tourism.Service
	sources       []search.Source
	public, staff *index.Index
}

// openShelf makes an empty one in dir and lets fill write its records.
func openShelf(ctx context.Context, name, dir string, fill func(context.Context, *shelf) error) (_ *shelf, err error) {
	s := &shelf{name: name}
	defer func() {
		if err != nil {
			err = errors.Join(fmt.Errorf("%s: %w", name, err), s.close())
		}
	}()
	if s.engine, err = sqlitestore.Open(ctx, filepath.Join(dir, name+".db"), sqlitestore.Options{}); err != nil {
		return nil, err
	}
	var all []store.Declared
	for _, list := range [][]store.Declared{heritage.Collections(), tourism.Collections(), sensors.Collections(), demo.Collections()} {
		all = append(all, list...)
	}
	if s.store, err = store.Open(ctx, s.engine, store.Options{}, all...); err != nil {
		return nil, err
	}
	s.heritage = heritage.New(heritage.Options{Store: s.store, Assets: unseen{}, SortKey: chinese.SortKey})
	s.tourism = tourism.New(tourism.Options{Store: s.store, Assets: unseen{}, Catalogue: s.heritage, SortKey: chinese.SortKey})
	s.sources = []search.Source{s.heritage.Search(), s.tourism}
	if err := fill(ctx, s); err != nil {
		return nil, err
	}
	log := slog.New(slog.DiscardHandler)
	opts := index.Options{Lexicon: lexicon.New(), Log: log} // as the program has it
	if s.public, err = index.Open(filepath.Join(dir, name+"-public"), search.Public, opts); err != nil {
		return nil, err
	}
	if s.staff, err = index.Open(filepath.Join(dir, name+"-staff"), search.Staff, opts); err != nil {
		return nil, err
	}
	f, err := feed.New(s.store, []*index.Index{s.public, s.staff}, s.sources, feed.Options{Log: log})
	if err != nil {
		return nil, err
	}
	return s, f.Settle(ctx)
}

func (s *shelf) close() error {
	var errs []error
	for _, x := range []*index.Index{s.public, s.staff} {
		if x != nil {
			errs = append(errs, x.Close())
		}
	}
	if s.engine != nil {
		errs = append(errs, s.engine.Close())
	}
	return errors.Join(errs...)
}

// fillDemo writes what the first start with --demo writes.
func fillDemo(ctx context.Context, s *shelf) error {
	_, err := demo.Load(ctx, demo.Deps{Store: s.store, Heritage: s.heritage, Tourism: s.tourism,
		Secret: func(id sensors.DeviceID) string { return "secret of a device that nobody plays: " + string(id) },
		Sensors: sensors.New(sensors.Options{Store: s.store, Catalogue: s.heritage, Orders: s.heritage.Movements, Loans: s.heritage.Movements,
			Assets: unseen{}, Areas: s.tourism})})
	return err
}

// keeper writes the records and asks the staff indexes.
func keeper() actor.Actor { return actor.SystemPart("golden") }

// scope of an audience.
func scopeOf(a search.Audience) search.Scope {
	if a == search.Staff {
		return search.StaffScope(keeper())
	}
	return search.PublicScope()
}

// documents calls fn with the documents of the audience as the product maps them.
func (s *shelf) documents(ctx context.Context, a search.Audience, fn func(*search.Document) error) error {
	x := s.public
	if a == search.Staff {
		x = s.staff
	}
	of := map[search.Kind]string{search.Relic: "relics", search.Site: "sites", search.Museum: "museums", search.Place: "places",
		search.Exhibition: "exhibitions", search.Area: "areas", search.Spot: "spots", search.Story: "stories"}
	return x.Digests(ctx, func(ref index.Ref, _ string) error {
		for _, src := range s.sources {
			entries, err := src.Map(ctx, s.store, of[ref.Kind], ref.ID)
			if err != nil {
				return err
			}
			for _, e := range entries {
				d := e.Public
				if a == search.Staff {
					d = e.Staff
				}
				if d != nil {
					if err := fn(d); err != nil {
						return err
					}
				}
			}
		}
		return nil
	})
}

// unseen is the pictures of records, of which there are none here.
type unseen struct{}

func (unseen) Asset(context.Context, store.Reader, string) (*media.Asset, error) {
	return nil, media.ErrNotFound.New()
}
func (unseen) SetShown(*store.Tx, string, string, []string) error    { return nil }
func (unseen) FollowShown(*store.Tx, string, string, []string) error { return nil }
