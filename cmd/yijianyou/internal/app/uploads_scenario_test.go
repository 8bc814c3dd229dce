package app

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/base64"
	"encoding/hex"
	"image"
	"image/jpeg"
	"io"
	"math/rand/v2"
	"net/http"
	"strconv"
	"testing"
	"time"
)

// TestAnUploadSurvivesTheDeathOfTheProgram kills the real program with SIGKILL in
// the middle of a PATCH, several times over, and goes on each time from what the
// program says after its start: the asset has the bytes that were sent.
func TestAnUploadSurvivesTheDeathOfTheProgram(t *testing.T) {
	dir := settled(t)
	var file bytes.Buffer
	if err := jpeg.Encode(&file, image.NewGray(image.Rect(0, 0, 300, 200)), nil); err != nil {
		t.Fatal(err)
	}
	dice := rand.NewChaCha8([32]byte{7}) // what stands behind the end of a picture makes the file long
	if _, err := io.CopyN(&file, dice, 24<<20); err != nil {
		t.Fatal(err)
	}
	sum := sha256.Sum256(file.Bytes())
	coded := func(s string) string { return base64.StdEncoding.EncodeToString([]byte(s)) }
	tus := func(more ...string) []string { return append([]string{"Tus-Resumable", "1.0.0"}, more...) }

	p := launch(t, dir)
	clerk := login(t, p.url, "clerk")
	place := clerk.do("POST", "/api/v1/uploads", nil, tus("Upload-Length", strconv.Itoa(file.Len()), "Upload-Metadata",
		"org "+coded(string(testOrg))+",sha256 "+coded(hex.EncodeToString(sum[:])))...).want(http.StatusCreated).header.Get("Location")
	offset := func() int {
		t.Helper()
		n, err := strconv.Atoi(clerk.do("HEAD", place, nil, tus()...).want(http.StatusOK).header.Get("Upload-Offset"))
		if err != nil {
			t.Fatal(err)
		}
		return n
	}
	for round := range 3 {
		began := offset()
		ctx, cancel := context.WithCancel(t.Context())
		// The body stops after six megabytes and leaves the program waiting for more.
		stuck := io.MultiReader(bytes.NewReader(file.Bytes()[began:began+6<<20]), waiting{ctx})
		req, err := http.NewRequestWithContext(ctx, "PATCH", p.url+place, stuck)
		if err != nil {
			t.Fatal(err)
		}
		req.ContentLength = int64(file.Len() - began)
		for k, v := range map[string]string{"Tus-Resumable": "1.0.0", "Upload-Offset": strconv.Itoa(began), "Content-Type": "application/offset+octet-stream",
			"Cookie": clerk.cookie, "X-CSRF-Token": clerk.secret} {
			req.Header.Set(k, v)
		}
		ended := make(chan error, 1)
		go func() {
			res, err := http.DefaultClient.Do(req)
			if err == nil {
				res.Body.Close()
			}
			ended <- err
		}()
		said := began
		for tick := time.NewTicker(20 * time.Millisecond); said == began; said = offset() {
			select {
			case <-tick.C:
			case err := <-ended:
				t.Fatalf("round %d: the piece ended: %v", round, err)
			}
		}
		p.kill(t)
		cancel()
		if err := <-ended; err == nil {
			t.Fatal("a killed program answered")
		}
		p = launch(t, dir)
		clerk = login(t, p.url, "clerk")
		now := offset()
		if now < said {
			t.Fatalf("round %d: %d bytes were promised, %d are there", round, said, now)
		}
		t.Logf("round %d: killed at %d bytes, goes on at %d", round, said, now)
	}
	at := offset()
	done := clerk.do("PATCH", place, bytes.NewReader(file.Bytes()[at:]), tus("Upload-Offset", strconv.Itoa(at), "Content-Type", "application/offset+octet-stream")...).want(http.StatusNoContent)
	var asset struct{ SHA256 string }
	clerk.get("/api/v1/media/" + done.header.Get("Asset-Id")).want(http.StatusOK).decode(&asset)
	if asset.SHA256 != hex.EncodeToString(sum[:]) || done.header.Get("Asset-Created") != "true" {
		t.Errorf("%+v %v", asset, done.header)
	}
	if n := offset(); n != file.Len() {
		t.Errorf("the finished upload says %d", n)
	}
}

// waiting is a reader that gives nothing until its context ends.
type waiting struct{ ctx context.Context }

func (w waiting) Read([]byte) (int, error) {
	<-w.ctx.Done()
	return 0, w.ctx.Err()
}
