package media_test

import (
	"bytes"
	"context"
	"errors"
	"slices"
	"testing"

	"yijianyou/internal/actor"
	"yijianyou/internal/store"
	"yijianyou/internal/store/enginetest"
	"yijianyou/media"
)

func TestAListOfAssets(t *testing.T) { enginetest.Each(t, aListOfAssets) }

func aListOfAssets(t *testing.T, open enginetest.Open) {
	r := newRoomOn(t, open, nil)
	ctx := context.Background()
	shade := byte(0)
	add := func(by actor.Actor, org actor.OrgID, name string) *media.Asset {
		t.Helper()
		shade++
		a, _, err := r.Upload(ctx, by, org, name, bytes.NewReader(picture(t, 60, 50, shade*40)))
		if err != nil {
			t.Fatal(err)
		}
		return a
	}
	add(registrar, "museum-a", "莲鹤方壶 正面.jpg")
	add(registrar, "museum-a", "DSC_0042.JPG")
	r.work(t)
	add(registrar, "museum-a", "莲鹤方壶 背面（修复后）.jpg")
	add(stranger, "museum-b", "莲鹤方壶.jpg")
	gone := add(registrar, "museum-a", "莲鹤方壶 重复拍摄的一张.jpg")
	if err := r.Remove(ctx, registrar, gone.ID, gone.Rev, "重复"); err != nil {
		t.Fatal(err)
	}
	for name, tc := range map[string]struct {
		f    media.Filter
		want []string
	}{
		"all, the newest first":   {media.Filter{}, []string{"莲鹤方壶 背面（修复后）.jpg", "DSC_0042.JPG", "莲鹤方壶 正面.jpg"}},
		"by type":                 {media.Filter{Type: media.ImageType}, []string{"莲鹤方壶 背面（修复后）.jpg", "DSC_0042.JPG", "莲鹤方壶 正面.jpg"}},
		"by another type":         {media.Filter{Type: "audio"}, nil},
		"by state":                {media.Filter{State: media.Ready}, []string{"DSC_0042.JPG", "莲鹤方壶 正面.jpg"}},
		"by type and state":       {media.Filter{Type: media.ImageType, State: media.Uploaded}, []string{"莲鹤方壶 背面（修复后）.jpg"}},
		"tombstones":              {media.Filter{State: media.Removed}, []string{"莲鹤方壶 重复拍摄的一张.jpg"}},
		"by a part of the name":   {media.Filter{Name: "方壶"}, []string{"莲鹤方壶 背面（修复后）.jpg", "莲鹤方壶 正面.jpg"}},
		"by one character":        {media.Filter{Name: "鹤"}, []string{"莲鹤方壶 背面（修复后）.jpg", "莲鹤方壶 正面.jpg"}},
		"in another case":         {media.Filter{Name: "dsc_00"}, []string{"DSC_0042.JPG"}},
		"in another width":        {media.Filter{Name: "ＤＳＣ"}, []string{"DSC_0042.JPG"}},
		"by name and state":       {media.Filter{Name: "方壶", State: media.Ready}, []string{"莲鹤方壶 正面.jpg"}},
		"pairs that do not touch": {media.Filter{Name: "方壶背面"}, nil},
		"bytes that are no text":  {media.Filter{Name: "\xff"}, []string{"莲鹤方壶 背面（修复后）.jpg", "DSC_0042.JPG", "莲鹤方壶 正面.jpg"}},
	} {
		tc.f.Org = "museum-a"
		for limit := range 4 {
			var got []string
			cursor := store.Cursor("")
			for range 20 {
				page, err := r.List(ctx, auditor, tc.f, limit, cursor)
				if err != nil {
					t.Fatal(err)
				}
				for _, a := range page.Items {
					got = append(got, a.Name)
				}
				if cursor = page.Next; cursor == "" {
					break
				}
			}
			if !slices.Equal(got, tc.want) {
				t.Errorf("%s, %d at a time: %q, want %q", name, limit, got, tc.want)
			}
		}
	}
	for name, by := range map[string]actor.Actor{"another museum": stranger, "nobody": actor.Nobody()} {
		if _, err := r.List(ctx, by, media.Filter{Org: "museum-a"}, 0, ""); !errors.Is(err, media.ErrNotFound) {
			t.Errorf("%s: %v", name, err)
		}
	}
	if _, err := r.List(ctx, auditor, media.Filter{Org: "museum-a"}, 0, "x"); !errors.Is(err, store.ErrCursor) {
		t.Errorf("a broken cursor: %v", err)
	}
}
