package media_test

import (
	"bytes"
	"context"
	"errors"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"yijianyou/internal/actor"
	"yijianyou/internal/store"
	"yijianyou/internal/store/enginetest"
	"yijianyou/media"
)

func sample(t *testing.T, name string) []byte {
	t.Helper()
	b, err := os.ReadFile(filepath.Join("avprobe", "testdata", name))
	if err != nil {
		t.Fatal(err)
	}
	return b
}

// showPlayed makes published records show the asset, or none.
func showPlayed(t *testing.T, r *room, id string, grades []string) {
	t.Helper()
	if err := r.st.Update(t.Context(), reviewer, func(tx *store.Tx) error { return r.SetShown(tx, id, "tourism", grades) }); err != nil {
		t.Fatal(err)
	}
}

func TestSoundAndFilmAreReadyAtOnceAndPlayedWithoutTheirTags(t *testing.T) {
	r := newRoom(t, nil)
	film := r.upload(t, registrar, "museum-a", sample(t, "end.mp4"))
	if film.State != media.Ready || film.Type != media.VideoType || film.Kind != media.MP4 || film.DurationMS < 1400 || film.DurationMS > 1700 || film.Width != 64 || film.Height != 48 {
		t.Fatalf("%+v", film)
	}
	r.work(t)
	if _, err := r.Content(t.Context(), actor.Nobody(), film.ID); !errors.Is(err, media.ErrNotFound) {
		t.Errorf("a film that nothing shows: %v", err)
	}
	if _, err := r.Content(t.Context(), stranger, film.ID); !errors.Is(err, media.ErrNotFound) {
		t.Errorf("a film of another museum: %v", err)
	}
	if k, err := r.Content(t.Context(), auditor, film.ID); err != nil || !k.Private {
		t.Errorf("staff: %v", err)
	}
	showPlayed(t, r, film.ID, []string{"marked"})
	r.work(t)
	k, err := r.Content(t.Context(), actor.Nobody(), film.ID)
	if err != nil || k.Private {
		t.Fatal(err)
	}
	part, err := k.Open(t.Context(), 0, film.Bytes)
	if err != nil {
		t.Fatal(err)
	}
	defer part.Close()
	b, err := io.ReadAll(part)
	if err != nil || int64(len(b)) != film.Bytes || bytes.Contains(b, []byte("+34.6197")) || bytes.Contains(b, []byte("PLANTED")) {
		t.Errorf("%d bytes, %v; a position is in them", len(b), err)
	}
	showPlayed(t, r, film.ID, nil)
	if _, err := r.Content(t.Context(), actor.Nobody(), film.ID); !errors.Is(err, media.ErrNotFound) {
		t.Errorf("withdrawn: %v", err)
	}
	if _, err := r.Look(t.Context(), r.st, auditor, film.ID, true); !errors.Is(err, media.ErrNotFound) {
		t.Errorf("a film as a picture: %v", err)
	}
}

func TestAPictureIsNeverGivenAsContent(t *testing.T) {
	r := newRoom(t, nil)
	p := r.upload(t, registrar, "museum-a", picture(t, 300, 200, 1))
	r.work(t)
	showPlayed(t, r, p.ID, []string{""})
	for _, by := range []actor.Actor{actor.Nobody(), auditor} {
		if _, err := r.Content(t.Context(), by, p.ID); !errors.Is(err, media.ErrNotFound) {
			t.Errorf("%s: %v", by.ID, err)
		}
	}
}

func TestEachTypeHasItsOwnLargestUpload(t *testing.T) {
	r := newRoom(t, func(c *media.Config) { c.MaxSound = 3000 })
	if _, _, err := r.Upload(t.Context(), registrar, "museum-a", "a.mp3", bytes.NewReader(sample(t, "a.mp3"))); !errors.Is(err, media.ErrTooLarge) {
		t.Errorf("a sound above its own bound: %v", err)
	}
	r.upload(t, registrar, "museum-a", sample(t, "end.mp4"))
}

const captions = "WEBVTT\n\n00:00.000 --> 00:01.000\n<b>云冈</b><img>\n"

