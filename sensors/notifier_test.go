package sensors

import (
	"context"
	"encoding/json"
	"log/slog"
	"strings"
	"testing"
	"time"

	"yijianyou/heritage"
	"yijianyou/internal/actor"
	"yijianyou/internal/fault"
	"yijianyou/internal/seal"
	"yijianyou/internal/store"
)

// office is an alarmWorld with contacts, whose messages go to the test.
type office struct {
	*alarmWorld
	n         *Notifier
	run       *store.Runner
	answers   []error // what the next messages meet; nil and beyond the end are fine
	posts     []Post
	mails     []Mail
	simulated bool
	meanwhile func() // happens once, while a message is on its way
}

func newOffice(t *testing.T) *office {
	o := &office{alarmWorld: newAlarmWorld(t)}
	sealer, err := seal.New(make([]byte, seal.KeySize))
	o.must(err)
	o.n = NewNotifier(NotifierOptions{Service: o.s, Sealer: sealer, Sender: o, Orgs: o, PublicURL: "https://guide.example", Log: slog.New(slog.DiscardHandler)})
	o.run = store.NewRunner(o.st, store.RunnerOptions{Handlers: o.n.Handlers(), Log: slog.New(slog.DiscardHandler)})
	return o
}

func (o *office) answer() (err error) {
	if len(o.answers) > 0 {
		err, o.answers = o.answers[0], o.answers[1:]
	}
	return err
}

// Post implements Sender.
func (o *office) Post(_ context.Context, p Post) (int, error) {
	o.posts = append(o.posts, p)
	if then := o.meanwhile; then != nil {
		o.meanwhile = nil
		then()
	}
	if err := o.answer(); err != nil {
		return 500, err
	}
	return 200, nil
}

// Mail implements Sender.
func (o *office) Mail(_ context.Context, m Mail) error {
	o.mails = append(o.mails, m)
	return o.answer()
}

// OrgGlance implements Orgs.
func (o *office) OrgGlance(_ context.Context, org actor.OrgID) (heritage.Text, bool, error) {
	if org != "demo-museum" {
		return heritage.Text{}, false, ErrNotFound.New()
	}
	return heritage.Text{ZH: "示范博物馆", EN: "Demo Museum"}, o.simulated, nil
}

var chief = staffOf("chief", actor.Approver, "demo-museum")

// contact registers a contact of the demo museum that is told when alarms are
// raised, and returns its id.
func (o *office) contact(f ContactFields) string {
	o.Helper()
	if f.Name == "" {
		f.Name = "值班室"
	}
	if f.Severities == nil {
		f.Severities = []Severity{1, 2, 3, 4}
	}
	if f.Steps == nil {
		f.Steps = []int{0}
	}
	if f.Kind == Webhook {
		f.URL = "https://hooks.example/alarm"
	} else {
		f.Kind, f.Address = Email, "duty@museum.example"
	}
	c, _, err := o.n.CreateContact(o.Context(), chief, NewContact{Org: "demo-museum", Fields: f})
	o.must(err)
	return c.ID
}

// drain runs the jobs that are due and returns how many attempts that were.
func (o *office) drain() int {
	o.Helper()
	n, err := o.run.Drain(o.Context())
	o.must(err)
	return n
}

// deliveries returns the log of an alarm as a dispatcher reads it.
func (o *office) deliveries(alarm string) []*Delivery {
	o.Helper()
	page, err := o.s.Deliveries(o.Context(), zhang, alarm, 100, "")
	o.must(err)
	return page.Items
}

func TestWhoWantsToKnowIsToldOnce(t *testing.T) {
	o := newOffice(t)
	hook := o.contact(ContactFields{Kind: Webhook})
	o.contact(ContactFields{Name: "二级以下", Severities: []Severity{2, 3}})
	o.contact(ContactFields{Name: "停用", Paused: true})
	o.contact(ContactFields{Name: "馆领导", Steps: []int{1, 2}})
	a := o.raise("aa01", "ungraded") // severity 1
	o.pass(time.Second)
	o.raise("aa01", "ungraded") // extends
	if n := o.drain(); n != 1 || len(o.posts) != 1 || len(o.mails) != 0 {
		t.Fatalf("%d attempts, %d posts, %d mails", n, len(o.posts), len(o.mails))
	}
	var e Event
	o.must(json.Unmarshal(o.posts[0].Body, &e))
	if e.ID != a.ID+"."+hook+".0" || e.Type != "alarm.raised" || e.URL != "https://guide.example/console/alarms/"+a.ID || e.Alarm.Kind != UnlawfulExit || e.Alarm.Severity != 1 {
		t.Fatalf("event %s", o.posts[0].Body)
	}
	if !strings.HasPrefix(o.posts[0].Secret, contactMark) || o.posts[0].ID != e.ID {
		t.Fatalf("post %+v", o.posts[0])
	}
	log := o.deliveries(a.ID)
	if len(log) != 1 || log[0].State != Delivered || len(log[0].Attempts) != 1 || !log[0].Attempts[0].OK || log[0].Attempts[0].Status != 200 || log[0].ContactName != "值班室" {
		t.Fatalf("log %+v", log[0])
	}
	o.pass(3 * time.Minute)
	o.escalate()
	if o.drain(); len(o.mails) != 1 || !strings.HasPrefix(o.mails[0].Subject, "【升级 1】") || len(o.posts) != 1 {
		t.Fatalf("mails %+v", o.mails)
	}
}

