package main

import (
	"context"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"time"
)

// kind is a kind of request; path makes the i-th of it.
type kind struct {
	name  string
	staff bool // with the session of the administrator, over all records
	path  func(i int) string
}

// measureAll measures every kind of request.
func measureAll(ctx context.Context, o options, s *server, admin *client) error {
	relics, err := published(ctx, s)
	if err != nil {
		return err
	}
	search := func(q string, more string, i int) string {
		return fmt.Sprintf("/api/v1/search?view=staff&limit=%d&q=%s%s", 10+i%20, url.QueryEscape(q), more)
	}
	word := func(i int) string { return looks[i%len(looks)] }
	for _, k := range []kind{
		{"relic page", false, func(i int) string { return "/api/v1/relics/" + relics[i%len(relics)] }},
		{"tourist's search, word", false, func(i int) string {
			return fmt.Sprintf("/api/v1/search?limit=%d&q=%s", 10+i%20, url.QueryEscape([]string{"方壶", "编钟", "佛像", "青釉"}[i%4]))
		}},
		{"search, word", true, func(i int) string { return search(word(i), "", i) }},
		{"search, two words", true, func(i int) string { return search(eras[i%len(eras)]+" "+forms[i/3%len(forms)].name, "", i) }},
		{"search, pinyin", true, func(i int) string { return search([]string{"fanghu", "bianzhong", "taoyong", "qingyou"}[i%4], "", i) }},
		{"search, word filtered by two facets", true, func(i int) string {
			return search(word(i), "&kind=relic&facet.category="+[]string{"bronze", "pottery", "porcelain"}[i%3], i)
		}},
		{"search, number", true, func(i int) string { return search(fmt.Sprintf("BENCH-%06d", i*37%o.records), "", i) }},
	} {
		if err := k.measure(ctx, o, s, admin); err != nil {
			return err
		}
	}
	return nil
}

// published lists relics that tourists see.
func published(ctx context.Context, s *server) ([]string, error) {
	var page struct {
		Items []struct {
			ID string `json:"id"`
		} `json:"items"`
	}
	anybody := &client{base: "http://" + s.address}
	if err := anybody.call(ctx, http.MethodGet, "/api/v1/search?kind=relic&limit=200", "", nil, &page); err != nil {
		return nil, err
	}
	out := make([]string, 0, len(page.Items))
	for _, item := range page.Items {
		out = append(out, item.ID)
	}
	if len(out) == 0 {
		return nil, fmt.Errorf("no relic is published")
	}
	return out, nil
}

// measure makes the requests with all clients at once and reports the times.
func (k kind) measure(ctx context.Context, o options, s *server, admin *client) error {
	transport := &http.Transport{MaxIdleConnsPerHost: o.clients}
	defer transport.CloseIdleConnections()
	caller := http.Client{Transport: transport}
	if k.staff {
		caller.Jar = admin.http.Jar
	}
	took := make([]time.Duration, o.requests)
	var next atomic.Int64
	var wrong atomic.Value
	var all sync.WaitGroup
	began := time.Now()
	for range o.clients {
		all.Go(func() {
			for {
				i := int(next.Add(1)) - 1
				if i >= o.requests || wrong.Load() != nil || ctx.Err() != nil {
					return
				}
				begin := time.Now()
				if err := fetch(ctx, &caller, "http://"+s.address+k.path(i), visitor(i)); err != nil {
					wrong.Store(err)
					return
				}
				took[i] = time.Since(begin)
			}
		})
	}
	all.Wait()
	if err, ok := wrong.Load().(error); ok {
		return fmt.Errorf("%s: %w", k.name, err)
	}
	if ctx.Err() != nil {
		return ctx.Err()
	}
	whole := time.Since(began)
	slices.Sort(took)
	at := func(share float64) float64 {
		return float64(took[int(share*float64(len(took)-1))].Microseconds()) / 1000
	}
	report(fmt.Sprintf("%s, %d clients", k.name, o.clients), "p50 %.1f ms, p99 %.1f ms, %.0f/s", at(.5), at(.99), rate(o.requests, whole))
	return nil
}

// visitor is the address from which the i-th request is said to come, as a
// reverse proxy says it: the server holds back who asks too often.
func visitor(i int) string { return fmt.Sprintf("10.%d.%d.%d", i>>16&255, i>>8&255, i&255) }

// fetch reads an answer to its end; another status than 200 is an error.
func fetch(ctx context.Context, c *http.Client, address, from string) error {
	r, err := http.NewRequestWithContext(ctx, http.MethodGet, address, nil)
	if err != nil {
		return err
	}
	r.Header.Set("X-Forwarded-For", from)
	answer, err := c.Do(r)
	if err != nil {
		return err
	}
	defer answer.Body.Close()
	if answer.StatusCode != http.StatusOK {
		text, _ := io.ReadAll(io.LimitReader(answer.Body, 300))
		return fmt.Errorf("%d: %s", answer.StatusCode, strings.TrimSpace(string(text)))
	}
	_, err = io.Copy(io.Discard, answer.Body)
	return err
}
