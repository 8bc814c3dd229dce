package index

import (
	"errors"
	"testing"

	"yijianyou/search"
)

func TestNamesAreMadeOnceUntilTheIndexChanges(t *testing.T) {
	x := fill(t, search.Public, sampleDocs(t))
	first, err := x.Names(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	if again, err := x.Names(t.Context()); err != nil || again != first {
		t.Errorf("another list without a change (%v)", err)
	}
	if err := x.Write(t.Context(), Batch{Delete: []Ref{{Kind: search.Site, ID: "yinxu"}}}); err != nil {
		t.Fatal(err)
	}
	after, err := x.Names(t.Context())
	if err != nil || len(after.Records) != len(first.Records)-1 {
		t.Fatalf("%d records, before %d (%v)", len(after.Records), len(first.Records), err)
	}
	for _, r := range after.Records {
		if r.ID == "yinxu" {
			t.Error("a record that has gone is listed")
		}
	}
}

func TestNamesListATitleOnceUnderTheMostFamous(t *testing.T) {
	x := fill(t, search.Public, []*search.Document{
		{Kind: search.Relic, ID: "a", Org: "henan", Title: search.Text{ZH: "开元通宝"}},
		{Kind: search.Relic, ID: "b", Org: "henan", Title: search.Text{ZH: "開元通寶"}, Weight: 0.5},
		{Kind: search.Relic, ID: "c", Org: "henan", Title: search.Text{ZH: "开元通宝", EN: "Kaiyuan tongbao"}}})
	list, err := x.Names(t.Context())
	if err != nil || len(list.Records) != 2 || list.Records[0].ID != "b" || list.Records[0].Fame != 50 || list.Records[1].ID != "c" {
		t.Errorf("got %+v (%v)", list, err)
	}
}

func TestNamesOfTheStaffIndexAreNotTold(t *testing.T) {
	if _, err := fill(t, search.Staff, sampleDocs(t)).Names(t.Context()); !errors.Is(err, search.ErrScope) {
		t.Errorf("got %v", err)
	}
}

func TestNamesOfAnIndexThatIsBeingBuilt(t *testing.T) {
	x, err := Open(t.TempDir(), search.Public, Options{})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = x.Close() })
	if _, err := x.Names(t.Context()); !errors.Is(err, search.ErrBuilding) {
		t.Errorf("got %v", err)
	}
}
