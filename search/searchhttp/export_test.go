package searchhttp

import (
	"bytes"
	"context"
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"net/http/httptest"
	"slices"
	"strings"
	"sync"
	"testing"

	"github.com/xuri/excelize/v2"

	"yijianyou/internal/actor"
	"yijianyou/internal/store/storetest"
	"yijianyou/search"
	"yijianyou/search/saved"
	"yijianyou/web/httpkit"
	"yijianyou/web/httpkit/httpkittest"
)

// fakeRecords exports relics in two columns, but for those that are gone.
type fakeRecords struct {
	mu     sync.Mutex
	gone   string
	broken string // the record that cannot be read
	told   []string
}

func (f *fakeRecords) Columns(kind search.Kind) ([]string, bool) {
	return []string{"编号", "名称"}, kind == search.Relic
}

func (f *fakeRecords) Cells(_ context.Context, by actor.Actor, _ search.Kind, id string) ([]string, bool, error) {
	if id == f.broken {
		return nil, false, errors.New("the store is gone")
	}
	return []string{id, "=" + by.ID}, id != f.gone, nil
}

func (f *fakeRecords) Exported(_ context.Context, by actor.Actor, rows map[actor.OrgID]int, what string) error {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.told = append(f.told, fmt.Sprint(by.ID, rows, what))
	return nil
}

// exporting is a staff index with n relics of demo-museum and one of demo-museum-b.
func exporting(t *testing.T, n int) (*httpkittest.Server, *fakeRecords) {
	t.Helper()
	docs := []*search.Document{{Kind: search.Relic, ID: "other", Org: "demo-museum-b", Title: search.Text{ZH: "二馆鼎"}},
		{Kind: search.Museum, ID: "house", Org: "demo-museum", Title: search.Text{ZH: "=示范博物馆", EN: "Demo"}, Point: &search.Point{Lon: 113.6, Lat: 34.7}, Show: map[string]string{"simulated": "true", "placeZh": "郑州市"}}}
	for i := range n {
		docs = append(docs, &search.Document{Kind: search.Relic, ID: fmt.Sprintf("r%05d", i), Org: "demo-museum", Facets: map[string][]string{"org": {"demo-museum"}}, Title: search.Text{ZH: "铜鼎"}, Show: map[string]string{"number": fmt.Sprint(i)}})
	}
	x := filled(t, search.Staff, docs...)
	records := &fakeRecords{}
	d := Deps{Staff: x, Records: records, Saved: saved.New(storetest.New(t, saved.Collections()...))}
	return httpkittest.New(t, httpkit.Options{}, func(r *httpkit.Router) { Mount(r, d) }), records
}

func clerk(org actor.OrgID) actor.Actor {
	return httpkittest.Staff("clerk", actor.Grant{Role: actor.Registrar, Org: org})
}

func readCSV(t *testing.T, a *httpkittest.Answer) [][]string {
	t.Helper()
	text, ok := strings.CutPrefix(string(a.Body), "\uFEFF")
	if !ok {
		t.Fatal("no byte order mark")
	}
	rows, err := csv.NewReader(strings.NewReader(text)).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	return rows
}

func TestExportHoldsWhatTheReaderMaySeeAndNothingElse(t *testing.T) {
	s, records := exporting(t, 450) // three pages
	a := get(s.As(clerk("demo-museum")), "/api/v1/search/export", "q", "鼎", "kind", "relic", "format", "csv").Want(t, 200)
	rows := readCSV(t, a)
	if len(rows) != 451 || rows[0][0] != "编号" || rows[1][1] != "'=clerk" {
		t.Fatalf("%d rows, %v %v", len(rows), rows[0], rows[1])
	}
	seen := make(map[string]bool)
	for _, r := range rows[1:] {
		seen[r[0]] = true
	}
	if len(seen) != 450 || seen["other"] {
		t.Errorf("%d different, other museum's %v", len(seen), seen["other"])
	}
	if want := "clerkmap[demo-museum:450]450 csv: kind=relic&q=鼎"; !slices.Equal(records.told, []string{want}) {
		t.Errorf("told %q", records.told)
	}
	if got := a.Header.Get("Content-Disposition"); got != `attachment; filename="search.csv"` || a.Header.Get("Cache-Control") != "private, no-store" || a.Header.Get("Content-Type") != "text/csv; charset=utf-8" {
		t.Errorf("headers %v", a.Header)
	}
	rows = readCSV(t, get(s.As(clerk("demo-museum-b")), "/api/v1/search/export", "kind", "relic", "format", "csv").Want(t, 200))
	if len(rows) != 2 || rows[1][0] != "other" {
		t.Errorf("the other museum gets %v", rows)
	}
	s.Nobody().Get("/api/v1/search/export").Want(t, 401)
	rows = readCSV(t, get(s.As(httpkittest.Staff("none")), "/api/v1/search/export", "format", "csv").Want(t, 200))
	if len(rows) != 1 {
		t.Errorf("somebody without grants gets %v", rows)
	}
}

func TestExportLeavesOutWhatIsGoneMeanwhile(t *testing.T) {
	s, records := exporting(t, 3)
	records.gone = "r00001"
	rows := readCSV(t, get(s.As(clerk("demo-museum")), "/api/v1/search/export", "kind", "relic", "format", "csv").Want(t, 200))
	if len(rows) != 3 {
		t.Errorf("got %v", rows)
	}
}