func TestTracksAreKeptByKindAndLanguageAndFollowTheirAsset(t *testing.T) {
	enginetest.Each(t, tracksAreKeptByKindAndLanguageAndFollowTheirAsset)
}

func tracksAreKeptByKindAndLanguageAndFollowTheirAsset(t *testing.T, open enginetest.Open) {
	r := newRoomOn(t, open, nil)
	ctx := context.Background()
	keeper := staff("keeper", actor.Keeper, "museum-a")
	sound := r.upload(t, registrar, "museum-a", sample(t, "opus.ogg"))
	put := media.NewTrack{Kind: media.Captions, Lang: "zh", Format: "text/vtt", Text: []byte(captions)}
	if _, err := r.SetTrack(ctx, stranger, sound.ID, sound.Rev, put); !errors.Is(err, media.ErrNotFound) {
		t.Errorf("of another museum: %v", err)
	}
	if _, err := r.SetTrack(ctx, auditor, sound.ID, sound.Rev, put); !errors.Is(err, media.ErrDenied) {
		t.Errorf("who may only read: %v", err)
	}
	a, err := r.SetTrack(ctx, registrar, sound.ID, sound.Rev, put)
	if err != nil || len(a.Tracks) != 1 || a.Tracks[0].Lang != "zh" {
		t.Fatalf("%+v %v", a, err)
	}
	if _, err := r.SetTrack(ctx, registrar, sound.ID, sound.Rev, media.NewTrack{Kind: media.Transcript, Lang: "en", Format: "text/plain", Text: []byte("Yungang")}); !errors.Is(err, store.ErrConflict) {
		t.Errorf("of an older revision: %v", err)
	}
	if a, err = r.SetTrack(ctx, registrar, sound.ID, a.Rev, media.NewTrack{Kind: media.Transcript, Lang: "en", Format: "text/plain", Text: []byte("Yungang")}); err != nil || len(a.Tracks) != 2 {
		t.Fatalf("%+v %v", a, err)
	}
	for _, bad := range []media.NewTrack{
		{Kind: "subtitles", Lang: "zh", Format: "text/vtt", Text: []byte(captions)},
		{Kind: media.Captions, Lang: "../x", Format: "text/vtt", Text: []byte(captions)},
		{Kind: media.Captions, Lang: "en", Format: "text/plain", Text: []byte("x")},
		{Kind: media.Captions, Lang: "en", Format: "text/vtt", Text: []byte("x")},
		{Kind: media.Captions, Lang: "en", Format: "text/vtt", Text: []byte("WEBVTT\n\n00:00.000 --> 00:01.000\n" + strings.Repeat("&", 1<<19))}, // each is kept as five bytes
	} {
		if _, err := r.SetTrack(ctx, registrar, sound.ID, a.Rev, bad); err == nil {
			t.Errorf("%+v is taken", bad)
		}
	}
	if _, _, err := r.TrackOf(ctx, actor.Nobody(), sound.ID, media.Captions, "zh"); !errors.Is(err, media.ErrNotFound) {
		t.Errorf("captions of a sound that nothing shows: %v", err)
	}
	showPlayed(t, r, sound.ID, []string{""})
	text, private, err := r.TrackOf(ctx, actor.Nobody(), sound.ID, media.Captions, "zh")
	if err != nil || private || text.Text != "WEBVTT\n\n00:00:00.000 --> 00:00:01.000\n<b>云冈</b>\n" {
		t.Fatalf("%+v %v", text, err)
	}
	a, _ = r.Asset(ctx, r.st, sound.ID)
	if _, err := r.RemoveTrack(ctx, keeper, sound.ID, a.Rev, media.Captions, "zh", "旧版"); !errors.Is(err, media.ErrPolicyDenied) {
		t.Errorf("the public sees them, and he may not publish: %v", err)
	}
	showPlayed(t, r, sound.ID, nil)
	a, _ = r.Asset(ctx, r.st, sound.ID)
	if a, err = r.RemoveTrack(ctx, registrar, sound.ID, a.Rev, media.Captions, "zh", "旧版"); err != nil || len(a.Tracks) != 1 {
		t.Fatalf("%+v %v", a, err)
	}
	if err := r.Remove(ctx, registrar, sound.ID, a.Rev, "重复"); err != nil {
		t.Fatal(err)
	}
}

