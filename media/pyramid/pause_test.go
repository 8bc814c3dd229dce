package pyramid_test

import (
	"bytes"
	"context"
	"errors"
	"os"
	"path/filepath"
	"sync/atomic"
	"testing"

	"yijianyou/media/pyramid"
)

// TestABuildPausesBetweenSmallPieces counts: a pause for each tile and whole
// level, and one for every eight rows of blocks that are decoded.
func TestABuildPausesBetweenSmallPieces(t *testing.T) {
	const w, h = 1600, 1100
	var pauses atomic.Int64
	opts := pyramid.Options{Pause: func(context.Context) error { pauses.Add(1); return nil }}
	f := build(t, asJPEG(t, painted(w, h)), opts)
	want := (h + 15) / 16 / 8
	for i, l := range f.Levels() {
		want += l.Columns() * l.Rows()
		if _, ok, err := f.Whole(i); err != nil {
			t.Fatal(err)
		} else if ok && l.Columns()*l.Rows() > 1 {
			want++
		}
	}
	if got := int(pauses.Load()); got < want || got > want+2 {
		t.Errorf("%d pauses, want %d", got, want)
	}
	pauses.Store(0)
	file := asPNG(t, noise(900, 700))
	build(t, file, opts)
	if got := int(pauses.Load()); got < len(file)/(300<<10) {
		t.Errorf("%d pauses for %d bytes of PNG", got, len(file))
	}
}

func TestAPauseThatFailsEndsTheBuildAndLeavesNothing(t *testing.T) {
	stop := errors.New("enough")
	for name, file := range map[string][]byte{"jpeg": asJPEG(t, painted(1600, 1100)), "png": asPNG(t, noise(900, 700))} {
		for after := range int64(6) {
			var pauses atomic.Int64
			dir := t.TempDir()
			_, err := pyramid.Build(context.Background(), bytes.NewReader(file), filepath.Join(dir, "a"), pyramid.Options{Workers: 2, Pause: func(context.Context) error {
				if pauses.Add(1) > after {
					return stop
				}
				return nil
			}})
			if !errors.Is(err, stop) {
				t.Errorf("%s after %d: %v", name, after, err)
			}
			if left, _ := os.ReadDir(dir); len(left) != 0 {
				t.Errorf("%s after %d: left behind %v", name, after, left)
			}
		}
	}
}
