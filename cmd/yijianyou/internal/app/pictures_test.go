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
		if got.Audience() != want {
			t.Errorf("%s: %q, want %q", when, got.Audience(), want)
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

// TestAWithdrawnMuseumHidesThePicturesOfItsGroundsAndStories: the catalogue and
// the visitor side are joined in the program, and so is what tourists see of both.
func TestAWithdrawnMuseumHidesThePicturesOfItsGroundsAndStories(t *testing.T) {
	a, ctx := build(t, nil), t.Context()
	by := actor.SystemPart("test")
	must := func(err error) {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
	}
	picture := func(side int) string {
		t.Helper()
		var file bytes.Buffer
		must(jpeg.Encode(&file, image.NewGray(image.Rect(0, 0, side, side)), nil))
		pic, _, err := a.Media.Upload(ctx, by, "demo-area", "a.jpg", &file)
		must(err)
		return pic.ID
	}
	hall, tale := picture(300), picture(301)
	audience := func(want media.Audience, when string) {
		t.Helper()
		for name, id := range map[string]string{"hall": hall, "story": tale} {
			got, err := a.Media.See(ctx, by, id)
			must(err)
			if got.Audience() != want {
				t.Errorf("%s, the picture of the %s: %q, want %q", when, name, got.Audience(), want)
			}
		}
	}
	museum, err := a.Heritage.Museums.Create(ctx, by, heritage.NewRecord[heritage.MuseumFields]{Org: "demo-museum",
		Fields: heritage.MuseumFields{Name: heritage.Text{ZH: "示范博物馆"}}})
	must(err)
	for _, step := range []heritage.ReviewStep{heritage.Submit, heritage.Approve} {
		_, err = a.Heritage.Museums.Review(ctx, by, museum.ID, 0, step, "")
		must(err)
	}
	area, err := a.Tourism.Areas.Create(ctx, by, tourism.NewRecord[tourism.AreaFields]{Org: "demo-area",
		Fields: tourism.AreaFields{Name: heritage.Text{ZH: "示范馆区"}, MuseumID: heritage.MuseumID(museum.ID)}})
	must(err)
	spot, err := a.Tourism.Spots.Create(ctx, by, tourism.NewRecord[tourism.SpotFields]{Org: "demo-area", Fields: tourism.SpotFields{
		AreaID: tourism.AreaID(area.ID), Name: heritage.Text{ZH: "示范展厅"}, Kind: "exhibition-hall", Images: []heritage.ImageRef{{AssetID: hall}}}})
	must(err)
	story, err := a.Tourism.Stories.Create(ctx, by, tourism.NewRecord[tourism.StoryFields]{Org: "demo-area", Fields: tourism.StoryFields{
		Subject: tourism.Subject{Kind: "spot", ID: spot.ID}, Title: heritage.Text{ZH: "示范讲解"}, Text: heritage.Text{ZH: "示范"}, Images: []heritage.ImageRef{{AssetID: tale}}}})
	must(err)
	_, err = a.Tourism.Stories.Publish(ctx, by, story.ID, 0)
	must(err)
	_, err = a.Tourism.Spots.Publish(ctx, by, spot.ID, 0)
	must(err)
	_, err = a.Tourism.Areas.Publish(ctx, by, area.ID, 0)
	must(err)
	audience(media.Staff, "the museum is hidden")

	registrar := actor.Actor{Kind: actor.Staff, ID: "r", Name: "r", Grants: []actor.Grant{{Role: actor.Registrar, Org: "demo-museum"}}}
	_, err = a.Heritage.Museums.Publish(ctx, registrar, museum.ID, 0)
	must(err)
	audience(media.Public, "the museum is published")
	_, err = a.Heritage.Museums.Withdraw(ctx, registrar, museum.ID, 0, "闭馆")
	must(err)
	audience(media.Staff, "the museum is withdrawn")
	_, err = a.Heritage.Museums.Publish(ctx, registrar, museum.ID, 0)
	must(err)
	audience(media.Public, "the museum is published again")
}
