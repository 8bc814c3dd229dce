package demo

import (
	"encoding/csv"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"yijianyou/cmd/yijianyou/demo/drawing"
	"yijianyou/heritage"
	"yijianyou/heritage/dating"
	"yijianyou/heritage/vocab"
	"yijianyou/internal/actor"
	"yijianyou/internal/ids"
	"yijianyou/tourism"
)

// must fails the test on an error of a data function.
func must[T any](t *testing.T) func(T, error) T {
	return func(v T, err error) T {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
		return v
	}
}

func checkSources(t *testing.T, what string, list []heritage.Source) {
	t.Helper()
	if len(list) == 0 {
		t.Errorf("%s has no source", what)
	}
	for _, s := range list {
		if s.Text.ZH == "" || s.Text.EN == "" || s.Confidence == "" {
			t.Errorf("%s: a source without both languages or confidence: %+v", what, s)
		}
	}
}

func checkBoth(t *testing.T, what string, texts ...heritage.Text) {
	t.Helper()
	for _, x := range texts {
		if x.ZH == "" || x.EN == "" {
			t.Errorf("%s: one language is missing: %+v", what, x)
		}
	}
}

// sourced are the positions that stand in a data set with a name; all others
// are from memory.
var sourced = map[string]bool{"zhongyue": true, "yinxu": true, "millennium-park": true}

func checkPoint(t *testing.T, what, key string, p *heritage.GeoPoint) {
	t.Helper()
	if p != nil && !sourced[key] && (p.PrecisionM < 500 || !p.Unverified) {
		t.Errorf("%s: a position from memory with %v m, unverified %v", what, p.PrecisionM, p.Unverified)
	}
}

// checkPosition refuses a position that no source among list states, unless it is
// as vague as one from memory and says so.
func checkPosition(t *testing.T, what string, p *heritage.GeoPoint, list []heritage.Source) {
	t.Helper()
	stated := slices.ContainsFunc(list, func(s heritage.Source) bool {
		return strings.HasPrefix(s.Text.ZH, "位置") && s.Confidence != heritage.Low
	})
	if p != nil && !stated && (p.PrecisionM < 500 || !p.Unverified) {
		t.Errorf("%s: a position from memory with %v m, unverified %v", what, p.PrecisionM, p.Unverified)
	}
}

func checkNames(t *testing.T, what string, name string, simulated bool) {
	t.Helper()
	if example := strings.HasPrefix(name, "演示") || strings.HasPrefix(name, "示范"); example != simulated {
		t.Errorf("%s %s: simulated is %v", what, name, simulated)
	}
}

func TestPublishedFactsHaveSourcesAndBothLanguages(t *testing.T) {
	museums := must[[]heritage.NewRecord[heritage.MuseumFields]](t)(Museums())
	for _, n := range museums {
		f := n.Fields
		checkSources(t, f.Name.ZH, f.Sources)
		checkBoth(t, f.Name.ZH, f.Name, f.Description)
		checkPosition(t, f.Name.ZH, f.Location, f.Sources)
		checkNames(t, "museum", f.Name.ZH, f.Simulated)
		checkVisiting(t, f.Name.ZH, f.Visiting)
	}
	relics := must[[]heritage.NewRecord[heritage.RelicFields]](t)(Relics())
	if len(relics) != 78 {
		t.Errorf("%d relics, want 78", len(relics))
	}
	for _, n := range relics {
		f := n.Fields
		checkSources(t, f.Name.ZH, f.Sources)
		checkBoth(t, f.Name.ZH, f.Name, f.Description, f.Period.Text)
		checkNames(t, "relic", f.Name.ZH, f.Simulated)
		if f.Sources[0].Confidence == heritage.Low && !f.Unverified {
			t.Errorf("%s: low confidence and not 待核", f.Name.ZH)
		}
		if f.Number != nil || f.Acquisition != "" || f.PlaceID != "" {
			t.Errorf("%s: a real relic with data of custody", f.Name.ZH)
		}
	}
	areas := must[[]tourism.NewRecord[tourism.AreaFields]](t)(Areas())
	list := must[[]place](t)(places())
	if len(list) != 22 {
		t.Errorf("%d areas and museums, want 22", len(list))
	}
	for _, p := range list {
		checkPoint(t, p.Name.ZH, p.Key, p.point())
		checkSources(t, p.Name.ZH, p.allSources())
	}
	for _, n := range areas {
		f := n.Fields
		checkSources(t, f.Name.ZH, f.Sources)
		checkBoth(t, f.Name.ZH, f.Name, f.Description)
		checkNames(t, "area", f.Name.ZH, f.Simulated)
		checkVisiting(t, f.Name.ZH, f.Visiting)
	}
	spots, stories, err := Spots()
	if err != nil || len(spots) != 47 || len(stories) != 47 {
		t.Fatalf("%d spots and %d stories, want 47: %v", len(spots), len(stories), err)
	}
	for i, n := range spots {
		checkSources(t, n.Fields.Name.ZH, n.Fields.Sources)
		checkBoth(t, n.Fields.Name.ZH, n.Fields.Name, n.Fields.Description, stories[i].Fields.Text)
		checkPoint(t, n.Fields.Name.ZH, "", n.Fields.Location)
		checkNames(t, "spot", n.Fields.Name.ZH, n.Fields.Simulated)
	}
}

