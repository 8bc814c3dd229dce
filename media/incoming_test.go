package media_test

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"testing/iotest"
	"time"

	"yijianyou/internal/actor"
	"yijianyou/internal/fault"
	"yijianyou/internal/store"
	"yijianyou/internal/store/enginetest"
	"yijianyou/media"
)

// padded is a picture with so many bytes behind its end, which count for nothing
// but make the file long.
func padded(t testing.TB, shade byte, size int) []byte {
	t.Helper()
	file := picture(t, 60, 50, shade)
	return append(file, bytes.Repeat([]byte{shade}, size-len(file))...)
}

func sumOf(b []byte) string {
	sum := sha256.Sum256(b)
	return hex.EncodeToString(sum[:])
}

func (r *room) announce(t testing.TB, by actor.Actor, n media.NewIncoming) *media.Incoming {
	t.Helper()
	in, err := r.Announce(context.Background(), by, n)
	if err != nil {
		t.Fatal(err)
	}
	return in
}

func piece(offset int, b []byte) media.Piece {
	return media.Piece{Offset: int64(offset), Length: int64(len(b)), Body: bytes.NewReader(b)}
}

func TestAnUploadInPiecesBecomesTheAssetOfItsBytes(t *testing.T) {
	enginetest.Each(t, anUploadInPiecesBecomesTheAssetOfItsBytes)
}

func anUploadInPiecesBecomesTheAssetOfItsBytes(t *testing.T, open enginetest.Open) {
	r, ctx := newRoomOn(t, open, nil), context.Background()
	file := padded(t, 3, 9<<20)
	in := r.announce(t, registrar, media.NewIncoming{Org: "museum-a", Name: `C:\a\正面.jpg`, Length: int64(len(file)), SHA256: sumOf(file)})
	for at := 0; at < len(file); {
		n := min(at+3_000_001, len(file))
		got, err := r.Append(ctx, registrar, in.ID, piece(at, file[at:n]))
		if err != nil || got.Offset != int64(n) {
			t.Fatalf("at %d: %+v %v", at, got, err)
		}
		if (got.Asset != "") != (n == len(file)) {
			t.Fatalf("at %d of %d: asset %q", n, len(file), got.Asset)
		}
		at, in = n, got
	}
	if !in.Created {
		t.Error("not created")
	}
	a, err := r.See(ctx, auditor, in.Asset)
	if err != nil || a.SHA256 != sumOf(file) || a.Name != "正面.jpg" || a.Bytes != int64(len(file)) || a.UploadedBy != "registrar" {
		t.Errorf("%+v %v", a, err)
	}
	if left := r.files(t, "media/incoming"); len(left) != 0 {
		t.Errorf("left: %v", left)
	}
	again, err := r.Incoming(ctx, registrar, in.ID) // the answer may have been lost
	if err != nil || again.Asset != in.Asset || again.Offset != again.Length {
		t.Errorf("%+v %v", again, err)
	}
	// The same bytes once more are the asset that is there.
	in = r.announce(t, registrar, media.NewIncoming{Org: "museum-a", Length: int64(len(file))})
	got, err := r.Append(ctx, registrar, in.ID, piece(0, file))
	if err != nil || got.Created || got.Asset != a.ID {
		t.Errorf("%+v %v", got, err)
	}
}

