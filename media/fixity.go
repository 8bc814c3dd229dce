package media

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"io"
	"time"

	"yijianyou/internal/actor"
	"yijianyou/internal/ids"
	"yijianyou/internal/store"
)

// Outcome is what the newest reading of an original found.
type Outcome string

const (
	Unchecked  Outcome = "unchecked"  // it has not been read since it was uploaded
	Sound      Outcome = "sound"      // every byte is as it was uploaded
	Damaged    Outcome = "damaged"    // its SHA-256 is another
	Missing    Outcome = "missing"    // it is not in the storage
	Unreadable Outcome = "unreadable" // the storage answers and cannot give it
)

// outcomes lists them, those of trouble first.
var outcomes = [...]Outcome{Damaged, Missing, Unreadable, Unchecked, Sound}

// Trouble reports whether the original must be brought back from a backup.
func (o Outcome) Trouble() bool { return o == Damaged || o == Missing || o == Unreadable }

// Fixity is what is known of the original of an asset, under the id of the asset.
// It is a document of its own, without history: a reading every month changes no
// record. Trouble, and its end, stand in the audit trail.
type Fixity struct {
	store.Meta `bson:",inline"`
	Outcome    Outcome   `bson:"outcome"`
	CheckedAt  time.Time `bson:"checkedAt"`       // of the newest reading; the zero time when Unchecked
	Since      time.Time `bson:"since,omitempty"` // when the trouble was found; zero when there is none
}

// fixities: byAge (checkedAt) finds what has waited longest, byOutcome (org,
// outcome, checkedAt) and byTrouble (outcome, checkedAt) count and list.
var fixities = store.Define[Fixity](store.Spec{Name: "fixities", Schema: 1, Indexes: []store.Index{
	{Name: "byAge", Parts: []store.Part{{Path: "checkedAt", Kind: store.Time}}},
	{Name: "byOutcome", Parts: []store.Part{{Path: "org"}, {Path: "outcome"}, {Path: "checkedAt", Kind: store.Time}}},
	{Name: "byTrouble", Parts: []store.Part{{Path: "outcome"}, {Path: "checkedAt", Kind: store.Time}}},
}})

const (
	fixityEvery = time.Hour           // between two beginnings of the audit
	fixityRun   = 50 * time.Minute    // for which one of them goes on
	fixityAge   = 30 * 24 * time.Hour // after which an original is read again
)

// defaultFixityRate reads 20 TB in a month.
const defaultFixityRate = 8 << 20

// watch begins to keep an eye on the original of an asset.
func watch(tx *store.Tx, a *Asset) error {
	return fixities.Put(tx, &Fixity{Meta: store.Meta{ID: a.ID, Org: a.Org}, Outcome: Unchecked})
}

// unwatch ends it.
func unwatch(tx *store.Tx, id string) error {
	f, err := fixities.Get(tx.Context(), tx, id)
	if errors.Is(err, store.ErrNotFound) {
		return nil
	}
	if err != nil {
		return err
	}
	return fixities.Delete(tx, id, f.Rev, "")
}

// AuditHandlers returns the handlers of the jobs that read all originals again
// and again, slowly, and of the one that makes pyramids of an older recipe anew. They have a runner of their own: nothing waits behind them.
func (s *Service) AuditHandlers() map[string]store.Handler {
	return map[string]store.Handler{JobFixity: s.runFixity, JobRenew: s.runRenew}
}

// runFixity reads originals, the one that has waited longest first, until none is
// due or its time is over.
func (s *Service) runFixity(ctx context.Context, _ *store.Task) error {
	if err := s.next(ctx, JobFixity, fixityEvery); err != nil {
		return err
	}
	for began := s.st.Now(); s.st.Now().Sub(began) < fixityRun; {
		oldest, err := fixities.One(ctx, s.st, store.Query{Index: "byAge", Before: s.st.Now().Add(-fixityAge)})
		if errors.Is(err, store.ErrNotFound) {
			return nil
		}
		if err != nil {
			return err
		}
		if _, err := s.Recheck(ctx, oldest.ID); err != nil && !errors.Is(err, ErrNotFound) {
			return err
		}
	}
	return nil
}

