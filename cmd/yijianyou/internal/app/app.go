package app

import (
	"context"
	"errors"
	"log/slog"
	"net"
	"path/filepath"

	"github.com/prometheus/client_golang/prometheus"
	"github.com/prometheus/client_golang/prometheus/collectors"
	"golang.org/x/sync/errgroup"

	"yijianyou/cmd/yijianyou/internal/config"
	"yijianyou/heritage/lexicon"
	"yijianyou/internal/store"
	"yijianyou/search"
	"yijianyou/search/feed"
	"yijianyou/search/index"
	"yijianyou/web"
	"yijianyou/web/live"
)

// App is the whole program as `serve` runs it.
type App struct {
	*Core
	Public, Staff *index.Index
	Feed          *feed.Feed
	Hub           *live.Hub
	Jobs          *store.Runner
	Notices       *store.Runner // of alarms to contacts outside
	Audits        *store.Runner // of originals, which are read again and again
	Retention     *store.Runner // removes what has been kept long enough
	Shell         *web.Shell

	// DemoPassword is that of the demo accounts that this start made; "" when it
	// made none.
	DemoPassword string
	DemoAccounts []string

	listener net.Listener
	devices  net.Listener // of MQTT, until the intake has it; nil when there is none
	intake   intake       // where messages of devices come in; nil when there is none
}

// Build opens everything, takes the lock of the data directory and listens. It
// returns before the indexes have caught up; /readyz tells.
//
// Errors: ErrLocked, web.ErrPortInUse and what the parts say.
func Build(ctx context.Context, cfg *config.Config, log *slog.Logger, version string) (_ *App, err error) {
	a := &App{}
	defer func() {
		if err != nil {
			err = errors.Join(err, a.Close())
		}
	}()
	dir, err := OpenDataDir(cfg.Data)
	if err != nil {
		return nil, err
	}
	if err := dir.Lock("serve " + cfg.Listen); err != nil {
		return nil, err
	}
	a.Core = &Core{Config: cfg, Log: log, Dir: dir}
	if a.listener, err = web.Listen("listen", cfg.Listen, cfg.TLSCert, cfg.TLSKey); err != nil {
		return nil, err
	}
	if a.devices, err = listenDevices(cfg); err != nil {
		return nil, err
	}
	core, err := OpenCore(ctx, cfg, log)
	if err != nil {
		return nil, err
	}
	core.Dir = dir // the one that holds the lock
	a.Core = core
	a.openIntake()
	if err := a.openIndexes(); err != nil {
		return nil, err
	}
	if err := a.Media.Begin(ctx); err != nil {
		return nil, err
	}
	if err := a.Sensors.BeginRetention(ctx); err != nil {
		return nil, err
	}
	if cfg.Demo {
		password, made, err := a.demoAccounts(ctx)
		if err != nil {
			return nil, err
		}
		if len(made) > 0 {
			a.DemoPassword, a.DemoAccounts = password, made
		}
	}
	a.Hub = live.NewHub(a.Store, live.Options{Topics: topics(), Log: log})
	a.Jobs = store.NewRunner(a.Store, store.RunnerOptions{Handlers: a.Handlers(), Workers: 2, Log: log})
	a.Notices = store.NewRunner(a.Store, store.RunnerOptions{Handlers: a.Notifier.Handlers(), Workers: noticeWorkers, Log: log})
	a.Audits = store.NewRunner(a.Store, store.RunnerOptions{Handlers: a.Media.AuditHandlers(), Workers: 2, Log: log})
	a.Retention = store.NewRunner(a.Store, store.RunnerOptions{Handlers: a.Sensors.RetentionHandlers(), Log: log})
	registry := prometheus.NewRegistry()
	registry.MustRegister(collectors.NewGoCollector(), collectors.NewProcessCollector(collectors.ProcessCollectorOpts{}), feedMetrics{a.Feed}, intakeMetrics{a.intake}, sampleMetrics{a.Sensors}, originalMetrics{a.Media, log})
	a.Shell, err = a.shell(registry, version)
	return a, err
}

// openIndexes opens both indexes and the feed that follows the store.
func (a *App) openIndexes() (err error) {
	opts := index.Options{Lexicon: lexicon.New(), Log: a.Log}
	if a.Public, err = index.Open(filepath.Join(a.Dir.Index(), "public"), search.Public, opts); err != nil {
		return err
	}
	if a.Staff, err = index.Open(filepath.Join(a.Dir.Index(), "staff"), search.Staff, opts); err != nil {
		return err
	}
	a.Feed, err = feed.New(a.Store, []*index.Index{a.Public, a.Staff}, a.sources(), feed.Options{Log: a.Log})
	return err
}

// sources are what the indexes are filled from.
func (c *Core) sources() []search.Source {
	return []search.Source{catalogueSource{SearchSource: c.Heritage.Search(), h: c.Heritage}, c.Tourism}
}

// Address is where HTTP listens; the port is the real one when 0 was asked for.
func (a *App) Address() string { return a.listener.Addr().String() }

// Run serves until ctx ends, then stops in the order in which requests,
// streams, jobs and the feed need each other.
func (a *App) Run(ctx context.Context) error {
	group, ctx := errgroup.WithContext(ctx)
	group.Go(func() error { return a.Feed.Run(ctx) })
	group.Go(func() error { return a.Changes.Run(ctx) })
	group.Go(func() error { return a.Jobs.Run(ctx) })
	group.Go(func() error { return a.Notices.Run(ctx) })
	group.Go(func() error { return a.Audits.Run(ctx) })
	group.Go(func() error { return a.Retention.Run(ctx) })
	group.Go(func() error { return a.Hub.Run(ctx) })
	group.Go(func() error { return a.turnDays(ctx) })
	group.Go(func() error { return a.lookAhead(ctx) })
	a.runSensors(ctx, group)
	group.Go(func() error {
		ln := a.listener
		a.listener = nil
		return a.Shell.Serve(ctx, ln)
	})
	if a.Config.Demo {
		group.Go(func() error {
			if err := a.loadDemo(ctx); err != nil {
				return err
			}
			return a.beat(ctx)
		})
	}
	a.Log.Info("listening", "address", a.Config.Listen, "engine", engineName(a.Config), "data", a.Config.Data)
	if err := group.Wait(); err != nil && !errors.Is(err, context.Canceled) {
		return err
	}
	a.Log.Info("stopped")
	return nil
}

// Close closes what Run does not need any more.
func (a *App) Close() error {
	var errs []error
	for _, ln := range []net.Listener{a.listener, a.devices} {
		if ln != nil {
			errs = append(errs, ln.Close())
		}
	}
	for _, x := range []*index.Index{a.Public, a.Staff} {
		if x != nil {
			errs = append(errs, x.Close())
		}
	}
	if a.Core != nil {
		errs = append(errs, a.Core.Close())
		a.Dir.Unlock()
	}
	return errors.Join(errs...)
}

// ready are the checks of /readyz beside that the program is not stopping.
func (a *App) ready() []web.Check {
	return []web.Check{
		{Name: "store", Run: a.Store.Ping},
		{Name: "search", Run: func(context.Context) error {
			if !a.Feed.Ready() {
				return search.ErrBuilding.New()
			}
			return nil
		}},
	}
}
