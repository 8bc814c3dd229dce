package media

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"

	"yijianyou/internal/actor"
	"yijianyou/internal/fault"
	"yijianyou/internal/store"
)

// View is a picture of a record as one reader sees it.
type View struct {
	Picture
	*Look
}

// Views returns those of pictures that by may see now, each asset once, in their
// order; see Look for asStaff. What is hidden, is being made or failed is left out.
func (s *Service) Views(ctx context.Context, r store.Reader, by actor.Actor, pictures []Picture, asStaff bool) ([]View, error) {
	var out []View
	had := make(map[AssetID]bool)
	for _, p := range pictures {
		if had[p.Asset] {
			continue
		}
		had[p.Asset] = true
		look, err := s.Look(ctx, r, by, p.Asset, asStaff)
		if Unseen(err) {
			continue
		}
		if err != nil {
			return nil, err
		}
		out = append(out, View{Picture: p, Look: look})
	}
	return out, nil
}

// Unseen reports whether err says that a reader sees nothing of a picture: he may
// not, or there is nothing to see yet.
func Unseen(err error) bool {
	return err != nil && (fault.KindOf(err) == fault.NotFound || errors.Is(err, ErrNotReady) || errors.Is(err, ErrFailed))
}

// Digest names all that the manifest of a record tells the public: it is another as
// soon as that is. "" when there is no manifest, because the public sees no such
// record or no picture of it.
func (s *Service) Digest(ctx context.Context, r store.Reader, source ManifestSource, id string) (string, error) {
	facts, err := source.Manifest(ctx, r, actor.Nobody(), id)
	if err != nil {
		if fault.KindOf(err) == fault.NotFound {
			return "", nil
		}
		return "", err
	}
	views, err := s.Views(ctx, r, actor.Nobody(), facts.Pictures, false)
	if err != nil || len(views) == 0 {
		return "", err
	}
	told := make([][]any, len(views))
	for i, v := range views {
		told[i] = []any{v.Picture, v.Version(), v.Look.Asset.Terms}
	}
	facts.Pictures = nil // told above as far as they are seen
	b, err := json.Marshal([]any{facts, told})
	if err != nil {
		return "", err
	}
	sum := sha256.Sum256(b)
	return hex.EncodeToString(sum[:16]), nil
}
