package main

import (
	"context"
	"encoding/json"
	"fmt"
	"net/http"
	"net/url"
	"time"

	"golang.org/x/sync/errgroup"

	"yijianyou/bench/bed"
)

// publishers is how many pages of records go through review at once, pageSize
// how many records are on one: few enough for the deadline of a request.
const (
	publishers = 16
	pageSize   = 40
)

// publishRows takes imported rows through review and publication, as two
// persons do in the console, and waits until tourists find them.
func publishRows(ctx context.Context, o options, load string, registrar, reviewer *client) error {
	want := min(o.publish, o.records)
	if want <= 0 {
		return nil
	}
	anybody := stranger(registrar.Base)
	before, err := anybody.Found(ctx, "")
	if err != nil {
		return err
	}
	began := time.Now()
	pages, ctxPages := errgroup.WithContext(ctx)
	pages.SetLimit(publishers)
	for cursor, left := "", want; left > 0; {
		var page struct {
			Items []struct {
				ID string `json:"id"`
			} `json:"items"`
			Cursor string `json:"cursor"`
		}
		query := url.Values{"view": {"staff"}, "load": {load}, "limit": {fmt.Sprint(min(left, pageSize))}, "cursor": {cursor}}
		if err := registrar.Call(ctx, http.MethodGet, "/api/v1/relics?"+query.Encode(), "", nil, &page); err != nil {
			return err
		}
		items := page.Items
		pages.Go(func() error {
			if err := registrar.step(ctxPages, "reviews", "submit", items); err != nil {
				return err
			}
			if err := reviewer.step(ctxPages, "reviews", "approve", items); err != nil {
				return err
			}
			return reviewer.step(ctxPages, "publications", "publish", items)
		})
		if left -= len(items); page.Cursor == "" {
			break
		}
		cursor = page.Cursor
	}
	if err := pages.Wait(); err != nil {
		return err
	}
	report("reviewed and published", "%.0f records/s, three steps each (%.1f s)", rate(want, time.Since(began)), time.Since(began).Seconds())
	for {
		n, err := anybody.Found(ctx, "")
		if err != nil || n >= before+want {
			report("published and searchable", "%.0f records/s (%.1f s)", rate(want, time.Since(began)), time.Since(began).Seconds())
			return err
		}
		if err := bed.Pause(ctx, 100*time.Millisecond); err != nil {
			return err
		}
	}
}

// step takes a step for many records at once; one that fails is an error.
func (c *client) step(ctx context.Context, path, step string, items any) error {
	body, err := json.Marshal(map[string]any{"step": step, "items": items})
	if err != nil {
		return err
	}
	var told struct {
		Failed int             `json:"failed"`
		Items  json.RawMessage `json:"items"`
	}
	if err := c.Call(ctx, http.MethodPost, "/api/v1/relics/"+path, "application/json", body, &told); err != nil {
		return err
	}
	if told.Failed > 0 {
		return fmt.Errorf("%s: %d records failed: %.600s", step, told.Failed, told.Items)
	}
	return nil
}
