package sensorshttp

import (
	"context"
	"time"

	"yijianyou/heritage"
	"yijianyou/internal/actor"
	"yijianyou/internal/store"
	"yijianyou/sensors"
	"yijianyou/web/httpkit"
)

// resource is one type of thing with what its routes need.
type resource[D, F, V any] struct {
	name, plural string
	of           *sensors.Register[D, F]
	views        viewer[D, V]
}

// viewer makes the views of things that by may see, in their order.
type viewer[D, V any] func(ctx context.Context, by actor.Actor, docs []*D) ([]V, error)

// one makes the view of one thing.
func (v viewer[D, V]) one(ctx context.Context, d *D) (V, error) {
	all, err := v(ctx, httpkit.Actor(ctx), []*D{d})
	if err != nil {
		var none V
		return none, err
	}
	return all[0], nil
}

// Record is what every view of a thing begins with.
type Record[F any] struct {
	ID        string      `json:"id"`
	Org       actor.OrgID `json:"org"`
	Rev       int64       `json:"rev"`
	CreatedAt time.Time   `json:"createdAt"`
	UpdatedAt time.Time   `json:"updatedAt"`
	Fields    F           `json:"fields"`
}

func record[F any](m *store.Meta, fields F) Record[F] {
	return Record[F]{ID: m.ID, Org: m.Org, Rev: m.Rev, CreatedAt: m.CreatedAt, UpdatedAt: m.UpdatedAt, Fields: fields}
}

// each makes the views of documents of which nothing else has to be read.
func each[D, V any](view func(*D) V) func(context.Context, actor.Actor, []*D) ([]V, error) {
	return func(_ context.Context, _ actor.Actor, docs []*D) ([]V, error) {
		out := make([]V, 0, len(docs))
		for _, d := range docs {
			out = append(out, view(d))
		}
		return out, nil
	}
}

type listInput struct {
	Org   string `query:"org" maxLength:"64" doc:"whose; needed when the actor reads several organisations"`
	Zone  string `query:"zone" format:"uuid" doc:"devices: those in this zone"`
	Kind  string `query:"kind" enum:"gallery,store,workshop,passageway,exit,ground" doc:"zones: those of this kind"`
	Relic string `query:"relic" format:"uuid" doc:"tags: those on this relic"`
	httpkit.PageInput
}

type listOutput[V any] struct {
	Body httpkit.Page[V]
}

type oneInput struct {
	ID string `path:"id" maxLength:"64"`
}

type oneOutput[V any] struct {
	httpkit.Entity
	Body V
}

type createdOutput[V any] struct {
	httpkit.Entity
	Location string `header:"Location"`
	Body     V
}

type createInput[F any] struct {
	Body NewThing[F]
}

// NewThing is a thing that is to be registered.
type NewThing[F any] struct {
	ID     string      `json:"id" required:"false" doc:"of a device its name (1 to 64 of a-z, 0-9 and hyphen, also its MQTT user name), of a tag its EPC or serial in hexadecimal; a zone gets one"`
	Org    actor.OrgID `json:"org" doc:"whose it is"`
	Fields F           `json:"fields"`
}

type changeInput[F any] struct {
	ID string `path:"id" maxLength:"64"`
	httpkit.IfMatchInput
	Body Changed[F]
}

// Changed is what is to be known of a thing from now on.
type Changed[F any] struct {
	Fields F `json:"fields"`
}

type removeInput struct {
	ID     string `path:"id" maxLength:"64"`
	Reason string `query:"reason" maxLength:"2000" doc:"why; kept in the history; required"`
	httpkit.IfMatchInput
}

type historyInput struct {
	ID string `path:"id" maxLength:"64"`
	httpkit.PageInput
}

type historyOutput struct {
	Body httpkit.Page[httpkit.Revision]
}

type atRevisionInput struct {
	ID  string `path:"id" maxLength:"64"`
	Rev int64  `path:"rev" minimum:"1"`
}

type atRevisionOutput[F any] struct {
	httpkit.Entity
	Body Record[F]
}

var (
	readDevices  = httpkit.Can(actor.DeviceRead)
	writeDevices = httpkit.Can(actor.DeviceWrite)
)

