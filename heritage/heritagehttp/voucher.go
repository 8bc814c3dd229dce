package heritagehttp

import (
	"bytes"
	"context"
	"fmt"
	"net/url"
	"strings"

	"github.com/danielgtaylor/huma/v2"
	"github.com/gofiber/fiber/v2"

	"yijianyou/heritage"
	"yijianyou/heritage/voucher"
	"yijianyou/internal/actor"
	"yijianyou/internal/fault"
	"yijianyou/internal/ids"
	"yijianyou/web/httpkit"
)

type vouchersOutput struct {
	Body httpkit.Page[VoucherView]
}

func mountVouchers(r *httpkit.Router, h movements) {
	httpkit.Handle(r, httpkit.Op{Method: "GET", Path: movementsPath + "/{id}/vouchers", ID: "movement-vouchers", Tag: "movements", Policy: httpkit.Can(actor.MovementRead),
		Summary: "The vouchers of an order with their printings", Faults: []*fault.Code{heritage.ErrNoMovement}},
		func(ctx context.Context, in *movementInput) (*vouchersOutput, error) {
			list, err := h.of.Vouchers(ctx, httpkit.Actor(ctx), heritage.MovementID(in.ID))
			if err != nil {
				return nil, err
			}
			out := &vouchersOutput{Body: httpkit.Page[VoucherView]{Items: make([]VoucherView, 0, len(list))}}
			for _, v := range list {
				out.Body.Items = append(out.Body.Items, voucherView(v))
			}
			return out, nil
		})
	text := func(name, doc string) *huma.Param {
		return &huma.Param{Name: name, In: "path", Required: true, Description: doc, Schema: &huma.Schema{Type: "string"}}
	}
	r.Plain(httpkit.Op{Method: "GET", Path: movementsPath + "/{id}/vouchers/{file}", ID: "movement-voucher-pdf", Tag: "movements", Policy: httpkit.Can(actor.MovementRead),
		Summary: "A voucher as a PDF; each call is recorded as a printing, and every one after the first is marked 补印", Wordless: true,
		Faults: []*fault.Code{heritage.ErrNoMovement, heritage.ErrNoVoucher}},
		&huma.Operation{Parameters: []*huma.Param{text("id", "of the order"), text("file", "number of the voucher with .pdf behind it")},
			Responses: map[string]*huma.Response{"200": {Description: "The paper", Content: map[string]*huma.MediaType{"application/pdf": {Schema: &huma.Schema{Type: "string", Format: "binary"}}}}}},
		h.print)
}

// print records a printing and sends the paper. The record comes first: a paper
// that nobody recorded is worse than a record without a paper.
func (h movements) print(c *fiber.Ctx) error {
	ctx := c.UserContext()
	by := httpkit.Actor(ctx)
	file, err := url.PathUnescape(c.Params("file"))
	number, isPDF := strings.CutSuffix(file, ".pdf")
	if err != nil || !isPDF || !ids.Valid(c.Params("id")) {
		return heritage.ErrNoVoucher.New()
	}
	id := heritage.MovementID(c.Params("id"))
	if c.Method() == fiber.MethodHead { // asks whether there is one, and prints nothing
		return h.exists(ctx, by, id, number)
	}
	v, p, err := h.of.Print(ctx, by, id, number)
	if err != nil {
		return err
	}
	var out bytes.Buffer
	paper := voucher.Paper{Voucher: v, Running: p.Running, PrintedBy: p.By.Name, PrintedAt: p.CreatedAt}
	if h.publicURL != "" {
		paper.Link = h.publicURL + "/console/movements/" + string(id)
	}
	if err := voucher.Write(&out, paper); err != nil {
		return err
	}
	c.Set(fiber.HeaderContentType, "application/pdf")
	c.Set(fiber.HeaderContentDisposition, fmt.Sprintf(`inline; filename="voucher.pdf"; filename*=UTF-8''%s`, url.PathEscape(file)))
	return c.Send(out.Bytes())
}

// exists returns ErrNoVoucher unless the order has a voucher of that number.
func (h movements) exists(ctx context.Context, by actor.Actor, id heritage.MovementID, number string) error {
	list, err := h.of.Vouchers(ctx, by, id)
	if err != nil {
		return err
	}
	for _, v := range list {
		if v.Number == number {
			return nil
		}
	}
	return heritage.ErrNoVoucher.New()
}
