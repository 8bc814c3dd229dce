package sensors

import (
	"context"

	"yijianyou/heritage"
	"yijianyou/internal/actor"
	"yijianyou/internal/fault"
	"yijianyou/internal/store"
	"yijianyou/media"
	"yijianyou/sensors/alarm"
)

// What can be wrong with a binding.
var (
	ErrBound = fault.Define(fault.Conflict, "sensors.bound",
		"标签已绑定文物。请先解除原来的绑定。", "The tag is bound already. Unbind it first.")
	ErrNotBound = fault.Define(fault.Conflict, "sensors.not_bound",
		"标签没有绑定文物，无需解除。", "The tag is bound to nothing, so there is nothing to end.")
	ErrBindRetired = fault.Define(fault.Conflict, "sensors.bind_retired",
		"标签已停用，不能绑定。请换一个，或先恢复使用。", "The tag is retired and cannot be bound. Take another, or put it back into use.")
	ErrOwnApproval = fault.Define(fault.Invalid, "sensors.own_approval",
		"在珍贵文物本体上作不可逆固定，须由他人批准，并写明批准人。", "What does not come off the body of a precious relic without a trace needs the approval of somebody else. Name that person.")
)

// warnIrreversible is of what comes off only with a trace.
var warnIrreversible = Warning{Code: "irreversible-on-precious", Text: heritage.Text{
	ZH: "固定方式不可逆，且在珍贵文物（含未定级）本体上：拆除会留下痕迹，须按修复程序办理。",
	EN: "Fixed for good to the body of a precious (or not yet graded) relic: it does not come off without a trace, and only under the rules of conservation."}}

// Warning is something that a screen must show beside a binding.
type Warning struct {
	Code string        `json:"code"` // never renamed
	Text heritage.Text `json:"text"`
}

// NewBinding is how a tag is to be joined to a relic; see Binding.
type NewBinding struct {
	RelicID    heritage.RelicID `json:"relicId" validate:"required,uuid"`
	Carrier    Carrier          `json:"carrier" validate:"oneof=body box base showcase"`
	Method     string           `json:"method" validate:"required,max=200"`
	Reversible bool             `json:"reversible"`
	ApprovedBy string           `json:"approvedBy" validate:"required,max=200"`
	PhotoID    string           `json:"photoId,omitempty" validate:"omitempty,uuid"`
}

// precious reports whether a grade is one of 珍贵文物; a relic that is not graded
// counts as precious.
func precious(grade string) bool {
	stake, _ := alarm.StakeOf(grade)
	return stake < alarm.Least
}

// grave reports whether a tag that is fixed so leaves a trace on a precious relic.
func grave(carrier Carrier, reversible bool, grade string) bool {
	return carrier == OnBody && !reversible && precious(grade)
}

// Bind joins the tag, whose revision is rev (0 any), to a relic of its
// organisation. Several tags may hang on one relic, a tag on one only.
//
// Errors: ErrNotFound, ErrDenied, store.ErrConflict, ErrBound, ErrBindRetired,
// fault.ErrInvalid with fields.
func (s *Service) Bind(ctx context.Context, by actor.Actor, id TagID, rev int64, n NewBinding) (*Tag, error) {
	n.Method, n.ApprovedBy = heritage.TidyLine(n.Method), heritage.TidyLine(n.ApprovedBy)
	return s.Tags.update(ctx, by, func(tx *store.Tx) (*Tag, error) {
		t, err := s.Tags.open(tx, string(id), rev)
		if err != nil {
			return nil, err
		}
		wrong, err := s.checkBinding(tx, t, &n)
		if err != nil {
			return nil, err
		}
		if err := fault.InvalidFields(wrong); err != nil {
			return nil, err
		}
		switch {
		case t.Binding != nil:
			return nil, ErrBound.New()
		case t.Fields.Retired:
			return nil, ErrBindRetired.New()
		}
		t.Binding = &Binding{ID: tx.NewID(), RelicID: n.RelicID, Carrier: n.Carrier, Method: n.Method, Reversible: n.Reversible,
			ApprovedBy: n.ApprovedBy, PhotoID: n.PhotoID, From: tx.Now(), By: heritage.PersonOf(by)}
		rec := &BindingRecord{Meta: store.Meta{ID: t.Binding.ID, Org: t.Org}, TagID: TagID(t.ID), OpenTag: TagID(t.ID), Binding: *t.Binding}
		tx.Describe("tag.bind", "")
		if err := tagDocs.Put(tx, t); err != nil {
			return nil, err
		}
		if err := bindingDocs.Put(tx, rec); err != nil {
			return nil, err
		}
		return t, s.carryIn(tx, t)
	})
}