// checkVisiting refuses hours that nobody has looked up: closing days only, and
// never with high confidence.
func checkVisiting(t *testing.T, what string, v *heritage.Visiting) {
	t.Helper()
	if v == nil || v.Hours == nil {
		return
	}
	if v.Hours.Source.Confidence == heritage.High {
		t.Errorf("%s: hours with high confidence", what)
	}
	for _, s := range v.Hours.Seasons {
		for _, w := range s.Week {
			if !w.Closed || w.Opens != "" {
				t.Errorf("%s: opening hours without a source", what)
			}
		}
	}
}

func TestSitesOfHenan(t *testing.T) {
	sites := must[[]heritage.NewRecord[heritage.SiteFields]](t)(Sites())
	if len(sites) != 420 {
		t.Fatalf("%d sites, want 420", len(sites))
	}
	numbers, unread, placed, ruled := map[string]bool{}, []string{}, []string{}, 0
	for _, n := range sites {
		f := n.Fields
		checkSources(t, f.Name.ZH, f.Sources)
		checkBoth(t, f.Name.ZH, f.Name, f.Description, f.Division.City)
		checkNames(t, "site", f.Name.ZH, f.Simulated)
		checkPosition(t, f.Name.ZH, f.Location, f.Sources)
		if f.Location != nil {
			placed = append(placed, f.OfficialNumber)
			if f.Class == tombs || f.Unopened {
				t.Errorf("%s: a tomb has a position", f.Name.ZH)
			}
		}
		if numbers[f.OfficialNumber] {
			t.Errorf("%s stands twice", f.OfficialNumber)
		}
		numbers[f.OfficialNumber] = true
		for _, s := range f.Sources {
			if strings.Contains(s.Text.EN, "not official") {
				ruled++
			}
		}
		switch {
		case f.Period.FromYear == nil || f.Period.ToYear == nil || f.Period.Text.EN == "":
			unread = append(unread, f.Name.ZH+" "+f.Period.Text.ZH)
			if !f.Unverified {
				t.Errorf("%s: unknown period and not 待核", f.Name.ZH)
			}
		case *f.Period.FromYear > *f.Period.ToYear:
			t.Errorf("%s: years %d to %d", f.Name.ZH, *f.Period.FromYear, *f.Period.ToYear)
		}
	}
	if len(unread) != 1 || !strings.HasPrefix(unread[0], "柘城孟庄遗址") {
		t.Errorf("periods not read: %q", unread)
	}
	if _, ok := vocab.Must("site-class").Term(tombs); !ok {
		t.Errorf("%s is no class", tombs)
	}
	if len(placed) != 13 {
		t.Errorf("%d sites have a position, want 13: %v", len(placed), placed)
	}
	if given := 420 - ruled; given < 60 {
		t.Errorf("%d English names by hand, want 60", given)
	}
	for old, now := range map[string]string{"登封县": "登封市", "巩县": "巩义市", "密县": "新密市", "禹县": "禹州市", "临汝县": "汝州市", "新郑县": "新郑市", "偃师县": "偃师区", "淮阳县": "淮阳区", "陕县": "陕州区", "开封县": "祥符区", "许昌县": "建安区"} {
		found := false
		for _, n := range sites {
			if n.Fields.AsListed.County.ZH == old {
				found = true
				if n.Fields.Division.County.ZH != now || n.Fields.Division.County.EN == "" {
					t.Errorf("%s: listed in %s, today in %q, want %s", n.Fields.Name.ZH, old, n.Fields.Division.County, now)
				}
			}
		}
		if !found {
			t.Errorf("no site is listed in %s", old)
		}
	}
}

