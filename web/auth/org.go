package auth

import (
	"context"
	"errors"
	"strings"
	"unicode/utf8"

	"yijianyou/internal/actor"
	"yijianyou/internal/fault"
	"yijianyou/internal/ids"
	"yijianyou/internal/store"
	"yijianyou/web/httpkit"
)

// OrgKind is what sort of organisation it is.
type OrgKind string

const (
	Museum    OrgKind = "museum"
	Area      OrgKind = "area"
	Authority OrgKind = "authority"
)

// Text is a name in both languages; EN may be empty.
type Text struct {
	ZH string `bson:"zh" json:"zh"`
	EN string `bson:"en" json:"en"`
}

// Org is an organisation that owns records. Its id is a slug and is its own
// Meta.Org. It is public.
type Org struct {
	store.Meta `bson:",inline"`
	Name       Text    `bson:"name"`
	Kind       OrgKind `bson:"kind"`
	Simulated  bool    `bson:"simulated"` // a labelled example; so is all that it owns
}

var orgs = store.Define[Org](store.Spec{Name: "orgs", Schema: 1, History: true, Feed: true})

// Org returns one organisation, or store.ErrNotFound. Everybody may.
func (s *Service) Org(ctx context.Context, id string) (*Org, error) { return orgs.Get(ctx, s.st, id) }

// ListOrgs returns organisations in the order of their ids. Everybody may.
func (s *Service) ListOrgs(ctx context.Context, limit int, after store.Cursor) (store.Page[Org], error) {
	return orgs.Find(ctx, s.st, store.Query{Index: store.ByID, Limit: limit, After: after})
}

// PutOrg creates an organisation (Rev 0; city-wide administrators only) or
// changes it (those of the organisation too). It fills the Meta of org.
//
// Errors: httpkit.ErrDenied, fault.ErrInvalid, store.ErrNotFound, store.ErrConflict.
func (s *Service) PutOrg(ctx context.Context, by actor.Actor, org *Org) error {
	var fields []fault.Field
	if !ids.ValidSlug(org.ID) {
		fields = append(fields, ErrOrgID.At("id"))
	}
	if strings.TrimSpace(org.Name.ZH) == "" || utf8.RuneCountInString(org.Name.ZH) > 120 || utf8.RuneCountInString(org.Name.EN) > 120 {
		fields = append(fields, ErrOrgName.At("name"))
	}
	if org.Kind != Museum && org.Kind != Area && org.Kind != Authority {
		fields = append(fields, ErrOrgKind.At("kind"))
	}
	home := actor.OrgID("")
	if org.Rev > 0 {
		home = actor.OrgID(org.ID)
	}
	if !by.Can(actor.AccountWrite, home) {
		return httpkit.ErrDenied.New()
	}
	if err := fault.InvalidFields(fields); err != nil {
		return err
	}
	org.Org = actor.OrgID(org.ID)
	return s.st.Update(ctx, by, func(tx *store.Tx) error {
		if org.Rev > 0 {
			if _, err := orgs.Get(tx.Context(), tx, org.ID); err != nil {
				return err
			}
		}
		return orgs.Put(tx, org)
	})
}

// orgExists makes the question of checkGrants for a transaction.
func orgExists(tx *store.Tx) func(actor.OrgID) (bool, error) {
	return func(id actor.OrgID) (bool, error) {
		_, err := orgs.Get(tx.Context(), tx, string(id))
		if errors.Is(err, store.ErrNotFound) {
			return false, nil
		}
		return err == nil, err
	}
}