func TestWhatCameBeforeTheConnectionBrokeIsKept(t *testing.T) {
	r, ctx := newRoom(t, nil), context.Background()
	file := padded(t, 4, 5<<20)
	in := r.announce(t, registrar, media.NewIncoming{Org: "museum-a", Length: int64(len(file))})
	broken := piece(0, file)
	broken.Body = io.MultiReader(bytes.NewReader(file[:4_500_000]), iotest.ErrReader(errors.New("connection reset")))
	if _, err := r.Append(ctx, registrar, in.ID, broken); !errors.Is(err, media.ErrInterrupted) {
		t.Fatal(err)
	}
	got, err := r.Incoming(ctx, registrar, in.ID)
	if err != nil || got.Offset != 4_500_000 {
		t.Fatalf("%+v %v", got, err)
	}
	short := piece(int(got.Offset), file[got.Offset:])
	short.Body = bytes.NewReader(file[got.Offset : got.Offset+10]) // ends without an error
	if _, err := r.Append(ctx, registrar, in.ID, short); !errors.Is(err, media.ErrInterrupted) {
		t.Fatal(err)
	}
	if got, err = r.Append(ctx, registrar, in.ID, piece(4_500_010, file[4_500_010:])); err != nil || got.Asset == "" {
		t.Fatalf("%+v %v", got, err)
	}
}

func TestAPieceWithAChecksumCountsWholeOrNotAtAll(t *testing.T) {
	r, ctx := newRoom(t, nil), context.Background()
	file := padded(t, 5, 1<<20)
	in := r.announce(t, registrar, media.NewIncoming{Org: "museum-a", Length: int64(len(file))})
	sum := sha256.Sum256(file)
	good := piece(0, file)
	good.Sum, good.Hash = sum[:], sha256.New
	bad := good
	bad.Body = bytes.NewReader(append([]byte{1}, file[1:]...))
	if _, err := r.Append(ctx, registrar, in.ID, bad); !errors.Is(err, media.ErrUploadSum) {
		t.Errorf("changed on the way: %v", err)
	}
	cut := good
	cut.Body = io.MultiReader(bytes.NewReader(file[:1000]), iotest.ErrReader(errors.New("reset")))
	if _, err := r.Append(ctx, registrar, in.ID, cut); !errors.Is(err, media.ErrInterrupted) {
		t.Errorf("cut: %v", err)
	}
	if got, err := r.Incoming(ctx, registrar, in.ID); err != nil || got.Offset != 0 {
		t.Fatalf("%+v %v", got, err)
	}
	if got, err := r.Append(ctx, registrar, in.ID, good); err != nil || got.Asset == "" {
		t.Errorf("%+v %v", got, err)
	}
}

func TestAWholeThatIsNotWhatWasAnnouncedIsGone(t *testing.T) {
	enginetest.Each(t, aWholeThatIsNotWhatWasAnnouncedIsGone)
}

func aWholeThatIsNotWhatWasAnnouncedIsGone(t *testing.T, open enginetest.Open) {
	file := padded(t, 6, 1<<20)
	for name, tc := range map[string]struct {
		file []byte
		sum  string
		want *fault.Code
	}{
		"another sum": {file, sumOf([]byte("x")), media.ErrUploadSum},
		"no picture":  {[]byte("%PDF-1.7 hello"), "", media.ErrKind},
		"cut":         {picture(t, 60, 50, 1)[:700], "", media.ErrTruncated},
	} {
		t.Run(name, func(t *testing.T) {
			r, ctx := newRoomOn(t, open, nil), context.Background()
			in := r.announce(t, registrar, media.NewIncoming{Org: "museum-a", Length: int64(len(tc.file)), SHA256: tc.sum})
			if _, err := r.Append(ctx, registrar, in.ID, piece(0, tc.file)); !errors.Is(err, tc.want) {
				t.Errorf("got %v, want %s", err, tc.want.ID())
			}
			if _, err := r.Incoming(ctx, registrar, in.ID); !errors.Is(err, media.ErrUploadNotFound) {
				t.Errorf("still there: %v", err)
			}
			if left := append(r.files(t, "blobs"), r.files(t, "media")...); len(left) != 0 {
				t.Errorf("left behind: %v", left)
			}
		})
	}
}

