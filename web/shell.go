package web

import (
	"context"
	"errors"
	"io/fs"
	"net"
	"sync/atomic"
	"time"

	"github.com/prometheus/client_golang/prometheus"

	"yijianyou/web/httpkit"
)

// Options of the Shell.
type Options struct {
	Kit      httpkit.Options         // Kit.Metrics is set from Registry
	Mounts   []func(*httpkit.Router) // routes of the packages, in this order
	Checks   []Check                 // of readiness, beside that the program is not stopping
	Registry *prometheus.Registry    // nil: /metrics answers 404
	// MetricsKey lets those read /metrics who send it as Bearer; without it only
	// the loopback address may, and not through a proxy.
	MetricsKey string
	Settings   Settings
	Pages      Pages
	Grace      time.Duration // that running requests get at the end; 0 means 20 s
}

// Pages is the built front end.
type Pages struct {
	Files       fs.FS  // nil: no pages
	Guide       string // file that answers every path of the guide, such as index.html
	Console     string // file that answers every path below /console
	Placeholder string // file to show while the others are not there
}

// Settings are what public pages must say about who runs them. Members may be
// empty.
type Settings struct {
	Operator       string `json:"operator,omitempty" doc:"运营单位"`
	MapApproval    string `json:"mapApproval,omitempty" doc:"审图号"`
	ICP            string `json:"icp,omitempty" doc:"ICP 备案号"`
	PublicSecurity string `json:"publicSecurity,omitempty" doc:"公安备案号"`
	PrivacyURL     string `json:"privacyUrl,omitempty" doc:"the operator's privacy policy; empty means the built-in page"`
	Demo           bool   `json:"demo,omitempty" doc:"runs with demo data"`
	Version        string `json:"version,omitempty"`
}

// Shell is the assembled server.
type Shell struct {
	Router   *httpkit.Router
	opts     Options
	stopping atomic.Bool
}

// New assembles the routes. It panics on a mistake in a declaration.
func New(opts Options) (*Shell, error) {
	if opts.Grace == 0 {
		opts.Grace = 20 * time.Second
	}
	if opts.Registry != nil {
		opts.Kit.Metrics = opts.Registry
	}
	s := &Shell{Router: httpkit.New(opts.Kit), opts: opts}
	s.mountProbes()
	for _, mount := range opts.Mounts {
		mount(s.Router)
	}
	s.mountSettings()
	if err := s.mountDocument(); err != nil {
		return nil, err
	}
	return s, s.mountPages()
}

type settingsOutput struct{ Body Settings }

func (s *Shell) mountSettings() {
	httpkit.Handle(s.Router, httpkit.Op{Method: "GET", Path: "/api/v1/settings", ID: "settings", Tag: "settings",
		Summary: "What public pages say about who runs them", Policy: httpkit.Public()},
		func(context.Context, *struct{}) (*settingsOutput, error) {
			return &settingsOutput{Body: s.opts.Settings}, nil
		})
}

// Serve answers on ln until ctx ends, then lets running requests finish. It
// closes ln.
func (s *Shell) Serve(ctx context.Context, ln net.Listener) error {
	served := make(chan error, 1)
	go func() { served <- s.Router.App.Listener(ln) }()
	select {
	case err := <-served:
		return err
	case <-ctx.Done():
	}
	s.stopping.Store(true)
	err := s.Router.App.ShutdownWithTimeout(s.opts.Grace)
	if errors.Is(err, context.DeadlineExceeded) {
		s.Router.Log().Warn("requests cut off at the end", "grace", s.opts.Grace)
		err = nil
	}
	return errors.Join(err, <-served)
}
