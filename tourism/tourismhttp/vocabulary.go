package tourismhttp

import (
	"yijianyou/heritage"
	"yijianyou/heritage/heritagehttp"
	"yijianyou/tourism"
)

// Vocabularies are the code lists of the visitor side, for heritagehttp.Mount.
// None was compared with the text of a standard.
func Vocabularies() []heritagehttp.Vocabulary {
	var out []heritagehttp.Vocabulary
	for _, l := range tourism.Lists() {
		v := heritagehttp.Vocabulary{VocabularyHead: heritagehttp.VocabularyHead{Name: l.Name, Label: heritage.Text{ZH: l.ZH, EN: l.EN}, Source: l.Source, Size: len(l.Terms)}}
		for _, t := range l.Terms {
			v.Terms = append(v.Terms, heritagehttp.VocabularyTerm{Code: string(t.Code), Label: heritage.Text{ZH: t.ZH, EN: t.EN}, Aliases: []string{}})
		}
		out = append(out, v)
	}
	return out
}
