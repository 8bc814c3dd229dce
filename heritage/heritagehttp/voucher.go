package heritagehttp

import (
	"context"

	"yijianyou/heritage"
	"yijianyou/internal/actor"
	"yijianyou/internal/fault"
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
}
