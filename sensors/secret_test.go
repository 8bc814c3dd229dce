package sensors

import (
	"errors"
	"fmt"
	"log/slog"
	"testing"
	"time"

	"yijianyou/heritage"
	"yijianyou/internal/actor"
	"yijianyou/internal/store"
	"yijianyou/internal/store/storetest"
)

// doorWorld is a service with a clock that stands still, and devices to log in.
type doorWorld struct {
	*Service
	t   *testing.T
	now time.Time
}

// noNeighbours are the other domains where a test does not ask them.
type noNeighbours struct {
	Catalogue
	Orders
	Loans
	Assets
	Areas
}

func newDoorWorld(t *testing.T) *doorWorld {
	w := &doorWorld{t: t, now: time.Date(2026, 11, 28, 9, 0, 0, 0, time.UTC)}
	st := storetest.NewWith(t, store.Options{RunTwice: true, Now: func() time.Time { return w.now }}, Collections()...)
	w.Service = New(Options{Store: st, Catalogue: noNeighbours{}, Orders: noNeighbours{}, Loans: noNeighbours{}, Assets: noNeighbours{}, Areas: noNeighbours{}, Log: slog.New(slog.DiscardHandler)})
	return w
}

// device puts a device of an organisation.
func (w *doorWorld) device(id DeviceID, org actor.OrgID, retired bool) {
	w.t.Helper()
	err := w.st.Update(w.t.Context(), actor.SystemPart("test"), func(tx *store.Tx) error {
		d, err := deviceDocs.Get(tx.Context(), tx, string(id))
		if errors.Is(err, store.ErrNotFound) {
			d, err = &Device{Meta: store.Meta{ID: string(id), Org: org}}, nil
		}
		if err != nil {
			return err
		}
		d.Fields = DeviceFields{Kind: Reader, Name: heritage.Text{ZH: "读写器"}, Retired: retired}
		return deviceDocs.Put(tx, d)
	})
	if err != nil {
		w.t.Fatal(err)
	}
}

func (w *doorWorld) secret(by actor.Actor, id DeviceID) string {
	w.t.Helper()
	secret, err := w.RotateSecret(w.t.Context(), by, id)
	if err != nil {
		w.t.Fatal(err)
	}
	return secret
}

// enters reports whether the device may come in.
func (w *doorWorld) enters(id DeviceID, secret, address string) bool {
	w.t.Helper()
	d, err := w.Authenticate(w.t.Context(), id, secret, address)
	switch {
	case err == nil && d.ID == string(id):
		return true
	case errors.Is(err, ErrDeviceRefused):
		return false
	}
	w.t.Fatalf("%s: %v", id, err)
	return false
}

// refusals returns kind, claimed name and count of what is on the list.
func (w *doorWorld) refusals() map[string]int64 {
	w.t.Helper()
	out := make(map[string]int64)
	err := refusalDocs.Each(w.t.Context(), w.st, store.Query{}, func(r *Refusal) error {
		out[fmt.Sprintf("%s %s", r.Kind, r.Claimed)] += r.Count
		return nil
	})
	if err != nil {
		w.t.Fatal(err)
	}
	return out
}

func keeperOf(org actor.OrgID) actor.Actor {
	return actor.Actor{Kind: actor.Staff, ID: "k", Name: "库管员", Grants: []actor.Grant{{Role: actor.Keeper, Org: org}}}
}

func TestTwoSecretsAreValidAtOnceAndTheOldestEnds(t *testing.T) {
	w := newDoorWorld(t)
	w.device("reader-1", "a-museum", false)
	by := keeperOf("a-museum")
	one, two := w.secret(by, "reader-1"), w.secret(by, "reader-1")
	if len(one) != 64 || one == two {
		t.Fatalf("secrets of %d digits", len(one))
	}
	if !w.enters("reader-1", one, "10.0.0.1") || !w.enters("reader-1", two, "10.0.0.1") {
		t.Error("one of two secrets is refused")
	}
	three := w.secret(by, "reader-1")
	if w.enters("reader-1", one, "10.0.0.1") {
		t.Error("the third secret leaves the first valid")
	}
	if !w.enters("reader-1", two, "10.0.0.1") || !w.enters("reader-1", three, "10.0.0.1") {
		t.Error("the newest two are not valid")
	}
	if err := w.RevokeSecrets(t.Context(), by, "reader-1", 1); err != nil {
		t.Fatal(err)
	}
	if w.enters("reader-1", two, "10.0.0.1") || !w.enters("reader-1", three, "10.0.0.1") {
		t.Error("revoking all but the newest")
	}
	doc, err := deviceSecrets.Get(t.Context(), w.st, "reader-1")
	if err != nil {
		t.Fatal(err)
	}
	if proof := ProofOf(three); len(doc.Hashes) != 1 || string(doc.Hashes[0]) != string(proof[:]) {
		t.Error("something else than the SHA-256 is stored")
	}
}

