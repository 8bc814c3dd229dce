package media_test

import (
	"bufio"
	"bytes"
	"context"
	"errors"
	"fmt"
	"image"
	"image/color"
	"image/jpeg"
	"io"
	"io/fs"
	"log/slog"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"testing/iotest"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"yijianyou/internal/actor"
	"yijianyou/internal/fault"
	"yijianyou/internal/store"
	"yijianyou/internal/store/enginetest"
	"yijianyou/internal/store/sqlitestore"
	"yijianyou/media"
	"yijianyou/media/pyramid"
)

func staff(id string, role actor.Role, org actor.OrgID) actor.Actor {
	return actor.Actor{Kind: actor.Staff, ID: id, Name: id, Grants: []actor.Grant{{Role: role, Org: org}}}
}

var (
	registrar = staff("registrar", actor.Registrar, "museum-a")
	reviewer  = staff("reviewer", actor.Reviewer, "museum-a")
	auditor   = staff("auditor", actor.Auditor, "museum-a")
	stranger  = staff("stranger", actor.Registrar, "museum-b")
)

// rules are the picture policy of the tests.
var rules = []media.Rule{
	{Licences: media.OpenLicences()},
	{Grades: []string{"small"}, MaxSize: 600},
	{Grades: []string{"marked"}, MaxSize: 800, Watermark: "示范 SAMPLE"},
}

type room struct {
	*media.Service
	st   *store.Store
	data string
}

func newRoom(t testing.TB, change func(*media.Config)) *room {
	t.Helper()
	return newRoomOn(t, enginetest.SQLite, change)
}

func newRoomOn(t testing.TB, open enginetest.Open, change func(*media.Config)) *room {
	t.Helper()
	return roomAt(t, t.TempDir(), open(t, store.Options{}, media.Collections()...), change)
}

func roomAt(t testing.TB, data string, st *store.Store, change func(*media.Config)) *room {
	t.Helper()
	originals, err := media.OpenOriginals(context.Background(), filepath.Join(data, "blobs"))
	if err != nil {
		t.Fatal(err)
	}
	cfg := media.Config{Store: st, Originals: originals, Dir: filepath.Join(data, "media"), Rules: rules, Grades: []string{"small", "marked"}, Log: slog.New(slog.DiscardHandler)}
	if change != nil {
		change(&cfg)
	}
	s, err := media.New(cfg)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := errors.Join(s.Close(), originals.Close()); err != nil {
			t.Error(err)
		}
	})
	return &room{Service: s, st: st, data: data}
}

