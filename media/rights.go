package media

import (
	"context"
	"slices"
	"strings"

	"yijianyou/internal/actor"
	"yijianyou/internal/store"
)

// Audience is for whom an asset is.
type Audience string

const (
	Staff  Audience = "staff"  // people who may read the records of its organisation
	Public Audience = "public" // everybody
)

// Rights are what the public gets of an asset in effect. They are never stored:
// they follow from its Terms, from what shows it and from the policy of its
// organisation, as one state of the store has them.
type Rights struct {
	Audience  Audience `json:"audience"`  // Public when a published record shows it and its Terms allow
	MaxSize   int      `json:"maxSize"`   // longest side in pixels that the public gets, in whole or in part; 0 is no limit
	Watermark string   `json:"watermark"` // words across what the public gets; "" is none
}

// Why says from what Rights follow.
type Why struct {
	Showers   []Shower // what shows the asset
	Kept      bool     // Terms keep it from the public, whatever shows it
	Rules     []int    // of the policy, counted from 1, that hold for it, in their order
	PolicyRev int64    // revision of the policy; 0 is the default
}

// Shower is a part of the program, such as "heritage", of which published
// records show an asset. A part that shows it nowhere is no shower.
type Shower struct {
	Name   string   `bson:"name"`
	Grades []string `bson:"grades"` // grades of what those records are of, sorted, each once; "" for one without a grade. nil counts as every grade: it was written before grades were
}

// give returns list, in the order of names, after name has said that records of
// these grades show the asset; nil is that none does.
func give(list []Shower, name string, grades []string) []Shower {
	out := make([]Shower, 0, len(list)+1)
	for _, s := range list {
		if s.Name != name {
			out = append(out, s)
		}
	}
	if grades != nil {
		grades = slices.Clone(grades)
		slices.Sort(grades)
		out = append(out, Shower{Name: name, Grades: slices.Compact(grades)})
	}
	slices.SortFunc(out, func(a, b Shower) int { return strings.Compare(a.Name, b.Name) })
	if len(out) == 0 {
		return nil
	}
	return out
}

// Audience returns for whom a is: the public only if a published record shows it
// and its Terms allow.
func (a *Asset) Audience() Audience {
	if len(a.Showers) > 0 && a.Terms.Audience != Staff {
		return Public
	}
	return Staff
}

// Rights returns what the public gets of a, and why, as r has the policy.
func (s *Service) Rights(ctx context.Context, r store.Reader, a *Asset) (Rights, Why, error) {
	if a.Audience() != Public { // no rule can open it
		return Rights{Audience: Staff}, Why{Showers: a.Showers, Kept: a.Terms.Audience == Staff}, nil
	}
	if a.plays() { // a policy speaks of pictures
		return Rights{Audience: Public}, Why{Showers: a.Showers}, nil
	}
	p, err := s.policy(ctx, r, a.Org)
	if err != nil {
		return Rights{}, Why{}, err
	}
	rights, rules := p.rights(a)
	return rights, Why{Showers: a.Showers, Rules: rules, PolicyRev: p.Rev}, nil
}

// mayPublish reports whether by may change what the public sees of org.
func mayPublish(by actor.Actor, org actor.OrgID) bool {
	return by.Can(actor.RecordPublish, org) || by.Can(actor.AreaPublish, org)
}

// SetShown writes which published records of shower, a part of the program such
// as "heritage", show an asset, in the transaction of the caller, who publishes or
// withdraws one: the grades of what they are of, "" for a record without one. nil
// says that none shows it any more. What one part withdraws stays public while
// another still shows it, and the strictest rule of all holds.
//
// The actor of the transaction must be allowed to publish in the organisation of
// the asset, so that nobody opens a picture by showing it in a record of his own.
//
// Errors: ErrNotFound, ErrDenied.
func (s *Service) SetShown(tx *store.Tx, asset AssetID, shower string, grades []string) error {
	a, err := s.Asset(tx.Context(), tx, asset)
	if err != nil {
		return err
	}
	if by := tx.Actor(); !mayPublish(by, a.Org) {
		if !mayRead(by, a.Org) {
			return ErrNotFound.New()
		}
		return ErrDenied.New()
	}
	return s.show(tx, a, shower, grades)
}

// FollowShown is SetShown without a question to the actor: for pictures that come
// into sight or go out of it because something has on which the records that show
// them depend. Who published those records had the right.
//
// Errors: ErrNotFound.
func (s *Service) FollowShown(tx *store.Tx, asset AssetID, shower string, grades []string) error {
	a, err := s.Asset(tx.Context(), tx, asset)
	if err != nil {
		return err
	}
	return s.show(tx, a, shower, grades)
}

// show saves what shower says of a.
func (s *Service) show(tx *store.Tx, a *Asset, shower string, grades []string) error {
	showers := give(a.Showers, shower, grades)
	if slices.EqualFunc(a.Showers, showers, func(x, y Shower) bool {
		return x.Name == y.Name && (x.Grades == nil) == (y.Grades == nil) && slices.Equal(x.Grades, y.Grades)
	}) {
		return nil
	}
	a.Showers = showers
	if err := assets.Put(tx, a); err != nil {
		return err
	}
	return s.follow(tx, a)
}
