package searchhttp

import (
	"context"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"slices"
	"time"

	"github.com/danielgtaylor/huma/v2"
	"github.com/danielgtaylor/huma/v2/adapters/humafiber"
	"github.com/gofiber/fiber/v2"

	"yijianyou/heritage/tabular"
	"yijianyou/internal/actor"
	"yijianyou/internal/fault"
	"yijianyou/search"
	"yijianyou/web/httpkit"
)

const (
	maxExport  = 10_000          // rows of a file
	exportTime = 4 * time.Minute // for the whole of it; the server gives a slow reader five
	csvType    = "text/csv"
	xlsxType   = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
)

// What can be wrong with an export.
var ErrExportRows = fault.Define(fault.Invalid, "search.export_rows",
	"结果有 {total} 条，一次最多导出 {max} 条。请增加条件缩小范围后再导出。",
	"There are {total} results, at most {max} can be exported at once. Narrow the search and export again.")

// Records are what an export needs beside the index.
type Records interface {
	// Columns are the headings of a kind whose records are exported in full, in
	// columns that an import understands; ok is false for the others.
	Columns(kind search.Kind) (heading []string, ok bool)
	// Cells is a record in these columns; ok is false when by may not read it or it
	// is gone.
	Cells(ctx context.Context, by actor.Actor, kind search.Kind, id string) (cells []string, ok bool, err error)
	// Exported writes into the audit trail of each organisation how many of its
	// records left the house, and what was asked.
	Exported(ctx context.Context, by actor.Actor, rows map[actor.OrgID]int, what string) error
}

// exportInput is GET /api/v1/search/export.
type exportInput struct {
	Question
	httpkit.HeadInput
	Lang   string `query:"lang" enum:"zh,en" doc:"language of headings and texts; without it Accept-Language decides"`
	Format string `query:"format" enum:"csv,xlsx" default:"xlsx"`
}

// export answers with the file. Everything that can be refused is refused before
// its first byte; what fails afterwards breaks the transfer off, so that no half
// of a file is taken for the whole. HEAD is answered as GET would be, but nothing is
// written into the audit trail.
func (d Deps) export(ctx context.Context, in *exportInput) (*huma.StreamResponse, error) {
	by := httpkit.Actor(ctx)
	at := where{d.Staff, search.StaffScope(by), by}
	q, err := in.query(at.scope, d)
	if err != nil {
		return nil, inQuery(err)
	}
	q.Limit, q.Lang, q.Count = search.MaxLimit, Asker{Lang: in.Lang}.lang(ctx), []string{"org"}
	first, err := at.Search(ctx, q, nil)
	if err != nil {
		return nil, inQuery(err)
	}
	if first.Total > maxExport {
		return nil, ErrExportRows.New(fault.P("total", first.Total), fault.P("max", maxExport))
	}
	if in.Head() { // nothing leaves, so there is nothing to tell
		return &huma.StreamResponse{Body: func(h huma.Context) { announce(humafiber.Unwrap(h), in.Format, http.NoBody) }}, nil
	}
	if err := d.Records.Exported(ctx, by, owners(first, q), in.told(first.Total)); err != nil {
		return nil, err
	}
	l := &listing{at: at, records: d.Records, query: q, page: first}
	return &huma.StreamResponse{Body: func(h huma.Context) { l.send(humafiber.Unwrap(h), in.Format) }}, nil
}

// owners counts the rows of each organisation. Counts of a facet ignore what is
// chosen in it.
func owners(res search.Result, q search.Query) map[actor.OrgID]int {
	rows := make(map[actor.OrgID]int)
	chosen := q.Facets["org"]
	for _, c := range res.Facets["org"] {
		if len(chosen) == 0 || slices.Contains(chosen, c.Value) {
			rows[actor.OrgID(c.Value)] = c.Count
		}
	}
	return rows
}

// told says in the audit trail what was exported: "40 csv: kind=relic&q=鼎".
func (in *exportInput) told(total int) string {
	v := url.Values{}
	for name, value := range map[string]string{"q": in.Q, "period": in.Period, "near": in.Near, "box": in.Box, "within": in.Within} {
		if value != "" {
			v.Set(name, value)
		}
	}
	if in.Placed {
		v.Set("placed", "true")
	}
	for _, kind := range in.Kind {
		v.Add("kind", kind)
	}
	for name, values := range in.chosen() {
		v["facet."+name] = values
	}
	text, err := url.QueryUnescape(v.Encode())
	if err != nil { // never: it was just written
		text = v.Encode()
	}
	line := []rune(fmt.Sprintf("%d %s: %s", total, in.Format, text))
	return string(line[:min(len(line), 300)])
}

// listing is a list of hits on its way into a file.
type listing struct {
	at      where
	records Records
	query   search.Query
	page    search.Result // the one whose items are next
}

// send begins the answer; the rows follow while it is read.
func (l *listing) send(c *fiber.Ctx, format string) {
	ctx, cancel := context.WithTimeout(context.WithoutCancel(c.UserContext()), exportTime)
	out, in := io.Pipe()
	announce(c, format, out) // closed by the server when the reader leaves, which ends the writer
	go func() {
		defer cancel()
		_ = in.CloseWithError(l.write(ctx, in, format)) // never fails
	}()
}

// announce answers with a file of unknown length.
func announce(c *fiber.Ctx, format string, file io.Reader) {
	c.Set(fiber.HeaderContentType, csvType+"; charset=utf-8")
	if format == "xlsx" {
		c.Set(fiber.HeaderContentType, xlsxType)
	}
	c.Set(fiber.HeaderContentDisposition, `attachment; filename="search.`+format+`"`)
	c.Set(fiber.HeaderCacheControl, "private, no-store")
	c.Context().SetBodyStream(file, -1)
}

func (l *listing) write(ctx context.Context, w io.Writer, format string) error {
	heading, cells := l.columns()
	rows := l.rows(ctx, cells)
	if format == "xlsx" {
		return tabular.WriteXLSX(w, sheetName.In(l.query.Lang), heading, rows)
	}
	return tabular.WriteCSV(w, heading, rows)
}

// rows gives the hits one after the other, page by page. What the reader may no
// longer read is left out.
func (l *listing) rows(ctx context.Context, cells cellsOf) tabular.Rows {
	return func() ([]string, bool, error) {
		for {
			for len(l.page.Items) == 0 {
				if l.page.Cursor == "" {
					return nil, false, nil
				}
				q := l.query
				q.Cursor, q.Count = l.page.Cursor, nil
				var err error
				if l.page, err = l.at.Search(ctx, q, nil); err != nil {
					return nil, false, err
				}
			}
			hit := l.page.Items[0]
			l.page.Items = l.page.Items[1:]
			row, ok, err := cells(ctx, hit)
			if err != nil || ok {
				return row, ok, err
			}
		}
	}
}
