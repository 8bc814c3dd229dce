package index

import (
	"context"
	"errors"
	"fmt"
	"math"
	"math/rand/v2"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"

	"yijianyou/internal/actor"
	"yijianyou/internal/fault"
	"yijianyou/search"
)

// randomDocs returns n documents over a few kinds, organisations and facet
// values, scattered over Henan, the date line and a pole.
func randomDocs(n int, r *rand.Rand) []*search.Document {
	names := []string{"莲鹤方壶", "妇好鸮尊", "云纹铜禁", "贾湖骨笛", "龙门石窟", "白马寺", "方鼎", "编钟", "石磬", "陶鬶"}
	out := make([]*search.Document, n)
	for i := range out {
		d := &search.Document{Kind: search.Kinds[r.IntN(4)], ID: fmt.Sprintf("id-%05d", i), Org: actor.OrgID(fmt.Sprintf("org-%d", r.IntN(3))),
			Title: search.Text{ZH: names[r.IntN(len(names))] + []string{"", "甲", "乙", "残件"}[r.IntN(4)]}, Weight: float64(r.IntN(5)) / 4,
			Facets: map[string][]string{"era": {fmt.Sprint("e", r.IntN(4))}, "grade": {fmt.Sprint("g", r.IntN(3))}, "museum": {fmt.Sprint("m", r.IntN(60))}}}
		if r.IntN(3) == 0 {
			d.Facets["era"] = append(d.Facets["era"], "e9")
		}
		if r.IntN(4) > 0 {
			from := r.IntN(3000) - 1500
			to := from + r.IntN(400)
			d.FromYear, d.ToYear = &from, &to
		}
		switch r.IntN(5) {
		case 0:
			d.Point = &search.Point{Lon: 180 - r.Float64()*0.3, Lat: r.Float64()}
		case 1:
			d.Point = &search.Point{Lon: -180 + r.Float64()*0.3, Lat: r.Float64()}
		case 2:
			d.Point = &search.Point{Lon: 360*r.Float64() - 180, Lat: 89 + r.Float64()}
		case 3:
			d.Point = &search.Point{Lon: 112 + r.Float64()*3, Lat: 33 + r.Float64()*3}
		}
		out[i] = d
	}
	return out
}

