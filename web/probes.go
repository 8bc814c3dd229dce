package web

import (
	"context"
	"crypto/subtle"
	"net/netip"
	"strings"
	"time"

	"github.com/danielgtaylor/huma/v2"
	"github.com/gofiber/fiber/v2"
	"github.com/gofiber/fiber/v2/middleware/adaptor"
	"github.com/prometheus/client_golang/prometheus/promhttp"

	"yijianyou/internal/fault"
	"yijianyou/web/httpkit"
)

// Check is one thing that must be well for the program to serve.
type Check struct {
	Name string                          // what, for operators: "store", "index public"
	Run  func(ctx context.Context) error // nil error: it is well; ends within a second or two
}

const checkTime = 3 * time.Second

// ErrMetrics is a reader of /metrics who may not.
var ErrMetrics = fault.Define(fault.Denied, "web.metrics",
	"监控数据只供本机或持密钥者读取。", "Metrics are for this machine, or for who sends the key.")

type checkView struct {
	Name string `json:"name"`
	OK   bool   `json:"ok"`
}

func (s *Shell) mountProbes() {
	s.Router.Plain(httpkit.Op{Method: "GET", Path: "/healthz", ID: "healthz", Tag: "operations", Summary: "The process lives", Policy: httpkit.Public()},
		plainText("ok"), func(c *fiber.Ctx) error {
			c.Set(fiber.HeaderCacheControl, "no-store")
			return c.SendString("ok\n")
		})
	doc := &huma.Operation{Responses: map[string]*huma.Response{
		"200": {Description: "every check is well", Content: map[string]*huma.MediaType{"application/json": {}}},
		"503": {Description: "a check fails or the program stops", Content: map[string]*huma.MediaType{"application/json": {}}},
	}}
	s.Router.Plain(httpkit.Op{Method: "GET", Path: "/readyz", ID: "readyz", Tag: "operations", Summary: "The program can serve", Policy: httpkit.Public()},
		doc, s.ready)
	if s.opts.Registry == nil {
		return
	}
	metrics := adaptor.HTTPHandler(promhttp.HandlerFor(s.opts.Registry, promhttp.HandlerOpts{}))
	s.Router.Plain(httpkit.Op{Method: "GET", Path: "/metrics", ID: "metrics", Tag: "operations", Summary: "Prometheus metrics, for this machine or with the key",
		Policy: httpkit.Public(), Faults: []*fault.Code{ErrMetrics}},
		plainText("Prometheus text format"), func(c *fiber.Ctx) error {
			if !s.mayMeasure(c) {
				return ErrMetrics.New()
			}
			c.Set(fiber.HeaderCacheControl, "no-store")
			return metrics(c)
		})
}

func plainText(what string) *huma.Operation {
	return &huma.Operation{Responses: map[string]*huma.Response{
		"200": {Description: what, Content: map[string]*huma.MediaType{"text/plain": {Schema: &huma.Schema{Type: "string"}}}}}}
}

// ready runs the checks one after another: there are few, and each is quick.
// The answer names what fails; why is in the log.
func (s *Shell) ready(c *fiber.Ctx) error {
	ctx, cancel := context.WithTimeout(c.UserContext(), checkTime)
	defer cancel()
	views := []checkView{{Name: "running", OK: !s.stopping.Load()}}
	for _, check := range s.opts.Checks {
		err := check.Run(ctx)
		if err != nil {
			s.Router.Log().WarnContext(ctx, "not ready", "check", check.Name, "error", err.Error())
		}
		views = append(views, checkView{Name: check.Name, OK: err == nil})
	}
	status := "ready"
	for _, v := range views {
		if !v.OK {
			status = "not ready"
			c.Status(fiber.StatusServiceUnavailable)
		}
	}
	c.Set(fiber.HeaderCacheControl, "no-store")
	return c.JSON(struct {
		Status string      `json:"status"`
		Checks []checkView `json:"checks"`
	}{status, views})
}

// mayMeasure: with the key from anywhere, without it from this machine only. A
// proxy on this machine looks like it and is told apart by what it adds.
func (s *Shell) mayMeasure(c *fiber.Ctx) bool {
	if key, ok := strings.CutPrefix(c.Get(fiber.HeaderAuthorization), "Bearer "); ok && s.opts.MetricsKey != "" {
		return subtle.ConstantTimeCompare([]byte(key), []byte(s.opts.MetricsKey)) == 1
	}
	addr, err := netip.ParseAddr(httpkit.Address(c.UserContext()))
	return err == nil && addr.IsLoopback() && c.Get(fiber.HeaderXForwardedFor) == "" && c.Get("Forwarded") == ""
}
