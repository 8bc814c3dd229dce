package media_test

import (
	"bytes"
	"context"
	"errors"
	"io"
	"os"
	"path/filepath"
	"testing"

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
