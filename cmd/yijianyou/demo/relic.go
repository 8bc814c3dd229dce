package demo

import (
	"fmt"

	"yijianyou/cmd/yijianyou/demo/drawing"
	"yijianyou/heritage"
	"yijianyou/heritage/vocab"
)

// relic is a relic of data/henan/relics.json.
type relic struct {
	Key         string        `json:"key"`
	Name        heritage.Text `json:"name"`
	Aliases     []string      `json:"aliases"`
	Traditional string        `json:"traditional"`
	Reading     string        `json:"reading"`
	Period      heritage.Text `json:"period"`
	From        int           `json:"from"`
	To          int           `json:"to"`
	Category    vocab.Code    `json:"category"`
	Grade       vocab.Code    `json:"grade"`
	Materials   []vocab.Code  `json:"materials"`
	Quantity    struct {
		Traditional int        `json:"traditional"`
		Actual      *int       `json:"actual"` // nil unknown
		Unit        vocab.Code `json:"unit"`
	} `json:"quantity"`
	Dimensions []struct {
		Kind   vocab.Code `json:"kind"`
		MM     float64    `json:"mm"`
		Approx bool       `json:"approx"`
	} `json:"dimensions"`
	MassG       *float64      `json:"massG"`
	MassApprox  bool          `json:"massApprox"`
	Find        heritage.Text `json:"find"`
	FindSite    string        `json:"findSite"` // official number
	FoundYear   *int          `json:"foundYear"`
	Holder      string        `json:"holder"` // "" divided or to be confirmed
	Notable     float64       `json:"notable"`
	Drawing     drawing.Kind  `json:"drawing"` // "" none
	Description heritage.Text `json:"description"`
	fact
}

// RelicID returns the identifier of the relic with a key.
func RelicID(key string) heritage.RelicID { return heritage.RelicID(ID("relic", key)) }

func relics() ([]relic, error) { return decode[[]relic]("data/henan/relics.json") }

// Relics returns the well-known relics.
func Relics() ([]heritage.NewRecord[heritage.RelicFields], error) {
	list, err := relics()
	if err != nil {
		return nil, err
	}
	out := make([]heritage.NewRecord[heritage.RelicFields], 0, len(list))
	for _, r := range list {
		if r.From > r.To || r.From == 0 {
			return nil, fmt.Errorf("data/henan/relics.json: %s: years %d to %d", r.Key, r.From, r.To)
		}
		f := heritage.RelicFields{Name: r.Name, Aliases: r.Aliases, Traditional: r.Traditional, Reading: r.Reading, Category: r.Category, Grade: r.Grade,
			Period:    heritage.Period{Text: r.Period, Kind: "historic", FromYear: &r.From, ToYear: &r.To, Approx: r.From != r.To},
			Materials: r.Materials, Quantity: heritage.Quantity{Traditional: &r.Quantity.Traditional, Actual: r.Quantity.Actual, Unit: r.Quantity.Unit},
			Mass: heritage.Mass{Grams: r.MassG, Approx: r.MassApprox}, FindPlace: r.Find, FoundYear: r.FoundYear,
			Description: r.Description, Sources: r.sources(), Notable: r.Notable, Unverified: r.Unverified}
		for _, d := range r.Dimensions {
			f.Dimensions = append(f.Dimensions, heritage.Dimension{Kind: d.Kind, ValueMM: d.MM, Approx: d.Approx})
		}
		if r.Holder != "" {
			f.MuseumID = MuseumID(r.Holder)
		}
		if r.FindSite != "" {
			f.FindSite = heritage.SiteID(SiteID(r.FindSite))
		}
		out = append(out, heritage.NewRecord[heritage.RelicFields]{ID: string(RelicID(r.Key)), Org: Henan, Fields: f, Ledger: heritage.Held})
	}
	return out, nil
}
