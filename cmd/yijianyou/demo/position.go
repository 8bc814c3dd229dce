package demo

import (
	"fmt"
	"strconv"

	"yijianyou/heritage"
)

// position is where a site is and who says so.
type position struct {
	point  heritage.GeoPoint
	source heritage.Source
}

// sitePositions are the positions of sites by official number: those of the areas and
// museums that stand on a site, as exact and as sure as they are, and those of
// data/henan/positions.csv. The first site of a place is where the place is; others
// may lie some way off.
func sitePositions() (map[string]position, error) {
	out := make(map[string]position)
	list, err := places()
	if err != nil {
		return nil, err
	}
	for _, p := range list {
		if len(p.Sites) == 0 {
			continue
		}
		if _, ok := out[p.Sites[0]]; !ok {
			out[p.Sites[0]] = p.position()
		}
	}
	table, err := rows("data/henan/positions.csv")
	if err != nil {
		return nil, err
	}
	for _, r := range table {
		var v [3]float64
		for i, name := range []string{"lon", "lat", "precision_m"} {
			if v[i], err = strconv.ParseFloat(r[name], 64); err != nil {
				return nil, fmt.Errorf("data/henan/positions.csv: %s: %w", r["number"], err)
			}
		}
		out[r["number"]] = position{heritage.GeoPoint{Lon: v[0], Lat: v[1], PrecisionM: v[2]},
			heritage.Source{Text: heritage.Text{ZH: "位置：" + r["source_zh"], EN: "Position: " + r["source_en"]}, Confidence: heritage.Medium}}
	}
	return out, nil
}

// position is that of the place, said of the site on which it stands.
func (p place) position() position {
	at := position{point: *p.point()}
	if said := p.Location.Source; said != (heritage.Text{}) {
		at.source = heritage.Source{Text: heritage.Text{ZH: "位置取自“" + p.Name.ZH + "”：" + said.ZH, EN: "Position as of " + p.Name.EN + ": " + said.EN}, Confidence: heritage.Medium}
		return at
	}
	at.source = heritage.Source{Text: heritage.Text{
		ZH: fmt.Sprintf("位置取自“%s”：一般知识，误差不小于 %.0f 米，待核", p.Name.ZH, p.Location.PrecisionM),
		EN: fmt.Sprintf("Position as of %s: general knowledge, off by %.0f m or more, to be confirmed", p.Name.EN, p.Location.PrecisionM)}, Confidence: heritage.Low}
	return at
}
