package main

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"net/http/cookiejar"
	"net/url"
	"time"
)

// client is somebody who is logged in.
type client struct {
	http http.Client
	base string
	csrf string
}

// login begins a session of a demo account.
func (s *server) login(ctx context.Context, account string) (*client, error) {
	jar, err := cookiejar.New(nil)
	if err != nil {
		return nil, err
	}
	c := &client{base: "http://" + s.address}
	c.http.Jar = jar
	body, err := json.Marshal(map[string]string{"account": account, "password": password})
	if err != nil {
		return nil, err
	}
	var session struct {
		CSRF string `json:"csrfToken"`
	}
	if err := c.call(ctx, http.MethodPost, "/api/v1/session", "application/json", body, &session); err != nil {
		return nil, err
	}
	c.csrf = session.CSRF
	return c, nil
}

// call makes a request and decodes its JSON answer into out.
func (c *client) call(ctx context.Context, method, path, kind string, body []byte, out any) error {
	r, err := http.NewRequestWithContext(ctx, method, c.base+path, bytes.NewReader(body))
	if err != nil {
		return err
	}
	if kind != "" {
		r.Header.Set("Content-Type", kind)
	}
	if c.csrf != "" {
		r.Header.Set("X-CSRF-Token", c.csrf)
	}
	answer, err := c.http.Do(r)
	if err != nil {
		return err
	}
	defer answer.Body.Close()
	text, err := io.ReadAll(answer.Body)
	if err != nil {
		return err
	}
	if answer.StatusCode >= 300 {
		return fmt.Errorf("%s %s: %d: %.600s", method, path, answer.StatusCode, text)
	}
	if out == nil {
		return nil
	}
	return json.Unmarshal(text, out)
}

// total counts what the staff index holds.
func (c *client) total(ctx context.Context) (int, error) { return c.found(ctx, "&view=staff") }

// found counts what a search without words finds.
func (c *client) found(ctx context.Context, more string) (int, error) {
	var found struct {
		Total int `json:"total"`
	}
	err := c.call(ctx, http.MethodGet, "/api/v1/search?limit=1"+more, "", nil, &found)
	return found.Total, err
}

// settle waits until the demo data is loaded: nothing new for two seconds.
func (c *client) settle(ctx context.Context) error {
	last, same := -1, 0
	for same < 20 {
		n, err := c.total(ctx)
		if err != nil {
			return err
		}
		if n == last && n > 0 {
			same++
		} else {
			last, same = n, 0
		}
		if err := pause(ctx, 100*time.Millisecond); err != nil {
			return err
		}
	}
	return nil
}

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
	if err := c.call(ctx, http.MethodGet, "/api/v1/loads/"+load+"/rows?limit=1", "", nil, &rows); err != nil {
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
	if err := c.call(ctx, http.MethodPost, path, "application/octet-stream", file, &l); err != nil {
		return "", err
	}
	checked := time.Since(began)
	report("import, file checked", "%.0f rows/s (%d rows, %.1f MB in %.1f s)", rate(o.records, checked), l.Counts.Rows, mb(int64(len(file))), checked.Seconds())
	if l.Counts.Ready != o.records {
		return "", fmt.Errorf("of %d rows %d are ready, %d doubtful, %d faulty; the first says: %s",
			o.records, l.Counts.Ready, l.Counts.Doubtful, l.Counts.Faulty, c.complaint(ctx, l.ID))
	}
	begun := time.Now()
	if err := c.call(ctx, http.MethodPost, "/api/v1/loads/"+l.ID+"/write", "", nil, nil); err != nil {
		return "", err
	}
	for l.State != "closed" {
		if err := pause(ctx, 100*time.Millisecond); err != nil {
			return "", err
		}
		if err := c.call(ctx, http.MethodGet, "/api/v1/loads/"+l.ID, "", nil, &l); err != nil {
			return "", err
		}
	}
	written := time.Since(begun)
	report("import, drafts written", "%.0f rows/s (%.1f s)", rate(l.Counts.Written, written), written.Seconds())
	for {
		n, err := everybody.total(ctx)
		if err != nil {
			return "", err
		}
		if n >= before+o.records {
			break
		}
		if err := pause(ctx, 100*time.Millisecond); err != nil {
			return "", err
		}
	}
	report("import, written and searchable", "%.0f rows/s (%.1f s)", rate(o.records, time.Since(begun)), time.Since(begun).Seconds())
	report("import, from the file to searchable", "%.0f rows/s (%.1f s)", rate(o.records, time.Since(began)), time.Since(began).Seconds())
	return l.ID, nil
}
