package mediahttp_test

import (
	"bufio"
	"fmt"
	"net"
	"net/http"
	"testing"

	"github.com/prometheus/client_golang/prometheus"

	"yijianyou/web/httpkit"
)

// BenchmarkStoredTile is an aligned tile over one connection that is kept, through
// all of the middleware.
func BenchmarkStoredTile(b *testing.B) {
	r := newRoomWith(b, httpkit.Options{PublicURL: public, Metrics: prometheus.NewRegistry(), Rate: httpkit.Rate{PerSecond: 1e9, Burst: 1e9}})
	id := r.published(b, 2400, 1600)
	ln, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		b.Fatal(err)
	}
	go func() { _ = r.Router.App.Listener(ln) }()
	b.Cleanup(func() { _ = r.Router.App.Shutdown() })
	conn, err := net.Dial("tcp", ln.Addr().String())
	if err != nil {
		b.Fatal(err)
	}
	b.Cleanup(func() { _ = conn.Close() })
	in := bufio.NewReaderSize(conn, 64<<10)
	ask := fmt.Appendf(nil, "GET /iiif/image/3/%s/512,512,512,512/512,512/0/default.jpg HTTP/1.1\r\nHost: x\r\n\r\n", id)
	b.ReportAllocs()
	for b.Loop() {
		if _, err := conn.Write(ask); err != nil {
			b.Fatal(err)
		}
		res, err := http.ReadResponse(in, nil)
		if err != nil || res.StatusCode != 200 {
			b.Fatal(res, err)
		}
		if _, err := in.Discard(int(res.ContentLength)); err != nil {
			b.Fatal(err)
		}
	}
}
