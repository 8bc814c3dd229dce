package index

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"yijianyou/search"
)

func TestStoredPartsAreReadAsTheyWereWritten(t *testing.T) {
	from, to := -670, 570
	for _, st := range []stored{
		{},
		{Title: search.Text{ZH: "莲鹤方壶", EN: "Square hu"}, Summary: search.Text{ZH: "鹤"}, Names: []string{"蓮鶴方壺", ""}, Reading: "lián hè", Image: "a", Point: &search.Point{Lon: -113.5, Lat: 34},
			FromYear: &from, ToYear: &to, Show: map[string]string{"period": "春秋", "empty": ""}, Digest: "d"},
		{ToYear: &from},
	} {
		var got stored
		if err := got.decode(string(st.encode())); err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(st, got); diff != "" {
			t.Error(diff)
		}
	}
}

func FuzzStored(f *testing.F) {
	st := stored{Title: search.Text{ZH: "莲"}, Names: []string{"a"}, Show: map[string]string{"k": "v"}, Point: &search.Point{}}
	f.Add(st.encode())
	f.Add([]byte{})
	f.Add([]byte{7, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF})
	f.Fuzz(func(t *testing.T, b []byte) {
		var st stored
		if st.decode(string(b)) != nil {
			return
		}
		var again stored
		if err := again.decode(string(st.encode())); err != nil {
			t.Fatal(err)
		}
	})
}
