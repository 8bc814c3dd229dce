package heritagehttp

import (
	"context"

	"yijianyou/heritage"
	"yijianyou/heritage/dating"
	"yijianyou/internal/fault"
	"yijianyou/web/httpkit"
)

// Dating is what a text says about time, as package dating reads it. A record
// whose period has these words and no years of its own gets fromYear and toYear.
type Dating struct {
	FromYear  *int            `json:"fromYear" doc:"first year that any reading allows; negative is BCE, never 0; null unknown or open"`
	ToYear    *int            `json:"toYear" doc:"last year that any reading allows; null unknown or still open"`
	Certainty string          `json:"certainty" enum:"certain,approximate,doubtful" doc:"of the reading chosen"`
	Printed   heritage.Text   `json:"printed" doc:"the reading chosen in words and years; 年代不详 when nothing was read"`
	Known     bool            `json:"known" doc:"some bound was read"`
	Undated   bool            `json:"undated" doc:"the text itself says that no date is known"`
	Unknown   []string        `json:"unknown" nullable:"false" doc:"pieces that were not understood, as written"`
	Ignored   []string        `json:"ignored" nullable:"false" doc:"pieces that tell no year: months, days, what was done"`
	Doubts    []heritage.Text `json:"doubts" nullable:"false" doc:"what speaks against the reading, with the other readings"`
}

type datingInput struct {
	Text string `query:"text" required:"true" minLength:"1" maxLength:"400" doc:"as a catalogue writes it, in Chinese or English"`
}

type datingOutput struct {
	CacheControl string `header:"Cache-Control"`
	Body         Dating
}

// mountDating declares the route that reads a period. It knows no record, so
// anybody may ask.
func mountDating(r *httpkit.Router) {
	httpkit.Handle(r, httpkit.Op{Method: "GET", Path: "/api/v1/dating", ID: "read-dating", Tag: "vocabularies", Policy: httpkit.Public(),
		Summary: "Read the words of a period: bounds, certainty, other readings, what was not understood"},
		func(_ context.Context, in *datingInput) (*datingOutput, error) {
			return &datingOutput{CacheControl: listCache, Body: datingView(dating.Parse(in.Text))}, nil
		})
}

func datingView(read dating.Period) Dating {
	v := Dating{Certainty: [...]string{"certain", "approximate", "doubtful"}[read.Certainty()], Known: read.Known(), Undated: read.Undated,
		Printed: heritage.Text{ZH: read.In(fault.Chinese), EN: read.In(fault.English)},
		Unknown: append([]string{}, read.Unknown...), Ignored: append([]string{}, read.Ignored...), Doubts: []heritage.Text{}}
	v.FromYear, v.ToYear = read.Extent()
	for _, d := range read.Doubts {
		v.Doubts = append(v.Doubts, heritage.Text{ZH: d.In(fault.Chinese), EN: d.In(fault.English)})
	}
	return v
}
