package heritagehttp

import (
	"context"

	"yijianyou/heritage"
	"yijianyou/heritage/vocab"
	"yijianyou/internal/actor"
	"yijianyou/internal/fault"
	"yijianyou/internal/store"
	"yijianyou/web/httpkit"
)

// resource is one type of record with what its routes need.
type resource[F heritage.Content, V any] struct {
	name, plural string
	of           *heritage.Register[F]
	one          func(ctx context.Context, id string) (*V, int64, error)
	maxBody      int64 // bytes of the content; 0 as everywhere
	page         func(ctx context.Context, f heritage.PublicFilter, limit int, after store.Cursor) ([]*V, store.Cursor, error)
}

type listInput struct {
	Museum      string `query:"museum" format:"uuid" doc:"relics, places and exhibitions: of this museum"`
	Category    string `query:"category" maxLength:"60" doc:"category of a relic, class of a site, grade of a museum, kind of a place or an exhibition"`
	Level       string `query:"level" maxLength:"60" doc:"public view of sites: level of protection"`
	PartOf      string `query:"partOf" format:"uuid" doc:"public view of relics: parts of this set"`
	Relic       string `query:"relic" format:"uuid" doc:"public view of exhibitions: that show this relic"`
	Status      string `query:"status" enum:"open,permanent,upcoming,closed" doc:"public view of exhibitions, also beside museum: open is what can be visited today, permanent ones included"`
	Org         string `query:"org" maxLength:"64" doc:"staff view: whose records; without it all that the actor may read"`
	Review      string `query:"review" enum:"draft,inReview,reviewed" doc:"staff view: state of review, last changed first"`
	Publication string `query:"publication" enum:"hidden,published,withdrawn" doc:"staff view: state of publication, last changed first"`
	Load        string `query:"load" maxLength:"64" doc:"staff view: created by this import"`
	Sort        string `query:"sort" enum:"name,updated" default:"name" doc:"staff view: updated is last changed first"`
	httpkit.PageInput
	httpkit.ViewInput
}

// checkView refuses a filter of the other view.
func (in *listInput) checkView(staff bool) error {
	var wrong []fault.Field
	refuse := func(code *fault.Code, name, value string) {
		if value != "" {
			wrong = append(wrong, code.At("query."+name))
		}
	}
	if staff {
		refuse(ErrPublicFilter, "level", in.Level)
		refuse(ErrPublicFilter, "partOf", in.PartOf)
		refuse(ErrPublicFilter, "relic", in.Relic)
		refuse(ErrPublicFilter, "status", in.Status)
		return fault.InvalidFields(wrong)
	}
	refuse(ErrStaffFilter, "org", in.Org)
	refuse(ErrStaffFilter, "review", in.Review)
	refuse(ErrStaffFilter, "publication", in.Publication)
	refuse(ErrStaffFilter, "load", in.Load)
	if in.Sort == "updated" {
		refuse(ErrStaffFilter, "sort", in.Sort)
	}
	return fault.InvalidFields(wrong)
}

type listOutput[F heritage.Content, V any] struct {
	CacheControl string `header:"Cache-Control"`
	Body         httpkit.Page[Either[F, V]]
}

type oneInput struct {
	ID string `path:"id" format:"uuid"`
	httpkit.ViewInput
}

type oneOutput[F heritage.Content, V any] struct {
	httpkit.Entity
	Body Either[F, V]
}

type staffOutput[F heritage.Content] struct {
	httpkit.Entity
	Body StaffRecord[F]
}

type createInput[F heritage.Content] struct {
	Body NewRecord[F]
}

type createdOutput[F heritage.Content] struct {
	httpkit.Entity
	Location string `header:"Location"`
	Body     StaffRecord[F]
}

type changeInput[F heritage.Content] struct {
	ID string `path:"id" format:"uuid"`
	httpkit.IfMatchInput
	Body ChangedRecord[F]
}

type removeInput struct {
	ID     string `path:"id" format:"uuid"`
	Reason string `query:"reason" maxLength:"500" doc:"why; required, kept with the tombstone"`
	httpkit.IfMatchInput
}

