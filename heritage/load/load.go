package load

import (
	"context"
	"errors"
	"time"

	"yijianyou/heritage"
	"yijianyou/internal/store"
)

// State is how far a load has come. Never rename.
type State string

const (
	Checking  State = "checking" // rows are being read; a load that stays so was cut off and can only be undone
	Checked   State = "checked"  // every row was judged; nothing was written
	Writing   State = "writing"  // drafts are being written; staff do not see them yet
	Closed    State = "closed"   // what could be written was; rows left over can be mended and written later
	Undoing   State = "undoing"  // drafts are being removed again
	Cancelled State = "undone"   // what was written and left untouched is gone
)

// Counts counts the rows of a load by state.
type Counts struct {
	Rows     int `bson:"rows" json:"rows"`
	Ready    int `bson:"ready" json:"ready"`
	Doubtful int `bson:"doubtful" json:"doubtful"`
	Faulty   int `bson:"faulty" json:"faulty"`
	Skipped  int `bson:"skipped" json:"skipped"`
	Written  int `bson:"written" json:"written"`
	Undone   int `bson:"undone" json:"undone"`
	Kept     int `bson:"kept" json:"kept"`
}

// add counts n rows of a state.
func (c *Counts) add(s RowState, n int) {
	switch s {
	case Ready:
		c.Ready += n
	case Doubtful:
		c.Doubtful += n
	case Faulty:
		c.Faulty += n
	case Skipped:
		c.Skipped += n
	case Written:
		c.Written += n
	case Undone:
		c.Undone += n
	case Kept:
		c.Kept += n
	}
}

// move counts a row that went from one state to another.
func (c *Counts) move(from, to RowState) { c.add(from, -1); c.add(to, 1) }

// Load is one import of one file.
type Load struct {
	store.Meta `bson:",inline"`
	Kind       heritage.Kind   `bson:"kind"` // relic or site
	File       string          `bson:"file"` // its name, without folders
	SHA256     string          `bson:"sha256"`
	Bytes      int64           `bson:"bytes"`
	Format     string          `bson:"format"`             // csv or xlsx
	Encoding   string          `bson:"encoding,omitempty"` // of a CSV
	Sheet      string          `bson:"sheet,omitempty"`    // of an XLSX
	HeaderLine int             `bson:"headerLine"`
	Header     []string        `bson:"header"`
	Mapping    []string        `bson:"mapping"`             // for each heading the key of an item, "" for none
	Simulated  bool            `bson:"simulated,omitempty"` // of an organisation that is an example: its records are marked 模拟数据
	State      State           `bson:"state"`
	Counts     Counts          `bson:"counts"`
	By         heritage.Person `bson:"by"` // who opened it
	ClosedAt   *time.Time      `bson:"closedAt,omitempty"`
	UndoneAt   *time.Time      `bson:"undoneAt,omitempty"`
	Reason     string          `bson:"reason,omitempty"` // of the undoing
	JobID      string          `bson:"jobId,omitempty"`  // that writes or undoes it
}

// loads is the collection of loads. They keep history: an import is a deed.
var loads = store.Define[Load](store.Spec{Name: "loads", Schema: 1, History: true, Feed: true, Indexes: []store.Index{
	{Name: "byOrg", Parts: []store.Part{{Path: "org"}, {Path: "createdAt", Kind: store.Time}}},
	{Name: "byFile", Parts: []store.Part{{Path: "org"}, {Path: "sha256"}, {Path: "createdAt", Kind: store.Time}}},
}})

// Collections returns the collections of this package, for store.Open.
func Collections() []store.Declared { return []store.Declared{loads, rows} }

// CollectionName is the collection whose changes open and close loads, for
// those who show or hide the records of one.
const CollectionName = "loads"

// Visibility tells the catalogue which loads are closed. The zero value is
// ready: it needs only the reader that it is given.
type Visibility struct{}

var _ heritage.Loads = Visibility{}

// Visible implements heritage.Loads.
func (Visibility) Visible(ctx context.Context, r store.Reader, id string) (bool, error) {
	l, err := loads.Get(ctx, r, id)
	if errors.Is(err, store.ErrNotFound) {
		return true, nil
	}
	if err != nil {
		return false, err
	}
	// Rows that are mended and written after the load was closed come into sight
	// one by one: what stood there already must not vanish meanwhile.
	return l.State == Writing && l.ClosedAt != nil || l.State != Writing && l.State != Undoing, nil
}
