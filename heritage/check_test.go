package heritage_test

import (
	"strings"
	"testing"

	"yijianyou/heritage"
	"yijianyou/heritage/vocab"
	"yijianyou/internal/fault"
)

// rules is a table of broken rules: what is wrong, the path and the code, or
// no path when nothing is.
type rules[F heritage.Content] []struct {
	rule string
	edit func(*F)
	path string
	code *fault.Code
}

func (rs rules[F]) run(t *testing.T, g *heritage.Register[F], good func() F) {
	t.Helper()
	for _, c := range rs {
		t.Run(c.rule, func(t *testing.T) {
			f := good()
			c.edit(&f)
			wrong := g.Check(&f)
			if c.code == nil {
				if len(wrong) > 0 {
					t.Errorf("refused: %s %s", wrong[0].Path, wrong[0].Code.ID())
				}
				return
			}
			if len(wrong) != 1 || wrong[0].Path != c.path || wrong[0].Code != c.code {
				t.Errorf("want %s at %s, got %d findings", c.code.ID(), c.path, len(wrong))
				for _, w := range wrong {
					t.Errorf("  %s at %q", w.Code.ID(), w.Path)
				}
			}
			for _, w := range wrong {
				for _, lang := range []fault.Lang{fault.Chinese, fault.English} {
					if strings.ContainsAny(w.Text(lang), "{}") {
						t.Errorf("a parameter of %s is not filled in: %s", w.Code.ID(), w.Text(lang))
					}
				}
			}
		})
	}
}

const someID = "01975d3a-0000-7000-8000-000000000001"

func TestRelicRules(t *testing.T) {
	type F = heritage.RelicFields
	rules[F]{
		{rule: "a name is enough", edit: func(f *F) {}},
		{"the Chinese name is required", func(f *F) { f.Name = heritage.Text{EN: "Ding"} }, "name.zh", heritage.ErrChinese},
		{"a name of white space is none", func(f *F) { f.Name = name(" \u3000\u200b") }, "name.zh", heritage.ErrChinese},
		{"a name has at most 200 characters", func(f *F) { f.Name = name(strings.Repeat("鼎", 201)) }, "name.zh", heritage.ErrTooLong},
		{rule: "200 characters are allowed", edit: func(f *F) { f.Name = name(strings.Repeat("鼎", 200)) }},
		{"a category comes from the list", func(f *F) { f.Category = "spoon" }, "category", heritage.ErrTerm},
		{"a group is no material", func(f *F) { f.Materials = []vocab.Code{"copper", "organic"} }, "materials[1]", heritage.ErrTerm},
		{"there is no year 0", func(f *F) { f.Period.FromYear = ptr(0) }, "period.fromYear", heritage.ErrYear},
		{"a period does not end before it begins", func(f *F) { f.Period.FromYear, f.Period.ToYear = ptr(-570), ptr(-670) }, "period.toYear", heritage.ErrYearOrder},
		{rule: "a year before our era is negative", edit: func(f *F) { f.Period.FromYear, f.Period.ToYear = ptr(-670), ptr(-570) }},
		{"a length is more than nothing", func(f *F) { f.Dimensions = []heritage.Dimension{{Kind: "height", ValueMM: 0}} }, "dimensions[0].valueMM", heritage.ErrPositive},
		{"a length has a kind", func(f *F) { f.Dimensions = []heritage.Dimension{{ValueMM: 1}} }, "dimensions[0].kind", heritage.ErrRequired},
		{rule: "two heights of two sources stand side by side", edit: func(f *F) {
			f.Dimensions = []heritage.Dimension{{Kind: "height", ValueMM: 1265}, {Kind: "height", ValueMM: 1180, Source: &heritage.Source{Text: name("另一来源")}}}
		}},
		{"a mass lies in its range", func(f *F) { f.Mass = heritage.Mass{Grams: ptr(64280.0), Range: "1-50kg"} }, "mass.range", heritage.ErrMassRange},
		{"pieces are not fewer than sets", func(f *F) { f.Quantity = heritage.Quantity{Traditional: ptr(2), Actual: ptr(1)} }, "quantity.actual", heritage.ErrPieces},
		{"a day exists", func(f *F) { f.AccessionedOn = "2026-02-30" }, "accessionedOn", heritage.ErrDay},
		{"the accession lies in its range", func(f *F) { f.AccessionedOn, f.AccessionRange = "1950-01-01", "since-2001" }, "accessionRange", heritage.ErrAccessionRange},
		{"a number is some museum's", func(f *F) { f.Number = &heritage.Number{Kind: "register", Value: "1"} }, "museumId", heritage.ErrNumberMuseum},
		{"a number has a kind", func(f *F) { f.MuseumID, f.Number = someID, &heritage.Number{Value: "1"} }, "number.kind", heritage.ErrRequired},
		{"a number stands once", func(f *F) {
			f.OtherNumbers = []heritage.Number{{Kind: "other", Value: "Ａ１"}, {Kind: "other", Value: "A1"}}
		}, "otherNumbers[1]", heritage.ErrRepeated},
		{"a picture stands once", func(f *F) { f.Images = []heritage.ImageRef{{AssetID: someID}, {AssetID: someID}} }, "images[1].assetId", heritage.ErrRepeated},
		{"a picture is named", func(f *F) { f.Images = []heritage.ImageRef{{}} }, "images[0].assetId", heritage.ErrRequired},
		{"a source has a web address", func(f *F) { f.Sources = []heritage.Source{{Text: name("网"), URL: "javascript:alert(1)"}} }, "sources[0].url", heritage.ErrURL},
		{"confidence is one of three", func(f *F) { f.Sources = []heritage.Source{{Text: name("网"), Confidence: "sure"}} }, "sources[0].confidence", heritage.ErrChoice},
		{"a price is not negative", func(f *F) { f.PriceFen = ptr(int64(-1)) }, "priceFen", heritage.ErrAtLeast},
		{"fame is at most 1", func(f *F) { f.Notable = 1.5 }, "notable", heritage.ErrRange},
		{"an alias is not too long", func(f *F) { f.Aliases = []string{"a", strings.Repeat("b", 201)} }, "aliases[1]", heritage.ErrTooLong},
		{"a reference is an id", func(f *F) { f.MuseumID = "x" }, "museumId", heritage.ErrID},
	}.run(t, newWorld(t).Relics, func() F { return F{Name: name("莲鹤方壶")} })
}

