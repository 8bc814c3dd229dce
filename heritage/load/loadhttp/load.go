package loadhttp

import (
	"context"
	"time"

	"yijianyou/heritage"
	"yijianyou/heritage/load"
	"yijianyou/internal/actor"
	"yijianyou/internal/fault"
	"yijianyou/internal/store"
	"yijianyou/web/httpkit"
)

// Mount declares the routes of imports and exports. maxFile is the largest
// file in bytes.
func Mount(r *httpkit.Router, svc *load.Service, maxFile int64) {
	may := httpkit.Can(actor.RecordImport)
	h := handlers{svc: svc}
	httpkit.Handle(r, httpkit.Op{Method: "GET", Path: "/api/v1/loads", ID: "load-list", Tag: "loads", Summary: "Imports of an organisation, newest first", Policy: may}, h.list)
	mountFile(r, svc, maxFile)
	httpkit.Handle(r, httpkit.Op{Method: "GET", Path: "/api/v1/loads/items/{kind}", ID: "load-items", Tag: "loads", Summary: "Items to which a column can be mapped", Policy: may}, h.items)
	httpkit.Handle(r, httpkit.Op{Method: "GET", Path: "/api/v1/loads/{id}", ID: "load-by-id", Tag: "loads", Summary: "One import", Policy: may}, h.byID)
	httpkit.Handle(r, httpkit.Op{Method: "PUT", Path: "/api/v1/loads/{id}/mapping", ID: "load-remap", Tag: "loads", Summary: "Change which item each column is", Policy: may, Deadline: 5 * time.Minute, Faults: []*fault.Code{load.ErrMapping, load.ErrNoName}}, h.remap)
	httpkit.Handle(r, httpkit.Op{Method: "GET", Path: "/api/v1/loads/{id}/rows", ID: "load-rows", Tag: "loads", Summary: "Rows of an import with what is doubtful or wrong", Policy: may}, h.rows)
	httpkit.Handle(r, httpkit.Op{Method: "PATCH", Path: "/api/v1/loads/{id}/rows/{line}", ID: "load-mend-row", Tag: "loads", Summary: "Mend cells of a row, accept or skip it", Policy: may, Faults: []*fault.Code{load.ErrRowWritten}}, h.mend)
	httpkit.Handle(r, httpkit.Op{Method: "POST", Path: "/api/v1/loads/{id}/write", ID: "load-write", Tag: "loads", Summary: "Write the rows that are ready as drafts", Policy: may, Faults: []*fault.Code{load.ErrNothing}}, h.write)
	httpkit.Handle(r, httpkit.Op{Method: "POST", Path: "/api/v1/loads/{id}/undo", ID: "load-undo", Tag: "loads", Summary: "Take back what an import wrote", Policy: may}, h.undo)
}

type handlers struct{ svc *load.Service }

// View is an import.
type View struct {
	ID         string          `json:"id"`
	Org        actor.OrgID     `json:"org"`
	Rev        int64           `json:"rev"`
	Kind       heritage.Kind   `json:"kind" enum:"relic,site"`
	File       string          `json:"file"`
	SHA256     string          `json:"sha256"`
	Bytes      int64           `json:"bytes"`
	Format     string          `json:"format" enum:"csv,xlsx"`
	Encoding   string          `json:"encoding,omitempty"`
	Sheet      string          `json:"sheet,omitempty"`
	HeaderLine int             `json:"headerLine"`
	Header     []string        `json:"header" nullable:"false"`
	Mapping    []string        `json:"mapping" nullable:"false" doc:"for each heading the key of an item, empty for none"`
	State      load.State      `json:"state" enum:"checking,checked,writing,closed,undoing,undone"`
	Counts     load.Counts     `json:"counts"`
	By         heritage.Person `json:"by"`
	CreatedAt  time.Time       `json:"createdAt"`
	ClosedAt   *time.Time      `json:"closedAt,omitempty"`
	UndoneAt   *time.Time      `json:"undoneAt,omitempty"`
	Reason     string          `json:"reason,omitempty"`
}

func view(l *load.Load) View {
	return View{ID: l.ID, Org: l.Org, Rev: l.Rev, Kind: l.Kind, File: l.File, SHA256: l.SHA256, Bytes: l.Bytes, Format: l.Format,
		Encoding: l.Encoding, Sheet: l.Sheet, HeaderLine: l.HeaderLine, Header: l.Header, Mapping: l.Mapping, State: l.State,
		Counts: l.Counts, By: l.By, CreatedAt: l.CreatedAt, ClosedAt: l.ClosedAt, UndoneAt: l.UndoneAt, Reason: l.Reason}
}

type output struct {
	httpkit.Entity
	Body View
}

func answer(ctx context.Context, l *load.Load, err error) (*output, error) {
	if err != nil {
		return nil, err
	}
	return &output{Entity: httpkit.NewEntity(ctx, l.Rev, string(httpkit.StaffView)), Body: view(l)}, nil
}

type listInput struct {
	Org string `query:"org" required:"true" minLength:"1" maxLength:"64"`
	httpkit.PageInput
}

type listOutput struct{ Body httpkit.Page[View] }

func (h handlers) list(ctx context.Context, in *listInput) (*listOutput, error) {
	page, err := h.svc.Loads(ctx, httpkit.Actor(ctx), actor.OrgID(in.Org), in.Limit, in.After())
	if err != nil {
		return nil, err
	}
	return &listOutput{Body: httpkit.NewPage(page, view)}, nil
}

type itemsInput struct {
	Kind string `path:"kind" enum:"relic,site"`
}

type itemsOutput struct {
	Body struct {
		Items []load.Item `json:"items" nullable:"false"`
	}
}

func (h handlers) items(_ context.Context, in *itemsInput) (*itemsOutput, error) {
	items, err := h.svc.Items(heritage.Kind(in.Kind))
	out := &itemsOutput{}
	out.Body.Items = items
	return out, err
}

// IDInput names an import.
type IDInput struct {
	ID string `path:"id" maxLength:"64"`
}

func (h handlers) byID(ctx context.Context, in *IDInput) (*output, error) {
	l, err := h.svc.Load(ctx, httpkit.Actor(ctx), in.ID)
	return answer(ctx, l, err)
}

type remapInput struct {
	IDInput
	httpkit.IfMatchInput
	Body remapBody
}

type remapBody struct {
	Mapping []string `json:"mapping" nullable:"false" maxItems:"200" doc:"for each heading the key of an item, empty for none"`
}

func (h handlers) remap(ctx context.Context, in *remapInput) (*output, error) {
	rev, err := in.Rev()
	if err != nil {
		return nil, err
	}
	l, err := h.svc.Remap(ctx, httpkit.Actor(ctx), in.ID, rev, in.Body.Mapping)
	return answer(ctx, l, err)
}

func (h handlers) write(ctx context.Context, in *IDInput) (*output, error) {
	l, err := h.svc.Write(ctx, httpkit.Actor(ctx), in.ID)
	return answer(ctx, l, err)
}

type undoInput struct {
	IDInput
	Body undoBody
}

type undoBody struct {
	Reason string `json:"reason" minLength:"1" maxLength:"500"`
}

func (h handlers) undo(ctx context.Context, in *undoInput) (*output, error) {
	l, err := h.svc.Undo(ctx, httpkit.Actor(ctx), in.ID, in.Body.Reason)
	return answer(ctx, l, err)
}

// pageOf is httpkit.NewPage for rows.
func pageOf(page store.Page[load.Row]) httpkit.Page[RowView] { return httpkit.NewPage(page, rowView) }