func TestANoticeIsTriedAgainUntilItArrives(t *testing.T) {
	o := newOffice(t)
	o.contact(ContactFields{Kind: Webhook})
	o.answers = []error{ErrReceiverStatus.New(fault.P("status", 500)), ErrReceiverSlow.New(fault.P("seconds", 10))}
	a := o.raise("aa01", "")
	for i := range 3 {
		if n := o.drain(); n != 1 {
			t.Fatalf("attempt %d: %d runs", i+1, n)
		}
		o.drain() // nothing before the pause is over
		o.pass(20 * time.Second)
	}
	if len(o.posts) != 3 || o.posts[0].ID != o.posts[2].ID {
		t.Fatalf("%d posts", len(o.posts))
	}
	log := o.deliveries(a.ID)[0]
	if log.State != Delivered || len(log.Attempts) != 3 || log.Attempts[0].Code != "sensors.receiver_status" || log.Attempts[0].Status != 500 ||
		!strings.Contains(log.Attempts[1].ZH, "10 秒") || !log.Attempts[2].OK {
		t.Fatalf("log %+v", log)
	}
}

func TestANoticeThatNeverArrivesIsGivenUpWithAnEntry(t *testing.T) {
	o := newOffice(t)
	o.contact(ContactFields{})
	a := o.raise("aa01", "")
	for range maxAttempts + 3 {
		o.answers = []error{ErrReceiverDown.New()}
		o.drain()
		o.pass(time.Hour)
	}
	log := o.deliveries(a.ID)[0]
	if len(o.mails) != maxAttempts || log.State != GivenUp || len(log.Attempts) != maxAttempts {
		t.Fatalf("%d mails, %+v", len(o.mails), log)
	}
	steps := o.stored(a.ID).Steps
	if last := steps[len(steps)-1]; last.Action != StepNote || !strings.Contains(last.Note, "值班室") {
		t.Fatalf("the alarm does not say it: %+v", steps)
	}
}

func TestWhatCannotMendIsNotTriedAgain(t *testing.T) {
	o := newOffice(t)
	id := o.contact(ContactFields{Kind: Webhook})
	o.answers = []error{ErrReceiverPlace.New()}
	a := o.raise("aa01", "")
	o.drain()
	if log := o.deliveries(a.ID)[0]; log.State != GivenUp || len(log.Attempts) != 1 {
		t.Fatalf("%+v", log)
	}
	o.in(func(tx *store.Tx) error { // as after a restore without the key file
		kept, err := contactSecrets.Get(tx.Context(), tx, id)
		if err != nil {
			return err
		}
		kept.Sealed[20] ^= 1
		return contactSecrets.Put(tx, kept)
	})
	b := o.raise("aa02", "")
	o.drain()
	if log := o.deliveries(b.ID)[0]; log.State != GivenUp || log.Attempts[0].Code != ErrSecretLost.ID() || len(o.posts) != 1 {
		t.Fatalf("%+v, %d posts", log, len(o.posts))
	}
}

func TestAJobThatRunsAgainAfterSuccessTellsNobody(t *testing.T) {
	o := newOffice(t)
	o.contact(ContactFields{})
	a := o.raise("aa01", "")
	o.drain()
	o.in(func(tx *store.Tx) error { // the worker died before it could say that the job was done
		_, err := store.Enqueue(tx, store.NewJob{Kind: NotifyJob, Key: o.deliveries(a.ID)[0].ID, Payload: notice{o.deliveries(a.ID)[0].ID}})
		return err
	})
	if n := o.drain(); n != 1 || len(o.mails) != 1 {
		t.Fatalf("%d runs, %d mails", n, len(o.mails))
	}
}

// TestAWorkerThatLostItsJobWritesNothing: it is the one case in which a message goes
// out twice, and both carry the same id.
func TestAWorkerThatLostItsJobWritesNothing(t *testing.T) {
	o := newOffice(t)
	o.contact(ContactFields{Kind: Webhook})
	a := o.raise("aa01", "")
	other := store.NewRunner(o.st, store.RunnerOptions{Handlers: o.n.Handlers(), Log: slog.New(slog.DiscardHandler)})
	o.meanwhile = func() {
		o.pass(2 * time.Minute) // longer than the lease: the first worker counts as dead
		if _, err := other.Drain(t.Context()); err != nil {
			t.Error(err)
		}
	}
	o.drain()
	if len(o.posts) != 2 || o.posts[0].ID != o.posts[1].ID {
		t.Fatalf("posts %+v", o.posts)
	}
	if log := o.deliveries(a.ID)[0]; log.State != Delivered || len(log.Attempts) != 1 {
		t.Fatalf("%+v", log)
	}
}

