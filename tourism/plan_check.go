package tourism

import (
	"time"
	"unicode/utf8"

	"yijianyou/heritage"
	"yijianyou/internal/fault"
	"yijianyou/internal/ids"
)

// check reports what is wrong with a request, all at once.
func (q *PlanRequest) check(now time.Time) error {
	var c heritage.Findings
	if (q.AreaID == "") == (q.City == "") {
		c.Add(ErrPlanWhere.At("areaId"))
	}
	if utf8.RuneCountInString(q.City) > maxCityName {
		c.Add(heritage.ErrTooLong.At("city", fault.P("max", maxCityName)))
	}
	if q.Start != nil {
		if q.StartSpot != "" {
			c.Add(ErrPlanTwoStarts.At("start"))
		}
		within(&c, "start.lat", q.Start.Lat, 90)
		within(&c, "start.lon", q.Start.Lon, 180)
	}
	if q.StartSpot != "" && !ids.Valid(string(q.StartSpot)) {
		c.Add(ErrReference.At("startSpot"))
	}
	if q.StartAt.Before(now.Add(-24*time.Hour)) || q.StartAt.After(now.Add(maxPlanAhead)) {
		c.Add(ErrPlanStart.At("startAt"))
	}
	if q.Minutes < minPlanMinutes || q.Minutes > maxPlanMinutes {
		c.Add(heritage.ErrRange.At("budgetMinutes", fault.P("min", minPlanMinutes), fault.P("max", maxPlanMinutes)))
	}
	if len(q.Interests) > len(Interests.Terms) {
		c.Add(heritage.ErrTooMany.At("interests", fault.P("max", len(Interests.Terms))))
	} else {
		for i, v := range q.Interests {
			term(&c, at("interests", i), Interests, v)
		}
	}
	term(&c, "pace", Paces, q.Pace)
	term(&c, "accessible", VisitorAccesses, q.Access)
	stopList(&c, "must", q.Must, maxMust)
	stopList(&c, "avoid", q.Avoid, maxAvoid)
	stopList(&c, "done", q.Done, maxDone)
	stopList(&c, "before", q.Before, maxDone)
	avoided := setOf(q.Avoid)
	for i, m := range q.Must {
		if i < maxMust && avoided[m] {
			c.Add(ErrPlanConflict.At(at("must", i)))
		}
	}
	return fault.InvalidFields(c.Fields())
}

func within(c *heritage.Findings, path string, v, most float64) {
	if !(v >= -most && v <= most) { // NaN is neither
		c.Add(heritage.ErrRange.At(path, fault.P("min", -most), fault.P("max", most)))
	}
}

// stopList checks a list of ids: so many, each one an id, none twice.
func stopList(c *heritage.Findings, path string, list []StopID, most int) {
	if len(list) > most {
		c.Add(heritage.ErrTooMany.At(path, fault.P("max", most)))
		return
	}
	seen := make(map[StopID]bool, len(list))
	for i, id := range list {
		switch {
		case !ids.Valid(string(id)):
			c.Add(ErrReference.At(at(path, i)))
		case seen[id]:
			c.Add(heritage.ErrRepeated.At(at(path, i)))
		}
		seen[id] = true
	}
}

func setOf[T comparable](list []T) map[T]bool {
	set := make(map[T]bool, len(list))
	for _, v := range list {
		set[v] = true
	}
	return set
}
