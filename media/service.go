package media

import (
	"context"
	"errors"
	"log/slog"
	"os"
	"path/filepath"
	"runtime"
	"sync"
	"time"

	"golang.org/x/sync/singleflight"

	"yijianyou/internal/actor"
	"yijianyou/internal/store"
	"yijianyou/internal/typeface"
	"yijianyou/media/pyramid"
)

// Config is what a Service works with. Store, Originals and Dir are required.
type Config struct {
	Store     *store.Store
	Originals *Originals
	Dir       string // folder of this machine for pyramids and waiting uploads; made when missing, may be emptied while the program rests
	Users     Users  // nil: nobody refers to assets

	Rules  []Rule   // policy of every organisation that has stored none of its own
	Grades []string // codes of what a Rule may ask for; they mean nothing here

	MaxBytes int64          // of a picture; 0 means 200 MiB
	MaxSound int64          // bytes of a sound; 0 means 200 MiB
	MaxFilm  int64          // bytes of a film; 0 means 2 GiB
	Incoming IncomingLimits // of uploads in pieces; zero means DefaultIncomingLimits
	Limits   pyramid.Limits // of an upload; zero means pyramid.DefaultLimits
	Builds   int            // pyramids that are made at once; 0 means 1
	Renders  int            // requests that are computed at once; 0 means the number of processors
	Tiles    int64          // bytes of decoded tiles that are kept for them; 0 means 64 MiB
	Log      *slog.Logger   // nil means slog.Default()

	// FixityRate bounds the bytes that the audit of originals reads in a second; 0
	// means 8 MiB. After is the clock of its pauses and of the rests of what comes in;
	// nil means time.After.
	FixityRate int64
	After      func(time.Duration) <-chan time.Time
}

const (
	defaultMaxBytes = 200 << 20
	defaultMaxFilm  = 2 << 30
	defaultTiles    = 64 << 20
)

// maxLooks is of how many assets is remembered what the public may see.
const maxLooks = 4096

// Service is what may be done with assets. It is safe for concurrent use.
type Service struct {
	cfg      Config
	st       *store.Store
	files    *openFiles
	building chan struct{} // one place for each Build at work
	render   chan struct{} // one place for each Render at work
	turns    turns         // of renders and builds
	telling  chan struct{} // one place for each reading of Metadata
	aside    *aside        // places for what comes in and for builds
	writers  writers       // of uploads in pieces
	again    singleflight.Group
	rebuilds sync.WaitGroup
	font     func() ([]byte, error) // what marks are drawn with
	looks    *store.Memo[*Look]     // of the public, by asset
}

// New makes the folders that it needs.
func New(cfg Config) (*Service, error) {
	if cfg.Store == nil || cfg.Originals == nil || cfg.Dir == "" {
		return nil, errors.New("media: Config needs Store, Originals and Dir")
	}
	if cfg.MaxBytes == 0 {
		cfg.MaxBytes = defaultMaxBytes
	}
	if cfg.MaxSound == 0 {
		cfg.MaxSound = defaultMaxBytes
	}
	if cfg.MaxFilm == 0 {
		cfg.MaxFilm = defaultMaxFilm
	}
	if cfg.Limits == (pyramid.Limits{}) {
		cfg.Limits = pyramid.DefaultLimits
	}
	if cfg.Incoming == (IncomingLimits{}) {
		cfg.Incoming = DefaultIncomingLimits
	}
	if cfg.FixityRate <= 0 {
		cfg.FixityRate = defaultFixityRate
	}
	if cfg.After == nil {
		cfg.After = time.After
	}
	if cfg.Builds == 0 {
		cfg.Builds = 1
	}
	if cfg.Renders == 0 {
		cfg.Renders = runtime.NumCPU()
	}
	if cfg.Tiles == 0 {
		cfg.Tiles = defaultTiles
	}
	if cfg.Log == nil {
		cfg.Log = slog.Default()
	}
	s := &Service{cfg: cfg, st: cfg.Store, files: newOpenFiles(maxOpenFiles, cfg.Tiles), building: make(chan struct{}, cfg.Builds), render: make(chan struct{}, cfg.Renders),
		telling: make(chan struct{}, cfg.Renders), aside: newAside(cfg.Renders, cfg.After), writers: writers{busy: make(map[string]bool)}, font: sync.OnceValues(typeface.Chinese),
		looks: store.NewMemo[*Look](cfg.Store, maxLooks)}
	for _, dir := range []string{s.uploadDir(), s.incomingDir(), filepath.Join(cfg.Dir, "pyramids")} {
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

// MaxBytes is the largest upload of any type.
func (s *Service) MaxBytes() int64 { return max(s.cfg.MaxBytes, s.cfg.MaxSound, s.cfg.MaxFilm) }

// mostBytes is the largest upload of a type.
func (s *Service) mostBytes(t Type) int64 {
	switch t {
	case AudioType:
		return s.cfg.MaxSound
	case VideoType:
		return s.cfg.MaxFilm
	}
	return s.cfg.MaxBytes
}

func (s *Service) uploadDir() string { return filepath.Join(s.cfg.Dir, "uploads") }

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
