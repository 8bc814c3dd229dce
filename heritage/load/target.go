package load

import (
	"context"
	"strings"

	"yijianyou/heritage"
	"yijianyou/heritage/tabular"
	"yijianyou/heritage/vocab"
	"yijianyou/internal/actor"
	"yijianyou/internal/fault"
	"yijianyou/internal/store"
)

// target is the type of record that a load brings: its columns and where its
// records go.
type target interface {
	items() []Item
	guess(header []string) []string
	checkMapping(mapping []string, width int) error
	// judge fills Problems and Identity of a row from its cells.
	judge(ctx context.Context, r store.Reader, l *Load, holders Holding, row *Row) error
	// create writes the draft of a row and returns its id.
	create(tx *store.Tx, l *Load, holders Holding, row *Row) (string, error)
	// remove takes back a draft that nobody has touched; ok is false when
	// somebody has.
	remove(tx *store.Tx, id, reason string) (ok bool, err error)
	header() []string
	export(ctx context.Context, by actor.Actor, org actor.OrgID) tabular.Rows
	// cells are those of one record; ok is false when by may not read it.
	cells(ctx context.Context, by actor.Actor, id string) (cells []string, ok bool, err error)
}

// Holding is what an organisation's museums are called.
type Holding map[string]heritage.MuseumID

// only returns the museum when all names are those of one, "" otherwise.
func (h Holding) only() (id heritage.MuseumID) {
	for _, other := range h {
		if id != "" && other != id {
			return ""
		}
		id = other
	}
	return id
}

// into is the target for records of content F.
type into[F heritage.Content] struct {
	register *heritage.Register[F]
	columns  []column[F]
}

func (t into[F]) items() []Item {
	out := make([]Item, len(t.columns))
	for i, c := range t.columns {
		out[i] = Item{Key: c.key, Name: heritage.Text{ZH: c.zh, EN: c.en}}
	}
	return out
}

func (t into[F]) header() []string {
	out := make([]string, len(t.columns))
	for i, c := range t.columns {
		out[i] = c.zh
	}
	return out
}

func (t into[F]) guess(header []string) []string { return guess(t.columns, header) }

func (t into[F]) checkMapping(mapping []string, width int) error {
	return checkMapping(t.columns, mapping, width)
}

// fields reads the content of a row and what is doubtful in it.
func (t into[F]) fields(l *Load, holders Holding, row *Row) (*F, []Problem) {
	f := new(F)
	problems := read(t.columns, l.Mapping, row.Cells, f)
	problems = append(problems, t.settle(f, l, holders, row)...)
	return f, problems
}

// settle completes what needs more than one cell: holder, number, coordinates.
func (t into[F]) settle(f *F, l *Load, holders Holding, row *Row) (out []Problem) {
	switch f := any(f).(type) {
	case *heritage.RelicFields:
		name, at := cellOf(l, row, "holder")
		switch id, known := holders[holderKey(name)]; {
		case known:
			f.MuseumID = id
		case name != "" && !isUnknown(name):
			out = append(out, problem(at, ErrHolder, nil, true))
		default:
			f.MuseumID = holders.only()
		}
		f.Simulated = f.Simulated || l.Simulated
		if f.Number != nil && f.Number.Value == "" {
			f.Number = nil
		}
	case *heritage.SiteFields:
		f.Simulated = f.Simulated || l.Simulated
		if p := f.Location; p != nil && p.PrecisionM == 0 {
			p.PrecisionM, p.Unverified = 1000, true
			_, at := cellOf(l, row, "lon")
			out = append(out, problem(at, DoubtCoordinates, nil, false))
		}
		if f.Level == "" && f.Batch != nil && isNationalNumber(f.OfficialNumber) {
			f.Level = vocab.Code("national")
		}
	}
	return out
}

// isNationalNumber reports whether s has the form of a number in the notices
// of national units: batch, unit, class, order in class.
func isNationalNumber(s string) bool {
	parts := strings.Split(s, "-")
	return len(parts) == 4 && len(parts[0]) == 1 && len(parts[1]) == 4
}

func holderKey(name string) string { return strings.ToLower(strings.ReplaceAll(plain(name), " ", "")) }

// cellOf returns the cell mapped to key and its column, "" and -1 if none.
func cellOf(l *Load, row *Row, key string) (string, int) {
	for i, k := range l.Mapping {
		if k == key && i < len(row.Cells) {
			return row.Cells[i], i
		}
	}
	return "", -1
}

func (t into[F]) judge(ctx context.Context, r store.Reader, l *Load, holders Holding, row *Row) error {
	f, problems := t.fields(l, holders, row)
	for _, field := range t.register.Check(f) {
		problems = append(problems, Problem{Column: columnOf(t.columns, l.Mapping, field.Path), Code: field.Code.ID(), Fatal: true,
			Message: heritage.Text{ZH: field.Text(fault.Chinese), EN: field.Text(fault.English)}})
	}
	taken, err := t.register.Taken(ctx, r, f)
	if err != nil {
		return err
	}
	row.Identity = identity(f)
	if taken {
		problems = append(problems, problem(columnOf(t.columns, l.Mapping, numberPath(f)), ErrExists, nil, true))
	}
	row.Problems = problems
	return nil
}

// identity is what must not repeat in a file: the number, or for a record
// without one its name and period.
func identity[F heritage.Content](f *F) string {
	switch f := any(f).(type) {
	case *heritage.RelicFields:
		if f.Number != nil {
			return "#" + string(f.MuseumID) + "|" + string(f.Number.Kind) + "|" + f.Number.Value
		}
		return f.Name.ZH + "|" + f.Period.Text.ZH + "|" + formatDimensions(f.Dimensions)
	case *heritage.SiteFields:
		if f.OfficialNumber != "" {
			return "#" + f.OfficialNumber
		}
		return f.Name.ZH + "|" + f.Division.County.ZH + "|" + f.Address.ZH
	}
	return ""
}

func numberPath[F heritage.Content](f *F) string {
	if _, ok := any(f).(*heritage.SiteFields); ok {
		return "officialNumber"
	}
	return "number.value"
}

func (t into[F]) create(tx *store.Tx, l *Load, holders Holding, row *Row) (string, error) {
	f, _ := t.fields(l, holders, row)
	rec, err := t.register.CreateIn(tx, heritage.NewRecord[F]{Org: l.Org, Fields: *f, LoadID: l.ID})
	if err != nil {
		return "", err
	}
	return rec.ID, nil
}

func (t into[F]) remove(tx *store.Tx, id, reason string) (bool, error) {
	err := t.register.RemoveIn(tx, id, 1, reason) // revision 1: as the load wrote it
	switch fault.KindOf(err) {
	case fault.Conflict, fault.NotFound:
		if err != nil {
			return false, nil
		}
	}
	return err == nil, err
}

// onBehalf is the actor of a job: the program, in the name of the person who
// asked, so that history names the person.
func onBehalf(p heritage.Person) actor.Actor {
	return actor.Actor{Kind: actor.System, ID: p.ID, Name: p.Name}
}
