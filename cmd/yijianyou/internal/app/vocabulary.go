package app

import (
	"yijianyou/heritage"
	"yijianyou/heritage/heritagehttp"
	"yijianyou/sensors"
)

// quantities is the code list of what instruments may measure. Neither sensors nor its HTTP knows
// how the catalogue serves code lists.
func quantities() heritagehttp.Vocabulary {
	v := heritagehttp.Vocabulary{VocabularyHead: heritagehttp.VocabularyHead{Name: "quantity", Label: heritage.Text{ZH: "监测量", EN: "Quantity"}, Source: "the choice of this project", Size: len(sensors.Quantities)}}
	for _, q := range sensors.Quantities {
		v.Terms = append(v.Terms, heritagehttp.VocabularyTerm{Code: q.Name, Label: q.Label, Aliases: []string{}})
	}
	return v
}
