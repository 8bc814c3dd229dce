package tourism

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"yijianyou/heritage"
	"yijianyou/internal/fault"
	"yijianyou/internal/ids"
)

func TestRulesOfContent(t *testing.T) {
	w, ctx := newWorld(t), t.Context()
	a, b := w.area("甲"), w.area("乙")
	s1, s2, other := w.spot(a.ID, "一"), w.spot(a.ID, "二"), w.spot(b.ID, "三")
	n := func(v int) *int { return &v }
	line := []Position{{Lon: 113, Lat: 34}, {Lon: 113.01, Lat: 34}}
	path := func(change func(*PathFields)) PathFields {
		f := PathFields{AreaID: AreaID(a.ID), FromSpot: SpotID(s1.ID), ToSpot: SpotID(s2.ID), Line: line, PrecisionM: 500, LengthM: 1000}
		change(&f)
		return f
	}
	w.pictures.org["0190a000-0000-7000-8000-000000000001"] = "other"
	for _, c := range []struct {
		rule string
		run  func() error
		want []string
	}{
		{"an area needs a Chinese name, a known grade and a time zone that exists", func() error {
			_, err := w.Areas.Create(ctx, manager, NewRecord[AreaFields]{Org: org, Fields: AreaFields{Name: heritage.Text{EN: "x"}, Grade: "6A", TimeZone: "Mars/Base"}})
			return err
		}, []string{"name.zh heritage.chinese_required", "grade heritage.term", "timeZone heritage.time_zone"}},
		{"a museum's grounds have no facts on visiting of their own", func() error {
			id := ids.New()
			w.records["museum"+id] = true
			free := true
			_, err := w.Areas.Create(ctx, manager, NewRecord[AreaFields]{Org: org, Fields: AreaFields{Name: heritage.Text{ZH: "馆"}, MuseumID: heritage.MuseumID(id),
				Visiting: &heritage.Visiting{Admission: &heritage.Admission{Free: &free}}}})
			return err
		}, []string{"visiting tourism.museum_visiting"}},
		{"pictures are of one's own organisation", func() error {
			_, err := w.Areas.Create(ctx, manager, NewRecord[AreaFields]{Org: org, Fields: AreaFields{Name: heritage.Text{ZH: "x"},
				Images: []heritage.ImageRef{{AssetID: "0190a000-0000-7000-8000-000000000001"}}}})
			return err
		}, []string{"images[0].assetId heritage.asset"}},
		{"a spot needs an area that exists and a known kind", func() error {
			_, err := w.Spots.Create(ctx, manager, NewRecord[SpotFields]{Org: org, Fields: SpotFields{AreaID: AreaID(ids.New()), Name: heritage.Text{ZH: "x"}, Kind: "castle", Wheelchair: "maybe"}})
			return err
		}, []string{"kind heritage.term", "wheelchair heritage.term", "areaId tourism.reference"}},
		{"hours of a spot are checked like those of a house", func() error {
			_, err := w.Spots.Create(ctx, manager, NewRecord[SpotFields]{Org: org, Fields: SpotFields{AreaID: AreaID(a.ID), Name: heritage.Text{ZH: "x"}, Kind: "shop",
				Hours: &heritage.OpeningHours{Seasons: []heritage.Season{{Week: []heritage.WeekDay{{Days: []int{1}, Opens: "18:00", Closes: "09:00"}}}}}}})
			return err
		}, []string{"hours.seasons[0].week[0].closes heritage.clock_order"}},
		{"a path stays in its area", func() error {
			_, err := w.Paths.Create(ctx, manager, NewRecord[PathFields]{Org: org, Fields: path(func(f *PathFields) { f.ToSpot = SpotID(other.ID) })})
			return err
		}, []string{"toSpot tourism.other_area"}},
		{"a path leads elsewhere, is not shorter than its ends are apart, and is not step-free with steps", func() error {
			_, err := w.Paths.Create(ctx, manager, NewRecord[PathFields]{Org: org, Fields: path(func(f *PathFields) {
				f.ToSpot, f.LengthM, f.Steps, f.Accessible = f.FromSpot, 100, n(3), AccessYes
			})})
			return err
		}, []string{"toSpot tourism.same_ends", "accessible tourism.steps_accessible", "lengthM tourism.too_short"}},
		{"a story needs a subject that may be named and a text", func() error {
			_, err := w.Stories.Create(ctx, manager, NewRecord[StoryFields]{Org: org, Fields: StoryFields{Subject: Subject{Kind: "relic", ID: ids.New()}, Title: heritage.Text{ZH: "x"}}})
			return err
		}, []string{"text.zh heritage.required", "subject.id tourism.reference"}},
		{"a draft of another organisation cannot be named", func() error {
			id := ids.New()
			w.records["relic"+id] = false
			_, err := w.Stories.Create(ctx, manager, NewRecord[StoryFields]{Org: org, Fields: StoryFields{Subject: Subject{Kind: "relic", ID: id}, Title: heritage.Text{ZH: "x"}, Text: heritage.Text{ZH: "y"}}})
			return err
		}, []string{"subject.id tourism.reference"}},
	} {
		t.Run(c.rule, func(t *testing.T) {
			err := c.run()
			want(t, err, fault.ErrInvalid)
			if diff := cmp.Diff(c.want, fieldPaths(err)); diff != "" {
				t.Error(diff)
			}
		})
	}
}
