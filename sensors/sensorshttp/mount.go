package sensorshttp

import (
	"yijianyou/sensors"
	"yijianyou/web/httpkit"
)

// Mount declares the routes of the sensors. What the orders say of a relic is
// joined into its timeline.
func Mount(r *httpkit.Router, svc *sensors.Service, orders Movements, notifier *sensors.Notifier) {
	mountAlarms(r, svc)
	mountContacts(r, notifier)
	mountPolicies(r, svc)
	mountSecrets(r, svc)
	mountBindings(r, svc)
	mountRefusals(r, svc)
	mountReadings(r, svc)
	mountRules(r, svc)
	mountPositions(r, svc, orders)
	mountCapture(r, svc)
	mountCRUD(r, resource[sensors.Device, sensors.DeviceFields, DeviceView]{name: "device", plural: "devices", of: svc.Devices, views: deviceViews(svc)})
	mountCRUD(r, resource[sensors.Zone, sensors.ZoneFields, ZoneView]{name: "zone", plural: "zones", of: svc.Zones, views: each(zoneView)})
	mountCRUD(r, resource[sensors.Tag, sensors.TagFields, TagView]{name: "tag", plural: "tags", of: svc.Tags, views: tagViews(svc)})
}
