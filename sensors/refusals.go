package sensors

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"sort"
	"strings"
	"sync"
	"time"

	"yijianyou/internal/actor"
	"yijianyou/internal/store"
)

const (
	keptRefusals   = 1000             // entries of a kind; the one that was repeated longest ago makes room
	refusalPause   = 10 * time.Second // between two writes of an entry outside of transactions
	tallied        = 4 * keptRefusals // entries counted in memory
	refusalsAtOnce = 50               // entries written at once within a second; others wait for RunRefusals
)

// id names the entry: its cause and the name that was claimed.
func (r Refusal) id() string {
	sum := sha256.Sum256([]byte(strings.Join([]string{string(r.Kind), r.Claimed, string(r.Device), r.Code}, "\x00")))
	return hex.EncodeToString(sum[:16])
}

// From returns r as something that a known device did from an address.
func (r Refusal) From(d Device, address string) Refusal {
	r.Org, r.Device, r.Address = d.Org, DeviceID(d.ID), address
	return r
}

// tidied returns r as it may be stored, for something that happened at now.
func (r Refusal) tidied(now time.Time) Refusal {
	r.Claimed = claimedName(r.Claimed)
	r.ID = r.id()
	if r.Count == 0 {
		r.Count = 1
	}
	if r.LastAt.IsZero() {
		r.LastAt = now
	}
	if r.FirstAt.IsZero() {
		r.FirstAt = r.LastAt
	}
	return r
}

// claimedName keeps of a name that a stranger gave itself what may be shown:
// at most 64 letters, digits and .:_/- of ASCII.
func claimedName(s string) string {
	var b strings.Builder
	for _, c := range s {
		if b.Len() == 64 {
			break
		}
		if c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9' || strings.ContainsRune(".:_/-", c) {
			b.WriteRune(c)
		}
	}
	return b.String()
}

// join adds what is known of the same entry from elsewhere.
func (r Refusal) join(more Refusal) Refusal {
	if more.FirstAt.Before(r.FirstAt) {
		r.FirstAt = more.FirstAt
	}
	if !more.LastAt.Before(r.LastAt) {
		r.LastAt, r.Address, r.Detail = more.LastAt, more.Address, more.Detail
		if more.Org != "" {
			r.Org = more.Org
		}
	}
	r.Count += more.Count
	return r
}

// joined returns the entries of list, tidied, one for each id in their order.
func joined(list []Refusal, now time.Time) []Refusal {
	byID := make(map[string]Refusal, len(list))
	for _, r := range list {
		r = r.tidied(now)
		if was, ok := byID[r.ID]; ok {
			r = was.join(r)
		}
		byID[r.ID] = r
	}
	out := make([]Refusal, 0, len(byID))
	for _, r := range byID {
		out = append(out, r)
	}
	sort.Slice(out, func(i, j int) bool { return out[i].ID < out[j].ID })
	return out
}

// refuseIn puts what was not taken on the quarantine list, each entry once and
// with its Count (0 is 1). Kind and Claimed are required; times left zero are
// that of the transaction. Give it all refusals of a batch together.
func (s *Service) refuseIn(tx *store.Tx, refusals ...Refusal) error {
	fresh := make(map[RefusalKind][]Refusal)
	var kinds []RefusalKind
	for _, r := range joined(refusals, tx.Now()) {
		was, err := refusalDocs.Get(tx.Context(), tx, r.ID)
		if errors.Is(err, store.ErrNotFound) {
			if fresh[r.Kind] == nil {
				kinds = append(kinds, r.Kind)
			}
			fresh[r.Kind] = append(fresh[r.Kind], r)
			continue
		}
		if err != nil {
			return err
		}
		sum := was.join(r)
		if err := refusalDocs.Put(tx, &sum); err != nil {
			return err
		}
	}
	for _, kind := range kinds {
		list := fresh[kind]
		if len(list) > keptRefusals {
			list = list[:keptRefusals]
		}
		if err := roomForRefusals(tx, kind, len(list)); err != nil {
			return err
		}
		for _, r := range list {
			if err := refusalDocs.Put(tx, &r); err != nil {
				return err
			}
		}
	}
	return nil
}

// roomForRefusals removes the oldest entries of a kind so that n more keep
// within the bound.
func roomForRefusals(tx *store.Tx, kind RefusalKind, n int) error {
	of := store.Query{Index: "byKind", Equal: []any{string(kind)}}
	have, err := refusalDocs.Count(tx.Context(), tx, of, keptRefusals)
	if err != nil || have+n <= keptRefusals {
		return err
	}
	of.Limit = have + n - keptRefusals
	oldest, err := refusalDocs.Find(tx.Context(), tx, of)
	if err != nil {
		return err
	}
	for _, r := range oldest.Items {
		if err := refusalDocs.Delete(tx, r.ID, r.Rev, ""); err != nil {
			return err
		}
	}
	return nil
}

