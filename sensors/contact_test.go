package sensors

import (
	"errors"
	"slices"
	"strings"
	"testing"

	"yijianyou/internal/actor"
	"yijianyou/internal/fault"
	"yijianyou/internal/store"
)

func TestContactsAreSetByThoseWhoMayAndShownInPart(t *testing.T) {
	o := newOffice(t)
	_, secret, err := o.n.CreateContact(t.Context(), chief, NewContact{Org: "demo-museum", Fields: ContactFields{Name: "x", Kind: Webhook, URL: "https://hooks.example/a?token=t", Severities: []Severity{2, 1}, Steps: []int{1, 0}}})
	o.must(err)
	page, err := o.n.Contacts(t.Context(), zhang, "", 10, "")
	o.must(err)
	c := page.Items[0]
	if c.Fields.URL != "https://hooks.example/…" || !slices.Equal(c.Fields.Severities, []Severity{1, 2}) || c.Fields.Lang != "zh" || len(secret) < 40 {
		t.Fatalf("%+v", c.Fields)
	}
	whole, err := o.n.Contact(t.Context(), chief, c.ID)
	o.must(err)
	if whole.Fields.URL != "https://hooks.example/a?token=t" {
		t.Fatal(whole.Fields.URL)
	}
	mail := o.contact(ContactFields{})
	for _, by := range []struct {
		actor.Actor
		want error
	}{{zhang, ErrDenied}, {foreign, ErrNotFound}, {actor.Nobody(), ErrNotFound}} {
		_, err := o.n.ChangeContact(t.Context(), by.Actor, c.ID, 1, whole.Fields)
		o.refused(err, by.want, by.ID+" changes")
		o.refused(o.n.RemoveContact(t.Context(), by.Actor, c.ID, 1, "x"), by.want, by.ID+" removes")
		_, err = o.n.RenewSecret(t.Context(), by.Actor, c.ID)
		o.refused(err, by.want, by.ID+" renews")
		_, err = o.n.TryContact(t.Context(), by.Actor, c.ID)
		o.refused(err, by.want, by.ID+" tries")
		_, _, err = o.n.CreateContact(t.Context(), by.Actor, NewContact{Org: "demo-museum", Fields: whole.Fields})
		o.refused(err, ErrSetupDenied, by.ID+" creates")
	}
	_, err = o.n.Contact(t.Context(), foreign, c.ID)
	o.refused(err, ErrNotFound, "another museum reads")
	_, err = o.n.Contacts(t.Context(), foreign, "demo-museum", 10, "")
	o.refused(err, ErrNotFound, "another museum lists")
	_, err = o.s.Deliveries(t.Context(), foreign, o.raise("aa01", "ungraded").ID, 10, "")
	o.refused(err, ErrNotFound, "another museum reads the log")
	_, err = o.n.RenewSecret(t.Context(), chief, mail)
	o.refused(err, ErrNoSecret, "a mail has no secret")
	next, err := o.n.RenewSecret(t.Context(), chief, c.ID)
	o.must(err)
	o.drain()
	if next == secret || o.posts[0].Secret != next {
		t.Fatal("the new secret is not used")
	}
	_, err = o.n.ChangeContact(t.Context(), chief, c.ID, 9, whole.Fields)
	o.refused(err, store.ErrConflict, "a revision that is not")
	whole.Fields.Kind, whole.Fields.Address = Email, "a@b.example"
	_, err = o.n.ChangeContact(t.Context(), chief, c.ID, 1, whole.Fields)
	o.refused(err, fault.ErrInvalid, "the kind changes")
}

func TestSecretsAreInNoHistoryAndNoFeed(t *testing.T) {
	o := newOffice(t)
	o.contact(ContactFields{Kind: Webhook})
	if spec := contactSecrets.Spec(); spec.History || spec.Feed {
		t.Fatal("secrets are kept in the history or fed")
	}
	kept := 0
	o.must(contactSecrets.Each(t.Context(), o.st, store.Query{}, func(k *contactSecret) error {
		kept++
		if strings.Contains(string(k.Sealed), contactMark) {
			return errors.New("a secret lies open")
		}
		return nil
	}))
	if kept != 1 {
		t.Fatalf("%d secrets", kept)
	}
}

func TestContactsThatCannotBe(t *testing.T) {
	o := newOffice(t)
	good := ContactFields{Name: "值班室", Kind: Webhook, URL: "https://hooks.example/", Severities: []Severity{1}, Steps: []int{0}}
	for _, c := range []struct {
		path string
		bend func(*ContactFields)
	}{
		{"name", func(f *ContactFields) { f.Name = " " }},
		{"name", func(f *ContactFields) { f.Name = "a\nb" }},
		{"name", func(f *ContactFields) { f.Name = strings.Repeat("长", maxContactName+1) }},
		{"kind", func(f *ContactFields) { f.Kind = "sms" }},
		{"url", func(f *ContactFields) { f.URL = "" }},
		{"url", func(f *ContactFields) { f.URL = "http://hooks.example/" }},
		{"url", func(f *ContactFields) { f.URL = "http://10.0.0.1/" }},
		{"url", func(f *ContactFields) { f.URL = "https://user:pw@hooks.example/" }},
		{"url", func(f *ContactFields) { f.URL = "https://hooks.example/#x" }},
		{"url", func(f *ContactFields) { f.URL = "https://" }},
		{"url", func(f *ContactFields) { f.URL = "ftp://hooks.example/" }},
		{"url", func(f *ContactFields) { f.URL = "https://博物馆.example/" }},
		{"url", func(f *ContactFields) { f.URL = "https://hooks.example/" + strings.Repeat("x", maxContactURL) }},
		{"address", func(f *ContactFields) { f.Kind, f.Address = Email, "nobody" }},
		{"address", func(f *ContactFields) { f.Kind, f.Address = Email, "Duty <a@b.example>" }},
		{"address", func(f *ContactFields) { f.Kind, f.Address = Email, "a@b.example\r\nBcc: c@d.example" }},
		{"severities", func(f *ContactFields) { f.Severities = nil }},
		{"severities", func(f *ContactFields) { f.Severities = []Severity{1, 1} }},
		{"severities", func(f *ContactFields) { f.Severities = []Severity{5} }},
		{"steps", func(f *ContactFields) { f.Steps = []int{-1} }},
		{"steps", func(f *ContactFields) { f.Steps = []int{lastToldStep + 1} }},
		{"lang", func(f *ContactFields) { f.Lang = "fr" }},
	} {
		f := good
		c.bend(&f)
		_, _, err := o.n.CreateContact(t.Context(), chief, NewContact{Org: "demo-museum", Fields: f})
		if fields := fault.Of(err).Fields(); !errors.Is(err, fault.ErrInvalid) || len(fields) != 1 || fields[0].Path != c.path {
			t.Errorf("%+v: %v", f, err)
		}
	}
	for _, u := range []string{"http://127.0.0.1:9000/x", "http://localhost/x", "http://[::1]:1/"} {
		f := good
		f.URL = u
		if _, _, err := o.n.CreateContact(t.Context(), chief, NewContact{Org: "demo-museum", Fields: f}); err != nil {
			t.Errorf("%s: %v", u, err)
		}
	}
	for range maxContacts - 3 {
		o.contact(ContactFields{})
	}
	_, _, err := o.n.CreateContact(t.Context(), chief, NewContact{Org: "demo-museum", Fields: good})
	o.refused(err, ErrContacts, "one more")
}
