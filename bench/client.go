package main

import (
	"context"
	"encoding/json"
	"fmt"
	"net/http"
	"net/url"
	"time"

	"yijianyou/bench/bed"
)

// client is somebody who is logged in.
type client struct{ *bed.Client }

// login begins a session of a demo account.
func (s *server) login(ctx context.Context, account string) (*client, error) {
	c, err := s.Login(ctx, account)
	return &client{c}, err
}

// stranger is somebody who is not logged in.
func stranger(base string) *client { return &client{&bed.Client{Base: base}} }

// load is an import as the API shows it.
type load struct {
	ID     string `json:"id"`
	State  string `json:"state"`
	Counts struct {
		Rows     int `json:"rows"`
		Ready    int `json:"ready"`
		Doubtful int `json:"doubtful"`
		Faulty   int `json:"faulty"`
		Written  int `json:"written"`
	} `json:"counts"`
}

// complaint is what the server says about the first row of an import.
func (c *client) complaint(ctx context.Context, load string) string {
	var rows json.RawMessage
	if err := c.Call(ctx, http.MethodGet, "/api/v1/loads/"+load+"/rows?limit=1", "", nil, &rows); err != nil {
		return err.Error()
	}
	return string(rows)
}

// importRows hands in the file, has it written and waits until all of it is
// found, as a registrar does in the console. Everybody's client counts what is
// found; before is what it found earlier. It returns the id of the import.
func importRows(ctx context.Context, o options, c, everybody *client, before int) (string, error) {
	file, err := makeFile(o.records, o.source)
	if err != nil {
		return "", err
	}
	began := time.Now()
	var l load
	path := "/api/v1/loads?" + url.Values{"org": {"demo-museum"}, "kind": {"relic"}, "name": {"bench.csv"}}.Encode()
	if err := c.Call(ctx, http.MethodPost, path, "application/octet-stream", file, &l); err != nil {
		return "", err
	}
	checked := time.Since(began)
	report("import, file checked", "%.0f rows/s (%d rows, %.1f MB in %.1f s)", rate(o.records, checked), l.Counts.Rows, mb(int64(len(file))), checked.Seconds())
	if l.Counts.Ready != o.records {
		return "", fmt.Errorf("of %d rows %d are ready, %d doubtful, %d faulty; the first says: %s",
			o.records, l.Counts.Ready, l.Counts.Doubtful, l.Counts.Faulty, c.complaint(ctx, l.ID))
	}
	begun := time.Now()
	if err := c.Call(ctx, http.MethodPost, "/api/v1/loads/"+l.ID+"/write", "", nil, nil); err != nil {
		return "", err
	}
	for l.State != "closed" {
		if err := bed.Pause(ctx, 100*time.Millisecond); err != nil {
			return "", err
		}
		if err := c.Call(ctx, http.MethodGet, "/api/v1/loads/"+l.ID, "", nil, &l); err != nil {
			return "", err
		}
	}
	written := time.Since(begun)
	report("import, drafts written", "%.0f rows/s (%.1f s)", rate(l.Counts.Written, written), written.Seconds())
	for {
		n, err := everybody.Total(ctx)
		if err != nil {
			return "", err
		}
		if n >= before+o.records {
			break
		}
		if err := bed.Pause(ctx, 100*time.Millisecond); err != nil {
			return "", err
		}
	}
	report("import, written and searchable", "%.0f rows/s (%.1f s)", rate(o.records, time.Since(begun)), time.Since(begun).Seconds())
	report("import, from the file to searchable", "%.0f rows/s (%.1f s)", rate(o.records, time.Since(began)), time.Since(began).Seconds())
	return l.ID, nil
}
