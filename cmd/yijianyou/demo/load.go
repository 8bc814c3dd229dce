package demo

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"maps"
	"time"

	"yijianyou/heritage"
	"yijianyou/internal/actor"
	"yijianyou/internal/store"
	"yijianyou/media"
	"yijianyou/sensors"
	"yijianyou/tourism"
)

// Version is that of the data set. A store that was filled by an older version
// gets the steps that are new; what it has is left as it is.
const Version = 5

// Progress is how far the load has come, one document in the store.
type Progress struct {
	store.Meta `bson:",inline"`
	Version    int            `bson:"version"`
	Done       map[string]int `bson:"done"`                 // records by step
	FinishedAt *time.Time     `bson:"finishedAt,omitempty"` // nil while it goes on
}

// with returns a copy in which n records of step are written.
func (p *Progress) with(step string, n int) *Progress {
	next := *p
	next.Done = map[string]int{}
	maps.Copy(next.Done, p.Done)
	next.Done[step] = n
	return &next
}

const progressID = "demo"

var progressDocs = store.Define[Progress](store.Spec{Name: "demo", Schema: 1})

// Collections returns the collections of this package, for store.Open.
func Collections() []store.Declared { return []store.Declared{progressDocs, sceneDocs} }

// Deps are what the loader works through.
type Deps struct {
	Store    *store.Store
	Heritage *heritage.Service
	Tourism  *tourism.Service
	Sensors  *sensors.Service
	Secret   func(sensors.DeviceID) string // of each device, the same at every start
	Media    *media.Service                // nil: no pictures and no sound
	LongSide int                           // of the pictures in pixels; 0: no pictures
	Log      *slog.Logger                  // nil: silent
}

// Result is what a load did.
type Result struct {
	Already bool           // the data set was loaded before; nothing was done
	Records map[string]int // by step, in all
	Took    time.Duration
}

// By is the part of the system that the history names.
func By() actor.Actor {
	return actor.Actor{Kind: actor.System, ID: "demo", Name: "演示数据载入"}
}

// batchSize is how many records are written in one transaction.
const batchSize = 60

// Load writes the data set, or what is missing of it when it was cut off, and
// asks for the pictures and the sound. Organisations and accounts are the caller's. Two loads
// at once do the work once: the batches of the second conflict.
//
// Errors: those of the services, with the step; store.ErrConflict when another
// process is loading.
func Load(ctx context.Context, d Deps) (*Result, error) {
	began := time.Now()
	if d.Log == nil {
		d.Log = slog.New(slog.DiscardHandler)
	}
	l := &loader{Deps: d, ctx: ctx}
	var err error
	l.progress, err = progressDocs.Get(ctx, d.Store, progressID)
	switch {
	case errors.Is(err, store.ErrNotFound):
		l.progress = &Progress{Version: Version, Done: map[string]int{}}
		l.progress.ID, l.progress.Org = progressID, Henan
	case err != nil:
		return nil, err
	case l.progress.FinishedAt != nil && l.progress.Version >= Version:
		return &Result{Already: true, Records: l.progress.Done}, nil
	}
	l.progress.Version, l.progress.FinishedAt = Version, nil
	if err := l.all(); err != nil {
		return nil, err
	}
	res := &Result{Records: l.progress.Done, Took: time.Since(began)}
	d.Log.Info("demo data loaded", "records", res.Records, "took", res.Took.Round(time.Millisecond))
	return res, nil
}

type loader struct {
	Deps
	ctx      context.Context
	progress *Progress
}

// all runs the steps in the order in which records refer to each other.
func (l *loader) all() error {
	museums, err := Museums()
	if err != nil {
		return err
	}
	sites, err := Sites()
	if err != nil {
		return err
	}
	relics, err := Relics()
	if err != nil {
		return err
	}
	areas, err := Areas()
	if err != nil {
		return err
	}
	spots, stories, err := Spots()
	if err != nil {
		return err
	}
	items, err := ExampleItems()
	if err != nil {
		return err
	}
	area, err := TheExampleArea()
	if err != nil {
		return err
	}
	for _, step := range []func() error{
		func() error {
			return records(l, "museums", l.Heritage.Museums, published(append(museums, ExampleMuseums()...)))
		},
		func() error { return records(l, "sites", l.Heritage.Sites, published(sites)) },
		func() error { return records(l, "relics", l.Heritage.Relics, published(relics)) },
		func() error { return records(l, "places", l.Heritage.Places, stagedPlaces(ExamplePlaces())) },
		func() error { return records(l, "examples", l.Heritage.Relics, stagedItems(items)) },
		func() error {
			return records(l, "exhibitions", l.Heritage.Exhibitions, published(ExampleExhibitions(items)))
		},
		func() error { return shown(l, "areas", l.Tourism.Areas, append(areas, area.Area)) },
		func() error { return shown(l, "spots", l.Tourism.Spots, append(spots, area.Spots...)) },
		func() error { return shown(l, "paths", l.Tourism.Paths, area.Paths) },
		func() error { return shown(l, "stories", l.Tourism.Stories, append(stories, area.Stories...)) },
		l.house,
	} {
		if err := step(); err != nil {
			return err
		}
	}
	return l.finish()
}

