package sensorshttp

import "yijianyou/sensors"

// ZoneView is a zone as those who keep it see it.
type ZoneView struct {
	Record[sensors.ZoneFields]
}

func zoneView(d *sensors.Zone) ZoneView {
	return ZoneView{Record: record(&d.Meta, d.Fields)}
}
