package app

import (
	"context"
	"errors"

	"yijianyou/heritage"
	"yijianyou/heritage/load"
	"yijianyou/internal/actor"
	"yijianyou/internal/store"
	"yijianyou/media"
	"yijianyou/search"
)

// holders joins load.Holders with the register of museums.
type holders struct{ h *heritage.Service }

// Museums implements load.Holders. Every name of a museum finds it.
func (g holders) Museums(ctx context.Context, _ store.Reader, org actor.OrgID) (map[string]heritage.MuseumID, error) {
	out := make(map[string]heritage.MuseumID)
	for cursor := ""; ; {
		page, next, err := g.h.Museums.List(ctx, actor.SystemPart("load"), heritage.Filter{Org: org}, 200, cursor)
		if err != nil {
			return nil, err
		}
		for _, m := range page {
			for _, name := range append([]string{m.Fields.Name.ZH, m.Fields.Name.EN}, m.Fields.Aliases...) {
				if name != "" {
					out[name] = heritage.MuseumID(m.ID)
				}
			}
		}
		if cursor = next; cursor == "" {
			return out, nil
		}
	}
}

// simulated joins load.Options.Simulated with the organisations.
func (c *Core) simulated(ctx context.Context, org actor.OrgID) (bool, error) {
	o, err := c.Auth.Org(ctx, string(org))
	if errors.Is(err, store.ErrNotFound) {
		return false, nil
	}
	if err != nil {
		return false, err
	}
	return o.Simulated, nil
}

// catalogueSource is the catalogue as the indexes see it. The records of an
// import come into sight when it is closed.
type catalogueSource struct {
	*heritage.SearchSource
	h *heritage.Service
}

// Dependents implements search.Source.
func (s catalogueSource) Dependents(ctx context.Context, r store.Reader, ch store.Change) ([]search.Ref, error) {
	if ch.Collection != load.CollectionName {
		return s.SearchSource.Dependents(ctx, r, ch)
	}
	visible, err := load.Visibility{}.Visible(ctx, r, ch.ID)
	if err != nil || !visible {
		return nil, err
	}
	return s.h.Loaded(ctx, r, ch.ID)
}

// followers joins heritage.Followers with the visitor side. It holds the core
// because the visitor side is built on the catalogue.
type followers struct{ core *Core }

// SightChanged implements heritage.Followers.
func (f followers) SightChanged(tx *store.Tx, kind heritage.Kind, id string) error {
	return f.core.Tourism.SightChanged(tx, kind, id)
}

// pictureUsers joins media.Users with the domains whose records name pictures.
// It holds the core because the domains are built on media.
type pictureUsers struct{ core *Core }

// UsesAsset implements media.Users.
func (u pictureUsers) UsesAsset(ctx context.Context, r store.Reader, asset media.AssetID) (bool, error) {
	if used, err := u.core.Heritage.UsesAsset(ctx, r, asset); used || err != nil {
		return used, err
	}
	if used, err := u.core.Tourism.UsesAsset(ctx, r, asset); used || err != nil {
		return used, err
	}
	return u.core.Sensors.UsesAsset(ctx, r, asset)
}

// Reshow implements media.Users.
func (u pictureUsers) Reshow(tx *store.Tx, asset media.AssetID) error {
	if err := u.core.Heritage.Reshow(tx, asset); err != nil {
		return err
	}
	return u.core.Tourism.Reshow(tx, asset)
}