// NoteRefusal puts what was not taken on the quarantine list. An entry that was
// written less than ten seconds ago is counted in memory and written by
// RunRefusals, so that whoever repeats it costs nothing.
//
// Errors: those of the store; the refusal is then written later.
func (s *Service) NoteRefusal(ctx context.Context, r Refusal) error {
	due, now := s.tally.add(r.tidied(s.st.Now()), s.st.Now())
	if !now {
		return nil
	}
	return s.writeRefusals(ctx, []Refusal{due})
}

// RunRefusals writes, until ctx ends and once more then, what NoteRefusal
// counted.
func (s *Service) RunRefusals(ctx context.Context) error {
	tick := time.NewTicker(time.Second)
	defer tick.Stop()
	for {
		select {
		case <-tick.C:
			if err := s.flushRefusals(ctx, false); err != nil && ctx.Err() == nil {
				s.log.Warn("what was refused could not be written down", "err", err)
			}
		case <-ctx.Done():
			last, cancel := context.WithTimeout(context.WithoutCancel(ctx), 5*time.Second)
			defer cancel()
			return s.flushRefusals(last, true)
		}
	}
}

// flushRefusals writes the counted refusals that are due, or all of them.
func (s *Service) flushRefusals(ctx context.Context, all bool) error {
	for due := s.tally.due(s.st.Now(), all); len(due) > 0; {
		part := due[:min(len(due), 200)]
		if err := s.writeRefusals(ctx, part); err != nil {
			for _, r := range due[len(part):] {
				s.tally.putBack(r)
			}
			return err
		}
		due = due[len(part):]
	}
	return nil
}

func (s *Service) writeRefusals(ctx context.Context, list []Refusal) error {
	err := s.st.Update(ctx, actor.SystemPart("sensors"), func(tx *store.Tx) error { return s.refuseIn(tx, list...) })
	if err != nil {
		for _, r := range list {
			s.tally.putBack(r)
		}
	}
	return err
}

// tally counts in memory what is not written yet. It is safe for concurrent
// use; its lock is never held over I/O.
type tally struct {
	mu      sync.Mutex
	entries map[string]*tallyEntry
	second  time.Time // of which written counts the entries
	written int
}

type tallyEntry struct {
	waiting   Refusal // Count 0: nothing waits
	writtenAt time.Time
}

func newTally() *tally { return &tally{entries: make(map[string]*tallyEntry)} }

// add counts r. ok says that the returned sum is to be written now.
func (t *tally) add(r Refusal, now time.Time) (sum Refusal, ok bool) {
	t.mu.Lock()
	defer t.mu.Unlock()
	e := t.entry(&r, now)
	e.count(r)
	if now.Sub(e.writtenAt) < refusalPause {
		return Refusal{}, false
	}
	if now.Sub(t.second) >= time.Second {
		t.second, t.written = now, 0
	}
	if t.written++; t.written > refusalsAtOnce {
		return Refusal{}, false
	}
	return e.take(now), true
}

// entry finds the entry of r. When too many names are counted, r becomes that
// of all others of its kind, whose claimed name is empty.
func (t *tally) entry(r *Refusal, now time.Time) *tallyEntry {
	if e := t.entries[r.ID]; e != nil {
		return e
	}
	if len(t.entries) >= tallied {
		for id, e := range t.entries {
			if e.waiting.Count == 0 && now.Sub(e.writtenAt) >= refusalPause {
				delete(t.entries, id)
			}
		}
	}
	if len(t.entries) >= tallied {
		r.Claimed, r.Device, r.Code, r.Detail = "", "", "", ""
		r.ID = r.id()
		if e := t.entries[r.ID]; e != nil {
			return e
		}
	}
	e := &tallyEntry{}
	t.entries[r.ID] = e
	return e
}

func (e *tallyEntry) count(r Refusal) {
	if e.waiting.Count > 0 {
		r = e.waiting.join(r)
	}
	e.waiting = r
}

func (e *tallyEntry) take(now time.Time) Refusal {
	sum := e.waiting
	e.waiting, e.writtenAt = Refusal{}, now
	return sum
}

// putBack counts again what could not be written.
func (t *tally) putBack(r Refusal) {
	t.mu.Lock()
	defer t.mu.Unlock()
	e := t.entry(&r, r.LastAt)
	e.count(r)
}

// due takes the sums that are to be written at now.
func (t *tally) due(now time.Time, all bool) []Refusal {
	t.mu.Lock()
	defer t.mu.Unlock()
	var out []Refusal
	for _, e := range t.entries {
		if e.waiting.Count > 0 && (all || now.Sub(e.writtenAt) >= refusalPause) {
			out = append(out, e.take(now))
		}
	}
	return out
}
