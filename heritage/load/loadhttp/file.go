package loadhttp

import (
	"bytes"
	"io"
	"reflect"
	"time"

	"github.com/danielgtaylor/huma/v2"
	"github.com/gofiber/fiber/v2"

	"yijianyou/heritage"
	"yijianyou/heritage/load"
	"yijianyou/heritage/tabular"
	"yijianyou/internal/actor"
	"yijianyou/internal/fault"
	"yijianyou/web/httpkit"
)

var kinds = map[string]heritage.Kind{"relic": heritage.KindRelic, "site": heritage.KindSite}

// query describes a query parameter of a plain route.
func query(name, doc string, required bool, values ...any) *huma.Param {
	return &huma.Param{Name: name, In: "query", Description: doc, Required: required, Schema: &huma.Schema{Type: "string", Enum: values}}
}

// mountFile declares the routes whose body is a file.
func mountFile(r *httpkit.Router, svc *load.Service, maxFile int64) {
	binary := map[string]*huma.MediaType{"application/octet-stream": {Schema: &huma.Schema{Type: "string", Format: "binary"}}}
	r.Plain(httpkit.Op{Method: "POST", Path: "/api/v1/loads", ID: "load-open", Tag: "loads", Summary: "Hand in a CSV or XLSX file: it is read and judged, nothing is written yet",
		Policy: httpkit.Can(actor.RecordImport), MaxBody: maxFile, Status: 201, Deadline: 10 * time.Minute,
		Faults: []*fault.Code{load.ErrSame, tabular.ErrFormat, tabular.ErrNoHeader, tabular.ErrNoRows, tabular.ErrDamaged}},
		&huma.Operation{
			Parameters: []*huma.Param{
				query("org", "organisation that keeps the records", true), query("kind", "what the rows are", true, "relic", "site"),
				query("name", "name of the file", false), query("sheet", "sheet of an XLSX, else the first with rows", false),
				query("allowRepeat", "although the same file was imported before", false, "true", "false"),
			},
			RequestBody: &huma.RequestBody{Required: true, Content: binary},
			Responses: map[string]*huma.Response{"201": {Description: "The import, every row judged",
				Content: map[string]*huma.MediaType{"application/json": {Schema: r.Registry().Schema(reflect.TypeFor[View](), true, "LoadView")}}}},
		}, open(svc, maxFile))
	r.Plain(httpkit.Op{Method: "GET", Path: "/api/v1/exports/{kind}", ID: "record-export", Tag: "loads", Summary: "Records of an organisation as a file that can be imported again",
		Policy: httpkit.Can(actor.RecordRead), Deadline: 10 * time.Minute},
		&huma.Operation{
			Parameters: []*huma.Param{
				{Name: "kind", In: "path", Required: true, Schema: &huma.Schema{Type: "string", Enum: []any{"relic", "site"}}},
				query("org", "organisation that keeps the records", false), query("format", "file format", false, "csv", "xlsx"),
				query("template", "only the headings", false, "true", "false"),
			},
			Responses: map[string]*huma.Response{"200": {Description: "The file", Content: map[string]*huma.MediaType{
				"text/csv": {Schema: &huma.Schema{Type: "string"}},
				"application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": {Schema: &huma.Schema{Type: "string", Format: "binary"}}}}},
		}, export(svc))
}

// open reads the whole file into memory: a spreadsheet cannot be read otherwise,
// and its size has been limited by the gate.
func open(svc *load.Service, maxFile int64) fiber.Handler {
	return func(c *fiber.Ctx) error {
		kind, ok := kinds[c.Query("kind")]
		if !ok {
			return httpkit.Malformed(httpkit.ErrParameter.At("query.kind", fault.P("expected", "relic, site")))
		}
		if n := len(c.Query("org")); n == 0 || n > 64 {
			return httpkit.Malformed(httpkit.ErrParameter.At("query.org", fault.P("expected", "1–64")))
		}
		repeat, err := flag(c, "allowRepeat")
		if err != nil {
			return err
		}
		var data []byte
		if stream := c.Context().RequestBodyStream(); stream != nil {
			if data, err = io.ReadAll(io.LimitReader(stream, maxFile+1)); err != nil {
				return httpkit.ErrSlow.Wrap(err)
			}
		}
		ctx := c.UserContext()
		l, err := svc.Open(ctx, httpkit.Actor(ctx), load.File{Org: actor.OrgID(c.Query("org")), Kind: kind, Name: c.Query("name"),
			Sheet: c.Query("sheet"), AllowRepeat: repeat, Data: data})
		if err != nil {
			return err
		}
		c.Set(fiber.HeaderETag, httpkit.NewEntity(ctx, l.Rev, string(httpkit.StaffView)).ETag)
		c.Location("/api/v1/loads/" + l.ID)
		return c.Status(fiber.StatusCreated).JSON(view(l))
	}
}

// flag reads a query parameter that is true or false.
func flag(c *fiber.Ctx, name string) (bool, error) {
	switch c.Query(name, "false") {
	case "true":
		return true, nil
	case "false":
		return false, nil
	}
	return false, httpkit.Malformed(httpkit.ErrParameter.At("query."+name, fault.P("expected", "true, false")))
}

// export writes the file into memory first, so that a failure in the middle is
// an answer with a reason and not half a file.
func export(svc *load.Service) fiber.Handler {
	return func(c *fiber.Ctx) error {
		kind, ok := kinds[c.Params("kind")]
		if !ok {
			return httpkit.Malformed(httpkit.ErrParameter.At("path.kind", fault.P("expected", "relic, site")))
		}
		format := load.Format(c.Query("format", string(load.XLSX)))
		if format != load.CSV && format != load.XLSX {
			return httpkit.Malformed(httpkit.ErrParameter.At("query.format", fault.P("expected", "csv, xlsx")))
		}
		empty, err := flag(c, "template")
		if err != nil {
			return err
		}
		ctx := c.UserContext()
		var b bytes.Buffer
		if empty {
			err = svc.Template(kind, format, &b)
		} else {
			_, err = svc.Export(ctx, httpkit.Actor(ctx), actor.OrgID(c.Query("org")), kind, format, &b)
		}
		if err != nil {
			return err
		}
		c.Set(fiber.HeaderContentType, "text/csv; charset=utf-8")
		if format == load.XLSX {
			c.Set(fiber.HeaderContentType, "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet")
		}
		c.Set(fiber.HeaderContentDisposition, `attachment; filename="`+string(kind)+"s."+string(format)+`"`)
		c.Set(fiber.HeaderCacheControl, "private, no-store")
		return c.Send(b.Bytes())
	}
}
