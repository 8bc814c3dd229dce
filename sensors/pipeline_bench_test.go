package sensors

import (
	"fmt"
	"sync"
	"testing"

	"yijianyou/internal/store"
)

// BenchmarkOffer measures messages of one sample each from Offer to the call of
// done, on SQLite: so many devices at once, each with at most 256 messages
// without an answer, as the broker lets them. A reader sees twenty tags that lie in
// its zone. ns/op, B/op and allocs/op are those
// of a message, publishing included.
func BenchmarkOffer(b *testing.B) {
	for _, kind := range []SampleKind{ReadingKind, SightingKind, CountKind, StatusKind} {
		for _, devices := range []int{16, 64} {
			b.Run(fmt.Sprintf("%s/%d", kind, devices), func(b *testing.B) { benchOffer(b, kind, devices, 0) })
		}
	}
	for _, devices := range []int{16, 64} {
		b.Run(fmt.Sprintf("judged/%d", devices), func(b *testing.B) { benchOffer(b, ReadingKind, devices, 4) })
	}
}

const benchTags = 20 // of a reader

func benchTag(reader, tag int) string { return fmt.Sprintf("e2%04x%04x", reader, tag) }

func benchOffer(b *testing.B, kind SampleKind, devices, rules int) {
	w := newIngestWorldWith(b, store.Options{})
	w.ground("g")
	for i := range devices {
		w.device(fmt.Sprintf("thermo-%d", i), Instrument, "g")
		w.device(fmt.Sprintf("gate-%d", i), Gate, "g")
		w.device(fmt.Sprintf("reader-%d", i), Reader, "g")
		for tag := range benchTags {
			put(w, tagDocs, &Tag{Meta: store.Meta{ID: benchTag(i, tag), Org: "demo-area"}})
		}
	}
	for i := range rules {
		r := humidRule(func(f *RuleFields) { f.ZoneID, *f.Rule.High = "g", float64(96+i) })
		r.ID = fmt.Sprintf("rule-%d", i)
		put(w, ruleDocs, r)
	}
	w.s.track = w.s.trackIn
	stop := w.run()
	received, start := w.now(), w.now().UnixMilli()-b.Elapsed().Milliseconds()
	b.ReportAllocs()
	b.ResetTimer()
	var wg sync.WaitGroup
	for i := range devices {
		wg.Go(func() {
			window := make(chan struct{}, 256)
			for n := range b.N/devices + 1 {
				m := Message{Org: "demo-area", Kind: kind, Received: received}
				at := start - 3_000_000 + int64(n)*7
				switch kind {
				case ReadingKind:
					m.Device = DeviceID(fmt.Sprintf("thermo-%d", i))
					m.Payload = fmt.Appendf(nil, `{"at":%d,"seq":%d,"channel":"rh","value":%d.%d,"unit":"%%"}`, at, n, n%100, n%10)
				case SightingKind:
					m.Device = DeviceID(fmt.Sprintf("reader-%d", i))
					m.Payload = fmt.Appendf(nil, `{"at":%d,"seq":%d,"tag":"%s","rssi":-%d.5}`, at, n, benchTag(i, n%benchTags), 40+n%30)
				case CountKind:
					m.Device = DeviceID(fmt.Sprintf("gate-%d", i))
					m.Payload = fmt.Appendf(nil, `{"at":%d,"seq":%d,"in":%d,"out":%d}`, at, n, n%3, n%2)
				default:
					m.Device = DeviceID(fmt.Sprintf("gate-%d", i))
					m.Payload = fmt.Appendf(nil, `{"at":%d,"battery":%d}`, at, n%100)
				}
				window <- struct{}{}
				if err := w.s.Offer(b.Context(), m, func(err error) {
					if err != nil {
						b.Error(err)
					}
					<-window
				}); err != nil {
					b.Error(err)
				}
			}
			for range cap(window) {
				window <- struct{}{}
			}
		})
	}
	wg.Wait()
	b.StopTimer()
	b.ReportMetric(float64(b.N)/b.Elapsed().Seconds(), "messages/s")
	b.ReportMetric(float64(w.s.pipe.stats.messages.Load())/float64(w.s.pipe.stats.batches.Load()), "messages/batch")
	stop()
}
