package material

import (
	"os"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"
)

func limitOf(p Proposal, sort Sort, quantity string) *Limit {
	for i, l := range p.Limits {
		if l.Sort == sort && l.Quantity == quantity {
			return &p.Limits[i]
		}
	}
	return nil
}

var (
	mirror = Object{"1", "铜镜", []string{"copper"}}
	scroll = Object{"2", "书画", []string{"paper"}}
	robe   = Object{"3", "龙袍", []string{"silk"}}
	chair  = Object{"4", "木椅", []string{"wood"}}
	bowl   = Object{"5", "瓷碗", []string{"porcelain"}}
)

func TestUpperBoundsFollowTheMostSensitiveObject(t *testing.T) {
	p := Combine([]Object{chair, mirror, scroll})
	l := limitOf(p, Upper, Illuminance)
	if l == nil || l.High.Value != 50 || !slices.Equal(l.High.By, []string{"2"}) || l.High.Source != lightTable {
		t.Errorf("illuminance is %+v", l)
	}
	if d := limitOf(p, Upper, Dose); d == nil || d.High.Value != 50_000 {
		t.Errorf("dose is %+v", d)
	}
	if l := limitOf(Combine([]Object{chair}), Upper, Illuminance); l.High.Value != 150 || l.High.Source != oldStandard {
		t.Errorf("of two figures the lower does not hold: %+v", l)
	}
	if limitOf(Combine([]Object{mirror}), Upper, Dose) != nil {
		t.Error("metal has a yearly dose")
	}
}

func TestBandsIntersect(t *testing.T) {
	p := Combine([]Object{scroll, robe, chair})
	l := limitOf(p, Band, Humidity)
	if l == nil || l.Low.Value != 50 || l.High.Value != 60 || len(l.Low.By) != 3 || l.Narrow || len(p.Conflicts) != 0 {
		t.Errorf("the band is %+v, conflicts %v", l, p.Conflicts)
	}
	if l := limitOf(Combine([]Object{mirror}), Band, Humidity); l.Low != nil || l.High.Value != 40 {
		t.Errorf("a band from 0 has a lower bound: %+v", l)
	}
	if l := limitOf(Combine([]Object{mirror, bowl}), Band, Humidity); l == nil || !l.Narrow {
		t.Errorf("a band of 40 %% alone is not told as such: %+v", l)
	}
}

func TestAnEmptyIntersectionIsAConflictThatNamesTheObjects(t *testing.T) {
	p := Combine([]Object{scroll, bowl, mirror})
	if limitOf(p, Band, Humidity) != nil || len(p.Conflicts) != 1 {
		t.Fatalf("limits %+v, conflicts %+v", p.Limits, p.Conflicts)
	}
	names := []string{}
	for _, a := range p.Conflicts[0].Objects {
		names = append(names, a.Name)
	}
	if !slices.Equal(names, []string{"书画", "铜镜"}) { // the bowl meets each of them
		t.Errorf("the conflict names %v", names)
	}
	if limitOf(p, DaySwing, Humidity) == nil {
		t.Error("the daily swing went with the band")
	}
	one := Combine([]Object{{"9", "镶铜木盒", []string{"wood", "copper"}}})
	if len(one.Conflicts) != 1 || len(one.Conflicts[0].Objects) != 2 {
		t.Errorf("an object that is at odds with itself: %+v", one.Conflicts)
	}
}

func TestASetPointMakesNoRule(t *testing.T) {
	p := Combine([]Object{scroll})
	if len(p.Points) != 1 || p.Points[0].Value != 20 {
		t.Errorf("points are %+v", p.Points)
	}
	for _, r := range p.Drafts() {
		if r.Quantity == Temperature && r.Kind != "swing" {
			t.Errorf("a set point made the rule %+v", r)
		}
	}
}

