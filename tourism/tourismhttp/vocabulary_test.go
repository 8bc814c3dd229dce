package tourismhttp

import (
	"testing"

	"yijianyou/tourism"
)

func TestEveryCodeListOfTheVisitorSideIsServed(t *testing.T) {
	lists := Vocabularies()
	if len(lists) != len(tourism.Lists()) {
		t.Errorf("%d lists are served, there are %d", len(lists), len(tourism.Lists()))
	}
	for _, v := range lists {
		if v.Name == "" || v.Label.ZH == "" || v.Label.EN == "" || v.Source == "" || v.Size != len(v.Terms) || v.Size == 0 {
			t.Errorf("the list %+v says too little of itself", v.VocabularyHead)
		}
		for _, term := range v.Terms {
			if term.Code == "" || term.Label.ZH == "" || term.Label.EN == "" || term.Aliases == nil {
				t.Errorf("%s: %+v", v.Name, term)
			}
		}
	}
}
