package bed

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"net/http/cookiejar"
	"time"
)

// Client is somebody who is logged in, or with a Base alone anybody.
type Client struct {
	HTTP http.Client
	Base string // such as http://127.0.0.1:8080
	From string // the address that it says to come from, "" its own; requests are limited by it
	Rev  int64  // revision of what is changed, sent as If-Match; 0 is none
	csrf string
}

// Login begins a session of a demo account.
func (s *Server) Login(ctx context.Context, account string) (*Client, error) {
	jar, err := cookiejar.New(nil)
	if err != nil {
		return nil, err
	}
	c := &Client{Base: "http://" + s.Address}
	c.HTTP.Jar = jar
	body, err := json.Marshal(map[string]string{"account": account, "password": Password})
	if err != nil {
		return nil, err
	}
	var session struct {
		CSRF string `json:"csrfToken"`
	}
	if err := c.Call(ctx, http.MethodPost, "/api/v1/session", "application/json", body, &session); err != nil {
		return nil, err
	}
	c.csrf = session.CSRF
	return c, nil
}

// Call makes a request and decodes its JSON answer into out.
func (c *Client) Call(ctx context.Context, method, path, kind string, body []byte, out any) error {
	return c.Send(ctx, method, path, kind, bytes.NewReader(body), int64(len(body)), out)
}

// Send is Call with a body of so many bytes that is read while it is sent.
func (c *Client) Send(ctx context.Context, method, path, kind string, body io.Reader, length int64, out any) error {
	r, err := http.NewRequestWithContext(ctx, method, c.Base+path, body)
	if err != nil {
		return err
	}
	if r.ContentLength = length; length == 0 {
		r.Body = http.NoBody
	}
	if kind != "" {
		r.Header.Set("Content-Type", kind)
	}
	if c.From != "" {
		r.Header.Set("X-Forwarded-For", c.From)
	}
	if c.Rev != 0 {
		r.Header.Set("If-Match", fmt.Sprintf(`"%d-staff-zh"`, c.Rev))
	}
	if c.csrf != "" {
		r.Header.Set("X-CSRF-Token", c.csrf)
	}
	answer, err := c.HTTP.Do(r)
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

// Total counts what the staff index holds.
func (c *Client) Total(ctx context.Context) (int, error) { return c.Found(ctx, "&view=staff") }

// Found counts what a search without words finds.
func (c *Client) Found(ctx context.Context, more string) (int, error) {
	var found struct {
		Total int `json:"total"`
	}
	err := c.Call(ctx, http.MethodGet, "/api/v1/search?limit=1"+more, "", nil, &found)
	return found.Total, err
}

// Settle waits until the demo data is loaded: nothing new for two seconds.
func (c *Client) Settle(ctx context.Context) error {
	last, same := -1, 0
	for same < 20 {
		n, err := c.Total(ctx)
		if err != nil {
			return err
		}
		if n == last && n > 0 {
			same++
		} else {
			last, same = n, 0
		}
		if err := Pause(ctx, 100*time.Millisecond); err != nil {
			return err
		}
	}
	return nil
}
