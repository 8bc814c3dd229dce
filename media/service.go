package media

import (
	"context"
	"errors"
	"log/slog"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"sync"

	"golang.org/x/sync/singleflight"

	"yijianyou/internal/actor"
	"yijianyou/internal/store"
	"yijianyou/media/pyramid"
)

// Config is what a Service works with. Store, Originals and Dir are required.
type Config struct {
	Store     *store.Store
	Originals *Originals
	Dir       string // folder of this machine for pyramids and waiting uploads; made when missing, may be emptied while the program rests
	Users     Users  // nil: nobody refers to assets

	MaxBytes int64          // of an upload; 0 means 200 MiB
	Limits   pyramid.Limits // of an upload; zero means pyramid.DefaultLimits
	Builds   int            // pyramids that are made at once; 0 means 1
	Renders  int            // requests that are computed at once; 0 means the number of processors
	Log      *slog.Logger   // nil means slog.Default()
}

const defaultMaxBytes = 200 << 20

// Service is what may be done with assets. It is safe for concurrent use.
type Service struct {
	cfg      Config
	st       *store.Store
	files    *openFiles
	building chan struct{} // one place for each Build at work
	render   chan struct{} // one place for each Render at work
	again    singleflight.Group
	rebuilds sync.WaitGroup
}

// New makes the folders that it needs.
func New(cfg Config) (*Service, error) {
	if cfg.Store == nil || cfg.Originals == nil || cfg.Dir == "" {
		return nil, errors.New("media: Config needs Store, Originals and Dir")
	}
	if cfg.MaxBytes == 0 {
		cfg.MaxBytes = defaultMaxBytes
	}
	if cfg.Limits == (pyramid.Limits{}) {
		cfg.Limits = pyramid.DefaultLimits
	}
	if cfg.Builds == 0 {
		cfg.Builds = 1
	}
	if cfg.Renders == 0 {
		cfg.Renders = runtime.NumCPU()
	}
	if cfg.Log == nil {
		cfg.Log = slog.Default()
	}
	s := &Service{cfg: cfg, st: cfg.Store, files: newOpenFiles(maxOpenFiles), building: make(chan struct{}, cfg.Builds), render: make(chan struct{}, cfg.Renders)}
	for _, dir := range []string{s.uploadDir(), filepath.Join(cfg.Dir, "pyramids")} {
		if err := os.MkdirAll(dir, 0o755); err != nil {
			return nil, err
		}
	}
	return s, nil
}

// Close waits for what is being made and closes the open pyramids. It does not
// close the store or the originals.
func (s *Service) Close() error {
	s.rebuilds.Wait()
	s.files.closeAll()
	return nil
}

// MaxBytes is the largest upload.
func (s *Service) MaxBytes() int64 { return s.cfg.MaxBytes }

func (s *Service) uploadDir() string { return filepath.Join(s.cfg.Dir, "uploads") }

// pyramidName is where the packed file of an asset stands on this machine. The
// last characters of an id are random, so that folders fill evenly.
func (s *Service) pyramidName(id string) string {
	return filepath.Join(s.cfg.Dir, "pyramids", id[len(id)-2:], id+".tiles")
}

// mayRead reports whether by may see whatever org has, published or not.
func mayRead(by actor.Actor, org actor.OrgID) bool {
	return by.Can(actor.RecordRead, org) || by.Can(actor.AreaRead, org)
}

// Asset returns the asset with id for the program itself: nobody's right to see
// it is asked. Tombstones are not found.
//
// Errors: ErrNotFound.
func (s *Service) Asset(ctx context.Context, r store.Reader, id string) (*Asset, error) {
	a, err := assets.Get(ctx, r, id)
	if errors.Is(err, store.ErrNotFound) || (err == nil && a.State == Removed) {
		return nil, ErrNotFound.New()
	}
	return a, err
}

// See returns the asset with id as staff may see it.
//
// Errors: ErrNotFound, also when by may not see it.
func (s *Service) See(ctx context.Context, by actor.Actor, id string) (*Asset, error) {
	a, err := s.Asset(ctx, s.st, id)
	if err != nil {
		return nil, err
	}
	if !mayRead(by, a.Org) {
		return nil, ErrNotFound.New()
	}
	return a, nil
}

// Guard makes a record that begins to name an asset wait for the removal of
// that asset, and the reverse. Whoever saves such a record calls it in the same
// transaction, after it has seen that the asset is there.
func Guard(tx *store.Tx, asset AssetID) error { return tx.Guard("media/asset/" + asset) }

// SetRights writes what the published records of shower, a part of the program
// such as "heritage", make of an asset, in the transaction of the caller, who
// publishes or withdraws what shows it. Rights for staff say that none of them
// shows it any more. The asset has the most open of the rights that its showers
// give: what one part withdraws stays public while another still shows it.
//
// The actor of the transaction must be allowed to publish in the organisation of
// the asset, so that nobody opens a picture by showing it in a record of his own.
//
// Errors: ErrNotFound, ErrDenied, those of Rights.Check.
func (s *Service) SetRights(tx *store.Tx, asset AssetID, shower string, r Rights) error {
	a, err := s.Asset(tx.Context(), tx, asset)
	if err != nil {
		return err
	}
	if by := tx.Actor(); !by.Can(actor.RecordPublish, a.Org) && !by.Can(actor.AreaPublish, a.Org) {
		if !mayRead(by, a.Org) {
			return ErrNotFound.New()
		}
		return ErrDenied.New()
	}
	return a.show(tx, shower, r)
}

// FollowRights is SetRights without a question to the actor: for pictures that
// come into sight or go out of it because something has on which the records that
// show them depend. Who published those records had the right.
//
// Errors: ErrNotFound, those of Rights.Check.
func (s *Service) FollowRights(tx *store.Tx, asset AssetID, shower string, r Rights) error {
	a, err := s.Asset(tx.Context(), tx, asset)
	if err != nil {
		return err
	}
	return a.show(tx, shower, r)
}

// show saves a with the rights that shower gives it now.
func (a *Asset) show(tx *store.Tx, shower string, r Rights) error {
	if err := r.Check(); err != nil {
		return err
	}
	showers := give(a.Showers, shower, r)
	rights := widest(showers)
	if a.Rights == rights && slices.Equal(a.Showers, showers) {
		return nil
	}
	a.Showers, a.Rights = showers, rights
	return assets.Put(tx, a)
}
