package pyramid_test

import (
	"bytes"
	"context"
	"sync"
	"testing"

	"yijianyou/media/pyramid"
)

// rendered returns the answers to all wants, asked for by several readers at once
// when there is a cache.
func rendered(t *testing.T, f *pyramid.File, wants []pyramid.Want) [][]byte {
	t.Helper()
	out := make([][]byte, len(wants))
	var wait sync.WaitGroup
	for n := range 3 {
		wait.Go(func() {
			for i := n; i < len(wants); i += 3 {
				b, err := f.Render(context.Background(), wants[i])
				if err != nil {
					t.Error(err)
				}
				out[i] = b
			}
		})
	}
	wait.Wait()
	return out
}

func TestTheCacheChangesNoAnswerAndStaysWithinItsBytes(t *testing.T) {
	for _, gray := range []bool{false, true} {
		file := asJPEG(t, painted(1500, 1300))
		f := build(t, file, pyramid.Options{})
		wants := regions(f.Levels()[0], 24)
		for i := range wants {
			wants[i].Gray = gray && i%2 == 0
		}
		want := rendered(t, f, wants)
		for _, room := range []int64{0, 500_000, 1 << 30} {
			g := build(t, file, pyramid.Options{})
			cache := pyramid.NewCache(room)
			g.Share(cache)
			for range 3 {
				for i, got := range rendered(t, g, wants) {
					if !bytes.Equal(got, want[i]) {
						t.Fatalf("cache of %d: region %d is another: %+v", room, i, wants[i])
					}
				}
				if cache.Bytes() > room {
					t.Fatalf("%d bytes in a cache of %d", cache.Bytes(), room)
				}
			}
			if room > 1<<20 && cache.Bytes() < 1<<20 {
				t.Errorf("only %d bytes were kept", cache.Bytes())
			}
		}
	}
}

func TestFilesThatShareACacheDoNotMixTheirTiles(t *testing.T) {
	a, b := build(t, asJPEG(t, painted(700, 700)), pyramid.Options{}), build(t, asJPEG(t, stored(painted(700, 700), 3)), pyramid.Options{})
	want := pyramid.Want{X: 3, Y: 3, W: 600, H: 600, Width: 600, Height: 600, Kind: pyramid.JPEG}
	alone := rendered(t, b, []pyramid.Want{want})[0]
	cache := pyramid.NewCache(1 << 30)
	a.Share(cache)
	b.Share(cache)
	for range 3 {
		rendered(t, a, []pyramid.Want{want})
		if got := rendered(t, b, []pyramid.Want{want})[0]; !bytes.Equal(got, alone) {
			t.Fatal("another picture")
		}
	}
}

func TestATileIsKeptWhenItIsAskedForAgain(t *testing.T) {
	f := build(t, asJPEG(t, painted(512, 512)), pyramid.Options{})
	cache := pyramid.NewCache(1 << 30)
	f.Share(cache)
	want := pyramid.Want{X: 3, Y: 3, W: 100, H: 100, Width: 100, Height: 100, Kind: pyramid.JPEG}
	var held []int64
	for range 3 {
		rendered(t, f, []pyramid.Want{want})
		held = append(held, cache.Bytes())
	}
	if samples := int64(512 * 512 * 3 / 2); held[0] > 1000 || held[1] < samples || held[1] > samples+1000 || held[2] != held[1] {
		t.Errorf("bytes after each request: %d", held)
	}
}
