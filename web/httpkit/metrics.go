package httpkit

import (
	"strconv"
	"time"

	"github.com/prometheus/client_golang/prometheus"
)

// metrics count requests by method, route pattern and status. The zero value
// counts nothing.
type metrics struct {
	requests *prometheus.CounterVec
	seconds  *prometheus.HistogramVec
}

func newMetrics(reg prometheus.Registerer) metrics {
	if reg == nil {
		return metrics{}
	}
	m := metrics{
		requests: prometheus.NewCounterVec(prometheus.CounterOpts{Name: "yjy_http_requests_total",
			Help: "HTTP requests by method, route and status."}, []string{"method", "route", "status"}),
		seconds: prometheus.NewHistogramVec(prometheus.HistogramOpts{Name: "yjy_http_request_seconds",
			Help: "Time until the answer was ready.", Buckets: []float64{.001, .002, .005, .01, .02, .05, .1, .2, .5, 1, 2, 5, 20}}, []string{"method", "route"}),
	}
	reg.MustRegister(m.requests, m.seconds)
	return m
}

// counted is what counts the requests of one method, route and status. The zero
// value counts nothing.
type counted struct {
	requests prometheus.Counter
	seconds  prometheus.Observer
}

func (m metrics) of(method, route string, status int) counted {
	if m.requests == nil {
		return counted{}
	}
	return counted{m.requests.WithLabelValues(method, route, strconv.Itoa(status)), m.seconds.WithLabelValues(method, route)}
}

func (c counted) observe(took time.Duration) {
	if c.requests != nil {
		c.requests.Inc()
		c.seconds.Observe(took.Seconds())
	}
}