func TestFiltersAndCountsAgreeWithAFullScan(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 2))
	docs := randomDocs(1500, r)
	x := fill(t, search.Public, nil)
	// Small batches, each record written twice and some removed: many segments,
	// which are merged meanwhile.
	for _, list := range [][]*search.Document{randomDocs(1600, r), docs} {
		for part := range slices.Chunk(list, 40) {
			if err := x.Write(context.Background(), Batch{Put: part}); err != nil {
				t.Fatal(err)
			}
		}
	}
	dropSurplus(t, x, docs)
	centres := []search.Near{{Point: search.Point{Lon: 113, Lat: 34.5}, KM: 50}, {Point: search.Point{Lon: 179.95, Lat: 0.5}, KM: 30},
		{Point: search.Point{Lon: -179.9, Lat: 0.4}, KM: 5}, {Point: search.Point{Lon: 10, Lat: 89.5}, KM: 80}, {Point: search.Point{Lon: 0, Lat: 0}, KM: 15000}, {Point: search.Point{Lon: 180, Lat: 0.5}, KM: 20}}
	boxes := []search.Box{{South: 33.5, West: 112.5, North: 34.5, East: 114}, {South: 0, West: 179.9, North: 0.5, East: -179.9}, {South: 89.2, West: -90, North: 90, East: 90}, {South: -90, West: -180, North: 90, East: 180}}
	polygons := [][]search.Point{{{Lon: 112, Lat: 33}, {Lon: 115, Lat: 33}, {Lon: 113.5, Lat: 36}}, {{Lon: 112, Lat: 33}, {Lon: 115, Lat: 36}, {Lon: 115, Lat: 33}, {Lon: 112, Lat: 36}},
		{{Lon: 0, Lat: 89}, {Lon: 120, Lat: 89.5}, {Lon: 60, Lat: 90}}}
	for round := range 240 {
		q := search.NewQuery(search.PublicScope())
		q.Limit, q.Count = 200, []string{"kind", "era", "grade", "museum"}
		if r.IntN(2) == 0 {
			q.Kinds = []search.Kind{search.Kinds[r.IntN(4)], search.Kinds[r.IntN(4)]}
		}
		q.Facets = map[string][]string{}
		if r.IntN(2) == 0 {
			q.Facets["era"] = []string{fmt.Sprint("e", r.IntN(4)), "e9"}
		}
		if r.IntN(2) == 0 {
			q.Facets["grade"] = []string{fmt.Sprint("g", r.IntN(3))}
		}
		if r.IntN(3) == 0 {
			for range 30 {
				q.Facets["museum"] = append(q.Facets["museum"], fmt.Sprint("m", r.IntN(60)))
			}
		}
		if r.IntN(2) == 0 {
			from := r.IntN(3000) - 1500
			q.FromYear = &from
			if r.IntN(2) == 0 {
				to := from + r.IntN(600)
				q.ToYear = &to
			}
		}
		if r.IntN(2) == 0 {
			near := centres[r.IntN(len(centres))]
			q.Near, q.Sort = &near, search.ByDistance
		}
		switch r.IntN(4) {
		case 0:
			q.Box = &boxes[r.IntN(len(boxes))]
		case 1:
			q.Within = polygons[r.IntN(len(polygons))]
		}
		q.Placed = r.IntN(4) == 0
		q.Spans = []search.Span{{From: -1500, To: -1001}, {From: -1000, To: 0}, {From: 0, To: 900}, {From: 900, To: 3000}}[:r.IntN(5)]
		res, err := x.Search(context.Background(), q, nil)
		if err != nil {
			t.Fatal(err)
		}
		wantTotal, wantFacets := scan(docs, q)
		got := map[string]map[string]int{}
		for name, list := range res.Facets {
			got[name] = map[string]int{}
			for _, c := range list {
				if c.Count > 0 {
					got[name][c.Value] = c.Count
				}
			}
		}
		if res.Total != wantTotal {
			t.Fatalf("round %d: total %d, want %d: %+v", round, res.Total, wantTotal, q)
		}
		if diff := cmp.Diff(wantFacets, got); diff != "" {
			t.Fatalf("round %d: %s", round, diff)
		}
		if diff := cmp.Diff(scanSpans(docs, q), res.Spans); diff != "" {
			t.Fatalf("round %d: spans: %s", round, diff)
		}
		last := 0.0
		for _, h := range res.Items {
			if q.Near == nil {
				continue
			}
			if d := Distance(*h.Point, q.Near.Point); math.Abs(d-*h.DistanceM) > 0.5 || *h.DistanceM < last {
				t.Fatalf("distance %v of %s after %v, want %v", *h.DistanceM, h.ID, last, d)
			}
			last = *h.DistanceM
		}
	}
}

// scanSpans counts what a query with the years of each span would find.
func scanSpans(docs []*search.Document, q search.Query) (out []int) {
	for _, s := range q.Spans {
		q.FromYear, q.ToYear = &s.From, &s.To
		n, _ := scan(docs, q)
		out = append(out, n)
	}
	return out
}

