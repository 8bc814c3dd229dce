package avprobe_test

import (
	"bytes"
	"errors"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"yijianyou/internal/fault"
	"yijianyou/media/avprobe"
)

// The files of testdata were made by ffmpeg of a tone and a test card, each with a
// title, comment and location that hold PLANTED or +34.6197.
var planted = []string{"PLANTED", "+34.6197", "112.4539"}

func read(t testing.TB, name string) []byte {
	t.Helper()
	b, err := os.ReadFile(filepath.Join("testdata", name))
	if err != nil {
		t.Fatal(err)
	}
	return b
}

func masked(t testing.TB, b []byte, masks []avprobe.Mask) []byte {
	t.Helper()
	out, err := io.ReadAll(avprobe.Masked(bytes.NewReader(b), 0, masks))
	if err != nil {
		t.Fatal(err)
	}
	return out
}

var files = []struct {
	name string
	kind avprobe.Kind
	w, h int
}{
	{"a.mp3", avprobe.MP3, 0, 0}, {"opus.ogg", avprobe.Ogg, 0, 0}, {"vorbis.ogg", avprobe.Ogg, 0, 0}, {"a.wav", avprobe.WAV, 0, 0}, {"a.m4a", avprobe.M4A, 0, 0},
	{"end.mp4", avprobe.MP4, 64, 48}, {"front.mp4", avprobe.MP4, 64, 48}, {"fragmented.mp4", avprobe.MP4, 64, 48},
	{"film.webm", avprobe.WebM, 64, 48}, {"vorbis.webm", avprobe.WebA, 0, 0},
}

func TestAFileIsKnownWithoutDecodingAndTellsNoPlace(t *testing.T) {
	for _, f := range files {
		t.Run(f.name, func(t *testing.T) {
			b := read(t, f.name)
			info, err := avprobe.Probe(bytes.NewReader(b), int64(len(b)))
			if err != nil {
				t.Fatal(err)
			}
			if info.Kind != f.kind || info.Width != f.w || info.Height != f.h {
				t.Errorf("got %+v", info)
			}
			if d := info.Duration - 1500*time.Millisecond; d < -250*time.Millisecond || d > 250*time.Millisecond {
				t.Errorf("duration %v, want 1.5 s", info.Duration)
			}
			found := false
			public := masked(t, b, info.Masks)
			for _, word := range planted {
				found = found || bytes.Contains(b, []byte(word))
				if bytes.Contains(public, []byte(word)) {
					t.Errorf("%q is left in what is public", word)
				}
			}
			if !found {
				t.Error("the file holds nothing to hide: the test proves nothing")
			}
			again, err := avprobe.Probe(bytes.NewReader(public), int64(len(public)))
			if err != nil || again.Duration != info.Duration || again.Kind != info.Kind || len(public) != len(b) {
				t.Errorf("what is public is another file: %+v %v", again, err)
			}
		})
	}
}

func TestAnyPartOfTheMaskedFileIsThatOfTheWhole(t *testing.T) {
	b := read(t, "end.mp4")
	info, err := avprobe.Probe(bytes.NewReader(b), int64(len(b)))
	if err != nil {
		t.Fatal(err)
	}
	whole := masked(t, b, info.Masks)
	for off := 0; off < len(b); off += 97 {
		part, err := io.ReadAll(io.LimitReader(avprobe.Masked(bytes.NewReader(b[off:]), int64(off), info.Masks), 301))
		if err != nil || !bytes.Equal(part, whole[off:min(off+301, len(b))]) {
			t.Fatalf("at %d: %v", off, err)
		}
	}
}

func TestWhatPhonesCannotPlayOrMayTellAPlaceIsRefused(t *testing.T) {
	mp4 := read(t, "end.mp4")
	for name, c := range map[string]struct {
		b    []byte
		want *fault.Code
	}{
		"QuickTime":          {read(t, "phone.mov"), avprobe.ErrKind},
		"HEVC":               {read(t, "hevc.mp4"), avprobe.ErrCoding},
		"encrypted":          {bytes.Replace(mp4, []byte("avc1\x00\x00\x00\x00\x00\x00\x00\x01"), []byte("encv\x00\x00\x00\x00\x00\x00\x00\x01"), 1), avprobe.ErrCoding},
		"a log of positions": {bytes.Replace(mp4, []byte("soun"), []byte("meta"), 1), avprobe.ErrDataTrack},
		"Matroska":           {bytes.Replace(read(t, "film.webm"), []byte("\x84webm"), []byte("\x84mkvx"), 1), avprobe.ErrKind},
		"ADPCM":              {bytes.Replace(read(t, "a.wav"), []byte("fmt \x10\x00\x00\x00\x01\x00"), []byte("fmt \x10\x00\x00\x00\x02\x00"), 1), avprobe.ErrCoding},
		"a picture":          {[]byte("\xFF\xD8\xFF\xE0\x00\x10JFIF\x00\x01"), avprobe.ErrKind},
		"text":               {[]byte(strings.Repeat("no sound ", 100)), avprobe.ErrKind},
	} {
		if _, err := avprobe.Probe(bytes.NewReader(c.b), int64(len(c.b))); !errors.Is(err, c.want) {
			t.Errorf("%s: %v, want %v", name, err, c.want.ID())
		}
	}
}

func TestATruncatedFileIsRefusedOrEndsEarlier(t *testing.T) {
	for _, f := range files {
		b := read(t, f.name)
		whole, err := avprobe.Probe(bytes.NewReader(b), int64(len(b)))
		if err != nil {
			t.Fatal(err)
		}
		for _, n := range []int{0, 3, 11, 40, len(b) / 4, len(b) / 2} {
			info, err := avprobe.Probe(bytes.NewReader(b[:n]), int64(n))
			if err == nil && info.Duration >= whole.Duration {
				t.Errorf("%s cut at %d of %d bytes is taken for whole", f.name, n, len(b))
			}
			if err != nil && fault.KindOf(err) == fault.Internal {
				t.Errorf("%s cut at %d: no reason: %v", f.name, n, err)
			}
		}
	}
}

func FuzzProbe(f *testing.F) {
	for _, file := range files {
		f.Add(read(f, file.name))
	}
	f.Fuzz(func(t *testing.T, b []byte) {
		info, err := avprobe.Probe(bytes.NewReader(b), int64(len(b)))
		if err != nil {
			if fault.KindOf(err) == fault.Internal {
				t.Fatalf("no reason: %v", err)
			}
			return
		}
		if info.Duration <= 0 || info.Kind.MIME() == "" {
			t.Fatalf("%+v", info)
		}
		end := int64(0)
		for _, m := range info.Masks {
			if m.At < end || m.Length <= 0 || m.At+m.Length > int64(len(b)) || int64(len(m.Bytes)) > m.Length {
				t.Fatalf("mask %+v", m)
			}
			end = m.At + m.Length
		}
		public := masked(t, b, info.Masks)
		if _, err := avprobe.Probe(bytes.NewReader(public), int64(len(public))); err != nil {
			t.Fatalf("what is public cannot be read: %v", err)
		}
	})
}
