package load

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"path"
	"strings"
	"unicode/utf8"

	"yijianyou/heritage"
	"yijianyou/heritage/tabular"
	"yijianyou/internal/actor"
	"yijianyou/internal/fault"
	"yijianyou/internal/store"
)

// Holders finds what the museums of an organisation are called.
type Holders interface {
	Museums(ctx context.Context, r store.Reader, org actor.OrgID) (map[string]heritage.MuseumID, error)
}

// Options are what a Service needs.
type Options struct {
	Store    *store.Store
	Heritage *heritage.Service
	Holders  Holders
	// Simulated reports whether everything of an organisation is made up for
	// demonstration: its imported records are then marked so. nil: none is.
	Simulated func(ctx context.Context, org actor.OrgID) (bool, error)
	Limits    tabular.Limits // zero fields have defaults
}

// Service imports files. It is safe for concurrent use.
type Service struct {
	st      *store.Store
	holders Holders
	madeUp  func(ctx context.Context, org actor.OrgID) (bool, error)
	limits  tabular.Limits
	targets map[heritage.Kind]target
}

// New returns the service.
func New(o Options) *Service {
	return &Service{st: o.Store, holders: o.Holders, madeUp: o.Simulated, limits: o.Limits, targets: map[heritage.Kind]target{
		heritage.KindRelic: into[heritage.RelicFields]{register: o.Heritage.Relics, columns: relicColumns()},
		heritage.KindSite:  into[heritage.SiteFields]{register: o.Heritage.Sites, columns: siteColumns()},
	}}
}

// File is a file that somebody hands in.
type File struct {
	Org         actor.OrgID
	Kind        heritage.Kind
	Name        string
	Sheet       string // of an XLSX, "" the first with rows
	Data        []byte
	AllowRepeat bool // although the same file was loaded before
}

// batch is how many rows are written in one transaction.
const batch = 200

// Items lists the items to which a column can be mapped.
//
// Errors: ErrKind.
func (s *Service) Items(kind heritage.Kind) ([]Item, error) {
	t, err := s.target(kind)
	if err != nil {
		return nil, err
	}
	return t.items(), nil
}

func (s *Service) target(kind heritage.Kind) (target, error) {
	t, ok := s.targets[kind]
	if !ok {
		return nil, ErrKind.New()
	}
	return t, nil
}

// Open reads a whole file and judges every row. Nothing is written to the
// catalogue.
//
// Errors: ErrDenied, ErrKind, ErrSame, and those of tabular.Read.
func (s *Service) Open(ctx context.Context, by actor.Actor, file File) (*Load, error) {
	if !by.Can(actor.RecordImport, file.Org) {
		return nil, ErrDenied.New()
	}
	t, err := s.target(file.Kind)
	if err != nil {
		return nil, err
	}
	table, err := tabular.Read(file.Data, file.Sheet, s.limits)
	if err != nil {
		return nil, err
	}
	sum := sha256.Sum256(file.Data)
	l := &Load{Kind: file.Kind, File: fileName(file.Name), SHA256: hex.EncodeToString(sum[:]), Bytes: int64(len(file.Data)),
		Format: table.Format, Encoding: table.Encoding, Sheet: table.Sheet, HeaderLine: table.HeaderLine, Header: table.Header,
		Mapping: t.guess(table.Header), State: Checking, By: heritage.PersonOf(by)}
	l.Org = file.Org
	if s.madeUp != nil {
		if l.Simulated, err = s.madeUp(ctx, file.Org); err != nil {
			return nil, err
		}
	}
	err = s.st.Update(ctx, by, func(tx *store.Tx) error {
		if !file.AllowRepeat {
			if err := refuseSame(tx, l); err != nil {
				return err
			}
		}
		tx.Describe("load.open", l.File)
		return loads.Put(tx, l)
	})
	if err != nil {
		return nil, err
	}
	staged := make([]*Row, len(table.Rows))
	for i, row := range table.Rows {
		staged[i] = stage(l.ID, row)
	}
	if err := s.judgeAll(ctx, by, t, l, staged); err != nil {
		return nil, err
	}
	return l, s.settle(ctx, by, l, Checked)
}

// fileName keeps the last part of a name that came from outside.
func fileName(name string) string {
	name = heritage.TidyLine(path.Base(strings.ReplaceAll(name, "\\", "/")))
	for utf8.RuneCountInString(name) > 200 {
		_, n := utf8.DecodeLastRuneInString(name)
		name = name[:len(name)-n]
	}
	return name
}

// refuseSame refuses a file that was loaded before and not undone.
func refuseSame(tx *store.Tx, l *Load) error {
	page, err := loads.Find(tx.Context(), tx, store.Query{Index: "byFile", Equal: []any{string(l.Org), l.SHA256}, Reverse: true, Limit: 20})
	if err != nil {
		return err
	}
	for _, old := range page.Items {
		if old.Kind == l.Kind && (old.State == Writing || old.State == Closed) {
			return ErrSame.New(fault.P("date", old.CreatedAt.Format("2006-01-02")))
		}
	}
	return nil
}

// stage makes the row of a load from a row of a file.
func stage(load string, from tabular.Row) *Row {
	r := &Row{LoadID: load, Line: from.Line, Cells: from.Cells}
	r.ID = rowID(load, from.Line)
	for _, n := range from.Notes {
		r.File = append(r.File, problem(n.Column, n.Code, n.Params, n.Fatal))
	}
	return r
}