func picture(t testing.TB, w, h int, shade byte) []byte {
	t.Helper()
	m := image.NewNRGBA(image.Rect(0, 0, w, h))
	for y := range h {
		for x := range w {
			m.SetNRGBA(x, y, color.NRGBA{byte(x), byte(y), shade, 255})
		}
	}
	var b bytes.Buffer
	if err := jpeg.Encode(&b, m, nil); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func (r *room) upload(t testing.TB, by actor.Actor, org actor.OrgID, file []byte) *media.Asset {
	t.Helper()
	a, _, err := r.Upload(context.Background(), by, org, "正面.jpg", bytes.NewReader(file))
	if err != nil {
		t.Fatal(err)
	}
	return a
}

func (r *room) work(t testing.TB) {
	t.Helper()
	runner := store.NewRunner(r.st, store.RunnerOptions{Handlers: r.Handlers(), Log: slog.New(slog.DiscardHandler), Backoff: func(int) time.Duration { return 0 }})
	if _, err := runner.Drain(context.Background()); err != nil {
		t.Fatal(err)
	}
}

// shows says that records of these grades show the asset; none is that none does.
func (r *room) shows(by actor.Actor, id string, grades ...string) error {
	return r.st.Update(context.Background(), by, func(tx *store.Tx) error { return r.SetShown(tx, id, "heritage", grades) })
}

// files returns the names below a folder of the data directory.
func (r *room) files(t testing.TB, dir string) []string {
	t.Helper()
	var out []string
	root := filepath.Join(r.data, dir)
	err := filepath.WalkDir(root, func(name string, e fs.DirEntry, err error) error {
		if err != nil || e.IsDir() {
			return err
		}
		rel, err := filepath.Rel(root, name)
		out = append(out, filepath.ToSlash(rel))
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return out
}

func TestAnUploadBecomesReady(t *testing.T) {
	r := newRoom(t, nil)
	file := picture(t, 700, 600, 9)
	a, created, err := r.Upload(context.Background(), registrar, "museum-a", `C:\照片\..\正面 ‮1.jpg`, iotest.HalfReader(bytes.NewReader(file)))
	if err != nil || !created {
		t.Fatal(created, err)
	}
	want := &media.Asset{Meta: store.Meta{Org: "museum-a", Rev: 1, Schema: 1}, Name: "正面 1.jpg", Kind: media.JPEG, Width: 700, Height: 600,
		Bytes: int64(len(file)), Colour: pyramid.Assumed, Type: media.ImageType, State: media.Uploaded, UploadedBy: "registrar", SHA256: a.SHA256, Same: a.SHA256}
	if diff := cmp.Diff(want, a, cmpopts.IgnoreFields(store.Meta{}, "ID", "CreatedAt", "UpdatedAt"), cmpopts.IgnoreFields(media.Asset{}, "Grams")); diff != "" {
		t.Error(diff)
	}
	if len(a.SHA256) != 64 {
		t.Errorf("sha256 %q", a.SHA256)
	}
	if diff := cmp.Diff([]string{"originals/museum-a/" + a.SHA256[:2] + "/" + a.SHA256 + "/" + a.ID}, r.files(t, "blobs")); diff != "" {
		t.Error(diff)
	}
	r.work(t)
	got, err := r.See(context.Background(), auditor, a.ID)
	if err != nil || got.State != media.Ready {
		t.Fatalf("%+v %v", got, err)
	}
	if n := r.files(t, "media/uploads"); len(n) != 0 {
		t.Errorf("left in the folder of uploads: %v", n)
	}
}

func TestUploadsThatAreRefusedLeaveNothing(t *testing.T) {
	good := picture(t, 60, 50, 1)
	for name, tc := range map[string]struct {
		by   actor.Actor
		org  actor.OrgID
		file io.Reader
		want *fault.Code
	}{
		"by nobody":                 {actor.Nobody(), "museum-a", bytes.NewReader(good), media.ErrDenied},
		"by staff of another":       {stranger, "museum-a", bytes.NewReader(good), media.ErrDenied},
		"by a role that only reads": {auditor, "museum-a", bytes.NewReader(good), media.ErrDenied},
		"for no organisation":       {registrar, "", bytes.NewReader(good), media.ErrOrg},
		"for a path":                {registrar, "../museum-a", bytes.NewReader(good), media.ErrOrg},
		"too many bytes":            {registrar, "museum-a", io.MultiReader(bytes.NewReader(good), bytes.NewReader(make([]byte, 64<<10))), media.ErrTooLarge},
		"too many pixels":           {registrar, "museum-a", bytes.NewReader(picture(t, 300, 300, 1)), media.ErrPixels},
		"empty":                     {registrar, "museum-a", strings.NewReader(""), media.ErrEmpty},
		"no picture":                {registrar, "museum-a", strings.NewReader("%PDF-1.7 hello"), media.ErrKind},
		"a connection that breaks":  {registrar, "museum-a", iotest.TimeoutReader(iotest.OneByteReader(bytes.NewReader(good))), media.ErrInterrupted},
	} {
		t.Run(name, func(t *testing.T) {
			r := newRoom(t, func(c *media.Config) {
				c.MaxBytes, c.Limits = 32<<10, pyramid.Limits{MaxPixels: 10_000, MaxSide: 5_000}
			})
			if _, _, err := r.Upload(context.Background(), tc.by, tc.org, "a.jpg", tc.file); !errors.Is(err, tc.want) {
				t.Errorf("got %v, want %s", err, tc.want.ID())
			}
			if left := append(r.files(t, "blobs"), r.files(t, "media")...); len(left) != 0 {
				t.Errorf("left behind: %v", left)
			}
		})
	}
}

func TestEqualBytesAreOneAssetInsideOneOrganisationOnly(t *testing.T) {
	enginetest.Each(t, equalBytesAreOneAssetInsideOneOrganisationOnly)
}

func equalBytesAreOneAssetInsideOneOrganisationOnly(t *testing.T, open enginetest.Open) {
	r := newRoomOn(t, open, nil)
	file := picture(t, 60, 50, 1)
	first := r.upload(t, registrar, "museum-a", file)
	again, created, err := r.Upload(context.Background(), registrar, "museum-a", "b.jpg", bytes.NewReader(file))
	if err != nil || created || again.ID != first.ID {
		t.Errorf("again: %+v %v %v", again, created, err)
	}
	other, created, err := r.Upload(context.Background(), stranger, "museum-b", "b.jpg", bytes.NewReader(file))
	if err != nil || !created || other.ID == first.ID {
		t.Errorf("another organisation: %+v %v %v", other, created, err)
	}
	if n := len(r.files(t, "blobs")); n != 2 {
		t.Errorf("%d originals", n)
	}
}

func TestConcurrentUploadsOfTheSameBytesAreOneAsset(t *testing.T) {
	enginetest.Each(t, concurrentUploadsOfTheSameBytesAreOneAsset)
}

func concurrentUploadsOfTheSameBytesAreOneAsset(t *testing.T, open enginetest.Open) {
	r := newRoomOn(t, open, nil)
	file := picture(t, 60, 50, 1)
	type result struct {
		id      string
		created bool
		err     error
	}
	results := make(chan result)
	for range 8 {
		go func() {
			a, created, err := r.Upload(context.Background(), registrar, "museum-a", "a.jpg", bytes.NewReader(file))
			if err != nil {
				results <- result{err: err}
				return
			}
			results <- result{a.ID, created, nil}
		}()
	}
	seen, made := map[string]bool{}, 0
	for range 8 {
		res := <-results
		if res.err != nil {
			t.Error(res.err)
		}
		seen[res.id] = true
		if res.created {
			made++
		}
	}
	if len(seen) != 1 || made != 1 {
		t.Errorf("ids %v, created %d times", seen, made)
	}
	if n := r.files(t, "blobs"); len(n) != 1 {
		t.Errorf("originals %v", n)
	}
}

func TestAFileThatCannotBeDecodedFailsWithItsReason(t *testing.T) {
	r := newRoom(t, nil)
	file := picture(t, 700, 600, 9)
	a := r.upload(t, registrar, "museum-a", append(file[:len(file)/2:len(file)/2], 0xFF, 0xD9)) // sound but for the pixels
	r.work(t)
	got, err := r.See(context.Background(), registrar, a.ID)
	if err != nil || got.State != media.Failed || got.Fault != media.ErrDamaged.ID() {
		t.Errorf("%+v %v", got, err)
	}
	if err := r.shows(reviewer, a.ID, ""); err != nil {
		t.Fatal(err)
	}
	if _, err := r.Look(context.Background(), r.st, actor.Nobody(), a.ID, false); !errors.Is(err, media.ErrNotFound) {
		t.Errorf("the public: %v", err)
	}
	if _, err := r.Look(context.Background(), r.st, registrar, a.ID, false); !errors.Is(err, media.ErrFailed) {
		t.Errorf("staff: %v", err)
	}
}

func TestAnOriginalThatChangedIsNotShown(t *testing.T) {
	r := newRoom(t, nil)
	a := r.upload(t, registrar, "museum-a", picture(t, 60, 50, 1))
	name := filepath.Join(r.data, "blobs", r.files(t, "blobs")[0])
	if err := os.WriteFile(name, picture(t, 60, 50, 2), 0o644); err != nil {
		t.Fatal(err)
	}
	r.work(t)
	got, err := r.See(context.Background(), registrar, a.ID)
	if err != nil || got.State == media.Ready {
		t.Errorf("%+v %v", got, err)
	}
}

func TestWhoMaySee(t *testing.T) {
	r := newRoom(t, nil)
	a := r.upload(t, registrar, "museum-a", picture(t, 1100, 600, 9))
	ctx := context.Background()
	see := func(by actor.Actor, asStaff bool) string {
		k, err := r.Look(ctx, r.st, by, a.ID, asStaff)
		if err != nil {
			return fault.Of(err).Code().ID()
		}
		return fmt.Sprintf("%d private=%v", k.Levels[0].Width, k.Private)
	}
	check := func(when string, nobody, nobodyStaff, own, ownStaff, other string) {
		t.Helper()
		got := []string{see(actor.Nobody(), false), see(actor.Nobody(), true), see(auditor, false), see(auditor, true), see(stranger, false)}
		if diff := cmp.Diff([]string{nobody, nobodyStaff, own, ownStaff, other}, got); diff != "" {
			t.Errorf("%s: %s", when, diff)
		}
	}
	const hidden, soon = "media.not_found", "media.not_ready"
	check("uploaded", hidden, hidden, soon, soon, hidden)
	if err := r.shows(reviewer, a.ID, ""); err != nil {
		t.Fatal(err)
	}
	check("public before it is ready", hidden, hidden, soon, soon, hidden)
	r.work(t)
	check("public", "1100 private=false", hidden, "1100 private=false", "1100 private=true", "1100 private=false")
	if err := r.shows(reviewer, a.ID, "small"); err != nil {
		t.Fatal(err)
	}
	check("smaller, not drawn yet", soon, hidden, "1100 private=true", "1100 private=true", soon)
	r.work(t)
	check("public, smaller", "600 private=false", hidden, "600 private=false", "1100 private=true", "600 private=false")
	if err := r.shows(reviewer, a.ID); err != nil {
		t.Fatal(err)
	}
	check("withdrawn", hidden, hidden, "1100 private=true", "1100 private=true", hidden)
}

func TestRightsAreSetByThoseWhoPublishThere(t *testing.T) {
	r := newRoom(t, nil)
	a := r.upload(t, registrar, "museum-a", picture(t, 60, 50, 1))
	for name, tc := range map[string]struct {
		by   actor.Actor
		id   string
		want error
	}{
		"a reader":         {auditor, a.ID, media.ErrDenied},
		"staff of another": {stranger, a.ID, media.ErrNotFound},
		"nobody":           {actor.Nobody(), a.ID, media.ErrNotFound},
		"an unknown asset": {reviewer, "01900000-0000-7000-8000-000000000000", media.ErrNotFound},
		"a reviewer":       {reviewer, a.ID, nil},
		"the program":      {actor.SystemPart("publication"), a.ID, nil},
	} {
		t.Run(name, func(t *testing.T) {
			if err := r.shows(tc.by, tc.id, ""); !errors.Is(err, tc.want) {
				t.Errorf("got %v, want %v", err, tc.want)
			}
		})
	}
}

func TestRemovalLeavesATombstoneAndNoBytes(t *testing.T) {
	r := newRoom(t, nil)
	ctx := context.Background()
	file := picture(t, 60, 50, 1)
	a := r.upload(t, registrar, "museum-a", file)
	r.work(t)
	if err := r.shows(reviewer, a.ID, ""); err != nil {
		t.Fatal(err)
	}
	a, err := r.See(ctx, registrar, a.ID)
	if err != nil {
		t.Fatal(err)
	}
	for name, tc := range map[string]struct {
		by     actor.Actor
		rev    int64
		reason string
		want   error
	}{
		"staff of another": {stranger, a.Rev, "x", media.ErrNotFound},
		"a reader":         {auditor, a.Rev, "x", media.ErrDenied},
		"stale":            {registrar, a.Rev - 1, "x", store.ErrConflict},
		"without a reason": {registrar, a.Rev, "  ", media.ErrReason},
		"while public":     {registrar, a.Rev, "x", media.ErrInUse},
	} {
		if err := r.Remove(ctx, tc.by, a.ID, tc.rev, tc.reason); !errors.Is(err, tc.want) {
			t.Errorf("%s: got %v, want %v", name, err, tc.want)
		}
	}
	if err := r.shows(reviewer, a.ID); err != nil {
		t.Fatal(err)
	}
	if err := r.Remove(ctx, registrar, a.ID, a.Rev+1, "重复拍摄"); err != nil {
		t.Fatal(err)
	}
	r.work(t)
	if _, err := r.See(ctx, registrar, a.ID); !errors.Is(err, media.ErrNotFound) {
		t.Errorf("still seen: %v", err)
	}
	if left := append(r.files(t, "blobs"), r.files(t, "media")...); len(left) != 0 {
		t.Errorf("bytes left: %v", left)
	}
	history, err := store.History.Find(ctx, r.st, store.Query{Index: "byDoc", Equal: []any{"assets", a.ID}, Reverse: true, Limit: 1})
	if err != nil || len(history.Items) != 1 || history.Items[0].Reason != "重复拍摄" || history.Items[0].ActorID != "registrar" {
		t.Errorf("history %+v %v", history.Items, err)
	}
	fresh := r.upload(t, registrar, "museum-a", file)
	if fresh.ID == a.ID {
		t.Error("a removed asset came back")
	}
}

func TestAMissingPyramidIsMadeAgain(t *testing.T) {
	r := newRoom(t, nil)
	ctx := context.Background()
	a := r.upload(t, registrar, "museum-a", picture(t, 700, 600, 9))
	r.work(t)
	pyramids := r.files(t, "media/pyramids")
	if len(pyramids) != 1 {
		t.Fatal(pyramids)
	}
	name := filepath.Join(r.data, "media", "pyramids", pyramids[0])
	for what, spoil := range map[string]func() error{
		"missing": func() error { return os.Remove(name) },
		"damaged": func() error {
			return os.WriteFile(name, []byte("YJYTILES and then nothing that makes sense, for a while"), 0o644)
		},
	} {
		t.Run(what, func(t *testing.T) {
			if err := spoil(); err != nil {
				t.Fatal(err)
			}
			other := roomAt(t, r.data, r.st, nil) // another process: nothing is open
			k, err := other.Look(ctx, other.st, registrar, a.ID, false)
			if err != nil {
				t.Fatal(err)
			}
			img, err := other.Open(ctx, k)
			if err != nil {
				t.Fatal(err)
			}
			defer img.Close()
			if _, err := img.Picture(ctx, pyramid.Want{W: 512, H: 512, Width: 512, Height: 512, Kind: pyramid.JPEG}); err != nil {
				t.Error(err)
			}
		})
	}
}

// stuck is an engine that never comes to the document.
type stuck struct{ store.Engine }

func (stuck) Update(context.Context, store.Class, func(context.Context, store.Writer) error) error {
	fmt.Println("at the document")
	select {}
}

// TestKilledBetweenOriginalAndDocument runs itself as a process that uploads
// and stops before the document, kills it, and looks at what it left.
func TestKilledBetweenOriginalAndDocument(t *testing.T) {
	const env = "YJY_TEST_MEDIA_KILL"
	if data := os.Getenv(env); data != "" {
		engine, err := sqlitestore.Open(context.Background(), filepath.Join(data, "db"), sqlitestore.Options{})
		if err != nil {
			t.Fatal(err)
		}
		st, err := store.Open(context.Background(), stuck{engine}, store.Options{}, media.Collections()...)
		if err != nil {
			t.Fatal(err)
		}
		r := roomAt(t, data, st, nil)
		_, _, err = r.Upload(context.Background(), registrar, "museum-a", "a.jpg", bytes.NewReader(picture(t, 60, 50, 1)))
		t.Fatal("went on:", err)
	}
	data := t.TempDir()
	child := exec.Command(os.Args[0], "-test.run", "^TestKilledBetweenOriginalAndDocument$")
	child.Env = append(os.Environ(), env+"="+data)
	out, err := child.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := child.Start(); err != nil {
		t.Fatal(err)
	}
	reached := false
	for lines := bufio.NewScanner(out); !reached && lines.Scan(); {
		reached = strings.Contains(lines.Text(), "at the document")
	}
	if err := child.Process.Kill(); err != nil {
		t.Fatal(err)
	}
	_ = child.Wait() // it was killed
	if !reached {
		t.Fatal("the child did not come to the document")
	}
	now := time.Now()
	engine, err := sqlitestore.Open(context.Background(), filepath.Join(data, "db"), sqlitestore.Options{})
	if err != nil {
		t.Fatal(err)
	}
	st, err := store.Open(context.Background(), engine, store.Options{Now: func() time.Time { return now }}, media.Collections()...)
	if err != nil {
		t.Fatal(err)
	}
	defer st.Close()
	r := roomAt(t, data, st, nil)
	if n := r.files(t, "blobs"); len(n) != 1 {
		t.Fatalf("originals %v: the child was to leave one", n)
	}
	if n := r.files(t, "media/uploads"); len(n) != 1 {
		t.Fatalf("uploads %v: the child was to leave one", n)
	}
	if err := r.Begin(context.Background()); err != nil {
		t.Fatal(err)
	}
	r.work(t)
	if n := r.files(t, "media/uploads"); len(n) != 0 {
		t.Errorf("uploads left: %v", n)
	}
	a := r.upload(t, registrar, "museum-a", picture(t, 60, 50, 1)) // as if it had never been
	r.work(t)
	if got, err := r.See(context.Background(), registrar, a.ID); err != nil || got.State != media.Ready {
		t.Errorf("%+v %v", got, err)
	}
	if n := r.files(t, "blobs"); len(n) != 2 {
		t.Errorf("a young original was swept: %v", n)
	}
	now = now.Add(25 * time.Hour)
	if err := r.Begin(context.Background()); err != nil {
		t.Fatal(err)
	}
	r.work(t)
	if n := r.files(t, "blobs"); len(n) != 1 || !strings.HasSuffix(n[0], a.ID) {
		t.Errorf("originals after the sweep: %v", n)
	}
	if n := r.files(t, "media/pyramids"); len(n) != 1 {
		t.Errorf("pyramids after the sweep: %v", n)
	}
}
