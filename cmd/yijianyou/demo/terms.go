package demo

import (
	"context"
	"errors"

	"yijianyou/cmd/yijianyou/demo/drawing"
	"yijianyou/internal/actor"
	"yijianyou/internal/store"
	"yijianyou/media"
)

// Terms are those of the drawings of an organisation. They are works of this
// project, which gives them for any use with their credit (CC BY 4.0); those of
// 示范博物馆 for other than commercial use (CC BY-NC 4.0), as a museum may with its
// photographs, so that its rules by grade have something to hold for.
func Terms(org actor.OrgID) media.Terms {
	t := media.Terms{
		Holder: media.Text{ZH: "一键游项目", EN: "The Yijianyou project"}, Licence: media.CCBY,
		Credit: media.Text{ZH: "绘图：一键游", EN: "Drawn by Yijianyou"}} // that it is a drawing its caption says
	if org == MuseumOrg {
		t.Licence = media.CCBYNC
	}
	return t
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
	_, err = d.Media.SetTerms(ctx, By(), id, a.Rev, Terms(a.Org), drawing.NoticeZH)
	return err
}
