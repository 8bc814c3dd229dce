package app

import (
	"context"
	"errors"
	"fmt"
	"log/slog"

	"yijianyou/cmd/yijianyou/internal/config"
	"yijianyou/internal/store"
	"yijianyou/search"
)

// Maintain opens the program without HTTP, with the lock of the data
// directory, for work on the indexes.
func Maintain(ctx context.Context, cfg *config.Config, log *slog.Logger, what string, fn func(*App) error) (err error) {
	dir, err := OpenDataDir(cfg.Data)
	if err != nil {
		return err
	}
	if err := dir.Lock(what); err != nil {
		return err
	}
	core, err := OpenCore(ctx, cfg, log)
	if err != nil {
		dir.Unlock()
		return err
	}
	core.Dir = dir
	a := &App{Core: core}
	defer func() { err = errors.Join(err, a.Close()) }()
	if err := a.openIndexes(); err != nil {
		return err
	}
	return fn(a)
}

// Reindex builds both indexes anew, one after the other: two at once would
// need twice the memory.
func (a *App) Reindex(ctx context.Context) error {
	for _, audience := range []search.Audience{search.Public, search.Staff} {
		if err := a.Feed.Reindex(ctx, audience); err != nil {
			return err
		}
	}
	return nil
}

// Finding is something that check found.
type Finding struct{ Where, What string }

// Check examines the database where its engine can (SQLite: the file and the
// keys of every document), then compares the indexes with the documents and the
// originals with their sums. What a damaged database says is compared with
// nothing.
func (a *App) Check(ctx context.Context) ([]Finding, error) {
	var out []Finding
	_, err := a.Store.Check(ctx)
	if errors.Is(err, store.ErrCorrupt) {
		a.Log.ErrorContext(ctx, "the database is damaged", "error", err)
		return []Finding{{Where: "database", What: "damaged"}}, nil
	}
	if err != nil {
		return nil, err
	}
	diffs, err := a.Feed.Verify(ctx)
	if err != nil {
		return nil, err
	}
	for _, d := range diffs {
		out = append(out, Finding{Where: fmt.Sprintf("index %s: %s %s", d.Audience, d.Kind, d.ID), What: string(d.What)})
	}
	broken, err := a.checkOriginals(ctx)
	return append(out, broken...), err
}

// Rejected returns how many records each index had to leave out.
func (a *App) Rejected() (n int64) {
	for _, s := range a.Feed.Status() {
		n += s.Rejected
	}
	return n
}
