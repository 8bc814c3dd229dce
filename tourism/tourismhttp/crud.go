package tourismhttp

import (
	"context"
	"encoding/json"
	"reflect"
	"time"

	"github.com/danielgtaylor/huma/v2"

	"yijianyou/heritage"
	"yijianyou/heritage/heritagehttp"
	"yijianyou/internal/actor"
	"yijianyou/tourism"
	"yijianyou/web/httpkit"
)

// resource is one type of record with what its routes need.
type resource[F tourism.Content, V any] struct {
	name, plural string
	of           *tourism.Register[F]
	view         viewer[F, V]
}

// viewer makes the public view of a record.
type viewer[F tourism.Content, V any] func(ctx context.Context, p *tourism.Public[F]) (*V, error)

// Either is a record in the view that was asked for; one of the two is set.
type Either[F tourism.Content, V any] struct {
	Public *V
	Staff  *StaffRecord[F]
}

// MarshalJSON writes the view that is set.
func (e Either[F, V]) MarshalJSON() ([]byte, error) {
	if e.Staff != nil {
		return json.Marshal(e.Staff)
	}
	return json.Marshal(e.Public)
}

// Schema describes both views to the OpenAPI document.
func (Either[F, V]) Schema(r huma.Registry) *huma.Schema {
	return &huma.Schema{OneOf: []*huma.Schema{r.Schema(reflect.TypeFor[V](), true, ""), r.Schema(reflect.TypeFor[StaffRecord[F]](), true, "")}}
}

type ofAreaInput struct {
	ID  string `path:"id" format:"uuid"`
	Org string `query:"org" maxLength:"64" doc:"staff view: whose records, when the actor reads several organisations"`
	httpkit.PageInput
	httpkit.ViewInput
}

type listInput struct {
	Org     string `query:"org" maxLength:"64" doc:"staff view: whose records, when the actor reads several organisations"`
	State   string `query:"state" enum:"hidden,published,withdrawn" doc:"staff view: publication, the newest change first"`
	Area    string `query:"area" format:"uuid" doc:"spots and paths: of this area"`
	Subject string `query:"subject" format:"uuid" doc:"stories: about this record"`
	Grade   string `query:"grade" enum:"5A,4A,3A,2A,1A" doc:"public view of areas: of this grade"`
	httpkit.PageInput
	httpkit.ViewInput
}

type listOutput[F tourism.Content, V any] struct {
	CacheControl string `header:"Cache-Control"`
	Body         httpkit.Page[Either[F, V]]
}

type oneInput struct {
	ID string `path:"id" format:"uuid"`
	httpkit.ViewInput
}

type oneOutput[F tourism.Content, V any] struct {
	httpkit.Entity
	Body Either[F, V]
}

type staffOutput[F tourism.Content] struct {
	httpkit.Entity
	Body StaffRecord[F]
}

type createdOutput[F tourism.Content] struct {
	httpkit.Entity
	Location string `header:"Location"`
	Body     StaffRecord[F]
}

// StaffRecord is a record as those who keep it see it.
type StaffRecord[F tourism.Content] struct {
	ID          string               `json:"id"`
	Org         actor.OrgID          `json:"org"`
	Rev         int64                `json:"rev"`
	CreatedAt   time.Time            `json:"createdAt"`
	UpdatedAt   time.Time            `json:"updatedAt"`
	Publication heritage.Publication `json:"publication"`
	Author      heritage.Person      `json:"author"`
	Changed     bool                 `json:"changed" doc:"published, and the newest content differs from what tourists see"`
	Fields      F                    `json:"fields"`
}

func staffRecord[F tourism.Content](d *tourism.Record[F]) StaffRecord[F] {
	return StaffRecord[F]{ID: d.ID, Org: d.Org, Rev: d.Rev, CreatedAt: d.CreatedAt, UpdatedAt: d.UpdatedAt,
		Publication: d.Publication, Author: d.Author, Changed: d.Shown != nil && d.Publication.Rev != d.Rev, Fields: d.Fields}
}

type createInput[F tourism.Content] struct {
	Body NewRecord[F]
}

// NewRecord is a record that is to be created.
type NewRecord[F tourism.Content] struct {
	Org    actor.OrgID `json:"org" doc:"who keeps the record"`
	Fields F           `json:"fields"`
}

type changeInput[F tourism.Content] struct {
	ID string `path:"id" format:"uuid"`
	httpkit.IfMatchInput
	Body ChangedRecord[F]
}

