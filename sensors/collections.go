package sensors

import "yijianyou/internal/store"

// The collections. What a person answers for keeps history; states do not.
var (
	deviceDocs = store.Define[Device](store.Spec{Name: "devices", Schema: 1, History: true, Feed: true, Indexes: []store.Index{
		{Name: "byOrg", Parts: []store.Part{{Path: "org"}}},
		{Name: "byZone", Parts: []store.Part{{Path: "fields.zoneId"}}},
	}})
	deviceStates = store.Define[DeviceState](store.Spec{Name: "devicestates", Schema: 1, Feed: true, Indexes: []store.Index{
		{Name: "byOrg", Parts: []store.Part{{Path: "org"}}},
		{Name: "byDue", Parts: []store.Part{{Path: "dueAt", Kind: store.Time}}},
	}})
	deviceSecrets = store.Define[DeviceSecret](store.Spec{Name: "devicesecrets", Schema: 1})

	zoneDocs = store.Define[Zone](store.Spec{Name: "zones", Schema: 1, History: true, Feed: true, Indexes: []store.Index{
		{Name: "byOrg", Parts: []store.Part{{Path: "org"}}},
		{Name: "byKind", Parts: []store.Part{{Path: "org"}, {Path: "fields.kind"}}},
		{Name: "byArea", Unique: true, Parts: []store.Part{{Path: "fields.areaId"}}},
		{Name: "byPlace", Parts: []store.Part{{Path: "fields.placeId"}}},
	}})

	tagDocs = store.Define[Tag](store.Spec{Name: "tags", Schema: 1, History: true, Feed: true, Indexes: []store.Index{
		{Name: "byOrg", Parts: []store.Part{{Path: "org"}}},
		{Name: "byRelic", Parts: []store.Part{{Path: "binding.relicId"}}},
	}})
	bindingDocs = store.Define[BindingRecord](store.Spec{Name: "bindings", Schema: 1, History: true, Indexes: []store.Index{
		{Name: "byTag", Parts: []store.Part{{Path: "tagId"}, {Path: "binding.from", Kind: store.Time}}},
		{Name: "byRelic", Parts: []store.Part{{Path: "binding.relicId"}, {Path: "binding.from", Kind: store.Time}}},
		{Name: "ofPhoto", Parts: []store.Part{{Path: "binding.photoId"}}},
		{Name: "open", Unique: true, Parts: []store.Part{{Path: "openTag"}}},
	}})
	tagStates = store.Define[TagState](store.Spec{Name: "tagstates", Schema: 1, Feed: true, Indexes: []store.Index{
		{Name: "byOrg", Parts: []store.Part{{Path: "org"}}},
		{Name: "byZone", Parts: []store.Part{{Path: "zoneId"}}},
		{Name: "byRelic", Parts: []store.Part{{Path: "relicId"}}},
		{Name: "byDevice", Parts: []store.Part{{Path: "lastDevice"}}},
		{Name: "byDue", Parts: []store.Part{{Path: "dueAt", Kind: store.Time}}},
	}})
	stayDocs = store.Define[Stay](store.Spec{Name: "stays", Schema: 1, Indexes: []store.Index{
		{Name: "byTag", Parts: []store.Part{{Path: "tagId"}, {Path: "from", Kind: store.Time}}},
		{Name: "byRelic", Parts: []store.Part{{Path: "relicId"}, {Path: "from", Kind: store.Time}}},
		{Name: "ofZone", Parts: []store.Part{{Path: "zoneId"}}},
		{Name: "left", Parts: []store.Part{{Path: "zoneId"}, {Path: "until", Kind: store.Time}}},
	}})
	tagHours = store.Define[TagHour](store.Spec{Name: "taghours", Schema: 1, Indexes: []store.Index{
		{Name: "byTag", Parts: []store.Part{{Path: "tagId"}, {Path: "hour", Kind: store.Time}}},
	}})
	passageDocs = store.Define[Passage](store.Spec{Name: "passages", Schema: 1, Feed: true, Indexes: []store.Index{
		{Name: "byOrg", Parts: []store.Part{{Path: "org"}, {Path: "at", Kind: store.Time}}},
		{Name: "byTag", Parts: []store.Part{{Path: "tagId"}, {Path: "at", Kind: store.Time}}},
		{Name: "byRelic", Parts: []store.Part{{Path: "relicId"}, {Path: "at", Kind: store.Time}}},
		{Name: "ofZone", Parts: []store.Part{{Path: "zoneId"}}},
		{Name: "byMovement", Parts: []store.Part{{Path: "movementId"}, {Path: "at", Kind: store.Time}}},
	}})

	alarmDocs = store.Define[Alarm](store.Spec{Name: "alarms", Schema: 1, History: true, Feed: true, Indexes: []store.Index{
		{Name: "byOrg", Parts: []store.Part{{Path: "org"}, {Path: "raisedAt", Kind: store.Time}}},
		{Name: "byState", Parts: []store.Part{{Path: "org"}, {Path: "state"}, {Path: "raisedAt", Kind: store.Time}}},
		{Name: "byOpen", Parts: []store.Part{{Path: "org"}, {Path: "open", Kind: store.Bool}, {Path: "raisedAt", Kind: store.Time}}},
		{Name: "byRelic", Parts: []store.Part{{Path: "relicId"}, {Path: "raisedAt", Kind: store.Time}}},
		{Name: "byEscalation", Parts: []store.Part{{Path: "escalateAt", Kind: store.Time}}},
		{Name: "open", Unique: true, Parts: []store.Part{{Path: "openKey"}}},
	}})

	occupancyDocs = store.Define[Occupancy](store.Spec{Name: "occupancies", Schema: 1, Feed: true, Indexes: []store.Index{
		{Name: "byZone", Parts: []store.Part{{Path: "zoneId"}, {Path: "day"}}},
		{Name: "byArea", Parts: []store.Part{{Path: "areaId"}, {Path: "day"}}},
	}})

	refusalDocs = store.Define[Refusal](store.Spec{Name: "refusals", Schema: 1, Feed: true, Indexes: []store.Index{
		{Name: "byOrg", Parts: []store.Part{{Path: "org"}, {Path: "lastAt", Kind: store.Time}}},
		{Name: "byKind", Parts: []store.Part{{Path: "kind"}, {Path: "lastAt", Kind: store.Time}}},
	}})
)

// Collections returns the collections of this package, for store.Open.
func Collections() []store.Declared {
	return []store.Declared{deviceDocs, deviceStates, deviceSecrets, zoneDocs, tagDocs, bindingDocs, tagStates, tagHours, outageDocs, stayDocs, passageDocs,
		alarmDocs, alarmPolicies, watchMarks, contactDocs, contactSecrets, deliveryDocs, occupancyDocs, refusalDocs, mqttSessions, retentionRuns,
		ruleDocs, maintenanceDocs, climateStates,
		sightingSeries, readingSeries, countSeries}
}
