package notify

import (
	"context"
	"crypto/hmac"
	"crypto/sha256"
	"crypto/x509"
	"encoding/hex"
	"errors"
	"io"
	"net/http"
	"net/http/httptest"
	"net/netip"
	"strings"
	"testing"
	"time"

	"yijianyou/sensors"
)

var loopback = []netip.Prefix{netip.MustParsePrefix("127.0.0.0/8"), netip.MustParsePrefix("::1/128")}

// receiver is an https server that answers as the test says.
func receiver(t *testing.T, h http.HandlerFunc) (*httptest.Server, *x509.CertPool) {
	t.Helper()
	srv := httptest.NewTLSServer(h)
	t.Cleanup(srv.Close)
	pool := x509.NewCertPool()
	pool.AddCert(srv.Certificate())
	return srv, pool
}

// TestAReceiverCanVerifyTheSignature follows the recipe of docs/operations.md.
func TestAReceiverCanVerifyTheSignature(t *testing.T) {
	at := time.Date(2026, 11, 28, 9, 0, 0, 0, time.UTC)
	var got http.Header
	var body []byte
	srv, pool := receiver(t, func(w http.ResponseWriter, r *http.Request) {
		got = r.Header.Clone()
		body, _ = io.ReadAll(r.Body)
		w.WriteHeader(http.StatusNoContent)
	})
	s := New(Options{Networks: loopback, Roots: pool, Now: func() time.Time { return at }})
	status, err := s.Post(t.Context(), sensors.Post{ID: "a.c.0", URL: srv.URL + "/hook?token=1", Secret: "s3cret", Body: []byte(`{"x":"报警"}`)})
	if err != nil || status != 204 {
		t.Fatal(status, err)
	}
	stamp, sig, ok := strings.Cut(strings.TrimPrefix(got.Get("X-Yijianyou-Signature"), "t="), ",v1=")
	if !ok || stamp != "1795856400" || string(body) != `{"x":"报警"}` || got.Get("X-Yijianyou-Event") != "a.c.0" || !strings.HasPrefix(got.Get("Content-Type"), "application/json") {
		t.Fatalf("headers %v, body %s", got, body)
	}
	mac := hmac.New(sha256.New, []byte("s3cret"))
	mac.Write([]byte(stamp + "." + string(body)))
	if want := hex.EncodeToString(mac.Sum(nil)); sig != want {
		t.Fatalf("signature %s, want %s", sig, want)
	}
}

func TestWhatAReceiverAnswersIsToldWithoutItsURL(t *testing.T) {
	followed := false
	srv, pool := receiver(t, func(w http.ResponseWriter, r *http.Request) {
		switch r.URL.Path {
		case "/moved":
			http.Redirect(w, r, "/target", http.StatusTemporaryRedirect)
		case "/target":
			followed = true
		case "/headers":
			w.Header().Set("X-Big", strings.Repeat("x", 2*maxHeaders))
		default:
			w.WriteHeader(http.StatusInternalServerError)
		}
	})
	s := New(Options{Networks: loopback, Roots: pool})
	strangers := New(Options{Networks: loopback})
	gone := httptest.NewServer(http.NotFoundHandler())
	gone.Close()
	for _, c := range []struct {
		name   string
		s      *Sender
		url    string
		status int
		want   error
	}{
		{"an error", s, srv.URL + "/x?token=hidden", 500, sensors.ErrReceiverStatus},
		{"a redirect", s, srv.URL + "/moved?token=hidden", 307, sensors.ErrReceiverRedirect},
		{"endless headers", s, srv.URL + "/headers?token=hidden", 0, sensors.ErrReceiverDown},
		{"a certificate of nobody", strangers, srv.URL + "/?token=hidden", 0, sensors.ErrReceiverDown},
		{"nobody there", s, gone.URL + "/?token=hidden", 0, sensors.ErrReceiverDown},
		{"no URL", s, "https://%zz?token=hidden", 0, sensors.ErrReceiverPlace},
	} {
		status, err := c.s.Post(t.Context(), sensors.Post{ID: "1", URL: c.url, Secret: "k", Body: []byte("{}")})
		if status != c.status || !errors.Is(err, c.want) || strings.Contains(err.Error(), "hidden") {
			t.Errorf("%s: %d %v", c.name, status, err)
		}
	}
	if followed {
		t.Error("a redirect was followed")
	}
}