func TestUploadsInPiecesAreRefusedBeforeTheyCostAnything(t *testing.T) {
	r, ctx := newRoom(t, func(c *media.Config) { c.MaxBytes, c.MaxSound, c.MaxFilm = 1<<20, 1<<20, 1<<20 }), context.Background()
	for name, tc := range map[string]struct {
		by   actor.Actor
		n    media.NewIncoming
		want *fault.Code
	}{
		"by nobody":                 {actor.Nobody(), media.NewIncoming{Org: "museum-a", Length: 1}, media.ErrDenied},
		"by staff of another":       {stranger, media.NewIncoming{Org: "museum-a", Length: 1}, media.ErrDenied},
		"by a role that only reads": {auditor, media.NewIncoming{Org: "museum-a", Length: 1}, media.ErrDenied},
		"for no organisation":       {registrar, media.NewIncoming{Length: 1}, media.ErrOrg},
		"of nothing":                {registrar, media.NewIncoming{Org: "museum-a"}, media.ErrEmpty},
		"of too much":               {registrar, media.NewIncoming{Org: "museum-a", Length: 1<<20 + 1}, media.ErrTooLarge},
		"with a sum that is none":   {registrar, media.NewIncoming{Org: "museum-a", Length: 1, SHA256: "ABC"}, media.ErrUploadDigest},
	} {
		if _, err := r.Announce(ctx, tc.by, tc.n); !errors.Is(err, tc.want) {
			t.Errorf("%s: got %v, want %s", name, err, tc.want.ID())
		}
	}
	if left := r.files(t, "media"); len(left) != 0 {
		t.Errorf("left behind: %v", left)
	}
	in := r.announce(t, registrar, media.NewIncoming{Org: "museum-a", Length: 10})
	for name, tc := range map[string]struct {
		by   actor.Actor
		id   string
		p    media.Piece
		want *fault.Code
	}{
		"by staff of another": {stranger, in.ID, piece(0, []byte("0123456789")), media.ErrUploadNotFound},
		"that is not there":   {registrar, "01a22114-4a64-7060-aa6c-359d8bed399b", piece(0, nil), media.ErrUploadNotFound},
		"at another offset":   {registrar, in.ID, piece(5, []byte("56789")), media.ErrUploadOffset},
		"with more":           {registrar, in.ID, piece(0, []byte("0123456789x")), media.ErrUploadExcess},
	} {
		if _, err := r.Append(ctx, tc.by, tc.id, tc.p); !errors.Is(err, tc.want) {
			t.Errorf("a piece %s: got %v, want %s", name, err, tc.want.ID())
		}
	}
	if _, err := r.Incoming(ctx, stranger, in.ID); !errors.Is(err, media.ErrUploadNotFound) {
		t.Errorf("a stranger sees it: %v", err)
	}
	if err := r.Abandon(ctx, stranger, in.ID); !errors.Is(err, media.ErrUploadNotFound) {
		t.Errorf("a stranger cancels it: %v", err)
	}
	if err := r.Abandon(ctx, registrar, in.ID); err != nil {
		t.Error(err)
	}
	if _, err := r.Incoming(ctx, registrar, in.ID); !errors.Is(err, media.ErrUploadNotFound) || len(r.files(t, "media")) != 0 {
		t.Errorf("cancelled and there: %v %v", err, r.files(t, "media"))
	}
}

func TestThereIsOneWriterAtATime(t *testing.T) {
	r, ctx := newRoom(t, nil), context.Background()
	file := padded(t, 7, 1<<20)
	in := r.announce(t, registrar, media.NewIncoming{Org: "museum-a", Length: int64(len(file))})
	reader, writer := io.Pipe()
	first := make(chan error)
	go func() {
		_, err := r.Append(ctx, registrar, in.ID, media.Piece{Length: int64(len(file)), Body: reader})
		first <- err
	}()
	if _, err := writer.Write(file[:1000]); err != nil { // it is being read: the first is at work
		t.Fatal(err)
	}
	if _, err := r.Append(ctx, registrar, in.ID, piece(0, file)); !errors.Is(err, media.ErrUploadBusy) {
		t.Errorf("a second writer: %v", err)
	}
	if err := r.Abandon(ctx, registrar, in.ID); !errors.Is(err, media.ErrUploadBusy) {
		t.Errorf("cancelled under the writer: %v", err)
	}
	if _, err := writer.Write(file[1000:]); err != nil {
		t.Fatal(err)
	}
	if err := <-first; err != nil {
		t.Error(err)
	}
}