// staged is a record with the stage that it is given.
type staged[F heritage.Content] struct {
	heritage.NewRecord[F]
	stage Stage
}

func published[F heritage.Content](list []heritage.NewRecord[F]) []staged[F] {
	out := make([]staged[F], 0, len(list))
	for _, n := range list {
		out = append(out, staged[F]{n, AsPublished})
	}
	return out
}

func stagedItems(list []Item) []staged[heritage.RelicFields] {
	out := make([]staged[heritage.RelicFields], 0, len(list))
	for _, n := range list {
		out = append(out, staged[heritage.RelicFields]{n.NewRecord, n.Stage})
	}
	return out
}

func stagedPlaces(list []ExamplePlace) []staged[heritage.PlaceFields] {
	out := make([]staged[heritage.PlaceFields], 0, len(list))
	for _, n := range list {
		stage := AsReviewed
		if n.Published {
			stage = AsPublished
		}
		out = append(out, staged[heritage.PlaceFields]{n.NewRecord, stage})
	}
	return out
}

// records writes the records of the catalogue of one step, batch by batch.
func records[F heritage.Content](l *loader, step string, of *heritage.Register[F], list []staged[F]) error {
	return batches(l, step, list, func(tx *store.Tx, batch []staged[F]) error {
		for _, n := range batch {
			if _, err := of.CreateIn(tx, n.NewRecord); err != nil {
				return fmt.Errorf("demo: %s %s: %w", step, n.ID, err)
			}
		}
		for _, walk := range []struct {
			from Stage
			do   func(id string) error
		}{
			{AsReviewed, func(id string) error { _, err := of.ReviewIn(tx, id, 0, heritage.Submit, ""); return err }},
			{AsReviewed, func(id string) error { _, err := of.ReviewIn(tx, id, 0, heritage.Approve, ""); return err }},
			{AsPublished, func(id string) error { _, err := of.PublishIn(tx, id, 0); return err }},
		} {
			for _, n := range batch {
				if n.stage < walk.from {
					continue
				}
				if err := walk.do(n.ID); err != nil {
					return fmt.Errorf("demo: %s %s: %w", step, n.ID, err)
				}
			}
		}
		return nil
	})
}

// shown writes and publishes the records of the visitor side of one step.
func shown[F tourism.Content](l *loader, step string, of *tourism.Register[F], list []tourism.NewRecord[F]) error {
	return batches(l, step, list, func(tx *store.Tx, batch []tourism.NewRecord[F]) error {
		for _, n := range batch {
			if _, err := of.CreateIn(tx, n); err != nil {
				return fmt.Errorf("demo: %s %s: %w", step, n.ID, err)
			}
		}
		for _, n := range batch {
			if _, err := of.PublishIn(tx, n.ID, 0); err != nil {
				return fmt.Errorf("demo: %s %s: %w", step, n.ID, err)
			}
		}
		return nil
	})
}

// batches runs fn over list from where the step stands, and notes in the same
// transaction how far it has come.
func batches[T any](l *loader, step string, list []T, fn func(*store.Tx, []T) error) error {
	for at := l.progress.Done[step]; at < len(list); at = l.progress.Done[step] {
		batch := list[at:min(at+batchSize, len(list))]
		next := l.progress.with(step, at+len(batch))
		err := l.Store.Update(l.ctx, By(), func(tx *store.Tx) error {
			if err := fn(tx, batch); err != nil {
				return err
			}
			return progressDocs.Put(tx, next)
		}, store.AsBulk)
		if err != nil {
			return err
		}
		l.progress = next
	}
	return nil
}

// finish notes the end and asks for the pictures and the sound.
func (l *loader) finish() error {
	next := *l.progress
	err := l.Store.Update(l.ctx, By(), func(tx *store.Tx) error {
		now := tx.Now()
		next.FinishedAt = &now
		if l.Media != nil && l.LongSide > 0 {
			if _, err := store.Enqueue(tx, store.NewJob{Kind: PictureJob, Key: progressID, Payload: pictureOrder{LongSide: l.LongSide}}); err != nil {
				return err
			}
		}
		if l.Media != nil {
			if _, err := store.Enqueue(tx, store.NewJob{Kind: SoundJob, Key: progressID}); err != nil {
				return err
			}
		}
		return progressDocs.Put(tx, &next)
	})
	if err == nil {
		l.progress = &next
	}
	return err
}
