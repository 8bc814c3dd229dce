package sensors

import (
	"testing"
	"time"

	"yijianyou/internal/actor"
	"yijianyou/internal/store"
)

func TestASessionOfMQTTLastsUntilItIsEndedOrForgotten(t *testing.T) {
	w := newDoorWorld(t)
	w.device("reader-1", "a-museum", false)
	d := Device{Meta: store.Meta{ID: "reader-1", Org: "a-museum"}}
	is := func(when string, wantFound, wantSubscribed bool) {
		t.Helper()
		found, subscribed, err := w.ResumeSession(t.Context(), "reader-1")
		if err != nil || found != wantFound || subscribed != wantSubscribed {
			t.Errorf("%s: %v %v %v", when, found, subscribed, err)
		}
	}
	keep := func(subscribed bool) {
		t.Helper()
		if err := w.KeepSession(t.Context(), d, subscribed); err != nil {
			t.Fatal(err)
		}
	}
	is("before", false, false)
	keep(false)
	is("made", true, false)
	keep(true)
	is("subscribed", true, true)
	for range 20 {
		w.now = w.now.Add(time.Hour)
		keep(true)
	}
	if doc, err := mqttSessions.Get(t.Context(), w.st, "reader-1"); err != nil || doc.Rev != 2 {
		t.Errorf("20 logins of a day are written in revision %d: %v", doc.Rev, err)
	}
	w.now = w.now.Add(29 * 24 * time.Hour)
	is("after 29 days", true, true)
	keep(true)
	w.now = w.now.Add(31 * 24 * time.Hour)
	is("after 31 days without a login", false, false)
	keep(false)
	for range 2 {
		if err := w.EndSession(t.Context(), "reader-1"); err != nil {
			t.Fatal(err)
		}
		is("ended", false, false)
	}
	keep(true)
	err := w.st.Update(t.Context(), actor.SystemPart("test"), func(tx *store.Tx) error { return w.dropSecretsIn(tx, "reader-1") })
	if err != nil {
		t.Fatal(err)
	}
	is("after the device was removed", false, false)
}
