package heritage

import "yijianyou/internal/store"

// The collections of the catalogue. Indexes that begin with "shown" hold what
// tourists see and nothing else: a record that is not published has no Shown
// and is absent from them.
var (
	relicDocs = store.Define[Relic](store.Spec{Name: "relics", Schema: 1, History: true, Feed: true, Indexes: append([]store.Index{
		{Name: "byMuseum", Parts: []store.Part{{Path: "org"}, {Path: "fields.museumId"}, {Path: "fields.sortKey"}}},
		{Name: "byCategory", Parts: []store.Part{{Path: "org"}, {Path: "fields.category"}, {Path: "fields.sortKey"}}},
		{Name: "byNumber", Unique: true, Parts: []store.Part{{Path: "fields.museumId"}, {Path: "fields.number.kind"}, {Path: "fields.number.value"}}},
		{Name: "ofMuseum", Parts: []store.Part{{Path: "fields.museumId"}}},
		{Name: "ofSite", Parts: []store.Part{{Path: "fields.findSite"}}},
		{Name: "ofPlace", Parts: []store.Part{{Path: "fields.placeId"}}},
		{Name: "awayAt", Parts: []store.Part{{Path: "away.placeId"}}},
		{Name: "ofSet", Parts: []store.Part{{Path: "fields.partOf"}, {Path: "fields.sortKey"}}},
		{Name: "shownByMuseum", Parts: []store.Part{{Path: "shown.museumId"}, {Path: "shown.sortKey"}}},
		{Name: "shownByCategory", Parts: []store.Part{{Path: "shown.category"}, {Path: "shown.sortKey"}}},
		{Name: "shownOfSet", Parts: []store.Part{{Path: "shown.partOf"}, {Path: "shown.sortKey"}}},
	}, common...)})

	siteDocs = store.Define[Site](store.Spec{Name: "sites", Schema: 1, History: true, Feed: true, Indexes: append([]store.Index{
		{Name: "byCategory", Parts: []store.Part{{Path: "org"}, {Path: "fields.class"}, {Path: "fields.sortKey"}}},
		{Name: "byOfficialNumber", Unique: true, Parts: []store.Part{{Path: "fields.officialNumber"}}},
		{Name: "ofMerger", Parts: []store.Part{{Path: "fields.mergedInto"}}},
		{Name: "ofSupplement", Parts: []store.Part{{Path: "fields.supplements"}}},
		{Name: "ofWhole", Parts: []store.Part{{Path: "fields.partOf"}}},
		{Name: "shownByCategory", Parts: []store.Part{{Path: "shown.class"}, {Path: "shown.sortKey"}}},
		{Name: "shownByLevel", Parts: []store.Part{{Path: "shown.level"}, {Path: "shown.sortKey"}}},
		shownByCity,
	}, common...)})

	museumDocs = store.Define[Museum](store.Spec{Name: "museums", Schema: 1, History: true, Feed: true, Indexes: append([]store.Index{
		{Name: "byCategory", Parts: []store.Part{{Path: "org"}, {Path: "fields.grade"}, {Path: "fields.sortKey"}}},
		{Name: "shownByCategory", Parts: []store.Part{{Path: "shown.grade"}, {Path: "shown.sortKey"}}},
		shownByCity,
	}, common...)})

	placeDocs = store.Define[Place](store.Spec{Name: "places", Schema: 1, History: true, Feed: true, Indexes: append([]store.Index{
		{Name: "byMuseum", Parts: []store.Part{{Path: "org"}, {Path: "fields.museumId"}, {Path: "fields.sortKey"}}},
		{Name: "byCategory", Parts: []store.Part{{Path: "org"}, {Path: "fields.kind"}, {Path: "fields.sortKey"}}},
		{Name: "byCode", Unique: true, Parts: []store.Part{{Path: "fields.museumId"}, {Path: "fields.code"}}},
		{Name: "ofMuseum", Parts: []store.Part{{Path: "fields.museumId"}}},
		{Name: "ofParent", Parts: []store.Part{{Path: "fields.parentId"}, {Path: "fields.sortKey"}}},
		{Name: "shownByMuseum", Parts: []store.Part{{Path: "shown.museumId"}, {Path: "shown.sortKey"}}},
		{Name: "shownByCategory", Parts: []store.Part{{Path: "shown.kind"}, {Path: "shown.sortKey"}}},
	}, common...)})

	exhibitionDocs = store.Define[Exhibition](store.Spec{Name: "exhibitions", Schema: 1, History: true, Feed: true, Indexes: append([]store.Index{
		{Name: "byMuseum", Parts: []store.Part{{Path: "org"}, {Path: "fields.museumId"}, {Path: "fields.sortKey"}}},
		{Name: "byCategory", Parts: []store.Part{{Path: "org"}, {Path: "fields.kind"}, {Path: "fields.sortKey"}}},
		{Name: "ofMuseum", Parts: []store.Part{{Path: "fields.museumId"}}},
		{Name: "ofPlace", Parts: []store.Part{{Path: "fields.placeIds", Array: true}}},
		{Name: "ofRelic", Parts: []store.Part{{Path: "fields.relicIds", Array: true}}},
		{Name: "shownByMuseum", Parts: []store.Part{{Path: "shown.museumId"}, {Path: "shown.sortKey"}}},
		{Name: "shownByCategory", Parts: []store.Part{{Path: "shown.kind"}, {Path: "shown.sortKey"}}},
		{Name: "shownByFrom", Parts: []store.Part{{Path: "shown.from"}}},
		{Name: "shownByEnd", Parts: []store.Part{{Path: "shown.end"}}},
		{Name: "shownByMuseumEnd", Parts: []store.Part{{Path: "shown.museumId"}, {Path: "shown.end"}}},
		{Name: "shownOfRelic", Parts: []store.Part{{Path: "shown.relicIds", Array: true}}},
	}, common...)})
)

// shownByCity is an index of what has a division.
var shownByCity = store.Index{Name: "shownByCity", Parts: []store.Part{{Path: "shown.division.city.zh"}, {Path: "shown.sortKey"}}}

// common are the indexes that every type of record has.
var common = []store.Index{
	{Name: "byName", Parts: []store.Part{{Path: "org"}, {Path: "fields.sortKey"}}},
	{Name: "byUpdated", Parts: []store.Part{{Path: "org"}, {Path: "updatedAt", Kind: store.Time}}},
	{Name: "byReview", Parts: []store.Part{{Path: "org"}, {Path: "review.state"}, {Path: "updatedAt", Kind: store.Time}}},
	{Name: "byPublication", Parts: []store.Part{{Path: "org"}, {Path: "publication.state"}, {Path: "updatedAt", Kind: store.Time}}},
	{Name: "byLoad", Parts: []store.Part{{Path: "loadId"}}},
	{Name: "shownByName", Parts: []store.Part{{Path: "shown.sortKey"}}},
	{Name: "ofAsset", Parts: []store.Part{{Path: "fields.assetIds", Array: true}}},
	{Name: "shownByAsset", Parts: []store.Part{{Path: "shown.assetIds", Array: true}}},
}

// Collections returns the collections of this package, for store.Open.
func Collections() []store.Declared {
	return []store.Declared{relicDocs, siteDocs, museumDocs, placeDocs, exhibitionDocs, calendarDocs, tombstones, movementDocs, policyDocs, runningDocs, voucherDocs, printingDocs}
}