func TestWhatIsNotKnownIsNamed(t *testing.T) {
	p := Combine([]Object{{"7", "砖", []string{"brick-tile"}}, {"8", "不详", nil}, {"9", "铜木", []string{"copper", "composite-mixed"}}})
	if !slices.Equal(p.Unknown, []string{"8", "7", "9"}) {
		t.Errorf("unknown are %v", p.Unknown)
	}
}

func TestDraftsAreRulesAndNarrowBandsMakeNone(t *testing.T) {
	for _, objects := range [][]Object{{scroll}, {mirror}, {chair, robe}, {mirror, bowl}, {scroll, mirror}} {
		for _, r := range Combine(objects).Drafts() {
			if wrong := r.Check(); len(wrong) > 0 {
				t.Errorf("%+v: %v", r, wrong)
			}
			if r.Source.Verified {
				t.Errorf("%+v claims to be verified", r)
			}
			if r.Kind == "limit" && r.Quantity == Humidity && objects[0].ID == "1" && len(objects) == 2 {
				t.Errorf("a band of a single value made %+v", r)
			}
		}
	}
}

func TestTheOrderOfObjectsMakesNoDifference(t *testing.T) {
	codes := make([]string, 0, len(table))
	for c := range table {
		codes = append(codes, c)
	}
	slices.Sort(codes)
	rapid.Check(t, func(t *rapid.T) {
		n := rapid.IntRange(0, 8).Draw(t, "n")
		list := make([]Object, n)
		for i := range list {
			list[i] = Object{string(rune('a' + i)), string(rune('z' - i)), []string{rapid.SampledFrom(codes).Draw(t, "code")}}
		}
		a, b := Combine(list), Combine(rapid.Permutation(list).Draw(t, "order"))
		if len(a.Limits) != len(b.Limits) || len(a.Conflicts) != len(b.Conflicts) || !slices.Equal(a.Unknown, b.Unknown) {
			t.Fatalf("%+v, otherwise %+v", a, b)
		}
		for _, l := range a.Limits {
			for _, o := range list {
				for _, need := range Needs(o.Materials[0]) {
					if need.Sort == l.Sort && need.Quantity == l.Quantity && (l.High.Value > need.High || l.Low != nil && l.Low.Value < need.Low) {
						t.Fatalf("limit %+v is beyond what %s bears", l, o.Name)
					}
				}
			}
		}
	})
}

func TestEveryCodeIsOfTheList(t *testing.T) {
	b, err := os.ReadFile("../../../heritage/vocab/data/material.tsv")
	if err != nil {
		t.Fatal(err)
	}
	for code := range table {
		if !strings.Contains(string(b), "\n"+code+"\t") {
			t.Errorf("%s is no material of the list", code)
		}
	}
}

func TestADraftNamesTheSourceOfBothBounds(t *testing.T) {
	low, high := &Bound{Value: 40, Source: storageTable}, &Bound{Value: 60, Source: lightTable}
	for _, c := range []struct {
		limit  Limit
		zh, en string
	}{
		{Limit{Quantity: Humidity, High: high}, lightTable.Text, lightTable.EN},
		{Limit{Quantity: Humidity, Low: &Bound{Value: 40, Source: lightTable}, High: high}, lightTable.Text, lightTable.EN},
		{Limit{Quantity: Humidity, Low: low, High: high}, "下限：" + storageTable.Text + "；上限：" + lightTable.Text, "Low bound: " + storageTable.EN + "; high bound: " + lightTable.EN},
	} {
		r := Proposal{Limits: []Limit{c.limit}}.Drafts()[0]
		if r.Source.Text != c.zh || r.Source.EN != c.en || r.Source.Verified {
			t.Errorf("the source is %+v", r.Source)
		}
	}
}

func TestASourceIsOneLanguageAtATime(t *testing.T) {
	for code := range table {
		for _, n := range Needs(code) {
			if s := n.Source; s.Text == "" || s.EN == "" || strings.ContainsFunc(s.EN, func(r rune) bool { return r >= '一' && r <= '鿿' }) || strings.Contains(s.Text, "(") {
				t.Errorf("%s: %+v", code, s)
			}
		}
	}
}
