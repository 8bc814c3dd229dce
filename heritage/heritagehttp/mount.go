package heritagehttp

import (
	"context"

	"yijianyou/heritage"
	"yijianyou/internal/actor"
	"yijianyou/web/httpkit"
)

// Mount declares the routes of the catalogue. The code lists of other domains are
// served beside those of the catalogue.
func Mount(r *httpkit.Router, svc *heritage.Service, lists ...Vocabulary) {
	mountRecords(r, resource[heritage.RelicFields, heritage.PublicRelic]{name: "relic", plural: "relics", of: svc.Relics, one: svc.PublicRelic, page: svc.PublicRelics})
	mountRecords(r, resource[heritage.SiteFields, heritage.PublicSite]{name: "site", plural: "sites", of: svc.Sites, one: svc.PublicSite, page: svc.PublicSites})
	mountRecords(r, resource[heritage.MuseumFields, heritage.PublicMuseum]{name: "museum", plural: "museums", of: svc.Museums, one: svc.PublicMuseum, page: svc.PublicMuseums})
	mountRecords(r, resource[heritage.PlaceFields, heritage.PublicPlace]{name: "place", plural: "places", of: svc.Places, one: svc.PublicPlace, page: svc.PublicPlaces})
	mountRecords(r, resource[heritage.ExhibitionFields, heritage.PublicExhibition]{name: "exhibition", plural: "exhibitions", of: svc.Exhibitions,
		one: svc.PublicExhibition, page: svc.PublicExhibitions, maxBody: maxExhibition})
	mountItems(r, svc)
	mountMovements(r, svc)
	mountVocabularies(r, lists)
	mountDating(r)
	httpkit.Handle(r, httpkit.Op{Method: "GET", Path: "/api/v1/tombstones", ID: "tombstones", Tag: "tombstones", Policy: httpkit.Can(actor.RecordRead),
		Summary: "Removed records, the newest first"},
		func(ctx context.Context, in *tombstonesInput) (*tombstonesOutput, error) {
			page, err := svc.Tombstones(ctx, httpkit.Actor(ctx), actor.OrgID(in.Org), in.Limit, in.After())
			if err != nil {
				return nil, err
			}
			return &tombstonesOutput{Body: httpkit.NewPage(page, tombstoneView)}, nil
		})
}

type tombstonesInput struct {
	Org string `query:"org" maxLength:"64" doc:"whose; needed by those who read several organisations but not all"`
	httpkit.PageInput
}

type tombstonesOutput struct {
	Body httpkit.Page[TombstoneView]
}
