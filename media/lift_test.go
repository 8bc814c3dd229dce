package media_test

import (
	"context"
	"testing"

	"github.com/google/go-cmp/cmp"

	"yijianyou/internal/actor"
	"yijianyou/internal/store"
	"yijianyou/internal/store/enginetest"
	"yijianyou/media"
)

// older is an asset as the version before grades stored it.
type older struct {
	store.Meta `bson:",inline"`
	SHA256     string        `bson:"sha256"`
	Name       string        `bson:"name,omitempty"`
	Kind       media.Kind    `bson:"kind"`
	Width      int           `bson:"width"`
	Height     int           `bson:"height"`
	Rights     olderRights   `bson:"rights"`
	Showers    []olderShower `bson:"showers,omitempty"`
	State      media.State   `bson:"state"`
	Same       string        `bson:"same,omitempty"`
}

type olderRights struct {
	Audience string `bson:"audience"`
}

type olderShower struct {
	Name   string      `bson:"name"`
	Rights olderRights `bson:"rights"`
}

// reshowing is a fake of media.Users that knows the grades of everything.
type reshowing struct {
	users
	room *room
}

func (r *reshowing) Reshow(tx *store.Tx, id media.AssetID) error {
	return r.room.FollowShown(tx, id, "heritage", []string{"grade-of-today"})
}

// TestWhatAnOlderVersionStoredIsClosedUntilItIsComplete: a picture that was shown
// before grades were told is under every rule; the sweep asks of which grade it is.
func TestWhatAnOlderVersionStoredIsClosedUntilItIsComplete(t *testing.T) {
	enginetest.Each(t, whatAnOlderVersionStoredIsClosedUntilItIsComplete)
}

func whatAnOlderVersionStoredIsClosedUntilItIsComplete(t *testing.T, open enginetest.Open) {
	u := &reshowing{users: users{}}
	r := newRoomOn(t, open, func(c *media.Config) { c.Users = u })
	u.room = r
	ctx := context.Background()
	a := r.upload(t, registrar, "museum-a", picture(t, 1200, 900, 1))
	r.work(t)
	spec := store.Spec{Name: "assets", Schema: 1}
	err := r.st.Update(ctx, actor.SystemPart("test"), func(tx *store.Tx) error {
		raw := &older{Meta: store.Meta{ID: a.ID, Org: a.Org, Rev: 2}, SHA256: a.SHA256, Name: a.Name, Kind: a.Kind, Width: a.Width, Height: a.Height,
			Rights: olderRights{"public"}, Showers: []olderShower{{"heritage", olderRights{"public"}}}, State: media.Ready, Same: a.Same}
		now, err := r.Asset(tx.Context(), tx, a.ID)
		if err != nil {
			return err
		}
		raw.Rev = now.Rev
		return store.Define[older](spec).Put(tx, raw)
	})
	if err != nil {
		t.Fatal(err)
	}
	if d := cmp.Diff(media.Rights{Audience: media.Public, MaxSize: 600, Watermark: "示范 SAMPLE"}, r.effective(t, a.ID)); d != "" {
		t.Errorf("before: %s", d)
	}
	if err := r.Begin(ctx); err != nil {
		t.Fatal(err)
	}
	r.work(t)
	got, err := r.Asset(ctx, r.st, a.ID)
	if err != nil {
		t.Fatal(err)
	}
	if d := cmp.Diff([]media.Shower{{Name: "heritage", Grades: []string{"grade-of-today"}}}, got.Showers); d != "" || got.Type != media.ImageType {
		t.Errorf("after: %q %s", got.Type, d)
	}
	if page, err := r.List(ctx, auditor, media.Filter{Org: "museum-a", Type: media.ImageType, Name: "正面"}, 0, ""); err != nil || len(page.Items) != 1 {
		t.Errorf("it is not found by type and name: %+v %v", page, err)
	}
}