func TestWhoIsGoneIsNotTold(t *testing.T) {
	o := newOffice(t)
	gone := o.contact(ContactFields{Name: "离开的人"})
	resting := o.contact(ContactFields{Name: "休假的人", Kind: Webhook})
	a := o.raise("aa01", "")
	o.must(o.n.RemoveContact(t.Context(), chief, gone, 1, "调离"))
	_, err := o.n.ChangeContact(t.Context(), chief, resting, 1, ContactFields{Name: "休假的人", Kind: Webhook, URL: "https://hooks.example/", Severities: []Severity{1}, Steps: []int{0}, Paused: true})
	o.must(err)
	o.drain()
	if len(o.mails)+len(o.posts) != 0 {
		t.Fatal("told")
	}
	for _, d := range o.deliveries(a.ID) {
		if d.State != Dropped {
			t.Errorf("%+v", d)
		}
	}
}

func TestWhatIsSimulatedSaysSoInEveryLanguage(t *testing.T) {
	o := newOffice(t)
	o.contact(ContactFields{Lang: "zh"})
	o.contact(ContactFields{Lang: "en"})
	o.contact(ContactFields{Kind: Webhook})
	o.raise("aa01", "") // a real one first
	o.drain()
	for _, m := range o.mails {
		if strings.Contains(m.Subject, "模拟") {
			t.Errorf("a real alarm says %q", m.Subject)
		}
	}
	o.mails, o.posts = nil, nil
	o.simulated = true
	a := o.raise("aa02", "")
	o.drain()
	if len(o.mails) != 2 || len(o.posts) != 1 {
		t.Fatal(len(o.mails), len(o.posts))
	}
	for _, m := range o.mails {
		if !strings.Contains(m.Subject, "模拟") || !strings.Contains(m.Text, "模拟数据") {
			t.Errorf("%q: %s", m.Subject, m.Text)
		}
	}
	var e Event
	o.must(json.Unmarshal(o.posts[0].Body, &e))
	if !e.Simulated || !strings.Contains(e.Subject, "模拟") {
		t.Errorf("%s", o.posts[0].Body)
	}
	for _, step := range []AlarmAction{StepAcknowledge, StepVerify} {
		_, err := o.take(zhang, a.ID, step)
		o.must(err)
	}
	drill := o.stored(a.ID)
	drill.Verdict = Drill
	if s := (writer{lang: "en"}).subject(drill); !strings.Contains(s, "演练 DRILL") {
		t.Error(s)
	}
	try, err := o.n.TryContact(t.Context(), chief, o.contact(ContactFields{Lang: "en"}))
	o.must(err)
	if last := o.mails[len(o.mails)-1]; !try.OK || !strings.Contains(last.Subject, "演练 TEST") {
		t.Errorf("%+v: %q", try, last.Subject)
	}
}

func TestANoticeNamesRelicsOnlyToThoseWhoMayKnow(t *testing.T) {
	o := newOffice(t)
	o.house()
	o.contact(ContactFields{Lang: "zh"})
	o.contact(ContactFields{Lang: "en", Names: true})
	o.contact(ContactFields{Kind: Webhook})
	o.raiseAs(Alarm{Kind: UnlawfulMove, TagID: "aa01", RelicID: "r1", DeviceID: "portal-1", ZoneID: "vault", MovementID: "m1", Ground: heritage.Text{ZH: "到了青铜二库。", EN: "Came to Bronze vault 2."}})
	o.drain()
	shut, open := o.mails[0].Text, o.mails[1].Text
	if strings.Contains(open, "duty@") || strings.Contains(shut, "为保密") == strings.Contains(open, "confidentiality") {
		t.Fatal(shut, open)
	}
	for _, secret := range []string{"演示藏品", "提用-2026-0007", "南门通道", "青铜"} {
		if strings.Contains(shut, secret) || strings.Contains(string(o.posts[0].Body), secret) {
			t.Errorf("%s leaks in %s or %s", secret, shut, o.posts[0].Body)
		}
	}
	for _, id := range []string{"aa01", `"r1"`, "vault"} {
		if strings.Contains(string(o.posts[0].Body), id) {
			t.Errorf("%s leaks in %s", id, o.posts[0].Body)
		}
	}
	for _, name := range []string{"演示藏品", "提用-2026-0007", "南门通道", "Place: a store", "Came to a store."} {
		if !strings.Contains(open, name) {
			t.Errorf("%s is not in %s", name, open)
		}
	}
	if strings.Contains(open, "vault 2") {
		t.Errorf("a mail says which store: %s", open)
	}
	if !strings.Contains(shut, "地点：库房") || !strings.Contains(shut, "2026-11-28 17:00:00 CST") {
		t.Error(shut)
	}
}
