package media

import (
	"context"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"sync"
	"time"

	"yijianyou/internal/actor"
	"yijianyou/internal/fault"
	"yijianyou/internal/ids"
	"yijianyou/internal/store"
)

// Incoming is an upload that comes in pieces. Its bytes lie in a file of the
// machine that began it; the document says how many of them are on the disk.
type Incoming struct {
	store.Meta  `bson:",inline"`
	Account     string    `bson:"account"`               // who began it
	Name        string    `bson:"name,omitempty"`        // of the file, without folders
	Length      int64     `bson:"length"`                // bytes of the whole
	Offset      int64     `bson:"offset"`                // bytes that are written and synced
	SHA256      string    `bson:"sha256,omitempty"`      // that the whole must have, hexadecimal; "" is not known
	ExpiresAt   time.Time `bson:"expiresAt"`             // when it is forgotten, unless more comes
	OpenOrg     string    `bson:"openOrg,omitempty"`     // Org until it is finished: counts against the limits
	OpenAccount string    `bson:"openAccount,omitempty"` // Account until then
	Asset       string    `bson:"asset,omitempty"`       // what has become of it when it is finished
	Created     bool      `bson:"created,omitempty"`     // that asset was new
}

// incomings has no history: an upload that is not finished is no record.
var incomings = store.Define[Incoming](store.Spec{Name: "incomings", Schema: 1, Indexes: []store.Index{
	{Name: "byOrg", Parts: []store.Part{{Path: "openOrg"}}},
	{Name: "byAccount", Parts: []store.Part{{Path: "openAccount"}}},
	{Name: "byExpiry", Parts: []store.Part{{Path: "expiresAt", Kind: store.Time}}},
}})

// IncomingLimits bound what may be begun and not finished.
type IncomingLimits struct {
	Account, Org           int   // uploads of one account and of one organisation
	AccountBytes, OrgBytes int64 // of their declared lengths
}

// DefaultIncomingLimits bear a morning's work of a photographer.
var DefaultIncomingLimits = IncomingLimits{Account: 200, Org: 1000, AccountBytes: 20 << 30, OrgBytes: 50 << 30}

// incomingLife is how long an upload waits for its next piece.
const incomingLife = 24 * time.Hour

// NewIncoming announces a file.
type NewIncoming struct {
	Org    actor.OrgID
	Name   string // only its last part is kept
	Length int64  // bytes, more than 0
	SHA256 string // of the whole, 64 lower-case hexadecimal digits; "" is not known
}

var digestForm = regexp.MustCompile(`^[0-9a-f]{64}$`)

// Announce begins an upload in pieces.
//
// Errors: ErrOrg, ErrDenied, ErrEmpty, ErrTooLarge, ErrUploadDigest, ErrUploads,
// ErrStorage.
func (s *Service) Announce(ctx context.Context, by actor.Actor, n NewIncoming) (*Incoming, error) {
	switch {
	case !ids.ValidSlug(string(n.Org)):
		return nil, ErrOrg.New()
	case !by.Can(actor.MediaWrite, n.Org):
		return nil, ErrDenied.New()
	case n.Length <= 0:
		return nil, ErrEmpty.New()
	case n.Length > s.MaxBytes():
		return nil, ErrTooLarge.New(fault.P("mb", s.MaxBytes()>>20))
	case n.SHA256 != "" && !digestForm.MatchString(n.SHA256):
		return nil, ErrUploadDigest.New()
	}
	id := ids.New()
	if err := makeEmpty(s.incomingName(id)); err != nil {
		return nil, ErrStorage.Wrap(err)
	}
	var in *Incoming
	err := s.st.Update(ctx, by, func(tx *store.Tx) error {
		in = &Incoming{Meta: store.Meta{ID: id, Org: n.Org}, Account: by.ID, Name: lastName(n.Name), Length: n.Length, SHA256: n.SHA256,
			ExpiresAt: tx.Now().Add(incomingLife), OpenOrg: string(n.Org), OpenAccount: by.ID}
		if err := s.admit(tx, in); err != nil {
			return err
		}
		return incomings.Put(tx, in)
	})
	if err != nil {
		return nil, errors.Join(err, s.eraseIncoming(id))
	}
	return in, nil
}