func TestOnlyTheKeepersOfADeviceMakeItsSecrets(t *testing.T) {
	w := newDoorWorld(t)
	w.device("reader-1", "a-museum", false)
	for _, c := range []struct {
		by   actor.Actor
		want error
	}{
		{keeperOf("b-museum"), ErrNotFound},
		{actor.Nobody(), ErrNotFound},
		{actor.Actor{Kind: actor.Staff, ID: "a", Grants: []actor.Grant{{Role: actor.Auditor, Org: "a-museum"}}}, ErrDenied},
	} {
		if _, err := w.RotateSecret(t.Context(), c.by, "reader-1"); !errors.Is(err, c.want) {
			t.Errorf("%v makes one: %v, want %v", c.by.Grants, err, c.want)
		}
		if err := w.RevokeSecrets(t.Context(), c.by, "reader-1", 0); !errors.Is(err, c.want) {
			t.Errorf("%v revokes: %v, want %v", c.by.Grants, err, c.want)
		}
	}
	if _, err := w.RotateSecret(t.Context(), keeperOf("a-museum"), "reader-2"); !errors.Is(err, ErrNotFound) {
		t.Errorf("of a device that is not there: %v", err)
	}
}

func TestUnknownWrongAndRetiredAreOneAnswerAndNoted(t *testing.T) {
	w := newDoorWorld(t)
	w.device("reader-1", "a-museum", false)
	w.device("reader-2", "a-museum", false)
	one, two := w.secret(keeperOf("a-museum"), "reader-1"), w.secret(keeperOf("a-museum"), "reader-2")
	w.device("reader-2", "a-museum", true)
	for id, secret := range map[DeviceID]string{"stranger": one, "reader-1": two, "reader-2": two, "Bad Name\n": one, "": ""} {
		if w.enters(id, secret, "10.0.0.1") {
			t.Errorf("%q comes in", id)
		}
	}
	want := map[string]int64{"unknown-device stranger": 1, "bad-secret reader-1": 1, "retired-device reader-2": 1, "unknown-device BadName": 1, "unknown-device ": 1}
	if got := w.refusals(); fmt.Sprint(got) != fmt.Sprint(want) {
		t.Errorf("noted %v, want %v", got, want)
	}
}

func TestGuessingFromAnAddressIsThrottledAndDoesNotLockItsDevicesOut(t *testing.T) {
	w := newDoorWorld(t)
	w.device("reader-1", "a-museum", false)
	w.device("reader-2", "a-museum", false)
	good, other := w.secret(keeperOf("a-museum"), "reader-1"), w.secret(keeperOf("a-museum"), "reader-2")
	if !w.enters("reader-1", good, "2001:db8::1") {
		t.Fatal("the right secret is refused")
	}
	throttled := func(id DeviceID, secret, address string) bool {
		_, err := w.Authenticate(t.Context(), id, secret, address)
		return errors.Is(err, ErrDeviceThrottled)
	}
	n := 0
	for ; !throttled("reader-2", "guess", "2001:db8::2"); n++ {
	}
	if n != nameBurst {
		t.Errorf("%d guesses at one name, want %d", n, nameBurst)
	}
	for n = 0; !throttled(DeviceID(fmt.Sprintf("name-%d", n)), "guess", "2001:db8::3"); n++ {
	}
	if n != addressBurst-nameBurst {
		t.Errorf("%d more guesses from one network, want %d", n, addressBurst-nameBurst)
	}
	if !w.enters("reader-1", good, "2001:db8::4") {
		t.Error("guessing locks out a device that has come in from there")
	}
	if !w.enters("reader-2", other, "2001:db8:0:1::1") {
		t.Error("guessing from one network locks out another")
	}
	w.now = w.now.Add(2 * time.Minute)
	if !w.enters("reader-2", other, "2001:db8::1") {
		t.Error("the wait does not end")
	}
}

func TestWhoIsRetiredOrRevokedIsExpelled(t *testing.T) {
	w := newDoorWorld(t)
	by := keeperOf("a-museum")
	connected := make(map[DeviceID]Proof)
	for _, id := range []DeviceID{"stays", "retired", "revoked", "rotated", "removed"} {
		w.device(id, "a-museum", false)
		connected[id] = ProofOf(w.secret(by, id))
	}
	w.device("retired", "a-museum", true)
	if err := w.RevokeSecrets(t.Context(), by, "revoked", 0); err != nil {
		t.Fatal(err)
	}
	w.secret(by, "rotated")
	err := w.st.Update(t.Context(), by, func(tx *store.Tx) error {
		d, err := deviceDocs.Get(tx.Context(), tx, "removed")
		if err != nil {
			return err
		}
		if err := w.dropSecretsIn(tx, "removed"); err != nil {
			return err
		}
		return deviceDocs.Delete(tx, d.ID, d.Rev, "test")
	})
	if err != nil {
		t.Fatal(err)
	}
	out, err := w.Expelled(t.Context(), connected)
	if err != nil {
		t.Fatal(err)
	}
	got := make(map[DeviceID]bool)
	for _, id := range out {
		got[id] = true
	}
	if len(got) != 3 || !got["retired"] || !got["revoked"] || !got["removed"] {
		t.Errorf("expelled %v", out)
	}
}