// TestAWebhookDoesNotLeadIntoTheHouse: the name may be harmless, what counts is
// where it leads when it is dialled.
func TestAWebhookDoesNotLeadIntoTheHouse(t *testing.T) {
	asked := 0
	srv, pool := receiver(t, func(http.ResponseWriter, *http.Request) { asked++ })
	port := srv.URL[strings.LastIndex(srv.URL, ":"):]
	inside := New(Options{Roots: pool})
	for _, host := range []string{"127.0.0.1", "localhost", "[::1]", "[::ffff:127.0.0.1]"} {
		_, err := inside.Post(t.Context(), sensors.Post{URL: "https://" + host + port, Body: []byte("{}")})
		if !errors.Is(err, sensors.ErrReceiverPlace) {
			t.Errorf("%s: %v", host, err)
		}
	}
	allowed := New(Options{Roots: pool, Networks: loopback})
	if _, err := allowed.Post(t.Context(), sensors.Post{URL: srv.URL, Body: []byte("{}")}); err != nil {
		t.Error(err)
	}
	if asked != 1 {
		t.Errorf("asked %d times, want 1", asked)
	}
}

func TestPlainHTTPGoesToThisMachineOnly(t *testing.T) {
	srv := httptest.NewServer(http.HandlerFunc(func(http.ResponseWriter, *http.Request) {}))
	t.Cleanup(srv.Close)
	s := New(Options{Networks: append(loopback, netip.MustParsePrefix("10.0.0.0/8"), netip.MustParsePrefix("203.0.113.0/24"))})
	if _, err := s.Post(t.Context(), sensors.Post{URL: srv.URL, Body: []byte("{}")}); err != nil {
		t.Error(err)
	}
	for _, host := range []string{"10.0.0.1", "203.0.113.9"} {
		if _, err := s.Post(t.Context(), sensors.Post{URL: "http://" + host + "/", Body: []byte("{}")}); !errors.Is(err, sensors.ErrReceiverPlace) {
			t.Errorf("%s: %v", host, err)
		}
	}
}

func TestOnlyThePublicInternetIsPublic(t *testing.T) {
	p := places{}
	for _, a := range []string{"8.8.8.8", "114.114.114.114", "2001:4860:4860::8888", "240c::6666", "::ffff:8.8.8.8"} {
		if !p.allows(netip.MustParseAddr(a)) {
			t.Errorf("%s is public", a)
		}
	}
	for _, a := range []string{"127.0.0.1", "10.1.2.3", "172.16.0.1", "192.168.1.1", "169.254.169.254", "100.64.0.1", "0.0.0.0", "255.255.255.255", "224.0.0.1",
		"192.0.0.1", "198.18.0.1", "240.0.0.1", "::1", "::", "fe80::1", "fe80::1%eth0", "fc00::1", "fd12::1", "ff02::1", "64:ff9b::7f00:1", "2002:7f00:1::", "2001::1",
		"::ffff:10.0.0.1", "::127.0.0.1", "fec0::1"} {
		if p.allows(netip.MustParseAddr(a)) {
			t.Errorf("%s is not public", a)
		}
	}
	p.networks = []netip.Prefix{netip.MustParsePrefix("10.1.0.0/16")}
	for a, want := range map[string]bool{"10.1.2.3": true, "::ffff:10.1.2.3": true, "10.2.0.1": false} {
		if p.allows(netip.MustParseAddr(a)) != want {
			t.Errorf("%s allowed: %v", a, !want)
		}
	}
}

// expire ends every message when the test says so, instead of after a while.
func expire(now <-chan struct{}) func(context.Context, time.Duration, error) (context.Context, context.CancelFunc) {
	return func(ctx context.Context, _ time.Duration, cause error) (context.Context, context.CancelFunc) {
		ctx, cancel := context.WithCancelCause(ctx)
		go func() {
			select {
			case <-now:
				cancel(cause)
			case <-ctx.Done():
			}
		}()
		return ctx, func() { cancel(nil) }
	}
}

func TestASlowReceiverIsCutOff(t *testing.T) {
	asked, over := make(chan struct{}), make(chan struct{})
	srv, pool := receiver(t, func(_ http.ResponseWriter, r *http.Request) {
		close(asked)
		_, _ = io.ReadAll(r.Body) // so that the server sees the client go
		<-r.Context().Done()
		close(over)
	})
	s := New(Options{Networks: loopback, Roots: pool, Expire: expire(asked)})
	_, err := s.Post(t.Context(), sensors.Post{URL: srv.URL, Body: []byte("{}")})
	if !errors.Is(err, sensors.ErrReceiverSlow) {
		t.Fatal(err)
	}
	<-over // the connection is gone
}
