package sensors

import (
	"context"
	"regexp"
	"strings"
	"time"

	"yijianyou/heritage"
	"yijianyou/internal/actor"
	"yijianyou/internal/fault"
	"yijianyou/internal/store"
)

// What can be wrong with a tag.
var (
	ErrTagID = fault.Define(fault.Invalid, "sensors.tag_id",
		"标签编号为 4 至 64 位十六进制数字（EPC 或序列号）。", "A tag is named by its EPC or serial: 4 to 64 hexadecimal digits.")
	ErrTagSilent = fault.Define(fault.Invalid, "sensors.tag_silent",
		"失联时限为 {min} 至 {max} 秒；填 0 表示不判断失联。", "A tag counts as silent after {min} to {max} seconds; 0 is never.")
	ErrRetireBound = fault.Define(fault.Invalid, "sensors.retire_bound",
		"标签还绑定着文物，不能停用。请先解除绑定。", "The tag is bound to a relic and cannot be retired. Unbind it first.")
	ErrTagBound = fault.Define(fault.Conflict, "sensors.tag_bound",
		"标签还绑定着文物，不能删除。请先解除绑定。", "The tag is bound to a relic and cannot be removed. Unbind it first.")
	ErrTagUsed = fault.Define(fault.Conflict, "sensors.tag_used",
		"标签已有绑定或位置记录，不能删除，否则记录失去出处。请改为停用。", "The tag was bound or seen and cannot be removed, or nobody would know what the records are of. Retire it instead.")
)

const (
	minTagSilentS = 30
	maxTagSilentS = 604800
)

var tagID = regexp.MustCompile(`^[0-9a-f]{4,64}$`)

// ValidTagID reports whether s is a TagID.
func ValidTagID(s string) bool { return tagID.MatchString(s) }

// tagRules is what is particular to tags.
type tagRules struct{ s *Service }

var _ kind[Tag, TagFields] = tagRules{}

func (tagRules) noun() string                { return "tag" }
func (tagRules) fields(t *Tag) *TagFields    { return &t.Fields }
func (tagRules) sees(actor.Actor, *Tag) bool { return true }

// newID takes the digits as readers print them, in capitals and with spaces.
func (tagRules) newID(id string) (string, []fault.Field) {
	id = strings.ToLower(strings.Join(strings.Fields(id), ""))
	if !ValidTagID(id) {
		return "", []fault.Field{ErrTagID.At("id")}
	}
	return id, nil
}

func (tagRules) check(f *TagFields) []fault.Field {
	f.Label = heritage.TidyLine(f.Label)
	var c heritage.Findings
	c.Form(f)
	if f.SilentAfterS != 0 && (f.SilentAfterS < minTagSilentS || f.SilentAfterS > maxTagSilentS) {
		c.Add(ErrTagSilent.At("silentAfterS", fault.P("min", minTagSilentS), fault.P("max", maxTagSilentS)))
	}
	return c.Fields()
}

func (tagRules) checkIn(_ *store.Tx, t *Tag, f *TagFields) ([]fault.Field, error) {
	if f.Retired && t.Binding != nil {
		return []fault.Field{ErrRetireBound.At("retired")}, nil
	}
	return nil, nil
}

// changedIn lets the watch look again at a tag that may now be silent sooner or
// later than was meant.
func (tagRules) changedIn(tx *store.Tx, t *Tag) error {
	state, err := found(tagStates.Get(tx.Context(), tx, t.ID))
	if err != nil || state == nil {
		return err
	}
	was := state.DueAt
	state.await(t, time.Time{}, time.Time{})
	if sameTime(was, state.DueAt) {
		return nil
	}
	return tagStates.Put(tx, state)
}

func (tagRules) removeIn(tx *store.Tx, t *Tag) error {
	if t.Binding != nil {
		return ErrTagBound.New()
	}
	n, err := bindingDocs.Count(tx.Context(), tx, store.Query{Index: "byTag", Equal: []any{t.ID}}, 1)
	if err != nil {
		return err
	}
	state, err := found(tagStates.Get(tx.Context(), tx, t.ID))
	if err != nil {
		return err
	}
	if n > 0 || state != nil && state.LastSeenAt != nil {
		return ErrTagUsed.New()
	}
	if state == nil {
		return nil
	}
	return tagStates.Delete(tx, state.ID, state.Rev, "")
}

func (tagRules) hide(context.Context, store.Reader, actor.Actor, []*Tag) error { return nil }

func (tagRules) query(_ context.Context, _ actor.Actor, f Filter) (store.Query, error) {
	switch {
	case f.Zone != "" || f.ZoneKind != "":
		return store.Query{}, ErrFilter.New()
	case f.Relic != "":
		return store.Query{Index: "byRelic", Equal: []any{string(f.Relic)}}, nil
	}
	return store.Query{Index: "byOrg", Equal: []any{string(f.Org)}}, nil
}

// TagStates returns where the tags are, by the id of the tag; one of which
// nothing is known is missing. Tags come from the register, which has decided
// that by may see them. Of a tag that is in a store, or seems to go to one or come
// from one, those who may not know of stores are told when it was last seen and
// how it is, but not where.
func (s *Service) TagStates(ctx context.Context, by actor.Actor, tags []*Tag) (map[string]*TagState, error) {
	all := make([]string, 0, len(tags))
	for _, t := range tags {
		all = append(all, t.ID)
	}
	states, err := tagStates.GetMany(ctx, s.st, all)
	if err != nil {
		return nil, err
	}
	var zones []ZoneID
	for _, st := range states {
		if !by.Can(actor.LocationRead, st.Org) {
			zones = append(zones, st.ZoneID, st.CandidateID, st.TwinID)
		}
	}
	secret, err := storesAmong(ctx, s.st, zones)
	if err != nil {
		return nil, err
	}
	out := make(map[string]*TagState, len(states))
	for _, st := range states {
		if (secret[st.ZoneID] || secret[st.CandidateID] || secret[st.TwinID]) && !by.Can(actor.LocationRead, st.Org) {
			st.ZoneID, st.Since, st.CandidateID, st.CandidateSince, st.TwinID, st.LastDevice = "", nil, "", nil, "", ""
		}
		out[st.ID] = st
	}
	return out, nil
}

// Confidence returns how sure it is now that a tag is where st says, 0 to 1.
func (s *Service) Confidence(st *TagState) float64 { return st.Confidence(s.st.Now()) }
