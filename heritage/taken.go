package heritage

import (
	"context"

	"yijianyou/internal/store"
)

// Taken reports whether another record already bears the number by which f is
// known: of a relic the one in its museum, of a site the official one, of a
// place the code in its museum. Content without a number is never taken.
func (g *Register[F]) Taken(ctx context.Context, r store.Reader, f *F) (bool, error) {
	var q store.Query
	switch f := any(f).(type) {
	case *RelicFields:
		if f.Number == nil || f.MuseumID == "" {
			return false, nil
		}
		q = store.Query{Index: "byNumber", Equal: []any{string(f.MuseumID), string(f.Number.Kind), f.Number.Value}}
	case *SiteFields:
		if f.OfficialNumber == "" {
			return false, nil
		}
		q = store.Query{Index: "byOfficialNumber", Equal: []any{f.OfficialNumber}}
	case *PlaceFields:
		if f.Code == "" || f.MuseumID == "" {
			return false, nil
		}
		q = store.Query{Index: "byCode", Equal: []any{string(f.MuseumID), f.Code}}
	default:
		return false, nil
	}
	n, err := g.docs.Count(ctx, r, q, 1)
	return n > 0, err
}
