package media

import (
	"context"
	"slices"
	"strings"
	"unicode/utf8"

	"yijianyou/internal/actor"
	"yijianyou/internal/fault"
	"yijianyou/internal/store"
)

// Terms say whose an asset is and what others may do with it. The zero value
// names nobody and no licence, and lets published records show it.
type Terms struct {
	Holder   Text     `bson:"holder" json:"holder"`                                   // of the rights; at most 200 characters each
	Credit   Text     `bson:"credit" json:"credit"`                                   // the line to show with it; at most 300 characters each
	Licence  Licence  `bson:"licence,omitempty" json:"licence"`                       // one of Licences, "" is none
	Audience Audience `bson:"audience,omitempty" json:"audience" enum:"public,staff"` // Public, the default when empty: who sees the records that show it. Staff: never the public
}

// Licence is the URI of a licence or a statement of rights, as Presentation API
// 3.0 (rights) wants it: written with http.
type Licence string

// The licences and statements that an asset may be under.
const (
	CC0      Licence = "http://creativecommons.org/publicdomain/zero/1.0/"
	PDM      Licence = "http://creativecommons.org/publicdomain/mark/1.0/"
	CCBY     Licence = "http://creativecommons.org/licenses/by/4.0/"
	CCBYSA   Licence = "http://creativecommons.org/licenses/by-sa/4.0/"
	CCBYNC   Licence = "http://creativecommons.org/licenses/by-nc/4.0/"
	CCBYNCSA Licence = "http://creativecommons.org/licenses/by-nc-sa/4.0/"
	CCBYND   Licence = "http://creativecommons.org/licenses/by-nd/4.0/"
	CCBYNCND Licence = "http://creativecommons.org/licenses/by-nc-nd/4.0/"
	InC      Licence = "http://rightsstatements.org/vocab/InC/1.0/"
	InCEDU   Licence = "http://rightsstatements.org/vocab/InC-EDU/1.0/"
	InCNC    Licence = "http://rightsstatements.org/vocab/InC-NC/1.0/"
	InCRUU   Licence = "http://rightsstatements.org/vocab/InC-RUU/1.0/"
	NoCCR    Licence = "http://rightsstatements.org/vocab/NoC-CR/1.0/"
	NoCNC    Licence = "http://rightsstatements.org/vocab/NoC-NC/1.0/"
	NoCOKLR  Licence = "http://rightsstatements.org/vocab/NoC-OKLR/1.0/"
	CNE      Licence = "http://rightsstatements.org/vocab/CNE/1.0/"
	UND      Licence = "http://rightsstatements.org/vocab/UND/1.0/"
	NKC      Licence = "http://rightsstatements.org/vocab/NKC/1.0/"
)

// Licences returns every licence and statement, the open ones first.
func Licences() []Licence {
	return []Licence{CC0, PDM, CCBY, CCBYSA, CCBYNC, CCBYNCSA, CCBYND, CCBYNCND, InC, InCEDU, InCNC, InCRUU, NoCCR, NoCNC, NoCOKLR, CNE, UND, NKC}
}

// OpenLicences returns those that let everybody use and change a work, if need
// be with its credit: a smaller or marked picture would take back what they give.
func OpenLicences() []Licence { return Licences()[:4] }

// known reports whether l is one of Licences.
func (l Licence) known() bool { return slices.Contains(Licences(), l) }

// tidy brings l into the form in which it is stored.
func (l Licence) tidy() Licence {
	s := strings.TrimSpace(string(l))
	if rest, ok := strings.CutPrefix(s, "https://"); ok {
		s = "http://" + rest
	}
	return Licence(s)
}

const (
	maxHolder = 200 // characters
	maxCredit = 300 // characters
)

// tidy brings t into the form in which it is stored.
func (t Terms) tidy() Terms {
	t.Holder, t.Credit, t.Licence = t.Holder.line(), t.Credit.line(), t.Licence.tidy()
	if t.Audience == Public {
		t.Audience = ""
	}
	return t
}

// check returns every rule that t breaks.
func (t Terms) check() []fault.Field {
	fields := slices.Concat(t.Holder.check("holder", maxHolder), t.Credit.check("credit", maxCredit))
	if t.Licence != "" && !t.Licence.known() {
		fields = append(fields, ErrLicence.At("licence"))
	}
	if t.Audience != "" && t.Audience != Staff {
		fields = append(fields, ErrAudience.At("audience"))
	}
	return fields
}

// line returns t without breaks and spaces at its ends.
func (t Text) line() Text {
	one := func(s string) string { return strings.Join(strings.Fields(strings.ToValidUTF8(s, "")), " ") }
	return Text{ZH: one(t.ZH), EN: one(t.EN)}
}

// check refuses what is longer than most characters.
func (t Text) check(path string, most int) []fault.Field {
	var fields []fault.Field
	refuse := func(name, s string) {
		if utf8.RuneCountInString(s) > most {
			fields = append(fields, ErrLong.At(path+name, fault.P("max", most)))
		}
	}
	refuse(".zh", t.ZH)
	refuse(".en", t.EN)
	return fields
}

// SetTerms replaces the terms of the asset whose revision is rev. What the public
// gets follows in the same transaction. reason goes into the history; it is
// needed when published records show the asset.
//
// Errors: ErrNotFound, ErrDenied; ErrPolicyDenied when published records show the
// asset and by may not publish in its organisation; ErrTermsReason,
// store.ErrConflict, fault.ErrInvalid.
func (s *Service) SetTerms(ctx context.Context, by actor.Actor, id string, rev int64, t Terms, reason string) (*Asset, error) {
	t = t.tidy()
	reason = strings.TrimSpace(reason)
	var a *Asset
	err := s.st.Update(ctx, by, func(tx *store.Tx) (err error) {
		if a, err = s.Asset(tx.Context(), tx, id); err != nil {
			return err
		}
		if !mayRead(by, a.Org) {
			return ErrNotFound.New()
		}
		if !by.Can(actor.MediaWrite, a.Org) {
			return ErrDenied.New()
		}
		if len(a.Showers) > 0 && !mayPublish(by, a.Org) {
			return ErrPolicyDenied.New()
		}
		if err := fault.InvalidFields(t.check()); err != nil {
			return err
		}
		switch {
		case a.Rev != rev:
			return store.ErrConflict.New()
		case a.Terms == t:
			return nil
		case len(a.Showers) > 0 && reason == "":
			return fault.InvalidFields([]fault.Field{ErrTermsReason.At("reason")})
		}
		tx.Describe("media.terms", reason)
		a.Terms = t
		if err := assets.Put(tx, a); err != nil {
			return err
		}
		return s.follow(tx, a)
	})
	if err != nil {
		return nil, err
	}
	return a, nil
}
