package media

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"

	"yijianyou/internal/actor"
	"yijianyou/internal/fault"
	"yijianyou/internal/ids"
	"yijianyou/internal/store"
)

// Policy says what the public gets of the pictures of an organisation. Its
// document id is the organisation.
type Policy struct {
	store.Meta `bson:",inline"`
	Rules      []Rule `bson:"rules"` // for each grade under which a picture is shown the first that fits decides; none is no limit
}

// Rule fits a picture when all that it asks is so. A rule that asks nothing fits
// every picture.
type Rule struct {
	Name      Text      `bson:"name" json:"name"`                                    // for people, such as 珍贵文物; at most 60 characters each
	Grades    []string  `bson:"grades,omitempty" json:"grades" nullable:"false"`     // grade of what the picture shows: one of these. Codes of Config.Grades; "" is something without a grade
	Licences  []Licence `bson:"licences,omitempty" json:"licences" nullable:"false"` // of the picture: one of these; "" is none named
	MaxSize   int       `bson:"maxSize,omitempty" json:"maxSize"`                    // longest side in pixels that the public gets; 0 is no limit, else at least MinPublicSize
	Watermark string    `bson:"watermark,omitempty" json:"watermark"`                // words across what the public gets, at most 40 characters that the font has; "" is none
}

// MinPublicSize is the smallest MaxSize: below it a picture shows nothing.
const MinPublicSize = 256

const (
	maxRules     = 50
	maxRuleName  = 60     // characters
	maxWatermark = 40     // characters
	maxMaxSize   = 40_000 // pixels, as pyramid has it
)

var policies = store.Define[Policy](store.Spec{Name: "picturepolicies", Schema: 1, History: true, Feed: true})

// fits reports whether the rule holds for a picture under licence of something
// of the grade.
func (r Rule) fits(grade string, licence Licence) bool {
	return (len(r.Grades) == 0 || slices.Contains(r.Grades, grade)) && (len(r.Licences) == 0 || slices.Contains(r.Licences, licence))
}

// rights returns what the public gets of a, which it may see, and which rules
// hold, counted from 1. The strictest size of them holds, and the mark of the
// first that has one.
func (p *Policy) rights(a *Asset) (Rights, []int) {
	out := Rights{Audience: Public}
	if a.Type != "" && a.Type != ImageType { // the rules are of pictures
		return out, nil
	}
	var held []int
	for _, s := range a.Showers {
		grades := s.Grades
		if grades == nil {
			grades = p.grades()
		}
		for _, grade := range grades {
			if i := slices.IndexFunc(p.Rules, func(r Rule) bool { return r.fits(grade, a.Terms.Licence) }); i >= 0 {
				held = append(held, i+1)
			}
		}
	}
	slices.Sort(held)
	held = slices.Compact(held)
	for _, n := range held {
		r := p.Rules[n-1]
		if r.MaxSize != 0 && (out.MaxSize == 0 || r.MaxSize < out.MaxSize) {
			out.MaxSize = r.MaxSize
		}
		if out.Watermark == "" {
			out.Watermark = r.Watermark
		}
	}
	return out, held
}

// grades returns every grade of which p speaks, and "".
func (p *Policy) grades() []string {
	out := []string{""}
	for _, r := range p.Rules {
		out = append(out, r.Grades...)
	}
	return out
}

// policy returns what is in force in org.
func (s *Service) policy(ctx context.Context, r store.Reader, org actor.OrgID) (*Policy, error) {
	p, err := policies.Get(ctx, r, string(org))
	if errors.Is(err, store.ErrNotFound) {
		return &Policy{Meta: store.Meta{ID: string(org), Org: org}, Rules: s.cfg.Rules}, nil
	}
	return p, err
}

// Policy returns what is in force in org; Rev 0 is the default of the program.
//
// Errors: ErrNotFound, also when by may not read what org has.
func (s *Service) Policy(ctx context.Context, by actor.Actor, org actor.OrgID) (*Policy, error) {
	if !ids.ValidSlug(string(org)) || !mayRead(by, org) {
		return nil, ErrNotFound.New()
	}
	return s.policy(ctx, s.st, org)
}

// SetPolicy stores the policy of org over revision rev, 0 when none is stored
// yet. It holds for every picture from the moment it returns: what the public
// may no longer see is not served, and what it may see newly is served as soon as
// it is made.
//
// Errors: ErrNotFound, ErrPolicyDenied for those who may not publish in org,
// ErrPolicyReason, store.ErrConflict, fault.ErrInvalid.
func (s *Service) SetPolicy(ctx context.Context, by actor.Actor, org actor.OrgID, rev int64, rules []Rule, reason string) (*Policy, error) {
	switch {
	case !ids.ValidSlug(string(org)) || !mayRead(by, org):
		return nil, ErrNotFound.New()
	case !mayPublish(by, org):
		return nil, ErrPolicyDenied.New()
	}
	rules = tidyRules(rules)
	fields, err := s.checkRules(rules)
	if err != nil {
		return nil, err
	}
	if reason = strings.TrimSpace(reason); reason == "" {
		fields = append(fields, ErrPolicyReason.At("reason"))
	}
	if err := fault.InvalidFields(fields); err != nil {
		return nil, err
	}
	p := &Policy{Rules: rules}
	err = s.st.Update(ctx, by, func(tx *store.Tx) error {
		p.Meta = store.Meta{ID: string(org), Org: org, Rev: rev}
		tx.Describe("media.rules", reason)
		if err := policies.Put(tx, p); err != nil {
			return err
		}
		_, err := store.Enqueue(tx, store.NewJob{Kind: JobRedraw, Key: string(org), Org: org, Payload: orgJob{Org: string(org)}})
		return err
	})
	if err != nil {
		return nil, err
	}
	return p, nil
}

// tidyRules brings rules into the form in which they are stored.
func tidyRules(rules []Rule) []Rule {
	out := make([]Rule, len(rules))
	for i, r := range rules {
		r.Name, r.Watermark = r.Name.line(), Text{ZH: r.Watermark}.line().ZH
		r.Grades, r.Licences = slices.Clone(r.Grades), slices.Clone(r.Licences)
		for k, l := range r.Licences {
			r.Licences[k] = l.tidy()
		}
		out[i] = r
	}
	return out
}

// checkRules finds every rule of policies that rules break.
func (s *Service) checkRules(rules []Rule) ([]fault.Field, error) {
	var fields []fault.Field
	if len(rules) > maxRules {
		return []fault.Field{ErrRules.At("rules", fault.P("max", maxRules))}, nil
	}
	for i, r := range rules {
		at := func(format string, v ...any) string { return fmt.Sprintf("rules[%d].", i) + fmt.Sprintf(format, v...) }
		fields = append(fields, r.Name.check(at("name"), maxRuleName)...)
		for k, g := range r.Grades {
			if g != "" && !slices.Contains(s.cfg.Grades, g) {
				fields = append(fields, ErrGrade.At(at("grades[%d]", k)))
			}
		}
		for k, l := range r.Licences {
			if l != "" && !l.known() {
				fields = append(fields, ErrLicence.At(at("licences[%d]", k)))
			}
		}
		if r.MaxSize != 0 && (r.MaxSize < MinPublicSize || r.MaxSize > maxMaxSize) {
			fields = append(fields, ErrMaxSize.At(at("maxSize"), fault.P("min", MinPublicSize)))
		}
		wrong, err := s.checkWatermark(at("watermark"), r.Watermark)
		if err != nil {
			return nil, err
		}
		fields = append(fields, wrong...)
	}
	return fields, nil
}
