package load

import (
	"context"
	"io"

	"yijianyou/heritage"
	"yijianyou/heritage/tabular"
	"yijianyou/internal/actor"
	"yijianyou/internal/fault"
)

// Format is a file format of exports.
type Format string

const (
	CSV  Format = "csv"
	XLSX Format = "xlsx"
)

// sheetNames are the names of the sheet in an exported workbook.
var sheetNames = map[heritage.Kind]string{heritage.KindRelic: "可移动文物", heritage.KindSite: "不可移动文物"}

// Export writes the records of an organisation that by may read, in the order
// of their names, in the columns that an import understands.
//
// Errors: ErrKind, heritage.ErrNotFound for an organisation that by may not
// read, and those of w.
func (s *Service) Export(ctx context.Context, by actor.Actor, org actor.OrgID, kind heritage.Kind, format Format, w io.Writer) (int, error) {
	t, err := s.target(kind)
	if err != nil {
		return 0, err
	}
	n := 0
	next := t.export(ctx, by, org)
	source := func() ([]string, bool, error) {
		cells, ok, err := next()
		if ok {
			n++
		}
		return cells, ok, err
	}
	if format == XLSX {
		err = tabular.WriteXLSX(w, sheetNames[kind], t.header(), source)
	} else {
		err = tabular.WriteCSV(w, t.header(), source)
	}
	return n, err
}

// Template writes a file with the headings alone.
func (s *Service) Template(kind heritage.Kind, format Format, w io.Writer) error {
	t, err := s.target(kind)
	if err != nil {
		return err
	}
	none := func() ([]string, bool, error) { return nil, false, nil }
	if format == XLSX {
		return tabular.WriteXLSX(w, sheetNames[kind], t.header(), none)
	}
	return tabular.WriteCSV(w, t.header(), none)
}

// export gives the rows of all records of an organisation, page by page.
func (t into[F]) export(ctx context.Context, by actor.Actor, org actor.OrgID) tabular.Rows {
	var page []*heritage.Record[F]
	cursor, begun := "", false
	return func() ([]string, bool, error) {
		for len(page) == 0 {
			if begun && cursor == "" {
				return nil, false, nil
			}
			var err error
			begun = true
			if page, cursor, err = t.register.List(ctx, by, heritage.Filter{Org: org}, 200, cursor); err != nil {
				return nil, false, err
			}
		}
		rec := page[0]
		page = page[1:]
		return t.row(rec), true, nil
	}
}

func (t into[F]) row(rec *heritage.Record[F]) []string {
	cells := make([]string, len(t.columns))
	for i, c := range t.columns {
		cells[i] = c.write(&rec.Fields)
	}
	return cells
}

func (t into[F]) cells(ctx context.Context, by actor.Actor, id string) ([]string, bool, error) {
	rec, err := t.register.Record(ctx, by, id)
	if fault.KindOf(err) == fault.NotFound {
		return nil, false, nil
	}
	if err != nil {
		return nil, false, err
	}
	return t.row(rec), true, nil
}

// Columns returns the headings of the records of a kind.
//
// Errors: ErrKind.
func (s *Service) Columns(kind heritage.Kind) ([]string, error) {
	t, err := s.target(kind)
	if err != nil {
		return nil, err
	}
	return t.header(), nil
}

// Cells returns one record in the columns of its kind; ok is false when by may
// not read it or it is gone.
//
// Errors: ErrKind.
func (s *Service) Cells(ctx context.Context, by actor.Actor, kind heritage.Kind, id string) (cells []string, ok bool, err error) {
	t, err := s.target(kind)
	if err != nil {
		return nil, false, err
	}
	return t.cells(ctx, by, id)
}