// Recheck reads the original of an asset, no faster than Config.FixityRate, and
// notes what it found.
//
// Errors: ErrNotFound, ErrStorage when the storage does not answer at all.
func (s *Service) Recheck(ctx context.Context, id string) (Outcome, error) {
	a, err := s.Asset(ctx, s.st, id)
	if errors.Is(err, ErrNotFound) {
		return "", errors.Join(err, s.st.Update(ctx, builder, func(tx *store.Tx) error { return unwatch(tx, id) }, store.AsBulk))
	}
	if err != nil {
		return "", err
	}
	found, err := s.readAgain(ctx, a)
	if err != nil {
		return "", err
	}
	was := Unchecked
	err = s.st.Update(ctx, auditor, func(tx *store.Tx) error {
		if _, err := s.Asset(tx.Context(), tx, id); err != nil {
			return err // removed while it was read
		}
		f, err := fixities.Get(tx.Context(), tx, id)
		if errors.Is(err, store.ErrNotFound) {
			f, err = &Fixity{Meta: store.Meta{ID: id, Org: a.Org}, Outcome: Unchecked}, nil
		}
		if err != nil {
			return err
		}
		was = f.Outcome
		f.Outcome, f.CheckedAt = found, tx.Now()
		switch {
		case !found.Trouble():
			f.Since = time.Time{}
		case !was.Trouble():
			f.Since = tx.Now()
		}
		if err := fixities.Put(tx, f); err != nil || found == was || !found.Trouble() && !was.Trouble() {
			return err
		}
		return tx.Audit(a.Org, assets.Name(), id, "media."+string(found), "")
	}, store.AsBulk)
	if err != nil {
		return "", err
	}
	if found.Trouble() {
		s.cfg.Log.Error("media: an original is not what was uploaded; restore it from a backup", "asset", id, "org", a.Org,
			"key", originalKey(a.Org, a.SHA256, id), "found", found)
	} else if was.Trouble() {
		s.cfg.Log.Info("media: an original is sound again", "asset", id, "org", a.Org)
	}
	return found, nil
}

var auditor = actor.Actor{Kind: actor.System, ID: "fixity", Name: "原件校验"}

// readAgain reads the original of a to its end.
func (s *Service) readAgain(ctx context.Context, a *Asset) (Outcome, error) {
	r, missing, err := s.cfg.Originals.open(ctx, originalKey(a.Org, a.SHA256, a.ID))
	if err == nil {
		defer r.Close()
		h := sha256.New()
		if _, err = io.Copy(h, &paced{ctx: ctx, r: r, rate: s.cfg.FixityRate, after: s.cfg.After}); err == nil {
			if hex.EncodeToString(h.Sum(nil)) != a.SHA256 {
				return Damaged, nil
			}
			return Sound, nil
		}
	}
	if ctx.Err() != nil {
		return "", ctx.Err()
	}
	if there, accessErr := s.cfg.Originals.accessible(ctx); accessErr != nil || !there {
		return "", ErrStorage.Wrap(errors.Join(err, accessErr))
	}
	if missing {
		return Missing, nil
	}
	s.cfg.Log.Warn("media: an original cannot be read", "asset", a.ID, "error", err)
	return Unreadable, nil
}

// paced reads at most rate bytes in a second, so that the disk is free for those
// who wait for pictures.
type paced struct {
	ctx   context.Context
	r     io.Reader
	rate  int64
	after func(time.Duration) <-chan time.Time
}

const pacedStep = 256 << 10

// Read implements io.Reader.
func (p *paced) Read(b []byte) (int, error) {
	n, err := p.r.Read(b[:min(len(b), pacedStep)])
	if err != nil || n == 0 {
		return n, err
	}
	select {
	case <-p.after(time.Duration(float64(n) / float64(p.rate) * float64(time.Second))):
		return n, nil
	case <-p.ctx.Done():
		return n, p.ctx.Err()
	}
}

// watchAll begins to keep an eye on every original that nobody watches: those of
// before there was an audit.
func (s *Service) watchAll(ctx context.Context) error {
	for _, state := range []State{Uploaded, Processing, Ready, Failed} {
		q := store.Query{Index: "byState", Equal: []any{string(state)}, Limit: 200}
		for {
			page, err := assets.Find(ctx, s.st, q)
			if err != nil {
				return err
			}
			if err := s.watchMany(ctx, page.Items); err != nil {
				return err
			}
			if q.After = page.Next; q.After == "" {
				break
			}
		}
	}
	return nil
}

