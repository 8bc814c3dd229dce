package sensors

import (
	"context"
	"fmt"
	"testing"
	"time"

	"yijianyou/internal/actor"
	"yijianyou/internal/store"
)

func (w *doorWorld) note(r Refusal) {
	w.t.Helper()
	if err := w.NoteRefusal(w.t.Context(), r); err != nil {
		w.t.Fatal(err)
	}
}

func TestARepeatedRefusalIsOneEntryWrittenSeldom(t *testing.T) {
	w := newDoorWorld(t)
	for range 100 {
		w.note(Refusal{Kind: UnknownDevice, Claimed: "stranger", Address: "10.0.0.1"})
	}
	if got := w.refusals()["unknown-device stranger"]; got != 1 {
		t.Errorf("%d written within ten seconds, want the first", got)
	}
	if err := w.flushRefusals(t.Context(), false); err != nil {
		t.Fatal(err)
	}
	if got := w.refusals()["unknown-device stranger"]; got != 1 {
		t.Errorf("%d written before ten seconds are over", got)
	}
	first := w.now
	w.now = w.now.Add(11 * time.Second)
	if err := w.flushRefusals(t.Context(), false); err != nil {
		t.Fatal(err)
	}
	r, err := refusalDocs.One(t.Context(), w.st, store.Query{Index: "byKind", Equal: []any{string(UnknownDevice)}})
	if err != nil {
		t.Fatal(err)
	}
	if r.Count != 100 || !r.FirstAt.Equal(first) || !r.LastAt.Equal(first) || r.Rev != 2 {
		t.Errorf("100 refusals are %d from %v to %v in %d writes", r.Count, r.FirstAt, r.LastAt, r.Rev)
	}
	w.note(Refusal{Kind: UnknownDevice, Claimed: "stranger"})
	w.note(Refusal{Kind: UnknownDevice, Claimed: "stranger"})
	ended, cancel := context.WithCancel(t.Context())
	cancel()
	if err := w.RunRefusals(ended); err != nil {
		t.Fatal(err)
	}
	if got := w.refusals()["unknown-device stranger"]; got != 102 {
		t.Errorf("%d after the end, want 102", got)
	}
}

func TestTheQuarantineListIsBoundedAndKeepsTheNewest(t *testing.T) {
	w := newDoorWorld(t)
	var all []Refusal
	for i := range keptRefusals + 20 {
		all = append(all, Refusal{Kind: UnknownTag, Claimed: fmt.Sprintf("%04d", i), LastAt: w.now.Add(time.Duration(i) * time.Second)})
	}
	refuse := func(list ...Refusal) {
		t.Helper()
		if err := w.st.Update(t.Context(), actor.SystemPart("test"), func(tx *store.Tx) error { return w.refuseIn(tx, list...) }); err != nil {
			t.Fatal(err)
		}
	}
	refuse(all[:keptRefusals]...)
	refuse(append(all[keptRefusals:], all[keptRefusals:]...)...)
	refuse(Refusal{Kind: BadClock, Claimed: "another kind"})
	got := w.refusals()
	if len(got) != keptRefusals+1 || got["unknown-tag 0019"] != 0 || got["unknown-tag 0020"] != 1 || got["unknown-tag 1019"] != 2 {
		t.Errorf("%d entries; 0019: %d, 0020: %d, 1019: %d", len(got), got["unknown-tag 0019"], got["unknown-tag 0020"], got["unknown-tag 1019"])
	}
}

func TestTooManyNamesAreCountedTogether(t *testing.T) {
	w := newDoorWorld(t)
	for i := range tallied + 5 {
		w.now = w.now.Add(time.Millisecond) // the newest are kept
		w.note(Refusal{Kind: UnknownDevice, Claimed: fmt.Sprintf("name-%d", i)})
	}
	if n := len(w.tally.entries); n != tallied+1 {
		t.Errorf("%d names are kept in memory", n)
	}
	if err := w.flushRefusals(t.Context(), true); err != nil {
		t.Fatal(err)
	}
	if got := w.refusals()["unknown-device "]; got != 5 {
		t.Errorf("the rest counts %d, want 5", got)
	}
}