func TestOpenUploadsAreBounded(t *testing.T) { enginetest.Each(t, openUploadsAreBounded) }

func openUploadsAreBounded(t *testing.T, open enginetest.Open) {
	lim := media.IncomingLimits{Account: 3, Org: 5, AccountBytes: 1000, OrgBytes: 10_000}
	r, ctx := newRoomOn(t, open, func(c *media.Config) { c.Incoming = lim }), context.Background()
	second := staff("second", actor.Registrar, "museum-a")
	begin := func(by actor.Actor, length int64) error {
		_, err := r.Announce(ctx, by, media.NewIncoming{Org: "museum-a", Length: length})
		return err
	}
	if err := begin(registrar, 1001); !errors.Is(err, media.ErrUploads) {
		t.Errorf("more bytes than an account may: %v", err)
	}
	var at sync.WaitGroup
	var begun atomic.Int32
	for range 8 {
		at.Go(func() {
			if err := begin(registrar, 10); err == nil {
				begun.Add(1)
			} else if !errors.Is(err, media.ErrUploads) {
				t.Error(err)
			}
		})
	}
	at.Wait()
	if begun.Load() != 3 {
		t.Errorf("%d begun by one account at once, want 3", begun.Load())
	}
	for i := range 3 {
		if err := begin(second, 10); (err == nil) != (i < 2) {
			t.Errorf("number %d of the organisation: %v", 4+i, err)
		}
	}
	if err := begin(stranger, 10); err == nil {
		t.Error("a stranger began one")
	}
	if n := len(r.files(t, "media/incoming")); n != 5 {
		t.Errorf("%d files", n)
	}
}

// clock is a time that a test moves.
type clock struct{ at atomic.Int64 }

func (c *clock) now() time.Time { return time.UnixMilli(c.at.Load()) }

func (c *clock) move(d time.Duration) { c.at.Add(d.Milliseconds()) }

// clockedRoomOn is a room whose store has a clock of its own.
func clockedRoomOn(t testing.TB, open enginetest.Open, change func(*media.Config)) (*room, *clock) {
	t.Helper()
	c := &clock{}
	c.at.Store(time.Now().UnixMilli()) // files have the times of this machine
	return roomAt(t, t.TempDir(), open(t, store.Options{Now: c.now}, media.Collections()...), change), c
}

func TestAnUploadThatNobodyGoesOnWithIsForgotten(t *testing.T) {
	enginetest.Each(t, anUploadThatNobodyGoesOnWithIsForgotten)
}

func anUploadThatNobodyGoesOnWithIsForgotten(t *testing.T, open enginetest.Open) {
	r, c := clockedRoomOn(t, open, nil)
	ctx := context.Background()
	file := padded(t, 8, 1<<20)
	old := r.announce(t, registrar, media.NewIncoming{Org: "museum-a", Length: int64(len(file))})
	kept := r.announce(t, registrar, media.NewIncoming{Org: "museum-a", Length: int64(len(file))})
	if err := r.Begin(ctx); err != nil {
		t.Fatal(err)
	}
	r.work(t)
	c.move(23 * time.Hour)
	if _, err := r.Append(ctx, registrar, kept.ID, piece(0, file[:1000])); err != nil {
		t.Fatal(err)
	}
	c.move(2 * time.Hour)
	if _, err := r.Append(ctx, registrar, old.ID, piece(0, file)); !errors.Is(err, media.ErrUploadNotFound) {
		t.Errorf("over its time: %v", err)
	}
	c.move(6 * time.Hour)
	r.work(t) // the sweep comes back by itself
	if got := r.files(t, "media/incoming"); len(got) != 1 || !strings.HasPrefix(got[0], kept.ID) {
		t.Errorf("files %v", got)
	}
	if got, err := r.Append(ctx, registrar, kept.ID, piece(1000, file[1000:])); err != nil || got.Asset == "" {
		t.Errorf("%+v %v", got, err)
	}
}