func (s *Service) watchMany(ctx context.Context, list []*Asset) error {
	idsOf := make([]string, len(list))
	for i, a := range list {
		idsOf[i] = a.ID
	}
	known, err := fixities.GetMany(ctx, s.st, idsOf)
	if err != nil || len(known) == len(list) {
		return err
	}
	return s.st.Update(ctx, auditor, func(tx *store.Tx) error {
		for _, a := range list {
			if _, err := fixities.Get(tx.Context(), tx, a.ID); err == nil {
				continue
			} else if !errors.Is(err, store.ErrNotFound) {
				return err
			}
			if _, err := s.Asset(tx.Context(), tx, a.ID); errors.Is(err, ErrNotFound) {
				continue // removed meanwhile
			} else if err != nil {
				return err
			}
			if err := watch(tx, a); err != nil {
				return err
			}
		}
		return nil
	}, store.AsBulk)
}

// FixityReport is how the originals of an organisation stand.
type FixityReport struct {
	Org      actor.OrgID
	Counts   map[Outcome]int // at most maxCounted each
	Oldest   time.Time       // when the original was read that has waited longest; zero when none was, or there is none
	Troubles []*Fixity       // at most maxTroubles, damaged ones first
}

const (
	maxCounted  = 1_000_000
	maxTroubles = 200
)

// FixityReport tells how the originals of org stand, to those who may read its
// records.
//
// Errors: ErrNotFound.
func (s *Service) FixityReport(ctx context.Context, by actor.Actor, org actor.OrgID) (*FixityReport, error) {
	if !ids.ValidSlug(string(org)) || !mayRead(by, org) {
		return nil, ErrNotFound.New()
	}
	rep := &FixityReport{Org: org, Counts: make(map[Outcome]int)}
	err := s.st.Snapshot(ctx, func(r store.Reader) error {
		for _, o := range outcomes {
			q := store.Query{Index: "byOutcome", Equal: []any{string(org), string(o)}}
			n, err := fixities.Count(ctx, r, q, maxCounted)
			if err != nil {
				return err
			}
			rep.Counts[o] = n
			if n == 0 || o == Unchecked {
				continue
			}
			q.Limit = 1
			if o.Trouble() {
				q.Limit = maxTroubles
			}
			page, err := fixities.Find(ctx, r, q)
			if err != nil {
				return err
			}
			if at := page.Items[0].CheckedAt; rep.Oldest.IsZero() || at.Before(rep.Oldest) {
				rep.Oldest = at
			}
			if o.Trouble() {
				rep.Troubles = append(rep.Troubles, page.Items[:min(len(page.Items), maxTroubles-len(rep.Troubles))]...)
			}
		}
		return nil
	})
	return rep, err
}

// FixityOf returns what is known of the original of the asset with id; Unchecked
// when nothing is. It asks nobody's right.
func (s *Service) FixityOf(ctx context.Context, r store.Reader, id string) (*Fixity, error) {
	f, err := fixities.Get(ctx, r, id)
	if errors.Is(err, store.ErrNotFound) {
		return &Fixity{Outcome: Unchecked}, nil
	}
	return f, err
}

// FixityStats are the figures of all organisations together, for monitoring.
type FixityStats struct {
	Counts map[Outcome]int // but of Sound
	Oldest time.Time       // as in FixityReport
}

// FixityStats counts; the program itself asks.
func (s *Service) FixityStats(ctx context.Context) (st FixityStats, err error) {
	st.Counts = make(map[Outcome]int)
	for _, o := range outcomes {
		q := store.Query{Index: "byTrouble", Equal: []any{string(o)}}
		if o != Sound {
			if st.Counts[o], err = fixities.Count(ctx, s.st, q, maxCounted); err != nil {
				return st, err
			}
		}
		if o == Unchecked {
			continue
		}
		f, err := fixities.One(ctx, s.st, q)
		if errors.Is(err, store.ErrNotFound) {
			continue
		}
		if err != nil {
			return st, err
		}
		if st.Oldest.IsZero() || f.CheckedAt.Before(st.Oldest) {
			st.Oldest = f.CheckedAt
		}
	}
	return st, nil
}