// mountRecords declares the routes of one type of record.
func mountRecords[F heritage.Content, V any](r *httpkit.Router, res resource[F, V]) {
	base := "/api/v1/" + res.plural
	op := res.op
	bulk(r, res)
	httpkit.Handle(r, op("GET", "", res.plural, "A list by name; one filter at a time", httpkit.Public()), res.list)
	httpkit.Handle(r, op("GET", "/{id}", res.name+"-by-id", "One "+res.name, httpkit.Public()), res.byID)

	create := op("POST", "", res.name+"-create", "Create a hidden draft", httpkit.Can(actor.RecordWrite))
	create.Status, create.MaxBody = 201, res.maxBody
	httpkit.Handle(r, create, func(ctx context.Context, in *createInput[F]) (*createdOutput[F], error) {
		rec, err := res.of.Create(ctx, httpkit.Actor(ctx), heritage.NewRecord[F]{ID: in.Body.ID, Org: in.Body.Org, Ledger: in.Body.Ledger, Fields: in.Body.Fields})
		if err != nil {
			return nil, httpkit.Under(err, "fields", "org", "id", "ledger", "reason")
		}
		return &createdOutput[F]{Entity: staffEntity(ctx, rec.Rev), Location: base + "/" + rec.ID, Body: staffRecord(rec)}, nil
	})
	change := op("PUT", "/{id}", res.name+"-change", "Replace the content; what was reviewed becomes a draft, what is published stays", httpkit.Can(actor.RecordWrite))
	change.MaxBody = res.maxBody
	httpkit.Handle(r, change,
		func(ctx context.Context, in *changeInput[F]) (*staffOutput[F], error) {
			rev, err := in.Rev()
			if err != nil {
				return nil, err
			}
			rec, err := res.of.Change(ctx, httpkit.Actor(ctx), in.ID, rev, in.Body.Fields, in.Body.Reason)
			return staff(ctx, rec, httpkit.Under(err, "fields", "org", "id", "ledger", "reason"))
		})
	httpkit.Handle(r, op("DELETE", "/{id}", res.name+"-remove", "Remove a record that is not published; a tombstone stays", httpkit.Can(actor.RecordRemove)),
		func(ctx context.Context, in *removeInput) (*struct{}, error) {
			rev, err := in.Rev()
			if err != nil {
				return nil, err
			}
			return nil, res.of.Remove(ctx, httpkit.Actor(ctx), in.ID, rev, in.Reason)
		})
	lives(r, res)
	past(r, res)
}

func (res resource[F, V]) op(method, path, id, summary string, policy httpkit.Policy) httpkit.Op {
	return httpkit.Op{Method: method, Path: "/api/v1/" + res.plural + path, ID: id, Tag: res.plural, Summary: summary, Policy: policy}
}

func (res resource[F, V]) list(ctx context.Context, in *listInput) (*listOutput[F, V], error) {
	staffOnly, err := in.Staff(ctx)
	if err != nil {
		return nil, err
	}
	if err := in.checkView(staffOnly); err != nil {
		return nil, err
	}
	out := &listOutput[F, V]{Body: httpkit.Page[Either[F, V]]{Items: []Either[F, V]{}}}
	if staffOnly {
		out.CacheControl = "private, no-store"
		f := heritage.Filter{Org: actor.OrgID(in.Org), Museum: heritage.MuseumID(in.Museum), Category: vocab.Code(in.Category), Load: in.Load,
			Review: heritage.ReviewState(in.Review), Publication: heritage.PublicationState(in.Publication), Newest: in.Sort == "updated"}
		items, cursor, err := res.of.List(ctx, httpkit.Actor(ctx), f, in.Limit, in.Cursor)
		if err != nil {
			return nil, err
		}
		for _, rec := range items {
			v := staffRecord(rec)
			out.Body.Items = append(out.Body.Items, Either[F, V]{Staff: &v})
		}
		out.Body.Cursor = cursor
		return out, nil
	}
	f := heritage.PublicFilter{Museum: heritage.MuseumID(in.Museum), Category: vocab.Code(in.Category), Level: vocab.Code(in.Level), Set: heritage.RelicID(in.PartOf),
		Relic: heritage.RelicID(in.Relic), Status: heritage.Status(in.Status)}
	items, cursor, err := res.page(ctx, f, in.Limit, in.After())
	if err != nil {
		return nil, err
	}
	for _, v := range items {
		out.Body.Items = append(out.Body.Items, Either[F, V]{Public: v})
	}
	out.CacheControl, out.Body.Cursor = "public, no-cache", string(cursor)
	return out, nil
}

func (res resource[F, V]) byID(ctx context.Context, in *oneInput) (*oneOutput[F, V], error) {
	staffOnly, err := in.Staff(ctx)
	if err != nil {
		return nil, err
	}
	if staffOnly {
		rec, err := res.of.Record(ctx, httpkit.Actor(ctx), in.ID)
		if err != nil {
			return nil, err
		}
		v := staffRecord(rec)
		return &oneOutput[F, V]{Entity: staffEntity(ctx, rec.Rev), Body: Either[F, V]{Staff: &v}}, nil
	}
	v, rev, err := res.one(ctx, in.ID)
	if err != nil {
		return nil, err
	}
	e, err := httpkit.NewPublicEntity(ctx, rev, v)
	return &oneOutput[F, V]{Entity: e, Body: Either[F, V]{Public: v}}, err
}

func staffEntity(ctx context.Context, rev int64) httpkit.Entity {
	return httpkit.NewEntity(ctx, rev, string(httpkit.StaffView))
}

func staff[F heritage.Content](ctx context.Context, rec *heritage.Record[F], err error) (*staffOutput[F], error) {
	if err != nil {
		return nil, err
	}
	return &staffOutput[F]{Entity: staffEntity(ctx, rec.Rev), Body: staffRecord(rec)}, nil
}