func TestAnUploadWhoseBytesAreGoneIsNotFound(t *testing.T) {
	r, ctx := newRoom(t, nil), context.Background()
	in := r.announce(t, registrar, media.NewIncoming{Org: "museum-a", Length: 100})
	if _, err := r.Append(ctx, registrar, in.ID, piece(0, []byte("0123456789"))); err != nil {
		t.Fatal(err)
	}
	name := filepath.Join(r.data, "media/incoming", in.ID+".part")
	if err := os.Truncate(name, 5); err != nil { // a disk that lost what it had promised
		t.Fatal(err)
	}
	if _, err := r.Incoming(ctx, registrar, in.ID); !errors.Is(err, media.ErrUploadNotFound) {
		t.Error(err)
	}
	if err := os.Remove(name); err != nil {
		t.Fatal(err)
	}
	if _, err := r.Incoming(ctx, registrar, in.ID); !errors.Is(err, media.ErrUploadNotFound) {
		t.Error(err)
	}
}

// TestAHundredUploadsAtOnceNeedLittleMemory: 500 MB come in at once, in whole and
// in pieces, while the heap is watched.
func TestAHundredUploadsAtOnceNeedLittleMemory(t *testing.T) {
	files, each := 100, 5<<20
	if testing.Short() {
		each = 1 << 20
	}
	r, ctx := newRoom(t, func(c *media.Config) { c.Log = slog.New(slog.DiscardHandler) }), context.Background()
	head := picture(t, 60, 50, 1)
	body := func(i int) io.Reader {
		tail := strings.NewReader(fmt.Sprintf("%08d", i))
		return io.MultiReader(bytes.NewReader(head), io.LimitReader(zeros{}, int64(each-len(head)-8)), tail)
	}
	runtime.GC()
	var before, now runtime.MemStats
	runtime.ReadMemStats(&before)
	var peak atomic.Uint64
	ended := make(chan struct{})
	var watch, at sync.WaitGroup
	watch.Go(func() {
		tick := time.NewTicker(5 * time.Millisecond)
		defer tick.Stop()
		for {
			runtime.ReadMemStats(&now)
			peak.Store(max(peak.Load(), now.HeapAlloc))
			select {
			case <-tick.C:
			case <-ended:
				return
			}
		}
	})
	for i := range files {
		at.Go(func() {
			if i%2 == 0 {
				if _, _, err := r.Upload(ctx, registrar, "museum-a", "a.jpg", body(i)); err != nil {
					t.Error(err)
				}
				return
			}
			in, err := r.Announce(ctx, registrar, media.NewIncoming{Org: "museum-a", Length: int64(each)})
			if err == nil {
				in, err = r.Append(ctx, registrar, in.ID, media.Piece{Length: int64(each), Body: body(i)})
			}
			if err != nil || in.Asset == "" {
				t.Errorf("%+v %v", in, err)
			}
		})
	}
	at.Wait()
	close(ended)
	watch.Wait()
	if n := len(r.files(t, "blobs")); n != files {
		t.Errorf("%d originals", n)
	}
	grew := (int64(peak.Load()) - int64(before.HeapAlloc)) >> 20
	t.Logf("%d uploads of %d MB at once: the heap grew by %d MB", files, each>>20, grew)
	if grew > 96 {
		t.Errorf("the heap grew by %d MB", grew)
	}
}

// zeros never ends.
type zeros struct{}

func (zeros) Read(p []byte) (int, error) {
	clear(p)
	return len(p), nil
}
