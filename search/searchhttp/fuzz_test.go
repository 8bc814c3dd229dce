package searchhttp

import (
	"math"
	"net/url"
	"slices"
	"strings"
	"testing"

	"yijianyou/search"
)

// FuzzParameters sends parameters as anybody may write them. The answer is what was
// asked for or a clear refusal.
func FuzzParameters(f *testing.F) {
	for _, s := range []struct{ q, period, near, box, within, kind, sort, cursor string }{
		{},
		{q: "莲鹤", period: "-600..-500", box: "34,113,35,114", kind: "museum,relic"},
		{period: "春秋", near: "34.7,113.6,5", sort: "distance"},
		{q: "“莲鹤方壶”", within: "34,113;34,114;35,114;35,113", sort: "name"},
		{q: "莲鹤方壶讲座", kind: "museum", sort: "year"},
		{period: "..", near: "NaN,Inf,1e999", box: "0x1p-2,1_0,+1,-0", within: ";;;"},
		{period: "-600000001..9223372036854775808", near: "90,180,20000", box: "-90,180,90,-180", within: strings.Repeat("1,2;", 99) + "3,4"},
		{period: "5..1", near: "34.7,113.6,1e-300", box: "90,-180,-90,180", within: "0,-180;0,180;1,0"},
		{q: "\x00\xff", period: "０..１", near: "1,2,3,4", box: ",,,", within: "34,113", kind: ",,", sort: "distance", cursor: "eyJmIjoiIn0"},
		{near: "34.7,113.6,0.000001", box: "34.7,113.6,34.7,113.6", within: "34.7,113.6;34.7,113.7;34.8,113.6"},
	} {
		f.Add(s.q, s.period, s.near, s.box, s.within, s.kind, s.sort, s.cursor, uint8(3))
	}
	c := server(f).Nobody()
	f.Fuzz(func(t *testing.T, q, period, near, box, within, kind, sort, cursor string, apart uint8) {
		v := url.Values{}
		for name, value := range map[string]string{"q": q, "period": period, "near": near, "box": box, "within": within, "kind": kind, "sort": sort, "cursor": cursor} {
			if value != "" {
				v.Set(name, value)
			}
		}
		if apart > 0 {
			v.Set("apart", string('0'+rune(apart%10))+strings.Repeat("0", int(apart/100)))
		}
		a := c.For(t).Get("/api/v1/search?" + v.Encode())
		if a.Status != 200 {
			if a.Status != 400 && a.Status != 422 {
				t.Fatalf("%s: status %d: %s", v.Encode(), a.Status, a.Body)
			}
			a.Problem(t)
			return
		}
		var got searchAnswer
		a.JSON(t, &got)
		if got.Total < len(got.Items) {
			t.Fatalf("%s: %d hits of %d", v.Encode(), len(got.Items), got.Total)
		}
		inKinds := 0
		for _, shelf := range got.Kinds {
			inKinds += shelf.Total
			if shelf.Total < len(shelf.Items) || slices.ContainsFunc(shelf.Items, func(h hitView) bool { return h.Kind != shelf.Kind }) {
				t.Fatalf("%s: a shelf of %+v", v.Encode(), shelf)
			}
			checkPlaces(t, near, box, shelf.Items)
		}
		if len(got.Kinds) > 0 && !got.Partial && inKinds != got.Total {
			t.Fatalf("%s: %d on the shelves, %d in all", v.Encode(), inKinds, got.Total)
		}
		checkPlaces(t, near, box, got.Items)
	})
}

// checkPlaces fails the test when a hit lies outside of what was asked.
func checkPlaces(t *testing.T, near, box string, hits []hitView) {
	t.Helper()
	for _, h := range hits {
		if n, ok := parseNear(near); ok && (h.DistanceM == nil || *h.DistanceM > n.KM*1000 || math.IsNaN(*h.DistanceM)) {
			t.Fatalf("near %s: %s at %v m", near, h.ID, h.DistanceM)
		}
		if b, ok := parseBox(box); ok && (h.Lat == nil || !b.Has(search.Point{Lon: *h.Lon, Lat: *h.Lat})) {
			t.Fatalf("box %s: %s is outside", box, h.ID)
		}
	}
}