func TestExportThatFailsInTheMiddleBreaksOff(t *testing.T) {
	s, records := exporting(t, 450)
	records.broken = "r00400"
	s.As(clerk("demo-museum"))
	for _, format := range []string{"csv", "xlsx"} {
		req := httptest.NewRequest("GET", "/api/v1/search/export?kind=relic&format="+format, nil)
		req.Header.Set("Authorization", "Bearer 0")
		res, err := s.Router.App.Test(req, -1)
		if err == nil {
			_, err = io.ReadAll(res.Body)
			res.Body.Close()
		}
		if err == nil {
			t.Errorf("%s: half of a file looks whole", format)
		}
	}
}

func TestColumnsOfAnExportFollowTheKinds(t *testing.T) {
	s, _ := exporting(t, 1)
	c := s.As(clerk("demo-museum"))
	rows := readCSV(t, get(c, "/api/v1/search/export", "kind", "museum", "format", "csv", "lang", "en").Want(t, 200))
	if got := strings.Join(rows[0], ","); got != "Kind,Name (Chinese),Name (English),Summary,Place,Latitude,Longitude,Simulated,ID" {
		t.Errorf("got %s", got)
	}
	if got := strings.Join(rows[1], ","); got != "Museums,'=示范博物馆,Demo,,郑州市,34.7,113.6,yes,house" {
		t.Errorf("got %s", got)
	}
	rows = readCSV(t, get(c, "/api/v1/search/export", "format", "csv", "lang", "zh").Want(t, 200))
	if got := strings.Join(rows[0], ","); got != "类别,名称,英文名称,编号,简介,年代,起始年,结束年,所属,地点,展出状态,展品数,纬度,经度,模拟数据,标识" || len(rows) != 3 {
		t.Errorf("got %s", got)
	}
}

func TestExportAsAWorkbookIsTextOnly(t *testing.T) {
	s, _ := exporting(t, 2)
	a := get(s.As(clerk("demo-museum")), "/api/v1/search/export", "kind", "relic").Want(t, 200)
	book, err := excelize.OpenReader(bytes.NewReader(a.Body))
	if err != nil {
		t.Fatal(err)
	}
	rows, err := book.GetRows(book.GetSheetName(0))
	if err != nil || len(rows) != 3 || rows[1][1] != "=clerk" {
		t.Errorf("got %v, %v", rows, err)
	}
	if f, err := book.GetCellFormula(book.GetSheetName(0), "B2"); err != nil || f != "" {
		t.Errorf("a formula %q, %v", f, err)
	}
}

func TestHeadOfAnExportTellsNobodyAndAnswersAsGetDoes(t *testing.T) {
	s, records := exporting(t, 3)
	c := s.As(clerk("demo-museum"))
	for _, format := range []string{"csv", "xlsx"} {
		path := "/api/v1/search/export?kind=relic&format=" + format
		head := c.Do("HEAD", path, nil).Want(t, 200)
		if len(head.Body) != 0 || len(records.told) != 0 {
			t.Errorf("%s: HEAD has a body of %d bytes and told %q", format, len(head.Body), records.told)
		}
		got := c.Get(path).Want(t, 200)
		for _, name := range []string{"Content-Type", "Content-Disposition", "Cache-Control", "Content-Length", "Transfer-Encoding"} {
			if a, b := head.Header.Values(name), got.Header.Values(name); !slices.Equal(a, b) {
				t.Errorf("%s: HEAD says %s %q, GET %q", format, name, a, b)
			}
		}
		if len(records.told) != 1 {
			t.Errorf("%s: GET told %q", format, records.told)
		}
		records.told = nil
	}
	for path, status := range map[string]int{"?near=x": 422, "?format=exe": 400} {
		if a := c.Do("HEAD", "/api/v1/search/export"+path, nil).Want(t, status); len(a.Body) != 0 {
			t.Errorf("%s: a body of %d bytes", path, len(a.Body))
		}
	}
	s.Nobody().Do("HEAD", "/api/v1/search/export", nil).Want(t, 401)
	s.As(clerk("demo-museum-b")).Do("HEAD", "/api/v1/search/export?kind=relic", nil).Want(t, 200)
	if len(records.told) != 0 {
		t.Errorf("told %q", records.told)
	}
}

func TestExportOfTooManyIsRefusedAndOfBadQuestionsToo(t *testing.T) {
	s, records := exporting(t, 10_001)
	c := s.As(clerk("demo-museum"))
	get(c, "/api/v1/search/export", "kind", "relic").Want(t, 422).Has(t, "search.export_rows", "10001")
	c.Do("HEAD", "/api/v1/search/export?kind=relic", nil).Want(t, 422)
	get(c, "/api/v1/search/export", "near", "x").Want(t, 422).Has(t, "query.near")
	get(c, "/api/v1/search/export", "facet.password", "x").Want(t, 422)
	get(c, "/api/v1/search/export", "format", "exe").Want(t, 400)
	if len(records.told) != 0 {
		t.Errorf("audited %q", records.told)
	}
}
