package app

import (
	"context"
	"log/slog"
	"time"

	"github.com/prometheus/client_golang/prometheus"

	"yijianyou/media"
	"yijianyou/search/feed"
	"yijianyou/sensors"
)

// feedMetrics tells Prometheus how far the indexes are behind the store.
type feedMetrics struct{ feed *feed.Feed }

var (
	indexLag = prometheus.NewDesc("yijianyou_index_lag_seconds",
		"Age of the oldest change that is not searchable yet.", []string{"index"}, nil)
	indexDocuments = prometheus.NewDesc("yijianyou_index_documents",
		"Documents in the index.", []string{"index"}, nil)
	indexBytes = prometheus.NewDesc("yijianyou_index_bytes",
		"Size of the index on disk.", []string{"index"}, nil)
	indexReady = prometheus.NewDesc("yijianyou_index_ready",
		"1 when the index can be searched.", []string{"index"}, nil)
	indexRejected = prometheus.NewDesc("yijianyou_index_rejected_total",
		"Records left out of the index because they break a rule.", []string{"index"}, nil)
)

// Describe implements prometheus.Collector.
func (feedMetrics) Describe(ch chan<- *prometheus.Desc) {
	for _, d := range []*prometheus.Desc{indexLag, indexDocuments, indexBytes, indexReady, indexRejected} {
		ch <- d
	}
}

// Collect implements prometheus.Collector.
func (m feedMetrics) Collect(ch chan<- prometheus.Metric) {
	for _, s := range m.feed.Status() {
		name, ready := string(s.Audience), 0.0
		if s.Ready {
			ready = 1
		}
		ch <- prometheus.MustNewConstMetric(indexLag, prometheus.GaugeValue, s.Lag.Seconds(), name)
		ch <- prometheus.MustNewConstMetric(indexDocuments, prometheus.GaugeValue, float64(s.Documents), name)
		ch <- prometheus.MustNewConstMetric(indexBytes, prometheus.GaugeValue, float64(s.DiskBytes), name)
		ch <- prometheus.MustNewConstMetric(indexReady, prometheus.GaugeValue, ready, name)
		ch <- prometheus.MustNewConstMetric(indexRejected, prometheus.CounterValue, float64(s.Rejected), name)
	}
}

// originalMetrics tells Prometheus how the originals of pictures stand.
type originalMetrics struct {
	media *media.Service
	log   *slog.Logger
}

var (
	originalTroubles = prometheus.NewDesc("yijianyou_media_originals",
		"Originals that are damaged, missing or unreadable, and those not read since they were uploaded.", []string{"outcome"}, nil)
	originalAge = prometheus.NewDesc("yijianyou_media_original_oldest_check_seconds",
		"Time since the original was read that has waited longest.", nil, nil)
)

// Describe implements prometheus.Collector.
func (originalMetrics) Describe(ch chan<- *prometheus.Desc) {
	ch <- originalTroubles
	ch <- originalAge
}

// scrapeTime is for what asks the database.
const scrapeTime = 5 * time.Second

// Collect implements prometheus.Collector.
func (m originalMetrics) Collect(ch chan<- prometheus.Metric) {
	ctx, cancel := context.WithTimeout(context.Background(), scrapeTime)
	defer cancel()
	stats, err := m.media.FixityStats(ctx)
	if err != nil {
		m.log.Warn("metrics: cannot count originals", "error", err)
		return
	}
	for outcome, n := range stats.Counts {
		ch <- prometheus.MustNewConstMetric(originalTroubles, prometheus.GaugeValue, float64(n), string(outcome))
	}
	if !stats.Oldest.IsZero() {
		ch <- prometheus.MustNewConstMetric(originalAge, prometheus.GaugeValue, time.Since(stats.Oldest).Seconds())
	}
}

// sampleMetrics tells Prometheus how storing samples goes.
type sampleMetrics struct{ sensors *sensors.Service }