// dropSurplus removes what is not in docs.
func dropSurplus(t *testing.T, x *Index, docs []*search.Document) {
	want := make(map[Ref]bool)
	for _, d := range docs {
		want[Ref{d.Kind, d.ID}] = true
	}
	var b Batch
	err := x.Digests(context.Background(), func(ref Ref, _ string) error {
		if !want[ref] {
			b.Delete = append(b.Delete, ref)
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	if err := x.Write(context.Background(), b); err != nil {
		t.Fatal(err)
	}
}

// inBox goes round the globe from the west of the box to its east.
func inBox(b search.Box, p search.Point) bool {
	width := math.Mod(b.East-b.West+360, 360)
	if b.West == -180 && b.East == 180 {
		width = 360
	}
	return p.Lat >= b.South && p.Lat <= b.North && math.Mod(p.Lon-b.West+720, 360) <= width
}

// winding counts the edges that a ray from p to the north crosses.
func winding(corners []search.Point, p search.Point) (n int) {
	for i, a := range corners {
		b := corners[(i+1)%len(corners)]
		if a.Lon > b.Lon {
			a, b = b, a
		}
		if a.Lon <= p.Lon && p.Lon < b.Lon && a.Lat+(b.Lat-a.Lat)*(p.Lon-a.Lon)/(b.Lon-a.Lon) > p.Lat {
			n++
		}
	}
	return n
}

// scan does the work of a query without an index.
func scan(docs []*search.Document, q search.Query) (total int, facets map[string]map[string]int) {
	facets = map[string]map[string]int{"kind": {}, "era": {}, "grade": {}, "museum": {}}
	has := func(values, chosen []string) bool {
		return len(chosen) == 0 || slices.ContainsFunc(values, func(v string) bool { return slices.Contains(chosen, v) })
	}
	for _, d := range docs {
		from, to, dated := d.Years()
		if (q.FromYear != nil || q.ToYear != nil) && (!dated || q.FromYear != nil && to < *q.FromYear || q.ToYear != nil && from > *q.ToYear) {
			continue
		}
		if q.FromYear != nil && q.ToYear != nil && from < to && *q.FromYear < *q.ToYear && (from == *q.ToYear || to == *q.FromYear) {
			continue // they only turn into each other
		}
		if q.Placed && d.Point == nil {
			continue
		}
		if q.Near != nil && (d.Point == nil || Distance(*d.Point, q.Near.Point) > q.Near.KM*1000) {
			continue
		}
		if q.Box != nil && (d.Point == nil || !inBox(*q.Box, *d.Point)) || q.Within != nil && (d.Point == nil || winding(q.Within, *d.Point)%2 == 0) {
			continue
		}
		values := map[string][]string{"kind": {string(d.Kind)}, "era": d.Facets["era"], "grade": d.Facets["grade"], "museum": d.Facets["museum"]}
		pass := map[string]bool{"kind": has(values["kind"], texts(q.Kinds)), "era": has(values["era"], q.Facets["era"]), "grade": has(values["grade"], q.Facets["grade"]),
			"museum": has(values["museum"], q.Facets["museum"])}
		if pass["kind"] && pass["era"] && pass["grade"] && pass["museum"] {
			total++
		}
		for name, list := range values {
			others := true
			for other, ok := range pass {
				others = others && (ok || other == name)
			}
			for _, v := range list {
				if others {
					facets[name][v]++
				}
			}
		}
	}
	return total, facets
}

func TestPagesAreOneListWithoutGapsOrRepeats(t *testing.T) {
	x := fill(t, search.Public, randomDocs(700, rand.New(rand.NewPCG(3, 4))))
	for _, sort := range []search.Sort{search.Relevance, search.ByName, search.ByYear, search.ByDistance} {
		for _, text := range []string{"", "方", "莲鹤方壶"} {
			q := search.NewQuery(search.PublicScope())
			q.Text, q.Sort = text, sort
			if sort == search.ByDistance {
				q.Near = &search.Near{Point: search.Point{Lon: 113, Lat: 34}, KM: 20000}
			}
			var all []string
			for _, limit := range []int{200, 7} {
				q.Limit, q.Cursor = limit, ""
				var got []string
				for pages := 0; ; pages++ {
					res, err := x.Search(context.Background(), q, nil)
					if err != nil || pages > 1000 {
						t.Fatal(err)
					}
					if len(res.Items) > limit {
						t.Fatalf("%d hits on a page of %d", len(res.Items), limit)
					}
					for _, h := range res.Items {
						got = append(got, Key(h.Kind, h.ID))
					}
					if res.Cursor == "" {
						if len(got) != res.Total {
							t.Errorf("%s %q: %d hits on all pages, total %d", sort, text, len(got), res.Total)
						}
						break
					}
					q.Cursor = res.Cursor
				}
				if all == nil {
					all = got
					sorted := slices.Clone(got)
					slices.Sort(sorted)
					if len(slices.Compact(sorted)) != len(got) {
						t.Errorf("%s %q: repeats", sort, text)
					}
				} else if !slices.Equal(all, got) {
					t.Errorf("%s %q: small pages are another list", sort, text)
				}
			}
		}
	}
}

func TestACursorBelongsToItsQuery(t *testing.T) {
	x := fill(t, search.Public, sampleDocs(t))
	q := search.NewQuery(search.PublicScope())
	q.Limit = 2
	res, err := x.Search(context.Background(), q, nil)
	if err != nil || res.Cursor == "" {
		t.Fatal(err)
	}
	other := q
	other.Text, other.Cursor = "鼎", res.Cursor
	for name, q := range map[string]search.Query{"another text": other, "garbage": {}, "cut": {}} {
		switch name {
		case "garbage":
			q = search.NewQuery(search.PublicScope())
			q.Cursor = "!!!"
		case "cut":
			q = search.NewQuery(search.PublicScope())
			q.Cursor = res.Cursor[:len(res.Cursor)-4]
		}
		_, err := x.Search(context.Background(), q, nil)
		var f *fault.Fault
		if !errors.As(err, &f) || len(f.Fields()) != 1 || f.Fields()[0].Code != search.ErrCursor {
			t.Errorf("%s: got %v", name, err)
		}
	}
}
