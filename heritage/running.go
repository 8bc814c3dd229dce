package heritage

import (
	"fmt"

	"yijianyou/internal/actor"
	"yijianyou/internal/store"
)

// running is the newest number of a series of papers: of one kind, museum and
// year, which its id names. Numbers are given in the transaction that uses them:
// one that fails leaves no gap.
type running struct {
	store.Meta `bson:",inline"`
	Last       int `bson:"last"`
}

var runningDocs = store.Define[running](store.Spec{Name: "runningnumbers", Schema: 1})

// nextRunning returns the next number of a series, from 1.
func nextRunning(tx *store.Tx, org actor.OrgID, museum MuseumID, kind string, year int) (int, error) {
	id := fmt.Sprintf("%s/%s/%d", museum, kind, year)
	if err := tx.Guard("heritage/running/" + id); err != nil {
		return 0, err
	}
	doc, err := runningDocs.Get(tx.Context(), tx, id)
	if isGone(err) {
		doc, err = &running{}, nil
		doc.ID, doc.Org = id, org
	}
	if err != nil {
		return 0, err
	}
	doc.Last++
	return doc.Last, runningDocs.Put(tx, doc)
}