var (
	sampleTotal = prometheus.NewDesc("yijianyou_samples_total",
		"Samples of devices that were stored, that were stored before, and that were refused.", []string{"what"}, nil)
	sampleWaiting = prometheus.NewDesc("yijianyou_sample_messages_waiting",
		"Messages of devices that wait to be stored.", nil, nil)
	sampleBehind = prometheus.NewDesc("yijianyou_samples_behind_seconds",
		"Age of the oldest message that is being stored.", nil, nil)
	sampleBatches = prometheus.NewDesc("yijianyou_sample_batches_total",
		"Transactions that stored samples, those that failed included.", nil, nil)
	sampleFailures = prometheus.NewDesc("yijianyou_sample_failures_total",
		"Attempts to store samples that failed for the database and were repeated.", nil, nil)
)

// Describe implements prometheus.Collector.
func (sampleMetrics) Describe(ch chan<- *prometheus.Desc) {
	for _, d := range []*prometheus.Desc{sampleTotal, sampleWaiting, sampleBehind, sampleBatches, sampleFailures} {
		ch <- d
	}
}

// Collect implements prometheus.Collector.
func (m sampleMetrics) Collect(ch chan<- prometheus.Metric) {
	s := m.sensors.PipelineStats()
	for what, n := range map[string]int64{"stored": s.Stored, "repeated": s.Repeated, "refused": s.Refused} {
		ch <- prometheus.MustNewConstMetric(sampleTotal, prometheus.CounterValue, float64(n), what)
	}
	ch <- prometheus.MustNewConstMetric(sampleWaiting, prometheus.GaugeValue, float64(s.Waiting))
	ch <- prometheus.MustNewConstMetric(sampleBehind, prometheus.GaugeValue, s.Behind.Seconds())
	ch <- prometheus.MustNewConstMetric(sampleBatches, prometheus.CounterValue, float64(s.Batches))
	ch <- prometheus.MustNewConstMetric(sampleFailures, prometheus.CounterValue, float64(s.Failures))
}

// intakeMetrics tells Prometheus what came in over MQTT.
type intakeMetrics struct{ intake intake } // nil: nothing does

var (
	mqttConnections = prometheus.NewDesc("yijianyou_mqtt_connections",
		"Open MQTT connections that have logged in.", nil, nil)
	mqttLogins = prometheus.NewDesc("yijianyou_mqtt_logins_total",
		"MQTT logins that succeeded.", nil, nil)
	mqttMessages = prometheus.NewDesc("yijianyou_mqtt_messages_total",
		"MQTT messages taken, acknowledged after their commit, and not acknowledged because they could not be stored.", []string{"what"}, nil)
	mqttRefused = prometheus.NewDesc("yijianyou_mqtt_refused_total",
		"MQTT connections and messages that were refused.", []string{"cause"}, nil)
)

// Describe implements prometheus.Collector.
func (intakeMetrics) Describe(ch chan<- *prometheus.Desc) {
	for _, d := range []*prometheus.Desc{mqttConnections, mqttLogins, mqttMessages, mqttRefused} {
		ch <- d
	}
}

// Collect implements prometheus.Collector.
func (m intakeMetrics) Collect(ch chan<- prometheus.Metric) {
	if m.intake == nil {
		return
	}
	c := m.intake.Count()
	ch <- prometheus.MustNewConstMetric(mqttConnections, prometheus.GaugeValue, float64(c.Connections.Load()))
	ch <- prometheus.MustNewConstMetric(mqttLogins, prometheus.CounterValue, float64(c.Logins.Load()))
	for what, n := range map[string]int64{"received": c.Received.Load(), "acknowledged": c.Acknowledged.Load(), "withheld": c.Withheld.Load()} {
		ch <- prometheus.MustNewConstMetric(mqttMessages, prometheus.CounterValue, float64(n), what)
	}
	c.EachRefusal(func(cause string, n int64) {
		ch <- prometheus.MustNewConstMetric(mqttRefused, prometheus.CounterValue, float64(n), cause)
	})
}
