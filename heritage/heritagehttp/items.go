package heritagehttp

import (
	"context"

	"yijianyou/heritage"
	"yijianyou/internal/actor"
	"yijianyou/web/httpkit"
)

// maxExhibition is the largest exhibition that is taken, in bytes of JSON: two
// thousand relics with their labels in two languages.
const maxExhibition = 8 << 20

// ExhibitionItem is a relic of an exhibition as those see it who make it.
type ExhibitionItem struct {
	RelicID string        `json:"relicId"`
	Name    heritage.Text `json:"name" doc:"empty when it may not be known any more"`
	Number  string        `json:"number" doc:"empty for a relic of another museum"`
	Image   string        `json:"image" doc:"asset id; empty if none"`
	Public  bool          `json:"public" doc:"tourists see it once the exhibition is published"`
	OnView  bool          `json:"onView" doc:"by the register it is where the exhibition is"`
}

// ExhibitionItems are the relics of an exhibition in their order.
type ExhibitionItems struct {
	Items  []ExhibitionItem `json:"items" nullable:"false"`
	Hidden int              `json:"hidden" doc:"how many tourists do not see because they are not published"`
}

type itemsInput struct {
	ID string `path:"id" format:"uuid"`
}

type itemsOutput struct {
	CacheControl string `header:"Cache-Control"`
	Body         ExhibitionItems
}

// mountItems declares the route by which those who make an exhibition know what is in it.
func mountItems(r *httpkit.Router, svc *heritage.Service) {
	httpkit.Handle(r, httpkit.Op{Method: "GET", Path: "/api/v1/exhibitions/{id}/items", ID: "exhibition-items", Tag: "exhibitions", Policy: httpkit.Can(actor.RecordRead),
		Summary: "The relics of the newest content, in order, and how many tourists do not see"},
		func(ctx context.Context, in *itemsInput) (*itemsOutput, error) {
			items, hidden, err := svc.Items(ctx, httpkit.Actor(ctx), in.ID)
			if err != nil {
				return nil, err
			}
			out := &itemsOutput{CacheControl: "private, no-store", Body: ExhibitionItems{Items: make([]ExhibitionItem, 0, len(items)), Hidden: hidden}}
			for _, it := range items {
				out.Body.Items = append(out.Body.Items, ExhibitionItem(it))
			}
			return out, nil
		})
}