func TestIdentityAndWhatIsNeverSaidAsFact(t *testing.T) {
	relics := must[[]heritage.NewRecord[heritage.RelicFields]](t)(Relics())
	holders := map[string]map[heritage.MuseumID]bool{}
	byName := map[string]heritage.RelicFields{}
	for _, n := range relics {
		f := n.Fields
		if holders[f.Name.ZH] == nil {
			holders[f.Name.ZH] = map[heritage.MuseumID]bool{}
		}
		holders[f.Name.ZH][f.MuseumID] = true
		byName[f.Name.ZH] = f
	}
	for _, name := range []string{"莲鹤方壶", "妇好鸮尊"} {
		if len(holders[name]) != 2 {
			t.Errorf("%s has %d holders, want two", name, len(holders[name]))
		}
	}
	for _, name := range []string{"杜岭一号方鼎", "后母戊鼎"} {
		if byName[name].MuseumID != MuseumID("national-museum") {
			t.Errorf("%s is not in the National Museum", name)
		}
	}
	if q := byName["王孙诰编钟"].Quantity; q.Actual == nil || *q.Actual != 26 || *q.Traditional != 1 {
		t.Error("王孙诰编钟 is one set of 26")
	}
	if f := byName["王子午鼎"]; f.MuseumID != "" || *f.Quantity.Actual != 7 || !f.Unverified {
		t.Error("王子午鼎 is a set of seven in several hands")
	}
	for _, n := range relics {
		f := n.Fields
		if strings.Contains(f.Period.Text.ZH, "二里头") && (strings.Contains(f.Description.ZH, "夏代") || f.Period.Text.ZH == "夏") {
			t.Errorf("%s is called Xia", f.Name.ZH)
		}
		for _, bad := range []string{"最早的铁器", "世界上最早", "国内最早", "第一件", "清明上河图真迹"} {
			if strings.Contains(f.Description.ZH, bad) {
				t.Errorf("%s: %s is said as fact", f.Name.ZH, bad)
			}
		}
		for _, c := range dating.Parse(f.Period.Text.ZH).Eras() {
			if c == "xia" {
				t.Errorf("%s lies in the era Xia", f.Name.ZH)
			}
		}
	}
	for _, name := range []string{"孝文帝礼佛图浮雕", "文昭皇后礼佛图浮雕"} {
		if d := byName[name].Description; !strings.Contains(d.ZH, "流失海外") || !strings.Contains(d.EN, "looted") {
			t.Errorf("%s: the text does not say how it went abroad", name)
		}
	}
}

// TestPeriodsAgreeWithTheirYears compares the years of each relic with what its
// words say.
func TestPeriodsAgreeWithTheirYears(t *testing.T) {
	relics := must[[]heritage.NewRecord[heritage.RelicFields]](t)(Relics())
	for _, n := range relics {
		f := n.Fields
		from, to := dating.Parse(f.Period.Text.ZH).Bounds()
		if from == nil || to == nil {
			t.Errorf("%s: %s is not read", f.Name.ZH, f.Period.Text.ZH)
			continue
		}
		if *f.Period.FromYear > *to || *f.Period.ToYear < *from {
			t.Errorf("%s: years %d to %d, words %s say %d to %d", f.Name.ZH, *f.Period.FromYear, *f.Period.ToYear, f.Period.Text.ZH, *from, *to)
		}
	}
}

