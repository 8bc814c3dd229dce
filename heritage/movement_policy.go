package heritage

import (
	"context"
	"slices"

	"yijianyou/heritage/vocab"
	"yijianyou/internal/actor"
	"yijianyou/internal/fault"
	"yijianyou/internal/ids"
	"yijianyou/internal/store"
)

// MovementPolicy says who approves the movements of an organisation. Its
// document id is the organisation.
type MovementPolicy struct {
	store.Meta `bson:",inline"`
	Fields     MovementPolicyFields `bson:"fields"`
}

// MovementPolicyFields is the content of a MovementPolicy.
type MovementPolicyFields struct {
	Levels    []ApprovalLevel `bson:"levels" json:"levels" validate:"min=1,max=10,dive"`
	Rules     []ApprovalRule  `bson:"rules,omitempty" json:"rules,omitempty" validate:"max=50,dive"` // the first that fits decides
	Otherwise []string        `bson:"otherwise" json:"otherwise" validate:"min=1,max=5"`             // levels of an order that no rule fits, in their order
	Source    Source          `bson:"source" json:"source"`                                          // the rule of the house that this follows
}

// ApprovalLevel is somebody who can approve: 保管部主任, 馆长 … It adds to the
// right to approve movements and replaces nothing of it.
type ApprovalLevel struct {
	Code     string   `bson:"code" json:"code" validate:"required,max=60"` // unique in the policy
	Name     Text     `bson:"name" json:"name"`                            // Chinese required, at most 60 characters
	Accounts []string `bson:"accounts,omitempty" json:"accounts,omitempty" validate:"max=50,dive,required,max=64"`
	// ids of the accounts that hold it; empty: everybody who may approve movements
}

// ApprovalRule fits an order when all that it asks is so. A rule that asks
// nothing fits every order.
type ApprovalRule struct {
	Grades   []vocab.Code `bson:"grades,omitempty" json:"grades,omitempty" validate:"max=10,dive,required,term=relic-grade"` // one of the relics is of one of these; a relic without a grade counts as ungraded
	MoreThan int          `bson:"moreThan,omitempty" json:"moreThan,omitempty" validate:"min=0,max=1000000"`                 // more objects than this, counted piece by piece; 0 any number
	Outside  bool         `bson:"outside,omitempty" json:"outside,omitempty"`                                                // it leaves the house
	Purposes []vocab.Code `bson:"purposes,omitempty" json:"purposes,omitempty" validate:"max=20,dive,required,term=movement-purpose"`
	Levels   []string     `bson:"levels" json:"levels" validate:"min=1,max=5"` // who approves, one after the other
}

var policyDocs = store.Define[MovementPolicy](store.Spec{Name: "movementpolicies", Schema: 1, History: true})

// DefaultMovementPolicy is in force until an organisation has stored its own.
// Precious relics are those of grade one to three (文物藏品定级标准), and what is
// not graded counts as precious until it is.
func DefaultMovementPolicy() MovementPolicyFields {
	const department, director = "department", "director"
	return MovementPolicyFields{
		Levels: []ApprovalLevel{{Code: department, Name: Text{"保管部主任", "Head of collections"}}, {Code: director, Name: Text{"馆长", "Director"}}},
		Rules: []ApprovalRule{
			{Grades: []vocab.Code{"grade-1", "grade-2", "grade-3", ungraded}, Levels: []string{director}},
			{MoreThan: 3, Levels: []string{director}},
		},
		Otherwise: []string{department},
		Source: Source{Confidence: Low, Text: Text{"某馆提用制度：珍贵文物或三件以上由馆长审批（转述，待核）；请改为本馆制度。",
			"The rule of one museum, told at second hand: precious relics, or more than three objects, need the director. Replace it by that of the house."}},
	}
}

// maxLevelName leaves room for the name of whoever approved in the authority of
// a ledger entry, which has both.
const maxLevelName = 60

// ungraded is the code of a relic that was not graded; an empty grade means it too.
const ungraded vocab.Code = "ungraded"

