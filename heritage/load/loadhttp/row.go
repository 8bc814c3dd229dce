package loadhttp

import (
	"context"
	"strconv"

	"yijianyou/heritage/load"
	"yijianyou/internal/fault"
	"yijianyou/web/httpkit"
)

// RowView is a row of an import.
type RowView struct {
	Line     int            `json:"line" doc:"line of the file, from 1"`
	State    load.RowState  `json:"state" enum:"ready,doubtful,faulty,skipped,written,undone,kept"`
	Cells    []string       `json:"cells" nullable:"false" doc:"as mended"`
	Original []string       `json:"original,omitempty" doc:"as read, once a cell was mended"`
	Problems []load.Problem `json:"problems" nullable:"false"`
	Accepted bool           `json:"accepted"`
	RecordID string         `json:"recordId,omitempty"`
}

func rowView(r *load.Row) RowView {
	v := RowView{Line: r.Line, State: r.State, Cells: r.Cells, Original: r.Original, Accepted: r.Accepted, RecordID: r.RecordID,
		Problems: append(append([]load.Problem{}, r.File...), r.Problems...)}
	return v
}

type rowsInput struct {
	IDInput
	State string `query:"state" enum:"ready,doubtful,faulty,skipped,written,undone,kept" doc:"only rows of this state"`
	httpkit.PageInput
}

type rowsOutput struct{ Body httpkit.Page[RowView] }

func (h handlers) rows(ctx context.Context, in *rowsInput) (*rowsOutput, error) {
	page, err := h.svc.Rows(ctx, httpkit.Actor(ctx), in.ID, load.RowState(in.State), in.Limit, in.After())
	if err != nil {
		return nil, err
	}
	return &rowsOutput{Body: pageOf(page)}, nil
}

type mendInput struct {
	IDInput
	Line int `path:"line" minimum:"1" maximum:"10000000"`
	Body mendBody
}

type mendBody struct {
	Cells    map[string]string `json:"cells,omitempty" doc:"new contents by number of the column, from 0"`
	Decision string            `json:"decision,omitempty" enum:"accept,skip,restore"`
}

type rowOutput struct{ Body RowView }

func (h handlers) mend(ctx context.Context, in *mendInput) (*rowOutput, error) {
	m := load.Mending{Decision: load.Decision(in.Body.Decision)}
	switch m.Decision {
	case "", load.Accept, load.Skip, load.Restore:
	default:
		return nil, httpkit.Malformed(httpkit.ErrParameter.At("decision", fault.P("expected", "accept, skip, restore")))
	}
	for key, text := range in.Body.Cells {
		column, err := strconv.Atoi(key)
		if err != nil {
			return nil, httpkit.Malformed(httpkit.ErrParameter.At("cells", fault.P("expected", "0, 1, 2 …")))
		}
		if m.Cells == nil {
			m.Cells = make(map[int]string)
		}
		m.Cells[column] = text
	}
	row, err := h.svc.Mend(ctx, httpkit.Actor(ctx), in.ID, in.Line, m)
	if err != nil {
		return nil, err
	}
	return &rowOutput{Body: rowView(row)}, nil
}
