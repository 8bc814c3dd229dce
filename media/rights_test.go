package media_test

import (
	"context"
	"errors"
	"testing"

	"github.com/google/go-cmp/cmp"

	"yijianyou/internal/store"
	"yijianyou/media"
)

// TestAPictureHasTheMostOpenRightsOfItsShowers: what one part withdraws stays
// public while another shows it.
func TestAPictureHasTheMostOpenRightsOfItsShowers(t *testing.T) {
	r := newRoom(t, nil)
	id := r.upload(t, registrar, "museum-a", picture(t, 60, 50, 1)).ID
	public := func(max int) media.Rights { return media.Rights{Audience: media.Public, MaxSize: max} }
	for _, step := range []struct {
		shower string
		gives  media.Rights
		want   media.Rights
	}{
		{"heritage", public(300), public(300)},
		{"tourism", public(500), public(500)},
		{"heritage", public(0), public(0)},
		{"tourism", public(400), public(0)},
		{"heritage", media.Rights{}, public(400)},
		{"heritage", media.Rights{Audience: media.Staff}, public(400)},
		{"tourism", media.Rights{}, media.Rights{Audience: media.Staff}},
	} {
		err := r.st.Update(context.Background(), reviewer, func(tx *store.Tx) error { return r.SetRights(tx, id, step.shower, step.gives) })
		if err != nil {
			t.Fatal(err)
		}
		a, err := r.See(context.Background(), registrar, id)
		if err != nil {
			t.Fatal(err)
		}
		if d := cmp.Diff(step.want, a.Rights); d != "" {
			t.Errorf("after %s gave %+v: %s", step.shower, step.gives, d)
		}
	}
}

// users is a fake of media.Users: the assets that a record names.
type users map[string]bool

func (u users) UsesAsset(_ context.Context, _ store.Reader, id media.AssetID) (bool, error) {
	return u[id], nil
}

func TestAPictureThatADraftNamesIsNotRemoved(t *testing.T) {
	named := users{}
	r := newRoom(t, func(c *media.Config) { c.Users = named })
	a := r.upload(t, registrar, "museum-a", picture(t, 60, 50, 1))
	named[a.ID] = true
	if err := r.Remove(context.Background(), registrar, a.ID, a.Rev, "重复拍摄"); !errors.Is(err, media.ErrInUse) {
		t.Errorf("got %v, want %v", err, media.ErrInUse)
	}
	delete(named, a.ID)
	if err := r.Remove(context.Background(), registrar, a.ID, a.Rev, "重复拍摄"); err != nil {
		t.Error(err)
	}
}
