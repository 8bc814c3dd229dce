package demo

import (
	"bytes"
	"context"
	"errors"
	"slices"

	"yijianyou/heritage"
	"yijianyou/internal/store"
	"yijianyou/media"
	"yijianyou/tourism"
)

// SoundJob is the kind of the job that gives a story of 示范景区 its sound.
const SoundJob = "demo.sound"

// SoundStory is the story that has the tones: 钟声.
func SoundStory() string { return ID("story", "demo-area/bell-tower") }

// sound gives the story its tones with their words. A story that has a sound, was
// changed by somebody or is not public is left alone, so that the job may run again.
func (d Deps) sound(ctx context.Context, _ *store.Task) error {
	rec, err := d.Tourism.Stories.Record(ctx, By(), SoundStory())
	if errors.Is(err, tourism.ErrNotFound) {
		return nil
	}
	if err != nil || rec.Author.ID != By().ID || len(rec.Fields.Media) > 0 || rec.Shown == nil {
		return err
	}
	a, err := d.tonesAsset(ctx)
	if err != nil {
		return err
	}
	f := rec.Fields
	f.Media = []heritage.MediaRef{{AssetID: a.ID, Caption: toneCaption()}}
	return d.Store.Update(ctx, By(), func(tx *store.Tx) error {
		if _, err := d.Tourism.Stories.ChangeIn(tx, rec.ID, rec.Rev, f); err != nil {
			return err
		}
		_, err := d.Tourism.Stories.PublishIn(tx, rec.ID, 0)
		return err
	}, store.AsBulk)
}

// tonesAsset brings in the tones with their terms and words, or what is missing of them.
func (d Deps) tonesAsset(ctx context.Context) (*media.Asset, error) {
	a, _, err := d.Media.Upload(ctx, By(), AreaOrg, "demo-tones.wav", bytes.NewReader(Tones()))
	if err != nil {
		return nil, err
	}
	if a.Terms == (media.Terms{}) {
		if a, err = d.Media.SetTerms(ctx, By(), a.ID, a.Rev, ToneTerms(), ToneNoticeZH); err != nil {
			return nil, err
		}
	}
	for _, n := range ToneTracks() {
		if slices.ContainsFunc(a.Tracks, func(t media.Track) bool { return t.Kind == n.Kind && t.Lang == n.Lang }) {
			continue
		}
		if a, err = d.Media.SetTrack(ctx, By(), a.ID, a.Rev, n); err != nil {
			return nil, err
		}
	}
	return a, nil
}