// ChangedRecord is the new content of a record.
type ChangedRecord[F tourism.Content] struct {
	Fields F `json:"fields"`
}

type stepInput struct {
	ID string `path:"id" format:"uuid"`
	httpkit.IfMatchInput
}

type reasonInput struct {
	ID string `path:"id" format:"uuid"`
	httpkit.IfMatchInput
	Body Reason
}

// Reason says why something is done.
type Reason struct {
	Reason string `json:"reason" doc:"kept in the history"`
}

type removeInput struct {
	ID     string `path:"id" format:"uuid"`
	Reason string `query:"reason" maxLength:"2000" doc:"why; kept in the history; required"`
	httpkit.IfMatchInput
}

type historyInput struct {
	ID string `path:"id" format:"uuid"`
	httpkit.PageInput
}

type historyOutput struct {
	Body httpkit.Page[httpkit.Revision]
}

type atRevisionInput struct {
	ID  string `path:"id" format:"uuid"`
	Rev int64  `path:"rev" minimum:"1"`
}

type restoreInput struct {
	ID string `path:"id" format:"uuid"`
	httpkit.IfMatchInput
	Body heritagehttp.RestoreRequest
}

func mountCRUD[F tourism.Content, V any](r *httpkit.Router, res resource[F, V]) {
	base := "/api/v1/" + res.plural
	op := func(method, path, id, summary string, policy httpkit.Policy) httpkit.Op {
		return httpkit.Op{Method: method, Path: base + path, ID: id, Tag: res.plural, Summary: summary, Policy: policy}
	}
	read, write, publish := httpkit.Can(actor.AreaRead), httpkit.Can(actor.AreaWrite), httpkit.Can(actor.AreaPublish)

	httpkit.Handle(r, op("GET", "", res.plural, "A list; one filter at a time", httpkit.Public()),
		func(ctx context.Context, in *listInput) (*listOutput[F, V], error) {
			return list(ctx, res.of, res.view, tourism.Filter{Org: actor.OrgID(in.Org), Area: tourism.AreaID(in.Area), Subject: in.Subject,
				Grade: tourism.Code(in.Grade), State: heritage.PublicationState(in.State)}, in.PageInput, in.ViewInput)
		})
	httpkit.Handle(r, op("GET", "/{id}", res.name+"-by-id", "One "+res.name, httpkit.Public()),
		func(ctx context.Context, in *oneInput) (*oneOutput[F, V], error) {
			return one(ctx, res.of, res.view, in)
		})

	create := op("POST", "", res.name+"-create", "Create a hidden "+res.name, write)
	create.Status = 201
	httpkit.Handle(r, create, func(ctx context.Context, in *createInput[F]) (*createdOutput[F], error) {
		rec, err := res.of.Create(ctx, httpkit.Actor(ctx), tourism.NewRecord[F]{Org: in.Body.Org, Fields: in.Body.Fields})
		if err != nil {
			return nil, httpkit.Under(err, "fields", "org", "id")
		}
		return &createdOutput[F]{Entity: staffEntity(ctx, rec.Rev), Location: base + "/" + rec.ID, Body: staffRecord(rec)}, nil
	})
	httpkit.Handle(r, op("PUT", "/{id}", res.name+"-change", "Replace the content", write),
		func(ctx context.Context, in *changeInput[F]) (*staffOutput[F], error) {
			rev, err := in.Rev()
			if err != nil {
				return nil, err
			}
			rec, err := res.of.Change(ctx, httpkit.Actor(ctx), in.ID, rev, in.Body.Fields)
			return staff(ctx, rec, httpkit.Under(err, "fields", "org", "id"))
		})
	httpkit.Handle(r, op("POST", "/{id}/publish", res.name+"-publish", "Show the newest content to tourists", publish),
		func(ctx context.Context, in *stepInput) (*staffOutput[F], error) {
			rev, err := in.Rev()
			if err != nil {
				return nil, err
			}
			rec, err := res.of.Publish(ctx, httpkit.Actor(ctx), in.ID, rev)
			return staff(ctx, rec, err)
		})
	httpkit.Handle(r, op("POST", "/{id}/withdraw", res.name+"-withdraw", "Take it from the eyes of tourists", publish),
		func(ctx context.Context, in *reasonInput) (*staffOutput[F], error) {
			rev, err := in.Rev()
			if err != nil {
				return nil, err
			}
			rec, err := res.of.Withdraw(ctx, httpkit.Actor(ctx), in.ID, rev, in.Body.Reason)
			return staff(ctx, rec, err)
		})
	httpkit.Handle(r, op("DELETE", "/{id}", res.name+"-remove", "Remove a record that is not published; its history stays", write),
		func(ctx context.Context, in *removeInput) (*struct{}, error) {
			rev, err := in.Rev()
			if err != nil {
				return nil, err
			}
			return nil, res.of.Remove(ctx, httpkit.Actor(ctx), in.ID, rev, in.Reason)
		})
	httpkit.Handle(r, op("GET", "/{id}/history", res.name+"-history", "Who changed it, when and why, the newest first", read),
		func(ctx context.Context, in *historyInput) (*historyOutput, error) {
			page, err := res.of.Revisions(ctx, httpkit.Actor(ctx), in.ID, in.Limit, in.After())
			if err != nil {
				return nil, err
			}
			return &historyOutput{Body: httpkit.NewPage(page, httpkit.NewRevision)}, nil
		})
	httpkit.Handle(r, op("GET", "/{id}/history/{rev}", res.name+"-at-revision", "The record as it was at a revision", read),
		func(ctx context.Context, in *atRevisionInput) (*staffOutput[F], error) {
			rec, err := res.of.AtRevision(ctx, httpkit.Actor(ctx), in.ID, in.Rev)
			return staff(ctx, rec, err)
		})
	httpkit.Handle(r, op("POST", "/{id}/restore", res.name+"-restore", "Bring back the content of an earlier revision", write),
		func(ctx context.Context, in *restoreInput) (*staffOutput[F], error) {
			rev, err := in.IfMatchInput.Rev()
			if err != nil {
				return nil, err
			}
			rec, err := res.of.Restore(ctx, httpkit.Actor(ctx), in.ID, rev, in.Body.Rev, in.Body.Reason)
			return staff(ctx, rec, err)
		})
}

