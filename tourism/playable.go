package tourism

import (
	"context"

	"yijianyou/heritage"
	"yijianyou/internal/fault"
	"yijianyou/media"
)

// Playable is a sound or film of a story as tourists get it.
type Playable struct {
	Asset   *media.Asset
	Caption heritage.Text
}

// Playable returns those of list that tourists may play, in order. Terms may keep
// one from them though the story is published.
func (s *Service) Playable(ctx context.Context, list []heritage.MediaRef) ([]Playable, error) {
	var out []Playable
	for _, m := range list {
		a, err := s.assets.Asset(ctx, s.st, m.AssetID)
		if fault.KindOf(err) == fault.NotFound && err != nil {
			continue
		}
		if err != nil {
			return nil, err
		}
		if a.State == media.Ready && a.Audience() == media.Public {
			out = append(out, Playable{Asset: a, Caption: m.Caption})
		}
	}
	return out, nil
}
