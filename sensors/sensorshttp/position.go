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

// Movements are the orders of the catalogue; heritage.Movements implements it.
type Movements interface {
	List(ctx context.Context, by actor.Actor, f heritage.MovementFilter, limit int, after store.Cursor) (store.Page[heritage.Movement], error)
}

type positionsInput struct {
	Org string `query:"org" maxLength:"64" doc:"whose; needed when the actor reads several organisations"`
}

type positionsOutput struct {
	Body Positions
}

// Positions is where everything is.
type Positions struct {
	Items []sensors.Position `json:"items" nullable:"false"`
}

type timelineInput struct {
	ID    string    `path:"id" format:"uuid"`
	From  time.Time `query:"from" doc:"inclusive; without it from the beginning"`
	To    time.Time `query:"to" doc:"exclusive; without it until now"`
	Limit int       `query:"limit" minimum:"1" maximum:"500" default:"100" doc:"how many; those of the moment of the last are all there"`
}

type timelineOutput struct {
	Body Timeline
}

// Timeline is what happened to a relic.
type Timeline struct {
	Items []sensors.Happening `json:"items" nullable:"false"`
}

// mountPositions declares where things are and what happened to them.
func mountPositions(r *httpkit.Router, svc *sensors.Service, orders Movements) {
	httpkit.Handle(r, httpkit.Op{Method: "GET", Path: "/api/v1/positions", ID: "positions", Tag: "tags", Policy: readDevices,
		Summary: "Where the tags of an organisation that hang on something are; those in a store are told to those who may know"},
		func(ctx context.Context, in *positionsInput) (*positionsOutput, error) {
			list, err := svc.Positions(ctx, httpkit.Actor(ctx), actor.OrgID(in.Org))
			return &positionsOutput{Body: Positions{Items: list}}, err
		})
	httpkit.Handle(r, httpkit.Op{Method: "GET", Path: "/api/v1/relics/{id}/timeline", ID: "relic-timeline", Tag: "relics", Policy: readDevices,
		Summary: "Stays, passages, bindings, alarms and movements of a relic, the newest first; go on with to set to the moment of the last"},
		func(ctx context.Context, in *timelineInput) (*timelineOutput, error) {
			by, relic := httpkit.Actor(ctx), heritage.RelicID(in.ID)
			seen, err := svc.Timeline(ctx, by, relic, in.From, in.To, in.Limit)
			if err != nil {
				return nil, err
			}
			moved, err := movementsOf(ctx, orders, by, relic, in.From, in.To)
			if err != nil {
				return nil, err
			}
			return &timelineOutput{Body: Timeline{Items: append([]sensors.Happening{}, sensors.Merge(in.Limit, seen, moved)...)}}, nil
		})
}

// movementsOf returns what the orders say of a relic, for those who may see them.
func movementsOf(ctx context.Context, orders Movements, by actor.Actor, relic heritage.RelicID, from, before time.Time) ([]sensors.Happening, error) {
	if !by.CanSomewhere(actor.MovementRead) {
		return nil, nil
	}
	var list []sensors.Happening
	for after := store.Cursor(""); ; {
		page, err := orders.List(ctx, by, heritage.MovementFilter{Relic: relic}, 200, after)
		if err != nil {
			return nil, err
		}
		for _, o := range page.Items {
			if h := sensors.MovementHappening(o, relic); !h.At.Before(from) && (before.IsZero() || h.At.Before(before)) {
				list = append(list, h)
			}
		}
		if after = page.Next; after == "" {
			return list, nil
		}
	}
}