// levels returns the levels that o needs, in their order.
func (p *MovementPolicyFields) levels(o *Movement) []string {
	pieces := o.Pieces()
	for _, rule := range p.Rules {
		graded := len(rule.Grades) == 0 || slices.ContainsFunc(o.Items, func(it MovementItem) bool { return slices.Contains(rule.Grades, it.Weight) })
		switch {
		case !graded, rule.MoreThan > 0 && pieces <= rule.MoreThan, rule.Outside && !o.Destination.Outside,
			len(rule.Purposes) > 0 && !slices.Contains(rule.Purposes, o.Purpose):
		default:
			return rule.Levels
		}
	}
	return p.Otherwise
}

// level returns the level with code.
func (p *MovementPolicyFields) level(code string) (ApprovalLevel, bool) {
	i := slices.IndexFunc(p.Levels, func(l ApprovalLevel) bool { return l.Code == code })
	if i < 0 {
		return ApprovalLevel{}, false
	}
	return p.Levels[i], true
}

// tidy brings p into the form in which it is stored.
func (p *MovementPolicyFields) tidy() {
	for i, l := range p.Levels {
		p.Levels[i] = ApprovalLevel{Code: tidyLine(l.Code), Name: l.Name.line(), Accounts: tidyLines(l.Accounts)}
	}
	p.Source = p.Source.tidy()
}

// check finds every rule that p breaks.
func (p *MovementPolicyFields) check() []fault.Field {
	var c checker
	c.form(p)
	seen := make(map[string]bool)
	for i, l := range p.Levels {
		c.shortTitle(at("levels", i)+".name", l.Name, maxLevelName)
		if seen[l.Code] {
			c.add(ErrRepeated.At(at("levels", i) + ".code"))
		}
		seen[l.Code] = true
	}
	known := func(path string, codes []string) {
		named := make(map[string]bool)
		for i, code := range codes {
			if !seen[code] {
				c.add(ErrPolicyLevel.At(at(path, i)))
			}
			if named[code] {
				c.add(ErrRepeated.At(at(path, i)))
			}
			named[code] = true
		}
	}
	for i, rule := range p.Rules {
		known(at("rules", i)+".levels", rule.Levels)
	}
	known("otherwise", p.Otherwise)
	c.text("source.text", p.Source.Text, maxLine)
	return c.fields
}

// policy returns what is in force in org.
func (m *Movements) policy(ctx context.Context, r store.Reader, org actor.OrgID) (*MovementPolicy, error) {
	p, err := policyDocs.Get(ctx, r, string(org))
	if isGone(err) {
		p, err = &MovementPolicy{Fields: DefaultMovementPolicy()}, nil
		p.Meta = store.Meta{ID: string(org), Org: org}
	}
	return p, err
}

// Policy returns what is in force in org; Rev 0 is the default.
//
// Errors: ErrNotFound.
func (m *Movements) Policy(ctx context.Context, by actor.Actor, org actor.OrgID) (*MovementPolicy, error) {
	if !ids.ValidSlug(string(org)) || !by.Can(actor.MovementRead, org) {
		return nil, ErrNotFound.New()
	}
	return m.policy(ctx, m.s.st, org)
}

// SetPolicy stores the policy of org over revision rev, 0 when none is stored
// yet. It takes who keeps the accounts of the organisation: those who approve do
// not choose what they may approve. Orders that are already asked for keep their
// levels; who holds a level is asked when it is approved.
//
// Errors: ErrNotFound, ErrDenied, store.ErrConflict, fault.ErrInvalid.
func (m *Movements) SetPolicy(ctx context.Context, by actor.Actor, org actor.OrgID, rev int64, f MovementPolicyFields, reason string) (*MovementPolicy, error) {
	switch {
	case !ids.ValidSlug(string(org)):
		return nil, ErrNotFound.New()
	case by.Can(actor.AccountWrite, org):
	case by.Can(actor.MovementRead, org):
		return nil, ErrDenied.New()
	default:
		return nil, ErrNotFound.New()
	}
	f.tidy()
	if err := fault.InvalidFields(f.check()); err != nil {
		return nil, err
	}
	if err := needReason(reason); err != nil {
		return nil, err
	}
	p := &MovementPolicy{Fields: f}
	err := m.s.st.Update(ctx, by, func(tx *store.Tx) error {
		p.Meta = store.Meta{ID: string(org), Org: org, Rev: rev}
		tx.Describe("movement.policy", tidyText(reason))
		return policyDocs.Put(tx, p)
	})
	if err != nil {
		return nil, err
	}
	return p, nil
}