func TestIdentifiersAreStable(t *testing.T) {
	for _, c := range []struct{ got, want string }{
		{string(RelicID("relic-001")), "8ecdd4ba-a0e0-52d0-b90c-6aac9e75093c"},
		{SiteID("1-0037-4-004"), "d7d78efb-c90e-5b6d-a66d-5b70147b896c"},
		{string(MuseumID("henan-museum")), "65e873a0-8ee1-5b12-bd69-d4d6f55cec50"},
		{string(SpotID("demo-area/south-gate")), "17547007-e37a-56e5-860d-16ff7969d734"},
	} {
		if !ids.Valid(c.got) || c.got != c.want {
			t.Errorf("identifier %s, want %s: links and bookmarks would break", c.got, c.want)
		}
	}
}

func TestAccountsKeepDutiesApart(t *testing.T) {
	orgs := map[actor.OrgID]bool{actor.CityWide: true}
	for _, o := range Orgs() {
		orgs[o.ID] = true
		checkBoth(t, string(o.ID), o.Name)
		if !ids.ValidSlug(string(o.ID)) || o.Simulated != (o.ID != Henan) {
			t.Errorf("organisation %s", o.ID)
		}
	}
	want := "admin registrar keeper approver reviewer manager dispatcher auditor"
	var got []string
	for _, a := range Accounts() {
		got = append(got, a.Account)
		checkBoth(t, a.Account, a.Name)
		if !strings.Contains(a.Name.ZH, "示范角色") {
			t.Errorf("%s looks like a person", a.Account)
		}
		if x, y, ok := actor.Incompatible(a.Grants); ok {
			t.Errorf("%s holds %v and %v", a.Account, x, y)
		}
		for _, g := range a.Grants {
			if !orgs[g.Org] || !actor.ValidRole(g.Role) {
				t.Errorf("%s: grant %v", a.Account, g)
			}
		}
	}
	if s := strings.Join(got, " "); s != want {
		t.Errorf("accounts %s, want %s", s, want)
	}
}

func TestPicturesCanBeDrawn(t *testing.T) {
	known := map[drawing.Kind]bool{}
	for _, k := range drawing.Kinds() {
		known[k] = true
	}
	list := must[[]Picture](t)(Pictures())
	seen := map[string]bool{}
	for _, p := range list {
		if !known[p.Spec.Kind] {
			t.Errorf("%s: no drawing of kind %s", p.Spec.TitleZH, p.Spec.Kind)
		}
		if seen[p.ID] {
			t.Errorf("%s is drawn twice", p.Spec.TitleZH)
		}
		seen[p.ID] = true
		if m := drawing.Missing(p.Spec.TitleZH + p.Spec.TitleEN); len(m) > 0 {
			t.Errorf("%s: the typeface lacks %q", p.Spec.TitleZH, string(m))
		}
	}
	if len(list) < 60 {
		t.Errorf("%d pictures", len(list))
	}
}

func TestSitesFileIsThatOfTheList(t *testing.T) {
	list := filepath.Join("..", "..", "..", "..", "shared", "data", "heritage", "guobao_all.csv")
	f, err := os.Open(list)
	if err != nil {
		t.Skip("SKIPPED: the national list is not beside this repository:", list)
	}
	defer f.Close()
	all, err := csv.NewReader(f).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	henan := map[string][]string{}
	for _, r := range all[1:] {
		if r[5] == "河南省" {
			henan[r[0]] = r
		}
	}
	rows := must[[]map[string]string](t)(rows("data/henan/sites.csv"))
	if len(rows) != len(henan) {
		t.Errorf("%d rows, the list has %d", len(rows), len(henan))
	}
	for _, r := range rows {
		want := henan[r["number"]]
		if want == nil || want[1] != r["name"] || want[8] != r["era"] || want[2] != r["batch"] || want[6] != r["listed_city"]+r["listed_county"] {
			t.Errorf("%s differs from the list: %v and %v", r["number"], r, want)
		}
	}
}
