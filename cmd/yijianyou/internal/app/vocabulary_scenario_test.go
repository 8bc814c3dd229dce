package app

import (
	"net/http"
	"strings"
	"testing"
)

func TestTheCodeListsOfEveryDomainAreServed(t *testing.T) {
	visitor := start(t, nil).visitor(t)
	all := string(visitor.get("/api/v1/vocabularies").want(http.StatusOK).body)
	for _, name := range []string{"relic-category", "era", "area-grade", "designation", "spot-kind", "access", "audience", "quantity"} {
		if !strings.Contains(all, `"name":"`+name+`"`) {
			t.Errorf("the code list %s is not listed", name)
		}
		visitor.get("/api/v1/vocabularies/" + name).want(http.StatusOK)
	}
}
