package sensors_test

import (
	"context"
	"crypto/hmac"
	"crypto/sha256"
	"crypto/x509"
	"encoding/hex"
	"encoding/json"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"net/netip"
	"strings"
	"sync"
	"testing"
	"time"

	"yijianyou/heritage"
	"yijianyou/internal/actor"
	"yijianyou/internal/seal"
	"yijianyou/internal/store"
	"yijianyou/sensors"
	"yijianyou/sensors/notify"
)

var boss = actor.Actor{Kind: actor.Staff, ID: "boss", Name: "馆长", Grants: []actor.Grant{{Role: actor.Approver, Org: "demo-museum"}}}

type demoOrgs struct{}

func (demoOrgs) OrgGlance(context.Context, actor.OrgID) (heritage.Text, bool, error) {
	return heritage.Text{ZH: "示范博物馆", EN: "Demo Museum"}, true, nil
}

// receiver is a system of another house: it verifies, and answers as it is told.
type receiver struct {
	t      *testing.T
	mu     sync.Mutex
	secret string
	next   []int          // statuses of the next answers; -1 none at all; 200 at the end
	seen   map[string]int // how often each event came, verified
	asked  chan struct{}  // told when an answer is withheld
}

func (r *receiver) ServeHTTP(w http.ResponseWriter, req *http.Request) {
	body, err := io.ReadAll(req.Body)
	if err != nil {
		r.t.Error(err)
	}
	stamp, sig, _ := strings.Cut(strings.TrimPrefix(req.Header.Get("X-Yijianyou-Signature"), "t="), ",v1=")
	r.mu.Lock()
	mac := hmac.New(sha256.New, []byte(r.secret))
	mac.Write([]byte(stamp + "." + string(body)))
	if want := hex.EncodeToString(mac.Sum(nil)); !hmac.Equal([]byte(sig), []byte(want)) {
		r.t.Errorf("the signature is wrong")
	}
	var e sensors.Event
	if err := json.Unmarshal(body, &e); err != nil || e.ID != req.Header.Get("X-Yijianyou-Event") || !e.Simulated || !strings.Contains(e.Subject, "模拟") {
		r.t.Errorf("event %s %v", body, err)
	}
	r.seen[e.ID]++
	status := 200
	if len(r.next) > 0 {
		status, r.next = r.next[0], r.next[1:]
	}
	r.mu.Unlock()
	if status < 0 {
		r.asked <- struct{}{}
		<-req.Context().Done()
		return
	}
	w.WriteHeader(status)
}

// house is a world whose notices go to a real https server.
type house struct {
	sensors.World
	t   *testing.T
	r   *receiver
	n   *sensors.Notifier
	run *store.Runner
}

func newHouse(t *testing.T, next ...int) *house {
	h := &house{World: sensors.NewWorld(t), t: t, r: &receiver{t: t, next: next, seen: map[string]int{}, asked: make(chan struct{})}}
	srv := httptest.NewTLSServer(h.r)
	t.Cleanup(srv.Close)
	pool := x509.NewCertPool()
	pool.AddCert(srv.Certificate())
	sender := notify.New(notify.Options{Roots: pool, Networks: []netip.Prefix{netip.MustParsePrefix("127.0.0.0/8")},
		Expire: func(ctx context.Context, _ time.Duration, cause error) (context.Context, context.CancelFunc) {
			ctx, cancel := context.WithCancelCause(ctx)
			go func() {
				select {
				case <-h.r.asked:
					cancel(cause)
				case <-ctx.Done():
				}
			}()
			return ctx, func() { cancel(nil) }
		}})
	sealer, err := seal.New(make([]byte, seal.KeySize))
	h.must(err)
	quiet := slog.New(slog.DiscardHandler)
	h.n = sensors.NewNotifier(sensors.NotifierOptions{Service: h.Service(), Sealer: sealer, Sender: sender, Orgs: demoOrgs{}, PublicURL: "https://guide.example", Log: quiet})
	h.run = store.NewRunner(h.Store(), store.RunnerOptions{Handlers: h.n.Handlers(), Log: quiet})
	_, secret, err := h.n.CreateContact(t.Context(), boss, sensors.NewContact{Org: "demo-museum", Fields: sensors.ContactFields{
		Name: "安防平台", Kind: sensors.Webhook, URL: srv.URL + "/alarm", Severities: []sensors.Severity{1, 2, 3, 4}, Steps: []int{0}}})
	h.must(err)
	h.r.secret = secret
	return h
}

func (h *house) must(err error) {
	h.t.Helper()
	if err != nil {
		h.t.Fatal(err)
	}
}

// log drains the jobs of two hours, raised by an alarm, and returns the delivery.
func (h *house) log(a *sensors.Alarm) *sensors.Delivery {
	h.t.Helper()
	for range 120 {
		_, err := h.run.Drain(h.t.Context())
		h.must(err)
		h.Pass(time.Minute)
	}
	page, err := h.Service().Deliveries(h.t.Context(), boss, a.ID, 10, "")
	h.must(err)
	if len(page.Items) != 1 {
		h.t.Fatalf("%d deliveries", len(page.Items))
	}
	return page.Items[0]
}

func TestARealReceiverGetsTheNoticeAfterAnErrorAndASilence(t *testing.T) {
	h := newHouse(t, 500, -1)
	d := h.log(h.Raise("aa01"))
	if d.State != sensors.Delivered || len(d.Attempts) != 3 || d.Attempts[0].Status != 500 || d.Attempts[1].Code != sensors.ErrReceiverSlow.ID() || d.Attempts[2].Status != 200 {
		t.Fatalf("%+v", d)
	}
	if h.r.seen[d.ID] != 3 || len(h.r.seen) != 1 {
		t.Fatalf("seen %v: every try is one and the same event", h.r.seen)
	}
}

func TestARealReceiverThatNeverTakesItIsGivenUp(t *testing.T) {
	down := make([]int, 20)
	for i := range down {
		down[i] = 503
	}
	h := newHouse(t, down...)
	a := h.Raise("aa01")
	d := h.log(a)
	if d.State != sensors.GivenUp || len(d.Attempts) != h.r.seen[d.ID] || d.Attempts[9].EN == "" {
		t.Fatalf("%+v, seen %v", d, h.r.seen)
	}
	one, err := h.Service().Alarm(t.Context(), boss, a.ID)
	h.must(err)
	if last := one.Steps[len(one.Steps)-1]; !strings.Contains(last.Note, "安防平台") {
		t.Fatalf("%+v", one.Steps)
	}
}
