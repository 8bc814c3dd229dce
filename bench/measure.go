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

	"yijianyou/bench/bed"
)

// kind is a kind of request; path makes the i-th of it.
type kind struct {
	name  string
	staff bool // with the session of the administrator, over all records
	path  func(i int) string
}

// measureAll measures every kind of request, searches in both views.
func measureAll(ctx context.Context, o options, s *server, admin *client) error {
	relics, err := published(ctx, s)
	if err != nil {
		return err
	}
	kinds := []kind{{"relic page", false, func(i int) string { return "/api/v1/relics/" + relics[i%len(relics)] }}}
	for _, q := range searches(o) {
		kinds = append(kinds, kind{"tourist's search, " + q.name, false, func(i int) string { return "/api/v1/search?" + q.query(i) }},
			kind{"staff search, " + q.name, true, func(i int) string { return "/api/v1/search?view=staff&" + q.query(i) }})
	}
	for _, k := range kinds {
		if err := k.measure(ctx, o, s, admin); err != nil {
			return err
		}
	}
	return nil
}

// question is a kind of search; query makes the i-th of it.
type question struct {
	name  string
	query func(i int) string
}

// distinct is how many queries in a row differ, so that the server, which keeps
// the last 128 slow answers of an unchanged index, has to work for each.
const distinct = 160

// searches are the searches that are measured.
func searches(o options) []question {
	ask := func(q, more string, i int) string {
		return fmt.Sprintf("limit=%d&q=%s%s", 10+i%(distinct/4), url.QueryEscape(q), more)
	}
	word := func(i int) string { return looks[i%len(looks)] }
	return []question{
		{"word", func(i int) string { return ask(word(i), "", i/len(looks)) }},
		{"two words", func(i int) string { return ask(eras[i%len(eras)]+" "+forms[i/3%len(forms)].name, "", i/len(eras)) }},
		{"pinyin", func(i int) string { return ask([]string{"fanghu", "bianzhong", "taoyong", "qingyou"}[i%4], "", i/4) }},
		{"word filtered by two facets", func(i int) string {
			return ask(word(i), "&kind=relic&facet.category="+[]string{"bronze", "pottery", "porcelain"}[i%3], i/len(looks))
		}},
		{"word in a period", func(i int) string { return ask(word(i), period(i), i) }},
		{"number", func(i int) string { return ask(fmt.Sprintf("BENCH-%06d", i*37%o.records), "", i) }},
		{"everything, with facets", func(i int) string { return fmt.Sprintf("limit=%d", 1+i%distinct) }},
		{"period", func(i int) string { return ask("", period(i), i) }},
	}
}

// period is the filter of about three centuries round the Tang dynasty.
func period(i int) string { return fmt.Sprintf("&period=%d..%d", 600+i%distinct, 900+i%distinct) }

// published lists relics that tourists see.
func published(ctx context.Context, s *server) ([]string, error) {
	var page struct {
		Items []struct {
			ID string `json:"id"`
		} `json:"items"`
	}
	anybody := stranger("http://" + s.Address)
	if err := anybody.Call(ctx, http.MethodGet, "/api/v1/search?kind=relic&limit=200", "", nil, &page); err != nil {
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
		caller.Jar = admin.HTTP.Jar
	}
	took := make([]time.Duration, o.requests)
	var next atomic.Int64
	var wrong atomic.Value
	var all sync.WaitGroup
	worked, err := bed.Processor(s.Process.Process.Pid)
	if err != nil {
		return err
	}
	began := time.Now()
	for range o.clients {
		all.Go(func() {
			for {
				i := int(next.Add(1)) - 1
				if i >= o.requests || wrong.Load() != nil || ctx.Err() != nil {
					return
				}
				begin := time.Now()
				if err := fetch(ctx, &caller, "http://"+s.Address+k.path(i), visitor(i)); err != nil {
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
	done, err := bed.Processor(s.Process.Process.Pid)
	if err != nil {
		return err
	}
	each := float64((done - worked).Microseconds()) / 1000 / float64(o.requests)
	slices.Sort(took)
	at := func(share float64) float64 {
		return float64(took[int(share*float64(len(took)-1))].Microseconds()) / 1000
	}
	report(fmt.Sprintf("%s, %d clients", k.name, o.clients), "p50 %.1f ms, p99 %.1f ms, %.0f/s, %.2f ms of processor each", at(.5), at(.99), rate(o.requests, whole), each)
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