func staffEntity(ctx context.Context, rev int64) httpkit.Entity {
	return httpkit.NewEntity(ctx, rev, string(httpkit.StaffView))
}

func staff[F tourism.Content](ctx context.Context, rec *tourism.Record[F], err error) (*staffOutput[F], error) {
	if err != nil {
		return nil, err
	}
	return &staffOutput[F]{Entity: staffEntity(ctx, rec.Rev), Body: staffRecord(rec)}, nil
}

func list[F tourism.Content, V any](ctx context.Context, of *tourism.Register[F], view viewer[F, V], f tourism.Filter, page httpkit.PageInput, which httpkit.ViewInput) (*listOutput[F, V], error) {
	staffOnly, err := which.Staff(ctx)
	if err != nil {
		return nil, err
	}
	out := &listOutput[F, V]{Body: httpkit.Page[Either[F, V]]{Items: []Either[F, V]{}}}
	if staffOnly {
		out.CacheControl = "private, no-store"
		found, err := of.List(ctx, httpkit.Actor(ctx), f, page.Limit, page.After())
		if err != nil {
			return nil, err
		}
		for _, rec := range found.Items {
			s := staffRecord(rec)
			out.Body.Items = append(out.Body.Items, Either[F, V]{Staff: &s})
		}
		out.Body.Cursor = string(found.Next)
		return out, nil
	}
	found, err := of.PublicList(ctx, f, page.Limit, page.After())
	if err != nil {
		return nil, err
	}
	for _, p := range found.Items {
		v, err := view(ctx, p)
		if err != nil {
			return nil, err
		}
		out.Body.Items = append(out.Body.Items, Either[F, V]{Public: v})
	}
	out.Body.Cursor = string(found.Next)
	return out, nil
}

func one[F tourism.Content, V any](ctx context.Context, of *tourism.Register[F], view viewer[F, V], in *oneInput) (*oneOutput[F, V], error) {
	staffOnly, err := in.Staff(ctx)
	if err != nil {
		return nil, err
	}
	if staffOnly {
		rec, err := of.Record(ctx, httpkit.Actor(ctx), in.ID)
		if err != nil {
			return nil, err
		}
		s := staffRecord(rec)
		return &oneOutput[F, V]{Entity: staffEntity(ctx, rec.Rev), Body: Either[F, V]{Staff: &s}}, nil
	}
	p, err := of.Public(ctx, in.ID)
	if err != nil {
		return nil, err
	}
	v, err := view(ctx, p)
	if err != nil {
		return nil, err
	}
	e, err := httpkit.NewPublicEntity(ctx, p.Rev, v)
	return &oneOutput[F, V]{Entity: e, Body: Either[F, V]{Public: v}}, err
}
