package heritage_test

import (
	"math"
	"testing"

	"github.com/google/go-cmp/cmp"

	"yijianyou/heritage"
	"yijianyou/heritage/vocab"
)

func TestTheSameThingIsStoredInOneWay(t *testing.T) {
	g := newWorld(t).Relics
	f := heritage.RelicFields{
		Name:          heritage.Text{ZH: "  莲鹤\u200b方壶\u3000", EN: "Square  hu\n"},
		Period:        heritage.Period{Text: name("春秋中期")},
		Materials:     []vocab.Code{"copper", "", "copper"},
		Mass:          heritage.Mass{Grams: ptr(64280.0)},
		AccessionedOn: "1965-12-31",
		MuseumID:      someID,
		Number:        &heritage.Number{Kind: "register", Value: "　豫博０１２３　"},
		Aliases:       []string{"立鹤方壶", " 立鹤方壶", ""},
		Description:   name("第一行 \r\n\r\n\r\n\r\n第二行"),
		Sources:       []heritage.Source{{}, {Text: name("河南博物院")}},
	}
	if wrong := g.Check(&f); wrong != nil {
		t.Fatalf("refused: %v", wrong)
	}
	type seen struct {
		Name, Description heritage.Text
		Materials         []vocab.Code
		Range, Accession  vocab.Code
		Number            string
		Aliases           []string
		Sources           []heritage.Source
	}
	want := seen{heritage.Text{ZH: "莲鹤方壶", EN: "Square hu"}, name("第一行\n\n第二行"), []vocab.Code{"copper"}, "50-100kg", "1949-1965", "豫博0123",
		[]string{"立鹤方壶"}, []heritage.Source{{Text: name("河南博物院"), Confidence: heritage.Low}}}
	got := seen{f.Name, f.Description, f.Materials, f.Mass.Range, f.AccessionRange, f.Number.Value, f.Aliases, f.Sources}
	if p := f.Period; p.FromYear == nil || p.ToYear == nil || *p.FromYear <= -770 || *p.ToYear >= -476 || !p.Approx {
		t.Errorf("春秋中期 is read as %+v", p)
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
	again := f
	g.Check(&again)
	if diff := cmp.Diff(f, again); diff != "" {
		t.Errorf("doing it twice changes it:\n%s", diff)
	}
}

func TestYearsThatSomebodyGaveAreKept(t *testing.T) {
	f := heritage.RelicFields{Name: name("鼎"), Period: heritage.Period{Text: name("春秋中期"), FromYear: ptr(-670)}}
	newWorld(t).Relics.Check(&f)
	if *f.Period.FromYear != -670 || f.Period.ToYear != nil {
		t.Errorf("the years became %v to %v", f.Period.FromYear, f.Period.ToYear)
	}
}

func TestWordsThatCannotBeReadGiveNoYears(t *testing.T) {
	f := heritage.RelicFields{Name: name("鼎"), Period: heritage.Period{Text: name("很久以前")}}
	newWorld(t).Relics.Check(&f)
	if f.Period.FromYear != nil || f.Period.ToYear != nil || f.Period.Approx {
		t.Errorf("read as %+v", f.Period)
	}
}

func TestCoordinatesAreStoredInOneDatum(t *testing.T) {
	g := newWorld(t).Sites
	at := func(lon, lat float64, d heritage.Datum) heritage.GeoPoint {
		f := heritage.SiteFields{Name: name("塔"), Location: &heritage.GeoPoint{Lon: lon, Lat: lat, PrecisionM: 10, Datum: d}}
		g.Check(&f)
		return *f.Location
	}
	// 天安门: WGS-84, GCJ-02 and BD-09 of one spot, as public converters give them.
	const lon, lat = 116.391244, 39.907373
	for _, c := range []struct {
		datum    heritage.Datum
		lon, lat float64
		within   float64 // degrees
	}{
		{heritage.WGS84, lon, lat, 0},
		{"", lon, lat, 0},
		{heritage.CGCS2000, lon, lat, 0},
		{heritage.GCJ02, 116.397487, 39.908777, 1e-5},
		{heritage.BD09, 116.403847, 39.915098, 3e-5},
	} {
		p := at(c.lon, c.lat, c.datum)
		if math.Abs(p.Lon-lon) > c.within || math.Abs(p.Lat-lat) > c.within || p.Datum != "" {
			t.Errorf("%s: %.6f, %.6f is stored as %.6f, %.6f (%q)", c.datum, c.lon, c.lat, p.Lon, p.Lat, p.Datum)
		}
	}
	if p := at(2.2945, 48.8584, heritage.GCJ02); p.Lon != 2.2945 || p.Lat != 48.8584 {
		t.Errorf("outside China the shift was undone: %v", p)
	}
}

func TestDivisionsThatTheListKnowsGetTheirEnglishName(t *testing.T) {
	f := heritage.SiteFields{Name: name("塔"), Division: heritage.Division{Province: name("河南"), City: name("郑州市"), County: name("登封市")}}
	newWorld(t).Sites.Check(&f)
	want := heritage.Division{Province: heritage.Text{ZH: "河南省", EN: "Henan"}, City: heritage.Text{ZH: "郑州市", EN: "Zhengzhou"}, County: name("登封市")}
	if diff := cmp.Diff(want, f.Division); diff != "" {
		t.Error(diff)
	}
}

func TestOpeningHoursOfADay(t *testing.T) {
	tueSun := []int{2, 3, 4, 5, 6, 7}
	h := &heritage.OpeningHours{
		Seasons: []heritage.Season{
			{From: "11-01", To: "03-31", Week: []heritage.WeekDay{{Days: tueSun, Opens: "09:00", Closes: "17:00", LastEntry: "16:00"}, {Days: []int{1}, Closed: true}}},
			{From: "04-01", To: "09-30", Week: []heritage.WeekDay{{Days: tueSun, Opens: "09:00", Closes: "17:30"}}},
		},
		Exceptions: []heritage.HoursDay{{Day: "2026-02-16", Closed: true}, {Day: "2026-02-23", Opens: "10:00", Closes: "16:00"}},
	}
	for day, want := range map[heritage.Day]heritage.DayHours{
		"2026-01-06": {State: heritage.OpenOn, Opens: "09:00", Closes: "17:00", LastEntry: "16:00"}, // a Tuesday over the turn of the year
		"2026-11-01": {State: heritage.OpenOn, Opens: "09:00", Closes: "17:00", LastEntry: "16:00"},
		"2026-01-05": {State: heritage.ClosedOn},                                // Monday
		"2026-02-16": {State: heritage.ClosedOn},                                // an exception before the season
		"2026-02-23": {State: heritage.OpenOn, Opens: "10:00", Closes: "16:00"}, // a Monday that is open
		"2026-06-02": {State: heritage.OpenOn, Opens: "09:00", Closes: "17:30"}, // last entry unknown
		"2026-06-01": {State: heritage.OpenUnknown},                             // a Monday without a rule is not closed
		"2026-10-06": {State: heritage.OpenUnknown},                             // between the seasons
		"someday":    {State: heritage.OpenUnknown},
	} {
		if got := h.On(day); got != want {
			t.Errorf("%s: %+v, want %+v", day, got, want)
		}
	}
	if got := (*heritage.OpeningHours)(nil).On("2026-01-06"); got.State != heritage.OpenUnknown {
		t.Errorf("no hours at all: %+v", got)
	}
}

func FuzzDaysAndClocks(f *testing.F) {
	for _, s := range []string{"2026-02-28", "2026-02-30", "24:00", "23:59", "", "02-29", "9:00"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		if d, err := heritage.ParseDay(s); err == nil {
			if at, ok := d.Time(); !ok || heritage.DayOf(at) != d {
				t.Errorf("%q is a day that does not come back", s)
			}
		}
		if m, ok := heritage.Clock(s).Minutes(); ok && (m < 0 || m > 1440 || len(s) != 5) {
			t.Errorf("%q is %d minutes", s, m)
		}
		heritage.MonthDay(s).Valid()
	})
}
