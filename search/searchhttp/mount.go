package searchhttp

import (
	"context"

	"yijianyou/internal/actor"
	"yijianyou/internal/fault"
	"yijianyou/search"
	"yijianyou/search/index"
	"yijianyou/search/saved"
	"yijianyou/web/httpkit"
)

// Index is what answers; *index.Index is one.
type Index interface {
	Search(ctx context.Context, q search.Query, labels search.Labels) (search.Result, error)
	Related(ctx context.Context, scope search.Scope, ref index.Ref, lang fault.Lang, limit int) (search.Result, error)
	Suggest(ctx context.Context, scope search.Scope, text string, lang fault.Lang, limit int) (search.Suggestions, error)
	Names(ctx context.Context) (*search.NameList, error)
}

// Deps are what the routes need.
type Deps struct {
	Public, Staff Index

	// Labels names the values of facets as by may know them; for the public view by
	// is actor.Nobody. nil: values are their own labels.
	Labels func(by actor.Actor) search.Labels

	// Periods turns a period in words ("春秋", "Tang dynasty") into its first and
	// last year, both inclusive and negative for BCE; ok is false when it knows
	// none. nil: only years are understood.
	Periods func(text string) (from, to int, ok bool)

	Ages []Age // that a list is looked through by, in the order in which they are shown

	Records Records        // what leaves as a file
	Saved   *saved.Service // the searches that staff keep
}

// Age is a named stretch of years.
type Age struct {
	Name search.Text
	From int  // inclusive, negative for BCE
	To   *int // likewise; nil when it goes on
}

// Mount declares the routes.
func Mount(r *httpkit.Router, d Deps) {
	httpkit.Handle(r, httpkit.Op{Method: "GET", Path: "/api/v1/search", ID: "search", Tag: "search",
		Summary: "Search relics, sites, museums, areas, spots, stories and exhibitions", Policy: httpkit.Public(),
		Faults: []*fault.Code{search.ErrTextTooLong, search.ErrBuilding}}, d.search)
	httpkit.Handle(r, httpkit.Op{Method: "GET", Path: "/api/v1/related", ID: "related", Tag: "search",
		Summary: "Records that have most in common with one", Policy: httpkit.Public(),
		Faults: []*fault.Code{search.ErrNotThere, search.ErrBuilding}}, d.related)
	httpkit.Handle(r, httpkit.Op{Method: "GET", Path: "/api/v1/suggest", ID: "suggest", Tag: "search",
		Summary: "Complete or correct a text while it is typed", Policy: httpkit.Public(),
		Faults: []*fault.Code{search.ErrTextTooLong, search.ErrBuilding}}, d.suggest)
	httpkit.Handle(r, httpkit.Op{Method: "GET", Path: "/api/v1/search/export", ID: "search-export", Tag: "search",
		Summary: "The hits of a search in the staff index as a file, at most 10,000", Policy: httpkit.Session(), Media: []string{csvType, xlsxType},
		Faults: []*fault.Code{ErrExportRows, search.ErrTextTooLong, search.ErrBuilding}}, d.export)
	mountNames(r, d.Public)
	mountSaved(r, d.Saved)
}

// Asker is embedded in the inputs: who asks, in which language. Exported, as
// FacetInput is, because huma passes over embedded types that are not.
type Asker struct {
	httpkit.ViewInput
	Lang string `query:"lang" enum:"zh,en" doc:"language of highlights and labels; without it Accept-Language decides"`
}

func (a Asker) lang(ctx context.Context) fault.Lang {
	if a.Lang == "" {
		return httpkit.Lang(ctx)
	}
	return fault.ParseLang(a.Lang)
}

// where is the view that is asked for.
type where struct {
	Index
	scope search.Scope
	by    actor.Actor // who asks; actor.Nobody in the public view
}

func (d Deps) where(ctx context.Context, a Asker) (where, error) {
	staff, err := a.Staff(ctx)
	if err != nil {
		return where{}, err
	}
	if staff {
		by := httpkit.Actor(ctx)
		return where{d.Staff, search.StaffScope(by), by}, nil
	}
	return where{d.Public, search.PublicScope(), actor.Nobody()}, nil
}

func (d Deps) labels(w where) search.Labels {
	if d.Labels == nil {
		return nil
	}
	return d.Labels(w.by)
}

// inQuery says of each field at fault that it is a parameter of the query.
func inQuery(err error) error {
	f := fault.Of(err)
	if f == nil || f.Code() != fault.ErrInvalid {
		return err
	}
	fields := make([]fault.Field, len(f.Fields()))
	for i, field := range f.Fields() {
		field.Path = "query." + field.Path
		fields[i] = field
	}
	return fault.InvalidFields(fields)
}