func mountCRUD[D, F, V any](r *httpkit.Router, res resource[D, F, V]) {
	base := "/api/v1/" + res.plural
	op := func(method, path, id, summary string, policy httpkit.Policy) httpkit.Op {
		return httpkit.Op{Method: method, Path: base + path, ID: id, Tag: res.plural, Summary: summary, Policy: policy}
	}
	httpkit.Handle(r, op("GET", "", res.plural, "A list of one organisation; one filter at a time", readDevices),
		func(ctx context.Context, in *listInput) (*listOutput[V], error) {
			by := httpkit.Actor(ctx)
			page, err := res.of.List(ctx, by, sensors.Filter{Org: actor.OrgID(in.Org), Zone: sensors.ZoneID(in.Zone), ZoneKind: sensors.ZoneKind(in.Kind),
				Relic: heritage.RelicID(in.Relic)}, in.Limit, in.After())
			if err != nil {
				return nil, err
			}
			views, err := res.views(ctx, by, page.Items)
			if err != nil {
				return nil, err
			}
			return &listOutput[V]{Body: httpkit.Page[V]{Items: views, Cursor: string(page.Next)}}, nil
		})
	httpkit.Handle(r, op("GET", "/{id}", res.name+"-by-id", "One "+res.name, readDevices),
		func(ctx context.Context, in *oneInput) (*oneOutput[V], error) {
			d, err := res.of.Record(ctx, httpkit.Actor(ctx), in.ID)
			return res.output(ctx, d, err)
		})
	create := op("POST", "", res.name+"-create", "Register a "+res.name, writeDevices)
	create.Status = 201
	httpkit.Handle(r, create, func(ctx context.Context, in *createInput[F]) (*createdOutput[V], error) {
		d, err := res.of.Create(ctx, httpkit.Actor(ctx), sensors.NewThing[F]{ID: in.Body.ID, Org: in.Body.Org, Fields: in.Body.Fields})
		out, err := res.output(ctx, d, httpkit.Under(err, "fields", "org", "id"))
		if err != nil {
			return nil, err
		}
		m, _ := res.of.Parts(d)
		return &createdOutput[V]{Entity: out.Entity, Location: base + "/" + m.ID, Body: out.Body}, nil
	})
	httpkit.Handle(r, op("PUT", "/{id}", res.name+"-change", "Replace what is known of it", writeDevices),
		func(ctx context.Context, in *changeInput[F]) (*oneOutput[V], error) {
			rev, err := in.Rev()
			if err != nil {
				return nil, err
			}
			d, err := res.of.Change(ctx, httpkit.Actor(ctx), in.ID, rev, in.Body.Fields)
			return res.output(ctx, d, httpkit.Under(err, "fields", "org", "id"))
		})
	httpkit.Handle(r, op("DELETE", "/{id}", res.name+"-remove", "Remove what was never used; its history stays", writeDevices),
		func(ctx context.Context, in *removeInput) (*struct{}, error) {
			rev, err := in.Rev()
			if err != nil {
				return nil, err
			}
			return nil, res.of.Remove(ctx, httpkit.Actor(ctx), in.ID, rev, in.Reason)
		})
	mountHistory(r, res, op)
}

func mountHistory[D, F, V any](r *httpkit.Router, res resource[D, F, V], op func(method, path, id, summary string, policy httpkit.Policy) httpkit.Op) {
	httpkit.Handle(r, op("GET", "/{id}/history", res.name+"-history", "Who changed it, when and why, the newest first", readDevices),
		func(ctx context.Context, in *historyInput) (*historyOutput, error) {
			page, err := res.of.Revisions(ctx, httpkit.Actor(ctx), in.ID, in.Limit, in.After())
			if err != nil {
				return nil, err
			}
			return &historyOutput{Body: httpkit.NewPage(page, httpkit.NewRevision)}, nil
		})
	httpkit.Handle(r, op("GET", "/{id}/history/{rev}", res.name+"-at-revision", "What was known of it at a revision", readDevices),
		func(ctx context.Context, in *atRevisionInput) (*atRevisionOutput[F], error) {
			d, err := res.of.AtRevision(ctx, httpkit.Actor(ctx), in.ID, in.Rev)
			if err != nil {
				return nil, err
			}
			m, fields := res.of.Parts(d)
			return &atRevisionOutput[F]{Entity: entity(ctx, m.Rev), Body: record(m, *fields)}, nil
		})
}

// output makes the answer of one thing.
func (res resource[D, F, V]) output(ctx context.Context, d *D, err error) (*oneOutput[V], error) {
	if err != nil {
		return nil, err
	}
	view, err := res.views.one(ctx, d)
	if err != nil {
		return nil, err
	}
	m, _ := res.of.Parts(d)
	return &oneOutput[V]{Entity: entity(ctx, m.Rev), Body: view}, nil
}

func entity(ctx context.Context, rev int64) httpkit.Entity {
	return httpkit.NewEntity(ctx, rev, string(httpkit.StaffView))
}