func TestSiteRules(t *testing.T) {
	type F = heritage.SiteFields
	point := func(edit func(*heritage.GeoPoint)) func(*F) {
		return func(f *F) {
			f.Location = &heritage.GeoPoint{Lon: 112.935, Lat: 34.508, PrecisionM: 200}
			edit(f.Location)
		}
	}
	rules[F]{
		{rule: "a name is enough", edit: func(f *F) {}},
		{"the Chinese name is required", func(f *F) { f.Name = heritage.Text{} }, "name.zh", heritage.ErrChinese},
		{"a type belongs to its class", func(f *F) { f.Class, f.Type = "ancient-tomb", "temple-pagoda" }, "type", heritage.ErrSubtype},
		{rule: "a type of its class", edit: func(f *F) { f.Class, f.Type = "ancient-building", "temple-pagoda" }},
		{"a coordinate has a precision", point(func(p *heritage.GeoPoint) { p.PrecisionM = 0 }), "location.precisionM", heritage.ErrPositive},
		{"a coordinate lies on earth", point(func(p *heritage.GeoPoint) { p.Lat = 134 }), "location.lat", heritage.ErrRange},
		{"a datum is a known one", point(func(p *heritage.GeoPoint) { p.Datum = "MARS" }), "location.datum", heritage.ErrChoice},
		{rule: "a coordinate of a web map", edit: point(func(p *heritage.GeoPoint) { p.Datum = heritage.GCJ02 })},
		{"a batch counts from 1", func(f *F) { f.Batch = ptr(0) }, "batch", heritage.ErrAtLeast},
		{"a threat comes from the list", func(f *F) { f.Threats = []vocab.Code{"dragons"} }, "threats[0]", heritage.ErrTerm},
		{"a county is not too long", func(f *F) { f.Division.County = name(strings.Repeat("县", 201)) }, "division.county.zh", heritage.ErrTooLong},
	}.run(t, newWorld(t).Sites, func() F { return F{Name: name("嵩岳寺塔")} })
}

