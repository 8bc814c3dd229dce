package heritage_test

import (
	"fmt"
	"testing"
	"time"

	"yijianyou/heritage"
	"yijianyou/heritage/vocab"
	"yijianyou/internal/actor"
)

// People of movements beside those of the fixture.
var (
	keeper2    = staff("keeper-2", actor.Keeper, "demo-museum")
	approver   = staff("approver", actor.Approver, "demo-museum")
	director   = staff("director", actor.Approver, "demo-museum")
	dispatcher = staff("dispatcher", actor.Dispatcher, "demo-museum")
	outsider   = staff("outsider", actor.Keeper, "demo-museum-b")
	// asker is a keeper who also approves, so that only the rule of two persons stops him.
	asker = actor.Actor{Kind: actor.Staff, ID: "asker", Name: "asker", Grants: []actor.Grant{{Role: actor.Keeper, Org: "demo-museum"}, {Role: actor.Approver, Org: "demo-museum"}}}
)

// house is a museum with a store, a gallery and relics.
type house struct {
	*world
	museum      heritage.MuseumID
	store, hall heritage.PlaceID
	running     int
}

func newHouse(t *testing.T) *house {
	w := newWorld(t)
	h := &house{world: w}
	h.museum = heritage.MuseumID(create(w, w.Museums, registrar, heritage.MuseumFields{Name: heritage.Text{ZH: "示范博物馆", EN: "Demo museum"}, Simulated: true}).ID)
	h.store = heritage.PlaceID(create(w, w.Places, registrar, heritage.PlaceFields{Name: name("一号库"), Kind: "store", MuseumID: h.museum}).ID)
	h.hall = heritage.PlaceID(publish(w, w.Places, create(w, w.Places, registrar, heritage.PlaceFields{Name: name("一号展厅"), Kind: "gallery", MuseumID: h.museum}).ID).ID)
	return h
}

// relic makes a held relic of a grade.
func (h *house) relic(grade vocab.Code, change ...func(*heritage.RelicFields)) heritage.RelicID {
	h.t.Helper()
	h.running++
	f := heritage.RelicFields{Name: heritage.Text{ZH: "演示陶罐", EN: "Demo jar"}, Grade: grade, MuseumID: h.museum, PlaceID: h.store,
		Number: &heritage.Number{Kind: "register", Value: fmt.Sprintf("Y%03d", h.running)}}
	for _, c := range change {
		c(&f)
	}
	rec, err := h.Relics.Create(h.t.Context(), registrar, heritage.NewRecord[heritage.RelicFields]{Org: "demo-museum", Ledger: heritage.Held, Fields: f})
	must(h.t, err)
	return heritage.RelicID(rec.ID)
}

func (h *house) wants(relics ...heritage.RelicID) heritage.NewMovement {
	return heritage.NewMovement{MuseumID: h.museum, Purpose: "study", Destination: heritage.Destination{Text: "提看室"}, Reason: "研究器形",
		StartsAt: h.now, DueBack: h.now.Add(48 * time.Hour), RelicIDs: relics}
}

func (h *house) loan(relics ...heritage.RelicID) heritage.NewMovement {
	n := h.wants(relics...)
	n.Purpose, n.Destination = "loan", heritage.Destination{Outside: true, Text: "邻市博物馆", Borrower: "邻市博物馆", Contract: "协议1号"}
	return n
}

func (h *house) ask(n heritage.NewMovement) *heritage.Movement {
	h.t.Helper()
	o, err := h.Movements.Request(h.t.Context(), keeper, n)
	must(h.t, err)
	return o
}

func (h *house) approved(n heritage.NewMovement) *heritage.Movement {
	h.t.Helper()
	o, err := h.Movements.Approve(h.t.Context(), approver, heritage.MovementID(h.ask(n).ID), 0, "同意")
	must(h.t, err)
	return o
}

// out hands out all of an approved order, by the registrar and the keeper.
func (h *house) out(n heritage.NewMovement) *heritage.Movement {
	h.t.Helper()
	o := h.approved(n)
	_, err := h.Movements.HandOut(h.t.Context(), registrar, heritage.MovementID(o.ID), 0, rowsOf(o))
	must(h.t, err)
	o, err = h.Movements.HandOut(h.t.Context(), keeper, heritage.MovementID(o.ID), 0, nil)
	must(h.t, err)
	return o
}

func rowsOf(o *heritage.Movement) []heritage.HandOverRow {
	var rows []heritage.HandOverRow
	for _, it := range o.Items {
		rows = append(rows, heritage.HandOverRow{RelicID: it.RelicID, Note: "完好"})
	}
	return rows
}

func back(relics ...heritage.RelicID) []heritage.HandOverRow {
	var rows []heritage.HandOverRow
	for _, id := range relics {
		rows = append(rows, heritage.HandOverRow{RelicID: id, Finding: heritage.Intact})
	}
	return rows
}

// take takes relics back, by the registrar and the keeper.
func (h *house) take(o *heritage.Movement, relics ...heritage.RelicID) *heritage.Movement {
	h.t.Helper()
	_, err := h.Movements.TakeBack(h.t.Context(), registrar, heritage.MovementID(o.ID), 0, back(relics...))
	must(h.t, err)
	o, err = h.Movements.TakeBack(h.t.Context(), keeper, heritage.MovementID(o.ID), 0, nil)
	must(h.t, err)
	return o
}

func (h *house) ledger(id heritage.RelicID) heritage.Lives {
	h.t.Helper()
	rec, err := h.Relics.Record(h.t.Context(), registrar, string(id))
	must(h.t, err)
	return rec.Lives
}

func (h *house) cover(id heritage.RelicID) heritage.Cover {
	h.t.Helper()
	c, err := h.Movements.Covering(h.t.Context(), h.st, id, h.now)
	must(h.t, err)
	return c
}
