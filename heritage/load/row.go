package load

import (
	"fmt"

	"yijianyou/heritage"
	"yijianyou/internal/store"
)

// RowState is how far a row has come. Never rename.
type RowState string

const (
	Ready    RowState = "ready"    // nothing stands in its way
	Doubtful RowState = "doubtful" // something was guessed; a person must accept it
	Faulty   RowState = "faulty"   // something must be mended
	Skipped  RowState = "skipped"  // a person left it out
	Written  RowState = "written"  // it is a draft in the catalogue
	Undone   RowState = "undone"   // its draft was removed again
	Kept     RowState = "kept"     // the load was undone, but somebody had changed the draft
)

// Problem says what is doubtful or wrong in a row.
type Problem struct {
	Column  int           `bson:"column" json:"column"` // of the file, from 0; -1 is the whole row
	Code    string        `bson:"code" json:"code"`
	Message heritage.Text `bson:"message" json:"message"`
	Fatal   bool          `bson:"fatal" json:"fatal"` // it must be mended; otherwise it may be accepted
}

// Row is a row of the file of a load. Its id is that of the load, a hyphen and
// the line in seven digits, so that rows are in order.
type Row struct {
	store.Meta `bson:",inline"`
	LoadID     string    `bson:"loadId"`
	Line       int       `bson:"line"`               // as the person's program shows it, from 1
	Cells      []string  `bson:"cells"`              // as mended; as many as the header
	Original   []string  `bson:"original,omitempty"` // as read, once a cell was mended; nil before
	File       []Problem `bson:"file,omitempty"`     // what the reader of the file noticed; mending the cell clears it
	Problems   []Problem `bson:"problems,omitempty"`
	Accepted   bool      `bson:"accepted,omitempty"` // the doubts were accepted by a person
	State      RowState  `bson:"state"`
	Identity   string    `bson:"identity,omitempty"` // number, or name and period: what must not repeat
	RecordID   string    `bson:"recordId,omitempty"` // the draft that was written
}

func rowID(load string, line int) string { return fmt.Sprintf("%s-%07d", load, line) }

// judge sets the state of a row that is not written or skipped.
func (r *Row) judge() {
	r.State = Ready
	for _, p := range append(append([]Problem{}, r.File...), r.Problems...) {
		if p.Fatal {
			r.State = Faulty
			return
		}
		if !r.Accepted {
			r.State = Doubtful
		}
	}
}

// rows is the collection of rows. They are working material: without history,
// and removed with their load.
var rows = store.Define[Row](store.Spec{Name: "loadrows", Schema: 1, Indexes: []store.Index{
	{Name: "byLine", Parts: []store.Part{{Path: "loadId"}, {Path: "line", Kind: store.Int}}},
	{Name: "byState", Parts: []store.Part{{Path: "loadId"}, {Path: "state"}, {Path: "line", Kind: store.Int}}},
	{Name: "byIdentity", Parts: []store.Part{{Path: "loadId"}, {Path: "identity"}, {Path: "line", Kind: store.Int}}},
}})

// foresee reads all rows at once that Put would otherwise read one by one.
func foresee(tx *store.Tx, part []*Row) error {
	ids := make([]string, len(part))
	for i, row := range part {
		ids[i] = row.ID
	}
	_, err := rows.GetMany(tx.Context(), tx, ids)
	return err
}
