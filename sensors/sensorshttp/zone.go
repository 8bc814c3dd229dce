package sensorshttp

import (
	"context"

	"yijianyou/internal/actor"
	"yijianyou/sensors"
)

// ZoneView is a zone as those who keep it see it.
type ZoneView struct {
	Record[sensors.ZoneFields]
}

func zoneViews(_ context.Context, _ actor.Actor, docs []*sensors.Zone) ([]ZoneView, error) {
	out := make([]ZoneView, 0, len(docs))
	for _, z := range docs {
		out = append(out, ZoneView{Record: record(&z.Meta, z.Fields)})
	}
	return out, nil
}