// checkBinding finds what is wrong with a new binding of t.
func (s *Service) checkBinding(tx *store.Tx, t *Tag, n *NewBinding) ([]fault.Field, error) {
	var c heritage.Findings
	c.Form(n)
	if len(c.Fields()) > 0 {
		return c.Fields(), nil
	}
	relic, err := s.catalogue.RelicGlance(tx.Context(), tx, n.RelicID)
	if err := sameOrg(&c, "relicId", t.Org, relic.Org, err); err != nil {
		return nil, err
	}
	if grave(n.Carrier, n.Reversible, relic.Grade) && n.ApprovedBy == tx.Actor().Name {
		c.Add(ErrOwnApproval.At("approvedBy"))
	}
	if n.PhotoID != "" {
		if err := media.Guard(tx, n.PhotoID); err != nil {
			return nil, err
		}
		a, err := s.assets.Asset(tx.Context(), tx, n.PhotoID)
		if err != nil && fault.KindOf(err) != fault.NotFound {
			return nil, err
		}
		if err != nil || a.Org != t.Org {
			c.Add(heritage.ErrAsset.At("photoId"))
		}
	}
	return c.Fields(), nil
}

// Unbind ends the binding of the tag, whose revision is rev (0 any).
//
// Errors: ErrNotFound, ErrDenied, store.ErrConflict, ErrNotBound,
// fault.ErrInvalid without a reason.
func (s *Service) Unbind(ctx context.Context, by actor.Actor, id TagID, rev int64, reason string) (*Tag, error) {
	return s.Tags.update(ctx, by, func(tx *store.Tx) (*Tag, error) {
		t, err := s.Tags.open(tx, string(id), rev)
		if err != nil {
			return nil, err
		}
		why, err := heritage.NeedReason(reason)
		if err != nil {
			return nil, err
		}
		if t.Binding == nil {
			return nil, ErrNotBound.New()
		}
		rec, err := bindingDocs.Get(tx.Context(), tx, t.Binding.ID)
		if err != nil {
			return nil, err
		}
		now, person := tx.Now(), heritage.PersonOf(by)
		rec.OpenTag, rec.Until, rec.EndedBy, rec.EndReason = "", &now, &person, why
		t.Binding = nil
		tx.Describe("tag.unbind", why)
		if err := tagDocs.Put(tx, t); err != nil {
			return nil, err
		}
		if err := bindingDocs.Put(tx, rec); err != nil {
			return nil, err
		}
		return t, s.carryIn(tx, t)
	})
}

// carryIn writes what the tag hangs on into its state, and lets the alarms of the
// tag itself follow.
func (s *Service) carryIn(tx *store.Tx, t *Tag) error {
	state, err := found(tagStates.Get(tx.Context(), tx, t.ID))
	if err != nil {
		return err
	}
	if state == nil {
		state = &TagState{Meta: store.Meta{ID: t.ID, Org: t.Org}}
	}
	state.RelicID, state.Carrier = "", ""
	if t.Binding != nil {
		state.RelicID, state.Carrier = t.Binding.RelicID, t.Binding.Carrier
	}
	if err := tagStates.Put(tx, state); err != nil {
		return err
	}
	return s.tracker(tx, tx.Now()).rebound(t, state)
}

// Bindings returns the bindings of a tag, the newest first.
//
// Errors: ErrNotFound, store.ErrCursor.
func (s *Service) Bindings(ctx context.Context, by actor.Actor, id TagID, limit int, after store.Cursor) (store.Page[BindingRecord], error) {
	t, err := s.Tags.read(ctx, s.st, by, string(id))
	if err != nil {
		return store.Page[BindingRecord]{}, err
	}
	return bindingDocs.Find(ctx, s.st, store.Query{Index: "byTag", Equal: []any{t.ID}, Reverse: true, Limit: limit, After: after})
}

// Bound is what a screen shows of a binding beside the binding itself.
type Bound struct {
	RelicName heritage.Text // empty when the record is gone
	Number    string        // 藏品编号; "" none, or gone
	Grade     string        // list relic-grade; "" not graded, or gone
	Proves    heritage.Text
	Warnings  []Warning
}

// Bound returns what to show of a binding. It asks nobody's right: the binding
// was read from the register.
func (s *Service) Bound(ctx context.Context, b *Binding) (Bound, error) {
	relic, err := s.catalogue.RelicGlance(ctx, s.st, b.RelicID)
	if err != nil && fault.KindOf(err) != fault.NotFound {
		return Bound{}, err
	}
	out := Bound{RelicName: relic.Name, Number: relic.Number, Grade: relic.Grade, Proves: b.Carrier.Proves(), Warnings: []Warning{}}
	if grave(b.Carrier, b.Reversible, relic.Grade) {
		out.Warnings = append(out.Warnings, warnIrreversible)
	}
	return out, nil
}