// makeEmpty makes an empty file of that name, durable with its folder.
func makeEmpty(name string) error {
	f, err := os.OpenFile(name, os.O_CREATE|os.O_EXCL|os.O_WRONLY, 0o600)
	if err != nil {
		return err
	}
	if err := errors.Join(f.Sync(), f.Close()); err != nil {
		return err
	}
	return syncPath(filepath.Dir(name))
}

// admit compares what is open with the limits. Whoever else announces for the
// same organisation or account waits.
func (s *Service) admit(tx *store.Tx, n *Incoming) error {
	lim := s.cfg.Incoming
	for _, of := range []struct {
		index, key string
		count      int
		bytes      int64
	}{{"byOrg", n.OpenOrg, lim.Org, lim.OrgBytes}, {"byAccount", n.OpenAccount, lim.Account, lim.AccountBytes}} {
		if err := tx.Guard("media/incoming/" + of.index + "/" + of.key); err != nil {
			return err
		}
		count, bytes := 1, n.Length
		err := incomings.Each(tx.Context(), tx, store.Query{Index: of.index, Equal: []any{of.key}, Limit: store.MaxLimit}, func(in *Incoming) error {
			count++
			bytes += in.Length
			return nil
		})
		if err != nil {
			return err
		}
		if count > of.count || bytes > of.bytes {
			return ErrUploads.New()
		}
	}
	return nil
}

// Incoming returns the upload with id: how far it has come, or what became of it.
//
// Errors: ErrUploadNotFound, also when by may not upload for its organisation.
func (s *Service) Incoming(ctx context.Context, by actor.Actor, id string) (*Incoming, error) {
	in, err := incomings.Get(ctx, s.st, id)
	if errors.Is(err, store.ErrNotFound) {
		return nil, ErrUploadNotFound.New()
	}
	if err != nil {
		return nil, err
	}
	if !by.Can(actor.MediaWrite, in.Org) || s.st.Now().After(in.ExpiresAt) {
		return nil, ErrUploadNotFound.New()
	}
	if in.Asset != "" {
		return in, nil
	}
	// The bytes may lie on another machine, or have gone with the folder.
	if st, err := os.Stat(s.incomingName(id)); errors.Is(err, fs.ErrNotExist) || err == nil && st.Size() < in.Offset {
		return nil, ErrUploadNotFound.New()
	} else if err != nil {
		return nil, ErrStorage.Wrap(err)
	}
	return in, nil
}

// Abandon ends the upload with id and forgets its bytes.
//
// Errors: ErrUploadNotFound, ErrUploadBusy, ErrStorage.
func (s *Service) Abandon(ctx context.Context, by actor.Actor, id string) error {
	release, ok := s.writers.take(id)
	if !ok {
		if _, err := s.Incoming(ctx, by, id); err != nil {
			return err
		}
		return ErrUploadBusy.New()
	}
	defer release()
	in, err := s.Incoming(ctx, by, id)
	if err != nil {
		return err
	}
	return s.forget(ctx, in)
}

// forget removes the document, then the bytes: a document without bytes would
// promise what is not there.
func (s *Service) forget(ctx context.Context, in *Incoming) error {
	err := s.st.Update(ctx, builder, func(tx *store.Tx) error {
		now, err := incomings.Get(tx.Context(), tx, in.ID)
		if errors.Is(err, store.ErrNotFound) {
			return nil
		}
		if err != nil {
			return err
		}
		return incomings.Delete(tx, now.ID, now.Rev, "")
	})
	if err != nil {
		return err
	}
	if err := s.eraseIncoming(in.ID); err != nil {
		return ErrStorage.Wrap(err)
	}
	return nil
}

func (s *Service) incomingDir() string { return filepath.Join(s.cfg.Dir, "incoming") }

func (s *Service) incomingName(id string) string { return filepath.Join(s.incomingDir(), id+".part") }

func (s *Service) eraseIncoming(id string) error {
	if err := os.Remove(s.incomingName(id)); err != nil && !errors.Is(err, fs.ErrNotExist) {
		return err
	}
	return nil
}

// writers are the uploads that are being written to in this process.
type writers struct {
	mu   sync.Mutex
	busy map[string]bool
}

// take makes the caller the one writer of id until release; ok is false while
// there is another.
func (w *writers) take(id string) (release func(), ok bool) {
	w.mu.Lock()
	defer w.mu.Unlock()
	if w.busy[id] {
		return nil, false
	}
	w.busy[id] = true
	return func() {
		w.mu.Lock()
		defer w.mu.Unlock()
		delete(w.busy, id)
	}, true
}
