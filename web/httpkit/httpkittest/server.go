// Package httpkittest lets a package test its HTTP routes without accounts: a
// Router with the real middleware, and clients that are whoever the test says.
//
//	s := httpkittest.New(t, httpkit.Options{Store: st}, func(r *httpkit.Router) { Mount(r, svc) })
//	got := s.As(keeper).Put("/api/v1/relics/"+id, body, "If-Match", tag)
//	got.Want(t, 412)
//	got.Lacks(t, "secret")
package httpkittest

import (
	"bytes"
	"context"
	"encoding/json"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"strconv"
	"strings"
	"sync"
	"testing"

	"yijianyou/internal/actor"
	"yijianyou/web/httpkit"
)

// Server is a Router under test.
type Server struct {
	Router *httpkit.Router
	t      testing.TB
	mu     sync.Mutex
	actors []actor.Actor
}

// New makes a Router with opts, whose Sessions are replaced, and mounts the
// routes of the test. Without opts.Log nothing is logged.
func New(t testing.TB, opts httpkit.Options, mount func(*httpkit.Router)) *Server {
	t.Helper()
	s := &Server{t: t}
	opts.Sessions = s
	if opts.Log == nil {
		opts.Log = slog.New(slog.DiscardHandler)
	}
	s.Router = httpkit.New(opts)
	mount(s.Router)
	return s
}

// Read implements httpkit.Sessions: the key is the number of the actor.
func (s *Server) Read(_ context.Context, cred httpkit.Credentials) (httpkit.SessionInfo, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	n, err := strconv.Atoi(cred.Bearer)
	if err != nil || n >= len(s.actors) {
		return httpkit.SessionInfo{}, httpkit.ErrUnauthenticated.New()
	}
	by := s.actors[n]
	by.RequestID = cred.RequestID
	return httpkit.SessionInfo{Actor: by, ID: cred.Bearer}, nil
}

// CookieName implements httpkit.Sessions.
func (s *Server) CookieName() string { return "session" }

// Staff makes an actor with an account id and grants.
func Staff(id string, grants ...actor.Grant) actor.Actor {
	return actor.Actor{Kind: actor.Staff, ID: id, Name: id, Grants: grants}
}

// As returns a client that is logged in as by.
func (s *Server) As(by actor.Actor) *Client {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.actors = append(s.actors, by)
	return &Client{s: s, header: map[string]string{"Authorization": "Bearer " + strconv.Itoa(len(s.actors)-1)}}
}

// Nobody returns the client of a visitor.
func (s *Server) Nobody() *Client { return &Client{s: s, header: map[string]string{}} }

// Client sends requests as one actor.
type Client struct {
	s      *Server
	header map[string]string
}

// For returns the same client for t, a part of the test: the function of a fuzz test.
func (c *Client) For(t testing.TB) *Client {
	return &Client{s: &Server{Router: c.s.Router, t: t}, header: c.header}
}

// Get sends a GET; headers are name, value, name, value, …
func (c *Client) Get(path string, headers ...string) *Answer {
	c.s.t.Helper()
	return c.Do("GET", path, nil, headers...)
}

// Post sends body as JSON, or as it is when it is a []byte or a string.
func (c *Client) Post(path string, body any, headers ...string) *Answer {
	c.s.t.Helper()
	return c.Do("POST", path, body, headers...)
}

// Put is like Post.
func (c *Client) Put(path string, body any, headers ...string) *Answer {
	c.s.t.Helper()
	return c.Do("PUT", path, body, headers...)
}

// Patch is like Post.
func (c *Client) Patch(path string, body any, headers ...string) *Answer {
	c.s.t.Helper()
	return c.Do("PATCH", path, body, headers...)
}

// Delete sends a DELETE without a body.
func (c *Client) Delete(path string, headers ...string) *Answer {
	c.s.t.Helper()
	return c.Do("DELETE", path, nil, headers...)
}

// Do sends a request. English is asked for unless headers say otherwise.
func (c *Client) Do(method, path string, body any, headers ...string) *Answer {
	c.s.t.Helper()
	var data []byte
	switch b := body.(type) {
	case nil:
	case []byte:
		data = b
	case string:
		data = []byte(b)
	default:
		var err error
		if data, err = json.Marshal(body); err != nil {
			c.s.t.Fatal(err)
		}
	}
	req := httptest.NewRequest(method, "http://example.test/", bytes.NewReader(data))
	req.URL.Opaque = path // sent byte by byte, malformed ones too
	req.RequestURI = path
	if body != nil {
		req.Header.Set("Content-Type", "application/json")
	}
	req.Header.Set("Accept-Language", "en")
	for k, v := range c.header {
		req.Header.Set(k, v)
	}
	for i := 0; i+1 < len(headers); i += 2 {
		req.Header.Set(headers[i], headers[i+1])
	}
	res, err := c.s.Router.App.Test(req, -1)
	if err != nil {
		c.s.t.Fatalf("%s %s: %v", method, path, err)
	}
	defer func() { _ = res.Body.Close() }() // it is in memory
	out, err := io.ReadAll(res.Body)
	if err != nil {
		c.s.t.Fatal(err)
	}
	return &Answer{Status: res.StatusCode, Header: res.Header, Body: out, what: method + " " + path}
}

// Answer is what came back.
type Answer struct {
	Status int
	Header http.Header
	Body   []byte
	what   string
}

// Want fails the test at once when the status is another.
func (a *Answer) Want(t testing.TB, status int) *Answer {
	t.Helper()
	if a.Status != status {
		t.Fatalf("%s: status %d, want %d; body %s", a.what, a.Status, status, a.Body)
	}
	return a
}

// JSON decodes the body into v.
func (a *Answer) JSON(t testing.TB, v any) *Answer {
	t.Helper()
	if err := json.Unmarshal(a.Body, v); err != nil {
		t.Fatalf("%s: %v in %s", a.what, err, a.Body)
	}
	return a
}

// Problem decodes the body as a problem and checks its media type.
func (a *Answer) Problem(t testing.TB) httpkit.Problem {
	t.Helper()
	if ct := a.Header.Get("Content-Type"); ct != httpkit.ProblemType {
		t.Fatalf("%s: status %d with content type %q, body %s", a.what, a.Status, ct, a.Body)
	}
	var p httpkit.Problem
	a.JSON(t, &p)
	return p
}

// Code fails the test when the answer is no problem with the code.
func (a *Answer) Code(t testing.TB, code string) *Answer {
	t.Helper()
	if p := a.Problem(t); p.Code != code {
		t.Fatalf("%s: code %q, want %q; body %s", a.what, p.Code, code, a.Body)
	}
	return a
}

// Has fails the test when the body lacks one of texts.
func (a *Answer) Has(t testing.TB, texts ...string) *Answer {
	t.Helper()
	for _, s := range texts {
		if !strings.Contains(string(a.Body), s) {
			t.Errorf("%s: answer lacks %q: %s", a.what, s, a.Body)
		}
	}
	return a
}

// Lacks fails the test when the body or a header contains one of texts.
func (a *Answer) Lacks(t testing.TB, texts ...string) *Answer {
	t.Helper()
	for _, s := range texts {
		if strings.Contains(string(a.Body), s) {
			t.Errorf("%s: answer contains %q", a.what, s)
		}
		for name, values := range a.Header {
			if strings.Contains(strings.Join(values, "\n"), s) {
				t.Errorf("%s: header %s contains %q", a.what, name, s)
			}
		}
	}
	return a
}
