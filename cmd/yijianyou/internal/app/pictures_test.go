package app

import (
	"bytes"
	"errors"
	"image"
	"image/jpeg"
	"testing"

	"yijianyou/heritage"
	"yijianyou/internal/actor"
	"yijianyou/media"
	"yijianyou/tourism"
)

// TestAPictureStaysPublicWhileAnyDomainShowsIt: a relic and an area of one
// organisation show the same picture.
func TestAPictureStaysPublicWhileAnyDomainShowsIt(t *testing.T) {
	a, ctx := build(t, nil), t.Context()
	by := actor.SystemPart("test")
	must := func(err error) {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
	}
	var file bytes.Buffer
	must(jpeg.Encode(&file, image.NewGray(image.Rect(0, 0, 300, 300)), nil))
	pic, _, err := a.Media.Upload(ctx, by, "demo-museum", "a.jpg", &file)
	must(err)
	audience := func(want media.Audience, when string) {
		t.Helper()
		got, err := a.Media.See(ctx, by, pic.ID)
		must(err)
		if got.Rights.Audience != want {
			t.Errorf("%s: %q, want %q", when, got.Rights.Audience, want)
		}
	}
	remove := func() error {
		got, err := a.Media.See(ctx, by, pic.ID)
		must(err)
		return a.Media.Remove(ctx, by, pic.ID, got.Rev, "重复拍摄")
	}
	images := []heritage.ImageRef{{AssetID: pic.ID}}
	museum, err := a.Heritage.Museums.Create(ctx, by, heritage.NewRecord[heritage.MuseumFields]{Org: "demo-museum",
		Fields: heritage.MuseumFields{Name: heritage.Text{ZH: "示范博物馆"}, Images: images}})
	must(err)
	if err := remove(); !errors.Is(err, media.ErrInUse) {
		t.Errorf("a picture of a draft was removed: %v", err)
	}
	area, err := a.Tourism.Areas.Create(ctx, by, tourism.NewRecord[tourism.AreaFields]{Org: "demo-museum",
		Fields: tourism.AreaFields{Name: heritage.Text{ZH: "示范景区"}, Images: images}})
	must(err)
	for _, step := range []heritage.ReviewStep{heritage.Submit, heritage.Approve} {
		_, err = a.Heritage.Museums.Review(ctx, by, museum.ID, 0, step, "")
		must(err)
	}
	_, err = a.Heritage.Museums.Publish(ctx, by, museum.ID, 0)
	must(err)
	_, err = a.Tourism.Areas.Publish(ctx, by, area.ID, 0)
	must(err)
	audience(media.Public, "both show it")
	_, err = a.Heritage.Museums.Withdraw(ctx, by, museum.ID, 0, "更新")
	must(err)
	audience(media.Public, "the area still shows it")
	_, err = a.Tourism.Areas.Withdraw(ctx, by, area.ID, 0, "更新")
	must(err)
	audience(media.Staff, "nothing shows it")

	must(a.Heritage.Museums.Remove(ctx, by, museum.ID, 0, "重复登记"))
	if err := remove(); !errors.Is(err, media.ErrInUse) {
		t.Errorf("a picture of a withdrawn area was removed: %v", err)
	}
	must(a.Tourism.Areas.Remove(ctx, by, area.ID, 0, "重复登记"))
	must(remove())
}