func TestMuseumRules(t *testing.T) {
	type F = heritage.MuseumFields
	hours := func(edit func(*heritage.OpeningHours)) func(*F) {
		return func(f *F) {
			h := &heritage.OpeningHours{Seasons: []heritage.Season{{Week: []heritage.WeekDay{{Days: []int{2, 3}, Opens: "09:00", Closes: "17:00"}}}}}
			edit(h)
			f.Visiting = &heritage.Visiting{Hours: h}
		}
	}
	day := func(edit func(*heritage.WeekDay)) func(*F) {
		return hours(func(h *heritage.OpeningHours) { edit(&h.Seasons[0].Week[0]) })
	}
	const week = "visiting.hours.seasons[0].week[0]"
	rules[F]{
		{rule: "a name is enough", edit: func(f *F) {}},
		{"a time zone exists", func(f *F) { f.TimeZone = "Asia/Zhengzhou" }, "timeZone", heritage.ErrTimeZone},
		{"the zone of the machine is none", func(f *F) { f.TimeZone = "Local" }, "timeZone", heritage.ErrTimeZone},
		{rule: "hours", edit: hours(func(*heritage.OpeningHours) {})},
		{"a clock is written in full", day(func(w *heritage.WeekDay) { w.Opens = "9:00" }), week + ".opens", heritage.ErrClock},
		{"opening hours end after they begin", day(func(w *heritage.WeekDay) { w.Closes = "08:00" }), week + ".closes", heritage.ErrClockOrder},
		{"the last entry is before closing", day(func(w *heritage.WeekDay) { w.LastEntry = "17:30" }), week + ".lastEntry", heritage.ErrClockOrder},
		{"a closing day has no hours", day(func(w *heritage.WeekDay) { w.Closed = true }), week + ".opens", heritage.ErrClosedHours},
		{"a weekday is 1 to 7", day(func(w *heritage.WeekDay) { w.Days = []int{8} }), week + ".days[0]", heritage.ErrRange},
		{"a weekday has one rule", day(func(w *heritage.WeekDay) { w.Days = []int{2, 2} }), week + ".days[1]", heritage.ErrWeekday},
		{"a season has both ends", hours(func(h *heritage.OpeningHours) { h.Seasons[0].From = "04-01" }), "visiting.hours.seasons[0].from", heritage.ErrSeason},
		{"a season begins on a day that exists", hours(func(h *heritage.OpeningHours) { h.Seasons[0].From, h.Seasons[0].To = "04-31", "10-31" }), "visiting.hours.seasons[0].from", heritage.ErrMonthDay},
		{"a date has one exception", hours(func(h *heritage.OpeningHours) {
			h.Exceptions = []heritage.HoursDay{{Day: "2026-10-01", Closed: true}, {Day: "2026-10-01", Closed: true}}
		}), "visiting.hours.exceptions[1].day", heritage.ErrRepeated},
		{"a ticket costs nothing or more", func(f *F) {
			f.Visiting = &heritage.Visiting{Admission: &heritage.Admission{Tickets: []heritage.Price{{Fen: -1}}}}
		}, "visiting.admission.tickets[0].fen", heritage.ErrAtLeast},
		{"a booking channel has a web address", func(f *F) {
			f.Visiting = &heritage.Visiting{Booking: &heritage.Booking{Channels: []heritage.Channel{{Kind: "website", URL: "henan museum"}}}}
		}, "visiting.booking.channels[0].url", heritage.ErrURL},
		{"a document comes from the list", func(f *F) {
			f.Visiting = &heritage.Visiting{Identity: &heritage.Identity{Documents: []vocab.Code{"library-card"}}}
		}, "visiting.identity.documents[0]", heritage.ErrTerm},
	}.run(t, newWorld(t).Museums, func() F { return F{Name: name("河南博物院")} })
}

func TestPlaceRules(t *testing.T) {
	type F = heritage.PlaceFields
	rules[F]{
		{rule: "a name and a museum are enough", edit: func(f *F) {}},
		{"a place is some museum's", func(f *F) { f.MuseumID = "" }, "museumId", heritage.ErrRequired},
		{"a kind comes from the list", func(f *F) { f.Kind = "cave" }, "kind", heritage.ErrTerm},
	}.run(t, newWorld(t).Places, func() F { return F{Name: name("一号展厅"), MuseumID: someID} })
}

func TestEveryBrokenRuleIsNamedAtOnce(t *testing.T) {
	f := heritage.RelicFields{Category: "x", Grade: "y", AccessionedOn: "z", Notable: -1}
	if n := len(newWorld(t).Relics.Check(&f)); n != 5 {
		t.Errorf("%d findings, want 5", n)
	}
}
