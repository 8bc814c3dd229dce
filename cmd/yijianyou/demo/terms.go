package demo

import (
	"context"
	"errors"

	"yijianyou/cmd/yijianyou/demo/drawing"
	"yijianyou/internal/actor"
	"yijianyou/internal/store"
	"yijianyou/media"
)

// Terms are those of every drawing. They are under the licence of the program,
// Apache-2.0, which is none of those that a picture may name by its URI.
func Terms() media.Terms {
	return media.Terms{
		Holder: media.Text{ZH: "一键游绘图程序（Apache-2.0）", EN: "Drawing program of Yijianyou (Apache-2.0)"},
		Credit: media.Text{ZH: drawing.NoticeZH, EN: drawing.NoticeEN}}
}

// Policies are the picture policies of the organisations that have drawings.
// Those of real things are shown whole, because they are no pictures of them; 示范
// 博物馆 shows what a museum would do with photographs.
func Policies() map[actor.OrgID][]media.Rule {
	return map[actor.OrgID][]media.Rule{
		Henan: {},
		MuseumOrg: {
			{Name: media.Text{ZH: "开放许可", EN: "Open licences"}, Licences: media.OpenLicences()},
			{Name: media.Text{ZH: "一级与未定级文物", EN: "Grade I and ungraded"}, Grades: []string{"grade-1", "ungraded"},
				MaxSize: 2048, Watermark: "示范博物馆 · 模拟数据 SIMULATED"},
			{Name: media.Text{ZH: "二级、三级文物", EN: "Grades II and III"}, Grades: []string{"grade-2", "grade-3"}, MaxSize: 3000},
		},
	}
}

// policies stores the policies of organisations that have none of their own.
func (d Deps) policies(ctx context.Context) error {
	for _, org := range []actor.OrgID{Henan, MuseumOrg} {
		p, err := d.Media.Policy(ctx, By(), org)
		if err != nil {
			return err
		}
		if p.Rev > 0 {
			continue
		}
		if _, err := d.Media.SetPolicy(ctx, By(), org, 0, Policies()[org], "演示数据"); err != nil && !errors.Is(err, store.ErrConflict) {
			return err
		}
	}
	return nil
}

// tell gives a drawing its terms, unless somebody has given it others.
func (d Deps) tell(ctx context.Context, id media.AssetID) error {
	a, err := d.Media.Asset(ctx, d.Store, id)
	if err != nil || a.Terms != (media.Terms{}) {
		return err
	}
	_, err = d.Media.SetTerms(ctx, By(), id, a.Rev, Terms(), drawing.NoticeZH)
	return err
}
