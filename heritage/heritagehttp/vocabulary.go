package heritagehttp

import (
	"context"
	"slices"

	"yijianyou/heritage"
	"yijianyou/heritage/dating"
	"yijianyou/heritage/vocab"
	"yijianyou/web/httpkit"
)

// VocabularyHead is a code list without its terms.
type VocabularyHead struct {
	Name     string        `json:"name"`
	Label    heritage.Text `json:"label"`
	Source   string        `json:"source"`
	Verified bool          `json:"verified" doc:"compared with the text of the standard itself"`
	Size     int           `json:"size"`
}

// Vocabulary is a code list.
type Vocabulary struct {
	VocabularyHead
	Terms []VocabularyTerm `json:"terms" nullable:"false"`
}

// VocabularyTerm is a term of a code list.
type VocabularyTerm struct {
	Code    string        `json:"code"`
	Parent  string        `json:"parent" doc:"empty at the top"`
	Label   heritage.Text `json:"label"`
	Aliases []string      `json:"aliases" nullable:"false"`
	Group   bool          `json:"group" doc:"only gathers others and cannot be chosen"`
}

// eraList is the code list of the era facet, which package dating keeps.
const eraList = "era"

type vocabulariesOutput struct {
	CacheControl string `header:"Cache-Control"`
	Body         httpkit.Page[VocabularyHead]
}

type vocabularyInput struct {
	Name string `path:"name" maxLength:"60"`
}

type vocabularyOutput struct {
	CacheControl string `header:"Cache-Control"`
	Body         Vocabulary
}

// listCache lets browsers keep a code list for ten minutes; it changes with the
// program only.
const listCache = "public, max-age=600"

// mountVocabularies declares the routes of the code lists of this domain and of
// others. It panics when two lists have one name.
func mountVocabularies(r *httpkit.Router, others []Vocabulary) {
	named := make(map[string]Vocabulary)
	out := &vocabulariesOutput{CacheControl: listCache}
	for _, v := range slices.Concat(catalogueLists(), others) {
		if _, ok := named[v.Name]; ok {
			panic("heritagehttp: two code lists are named " + v.Name)
		}
		named[v.Name] = v
		out.Body.Items = append(out.Body.Items, v.VocabularyHead)
	}
	httpkit.Handle(r, httpkit.Op{Method: "GET", Path: "/api/v1/vocabularies", ID: "vocabularies", Tag: "vocabularies", Policy: httpkit.Public(), Summary: "The code lists, without their terms"},
		func(context.Context, *struct{}) (*vocabulariesOutput, error) { return out, nil })
	httpkit.Handle(r, httpkit.Op{Method: "GET", Path: "/api/v1/vocabularies/{name}", ID: "vocabulary-by-name", Tag: "vocabularies", Policy: httpkit.Public(), Summary: "One code list"},
		func(_ context.Context, in *vocabularyInput) (*vocabularyOutput, error) {
			v, ok := named[in.Name]
			if !ok {
				return nil, ErrNoVocabulary.New()
			}
			return &vocabularyOutput{CacheControl: listCache, Body: v}, nil
		})
}

// catalogueLists are the code lists of the catalogue, by name, and the eras.
func catalogueLists() []Vocabulary {
	var out []Vocabulary
	for _, l := range vocab.Lists() {
		v := Vocabulary{VocabularyHead: VocabularyHead{Name: l.Name, Label: heritage.Text{ZH: l.ZH, EN: l.EN}, Source: l.Source, Verified: l.Verified, Size: len(l.Terms())}}
		for _, t := range l.Terms() {
			v.Terms = append(v.Terms, VocabularyTerm{Code: string(t.Code), Parent: string(t.Parent), Label: heritage.Text{ZH: t.ZH, EN: t.EN},
				Aliases: append([]string{}, t.Aliases...), Group: t.Group})
		}
		out = append(out, v)
	}
	return append(out, eras())
}

func eras() Vocabulary {
	v := Vocabulary{VocabularyHead: VocabularyHead{Name: eraList, Label: heritage.Text{ZH: "时代", EN: "Era"}, Source: "heritage/dating/periods.json"}}
	for _, c := range dating.Eras() {
		zh, en, _ := c.Label()
		v.Terms = append(v.Terms, VocabularyTerm{Code: string(c), Label: heritage.Text{ZH: zh, EN: en}, Aliases: []string{}})
	}
	v.Size = len(v.Terms)
	return v
}
