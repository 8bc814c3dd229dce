package app

import (
	"context"
	"errors"
	"log/slog"
	"strings"

	"yijianyou/cmd/yijianyou/demo"
	"yijianyou/cmd/yijianyou/internal/config"
	"yijianyou/heritage"
	"yijianyou/heritage/load"
	"yijianyou/internal/store"
	"yijianyou/internal/store/mongostore"
	"yijianyou/internal/store/sqlitestore"
	"yijianyou/media"
	"yijianyou/media/discovery"
	"yijianyou/search/chinese"
	"yijianyou/search/saved"
	"yijianyou/sensors"
	"yijianyou/tourism"
	"yijianyou/web/auth"
	"yijianyou/web/httpkit"
)

// Core is the store, the blobs and the services on them. It opens no index and
// takes no lock, so that a subcommand can use it beside a running server.
type Core struct {
	Config    *config.Config
	Log       *slog.Logger
	Dir       *DataDir
	Store     *store.Store
	Originals *media.Originals
	Auth      *auth.Service
	Media     *media.Service
	Changes   *discovery.Log
	Heritage  *heritage.Service
	Tourism   *tourism.Service
	Sensors   *sensors.Service
	Notifier  *sensors.Notifier
	Loads     *load.Service
	Saved     *saved.Service
}

// Collections are the collections of all packages.
func Collections() []store.Declared {
	var all []store.Declared
	for _, list := range [][]store.Declared{auth.Collections(), httpkit.Collections(), media.Collections(), discovery.Collections(),
		heritage.Collections(), load.Collections(), tourism.Collections(), sensors.Collections(), saved.Collections(), demo.Collections()} {
		all = append(all, list...)
	}
	return all
}

// OpenEngine opens the database that the settings name.
func OpenEngine(ctx context.Context, cfg *config.Config, dir *DataDir) (store.Engine, error) {
	if cfg.Database != "" {
		return mongostore.Open(ctx, cfg.Database, mongostore.Options{})
	}
	return sqlitestore.Open(ctx, dir.Database(), sqlitestore.Options{})
}

// OpenCore opens the data directory, the database and the blobs.
func OpenCore(ctx context.Context, cfg *config.Config, log *slog.Logger) (_ *Core, err error) {
	dir, err := OpenDataDir(cfg.Data)
	if err != nil {
		return nil, err
	}
	c := &Core{Config: cfg, Log: log, Dir: dir}
	defer func() {
		if err != nil {
			err = errors.Join(err, c.Close())
		}
	}()
	engine, err := OpenEngine(ctx, cfg, dir)
	if err != nil {
		return nil, err
	}
	if c.Store, err = store.Open(ctx, engine, store.Options{}, Collections()...); err != nil {
		return nil, errors.Join(err, engine.Close())
	}
	if c.Originals, err = media.OpenOriginals(ctx, c.blobs()); err != nil {
		return nil, err
	}
	return c, c.services()
}

// blobs is the place of the originals.
func (c *Core) blobs() string {
	if c.Config.Blobs != "" {
		return c.Config.Blobs
	}
	return c.Dir.Blobs()
}

// services builds the services from the bottom up.
func (c *Core) services() (err error) {
	secret, err := c.Dir.Secret()
	if err != nil {
		return err
	}
	if c.Auth, err = auth.NewService(c.Store, auth.Options{Key: secret, Secure: c.Config.HTTPS(), FactorRoles: c.Config.FactorRoles, Log: c.Log}); err != nil {
		return err
	}
	c.Media, err = media.New(media.Config{Store: c.Store, Originals: c.Originals, Dir: c.Dir.Pyramids(),
		MaxBytes: int64(c.Config.UploadMB) << 20, MaxSound: int64(c.Config.SoundMB) << 20, MaxFilm: int64(c.Config.FilmMB) << 20, Users: pictureUsers{c},
		Rules: heritage.PictureRules(), Grades: heritage.Grades(), Log: c.Log})
	if err != nil {
		return err
	}
	c.Heritage = heritage.New(heritage.Options{Store: c.Store, Assets: c.Media, SortKey: chinese.SortKey, Loads: load.Visibility{}, Followers: followers{c}})
	c.Tourism = tourism.New(tourism.Options{Store: c.Store, Assets: c.Media, Catalogue: c.Heritage, SortKey: chinese.SortKey, Crowds: crowds{c}})
	c.Changes = discovery.New(c.Store, c.Media, c.shelves(), c.Log)
	c.Sensors = sensors.New(sensors.Options{Store: c.Store, Catalogue: c.Heritage, Orders: c.Heritage.Movements,
		Loans: c.Heritage.Movements, Assets: c.Media, Areas: c.Tourism, Retention: sensors.Retention(c.Config.Keep), Log: c.Log})
	if c.Notifier, err = c.notifier(secret); err != nil {
		return err
	}
	c.Loads = load.New(load.Options{Store: c.Store, Heritage: c.Heritage, Holders: holders{c.Heritage}, Simulated: c.simulated})
	c.Saved = saved.New(c.Store)
	return nil
}

// Handlers are the durable jobs of all packages but the Notifier, whose jobs have
// a runner of their own: an alarm does not wait behind an import.
func (c *Core) Handlers() map[string]store.Handler {
	all := make(map[string]store.Handler)
	for _, part := range []map[string]store.Handler{c.Media.Handlers(), c.Loads.Handlers(), demo.Handlers(c.demoDeps())} {
		for kind, h := range part {
			all[kind] = h
		}
	}
	return all
}

// Close closes everything in the reverse order of opening.
func (c *Core) Close() error {
	var errs []error
	if c.Media != nil {
		errs = append(errs, c.Media.Close())
	}
	if c.Originals != nil {
		errs = append(errs, c.Originals.Close())
	}
	if c.Store != nil {
		errs = append(errs, c.Store.Close())
	}
	return errors.Join(errs...)
}

// engineName says which engine the settings choose, for the log.
func engineName(cfg *config.Config) string {
	if strings.HasPrefix(cfg.Database, "mongodb") {
		return "mongodb"
	}
	return "sqlite"
}
