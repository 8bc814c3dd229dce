package tourismhttp

import (
	"context"

	"yijianyou/internal/actor"
	"yijianyou/tourism"
	"yijianyou/web/httpkit"
)

// Mount declares the routes of the visitor side.
func Mount(r *httpkit.Router, svc *tourism.Service) {
	httpkit.Handle(r, httpkit.Op{Method: "GET", Path: "/api/v1/areas/{id}/spots", ID: "area-spots", Tag: "areas", Policy: httpkit.Public(),
		Summary: "Spots and facilities of an area in the order of the usual round"},
		func(ctx context.Context, in *ofAreaInput) (*listOutput[tourism.SpotFields, SpotView], error) {
			return list(ctx, svc.Spots, spotView(svc), tourism.Filter{Area: tourism.AreaID(in.ID), Org: actor.OrgID(in.Org)}, in.PageInput, in.ViewInput)
		})
	httpkit.Handle(r, httpkit.Op{Method: "GET", Path: "/api/v1/areas/{id}/paths", ID: "area-paths", Tag: "areas", Policy: httpkit.Public(),
		Summary: "Walking paths of an area"},
		func(ctx context.Context, in *ofAreaInput) (*listOutput[tourism.PathFields, PathView], error) {
			return list(ctx, svc.Paths, pathView, tourism.Filter{Area: tourism.AreaID(in.ID), Org: actor.OrgID(in.Org)}, in.PageInput, in.ViewInput)
		})
	mountComfort(r, svc)
	mountWatch(r, svc)
	mountPlan(r, svc)
	mountCRUD(r, resource[tourism.AreaFields, AreaView]{name: "area", plural: "areas", of: svc.Areas, view: areaView(svc)})
	mountCRUD(r, resource[tourism.SpotFields, SpotView]{name: "spot", plural: "spots", of: svc.Spots, view: spotView(svc)})
	mountCRUD(r, resource[tourism.PathFields, PathView]{name: "path", plural: "paths", of: svc.Paths, view: pathView})
	mountCRUD(r, resource[tourism.StoryFields, StoryView]{name: "story", plural: "stories", of: svc.Stories, view: storyView(svc)})
}
