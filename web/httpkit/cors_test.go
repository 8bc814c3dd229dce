package httpkit

import (
	"net/http/httptest"
	"testing"

	"github.com/gofiber/fiber/v2"
)

func TestCrossOriginIsSaidByEveryAnswerBelowThePrefix(t *testing.T) {
	r := testRouter(t, Options{Rate: Rate{PerSecond: 0.001, Burst: 6}})
	r.CrossOrigin("/open/")
	for _, path := range []string{"/open/thing", "/open/own", "/shut"} {
		r.Plain(Op{Method: "GET", Path: path, ID: "test" + path, Policy: Public()}, nil, func(c *fiber.Ctx) error {
			if path == "/open/own" {
				KeepSameOrigin(c)
			}
			return c.SendString("ok")
		})
	}
	for _, tc := range []struct {
		why, method, path string
		status            int
		origin            string
	}{
		{"an answer", "GET", "/open/thing", 200, "*"},
		{"the answer to HEAD", "HEAD", "/open/thing", 200, "*"},
		{"no route", "GET", "/open/none", 404, "*"},
		{"an address that is none", "GET", "/open/%zz", 400, "*"},
		{"an answer for one reader", "GET", "/open/own", 200, ""},
		{"beside the prefix", "GET", "/shut", 200, ""},
		{"beside the prefix", "OPTIONS", "/shut", 405, ""},
		{"too many requests", "GET", "/open/thing", 429, "*"},
		{"a preflight costs nothing", "OPTIONS", "/open/thing", 204, "*"},
	} {
		req := httptest.NewRequest(tc.method, "http://example.test/", nil)
		req.URL.Opaque, req.RequestURI = tc.path, tc.path
		res, err := r.App.Test(req, -1)
		if err != nil {
			t.Fatal(err)
		}
		if err := res.Body.Close(); err != nil {
			t.Fatal(err)
		}
		if res.StatusCode != tc.status || res.Header.Get("Access-Control-Allow-Origin") != tc.origin {
			t.Errorf("%s (%s %s): %d, origin %q, want %d, %q", tc.why, tc.method, tc.path, res.StatusCode, res.Header.Get("Access-Control-Allow-Origin"), tc.status, tc.origin)
		}
	}
}
