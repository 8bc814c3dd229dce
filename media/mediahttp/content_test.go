package mediahttp_test

import (
	"bytes"
	"strconv"
	"testing"
)

func TestSoundAndFilmAnswerRangesAsRFC9110Asks(t *testing.T) {
	r := newRoom(t, public)
	a := played(t, r)
	c := r.Nobody()
	path := "/api/v1/media/" + a.ID + "/content"
	if res := c.Get(path); res.Status != 404 {
		t.Errorf("a sound that nothing shows: %d", res.Status)
	}
	show(t, r, a.ID)
	whole := c.Get(path)
	length := int(a.Bytes)
	size := strconv.Itoa(length)
	if whole.Status != 200 || len(whole.Body) != length || bytes.Contains(whole.Body, []byte("+34.6197")) {
		t.Fatalf("%d, %d bytes", whole.Status, len(whole.Body))
	}
	for name, want := range map[string]string{"Content-Type": "audio/mpeg", "Accept-Ranges": "bytes", "Access-Control-Allow-Origin": "*", "Cross-Origin-Resource-Policy": "cross-origin"} {
		if got := whole.Header.Get(name); got != want {
			t.Errorf("%s: %q, want %q", name, got, want)
		}
	}
	tag := whole.Header.Get("ETag")
	for _, w := range []struct {
		ask, ifRange string
		status       int
		told         string
		from, to     int
	}{
		{"bytes=0-99", "", 206, "bytes 0-99/" + size, 0, 100},
		{"bytes=100-", "", 206, "bytes 100-" + strconv.Itoa(length-1) + "/" + size, 100, length},
		{"bytes=-50", "", 206, "bytes " + strconv.Itoa(length-50) + "-" + strconv.Itoa(length-1) + "/" + size, length - 50, length},
		{"bytes=10-99999999", tag, 206, "bytes 10-" + strconv.Itoa(length-1) + "/" + size, 10, length},
		{"bytes=0-9", `"another"`, 200, "", 0, length},
		{"bytes=0-9,20-29", "", 200, "", 0, length},
		{"bytes=9-1", "", 200, "", 0, length},
		{"lines=1-2", "", 200, "", 0, length},
		{"bytes=99999999-", "", 416, "bytes */" + size, 0, 0},
		{"bytes=-0", "", 416, "bytes */" + size, 0, 0},
	} {
		headers := []string{"Range", w.ask}
		if w.ifRange != "" {
			headers = append(headers, "If-Range", w.ifRange)
		}
		res := c.Get(path, headers...)
		if res.Status != w.status || res.Header.Get("Content-Range") != w.told || w.status < 400 && !bytes.Equal(res.Body, whole.Body[w.from:w.to]) {
			t.Errorf("%s %s: %d %q, %d bytes", w.ask, w.ifRange, res.Status, res.Header.Get("Content-Range"), len(res.Body))
		}
	}
	if res := c.Get(path, "If-None-Match", tag); res.Status != 304 || len(res.Body) > 0 {
		t.Errorf("what the client has: %d", res.Status)
	}
}