// judgeAll judges rows and saves them, batch by batch, and counts them in l.
func (s *Service) judgeAll(ctx context.Context, by actor.Actor, t target, l *Load, staged []*Row) error {
	holders, err := s.holding(ctx, l)
	if err != nil {
		return err
	}
	l.Counts = Counts{Rows: len(staged)}
	named := t.checkMapping(l.Mapping, len(l.Header)) == nil
	first := make(map[string]int)
	for _, row := range staged {
		row.Problems = nil
		if named {
			if err := t.judge(ctx, s.st, l, holders, row); err != nil {
				return err
			}
			repeat(first, row)
		} else {
			row.Problems = []Problem{problem(-1, ErrNoName, nil, true)}
		}
		if row.State != Skipped {
			row.judge()
		}
		l.Counts.add(row.State, 1)
	}
	for begin := 0; begin < len(staged); begin += batch {
		part := staged[begin:min(begin+batch, len(staged))]
		err := s.st.Update(ctx, by, func(tx *store.Tx) error {
			if err := foresee(tx, part); err != nil {
				return err
			}
			for _, row := range part {
				row.Org = l.Org
				if err := rows.Put(tx, row); err != nil {
					return err
				}
			}
			return nil
		}, store.AsBulk)
		if err != nil {
			return err
		}
	}
	return nil
}

// repeat notes that a row bears the identity of an earlier one.
func repeat(first map[string]int, row *Row) {
	if row.Identity == "" || row.State == Skipped {
		return
	}
	line, seen := first[row.Identity]
	if !seen {
		first[row.Identity] = row.Line
		return
	}
	if strings.HasPrefix(row.Identity, "#") {
		row.Problems = append(row.Problems, problem(-1, ErrDuplicateRow, []fault.Param{fault.P("line", line)}, true))
	} else {
		row.Problems = append(row.Problems, problem(-1, DoubtSameName, []fault.Param{fault.P("line", line)}, false))
	}
}

func (s *Service) holding(ctx context.Context, l *Load) (Holding, error) {
	if l.Kind != heritage.KindRelic {
		return nil, nil
	}
	names, err := s.holders.Museums(ctx, s.st, l.Org)
	if err != nil {
		return nil, err
	}
	h := make(Holding, len(names))
	for name, id := range names {
		h[holderKey(name)] = id
	}
	return h, nil
}

// settle saves the state and counts of l.
func (s *Service) settle(ctx context.Context, by actor.Actor, l *Load, state State) error {
	return s.st.Update(ctx, by, func(tx *store.Tx) error {
		now := tx.Now()
		l.State = state
		switch state {
		case Closed:
			l.ClosedAt = &now
		case Cancelled:
			l.UndoneAt = &now
		}
		tx.Describe("load."+string(state), l.Reason)
		return loads.Put(tx, l)
	})
}

// Load returns the load with id.
//
// Errors: ErrNotFound, also when by may not see it.
func (s *Service) Load(ctx context.Context, by actor.Actor, id string) (*Load, error) {
	return s.load(ctx, s.st, by, id)
}

func (s *Service) load(ctx context.Context, r store.Reader, by actor.Actor, id string) (*Load, error) {
	l, err := loads.Get(ctx, r, id)
	if errors.Is(err, store.ErrNotFound) || (err == nil && !by.Can(actor.RecordImport, l.Org)) {
		return nil, ErrNotFound.New()
	}
	return l, err
}

// Loads returns the loads of an organisation, newest first.
//
// Errors: ErrDenied, store.ErrCursor.
func (s *Service) Loads(ctx context.Context, by actor.Actor, org actor.OrgID, limit int, after store.Cursor) (store.Page[Load], error) {
	if !by.Can(actor.RecordImport, org) {
		return store.Page[Load]{}, ErrDenied.New()
	}
	return loads.Find(ctx, s.st, store.Query{Index: "byOrg", Equal: []any{string(org)}, Reverse: true, Limit: limit, After: after})
}

// Rows returns the rows of a load in the order of the file, all of them or
// those of one state.
//
// Errors: ErrNotFound, store.ErrCursor.
func (s *Service) Rows(ctx context.Context, by actor.Actor, id string, state RowState, limit int, after store.Cursor) (store.Page[Row], error) {
	if _, err := s.Load(ctx, by, id); err != nil {
		return store.Page[Row]{}, err
	}
	q := store.Query{Index: "byLine", Equal: []any{id}, Limit: limit, After: after}
	if state != "" {
		q = store.Query{Index: "byState", Equal: []any{id, string(state)}, Limit: limit, After: after}
	}
	return rows.Find(ctx, s.st, q)
}

// Remap changes which item each column is and judges all rows anew; what was
// accepted of the old mapping is to be accepted again.
//
// Errors: ErrNotFound, ErrState once something was written, ErrMapping,
// ErrNoName, store.ErrConflict.
func (s *Service) Remap(ctx context.Context, by actor.Actor, id string, rev int64, mapping []string) (*Load, error) {
	l, err := s.Load(ctx, by, id)
	if err != nil {
		return nil, err
	}
	if l.State != Checked {
		return nil, ErrState.New()
	}
	if rev != 0 && rev != l.Rev {
		return nil, store.ErrConflict.New()
	}
	t, err := s.target(l.Kind)
	if err != nil {
		return nil, err
	}
	if err := t.checkMapping(mapping, len(l.Header)); err != nil {
		return nil, err
	}
	l.Mapping = mapping
	var staged []*Row
	err = rows.Each(ctx, s.st, store.Query{Index: "byLine", Equal: []any{id}}, func(r *Row) error {
		r.Accepted = false
		staged = append(staged, r)
		return nil
	})
	if err != nil {
		return nil, err
	}
	if err := s.judgeAll(ctx, by, t, l, staged); err != nil {
		return nil, err
	}
	return l, s.settle(ctx, by, l, Checked)
}