// TestTheSweepKeepsSoundAndFilmThatHaveAnAsset and takes the file of one that has
// none, as it does with pictures. What no record uses is still somebody's upload.
func TestTheSweepKeepsSoundAndFilmThatHaveAnAsset(t *testing.T) {
	r, c := clockedRoomOn(t, enginetest.SQLite, nil)
	ctx := context.Background()
	used, unused := r.upload(t, registrar, "museum-a", sample(t, "film.webm")), r.upload(t, registrar, "museum-a", sample(t, "a.mp3"))
	showPlayed(t, r, used.ID, []string{""})
	stray := *unused
	stray.ID = "0190a000-0000-7000-8000-000000000001"
	if err := os.WriteFile(r.blob(&stray), sample(t, "a.mp3"), 0o600); err != nil { // as an upload that broke off before its asset
		t.Fatal(err)
	}
	c.move(25 * time.Hour)
	if err := r.Begin(ctx); err != nil {
		t.Fatal(err)
	}
	r.work(t)
	left := r.files(t, "blobs")
	if len(left) != 2 {
		t.Errorf("%v", left)
	}
	for _, a := range []*media.Asset{used, unused} {
		k, err := r.Content(ctx, auditor, a.ID)
		if err != nil {
			t.Fatal(err)
		}
		part, err := k.Open(ctx, 0, a.Bytes)
		if err != nil {
			t.Fatal(err)
		}
		part.Close()
	}
	if _, err := os.Stat(r.blob(&stray)); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("a file without an asset is left: %v", err)
	}
}

// TestRemovalTakesBytesAndWordsAndLeavesATombstone: nobody is given the words of a
// film any more than the film.
func TestRemovalTakesBytesAndWordsAndLeavesATombstone(t *testing.T) {
	r, ctx := newRoom(t, nil), context.Background()
	film := r.upload(t, registrar, "museum-a", sample(t, "film.webm"))
	a := film
	for _, lang := range []string{"zh", "en"} {
		var err error
		if a, err = r.SetTrack(ctx, registrar, a.ID, a.Rev, media.NewTrack{Kind: media.Captions, Lang: lang, Format: "text/vtt", Text: []byte(captions)}); err != nil {
			t.Fatal(err)
		}
	}
	if err := r.Remove(ctx, registrar, a.ID, a.Rev, "权利人要求撤下"); err != nil {
		t.Fatal(err)
	}
	r.work(t)
	if left := append(r.files(t, "blobs"), r.files(t, "media")...); len(left) != 0 {
		t.Errorf("bytes left: %v", left)
	}
	for _, lang := range []string{"zh", "en"} {
		if ok, err := r.HasTrack(ctx, a.ID, media.Captions, lang); err != nil || ok {
			t.Errorf("captions in %s are left: %v", lang, err)
		}
		if _, _, err := r.TrackOf(ctx, registrar, a.ID, media.Captions, lang); !errors.Is(err, media.ErrNotFound) {
			t.Errorf("captions in %s of a tombstone: %v", lang, err)
		}
	}
	if _, err := r.Content(ctx, registrar, a.ID); !errors.Is(err, media.ErrNotFound) {
		t.Errorf("a tombstone plays: %v", err)
	}
	page, err := store.History.Find(ctx, r.st, store.Query{Index: "byDoc", Equal: []any{"assets", a.ID}, Reverse: true, Limit: 1})
	if err != nil || len(page.Items) != 1 || page.Items[0].Action != "media.remove" || page.Items[0].Reason != "权利人要求撤下" {
		t.Errorf("%+v %v", page, err)
	}
	stones, err := r.List(ctx, registrar, media.Filter{Org: "museum-a", State: media.Removed}, 10, "")
	if err != nil || len(stones.Items) != 1 || len(stones.Items[0].Tracks) != 0 || stones.Items[0].SHA256 != film.SHA256 || stones.Items[0].Reason != "权利人要求撤下" {
		t.Errorf("the tombstone says %+v, %v", stones, err)
	}
}
