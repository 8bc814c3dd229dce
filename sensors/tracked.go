package sensors

import (
	"slices"

	"yijianyou/internal/actor"
	"yijianyou/internal/store"
	"yijianyou/internal/store/series"
)

// tracked is a tag of which sightings come in.
type tracked struct {
	id    string
	tag   *Tag      // nil while it has not been needed
	state *TagState // nil when nothing is known of it
	from  []*Source // of the points
	batch series.Batch
	fresh []sighted // those that were not known yet, in their order
}

// org returns who has registered the tag, "" when nobody has. One that was seen
// is registered: it can no longer be removed.
func (w *tracked) org() actor.OrgID {
	switch {
	case w.tag != nil:
		return w.tag.Org
	case w.state != nil && w.state.LastSeenAt != nil:
		return w.state.Org
	}
	return ""
}

// tracked looks up what is known of the tags. The documents of those that were
// seen before are not needed while they rest, and they are the most.
func (t *tracker) tracked(ids []string) ([]*tracked, error) {
	states, err := tagStates.GetMany(t.ctx(), t.tx, ids)
	if err != nil {
		return nil, err
	}
	all, byID := make([]*tracked, len(ids)), make(map[string]*tracked, len(ids))
	for i, id := range ids {
		all[i] = &tracked{id: id}
		byID[id] = all[i]
	}
	for _, st := range states {
		byID[st.ID].state = st
	}
	return all, t.fetch(slices.DeleteFunc(slices.Clone(all), func(w *tracked) bool { return w.org() != "" }))
}

// fetch reads the documents of tags, where there are any.
func (t *tracker) fetch(list []*tracked) error {
	byID := make(map[string]*tracked, len(list))
	var ids []string
	for _, w := range list {
		if w.tag == nil {
			byID[w.id], ids = w, append(ids, w.id)
		}
	}
	docs, err := tagDocs.GetMany(t.ctx(), t.tx, ids)
	for _, tag := range docs {
		byID[tag.ID].tag = tag
	}
	return err
}

// quiet reports whether what came in changes nothing that must be written now.
func (w *tracked) quiet() bool {
	if len(w.fresh) == 0 {
		return true
	}
	if w.state == nil {
		w.state = &TagState{Meta: store.Meta{ID: w.id, Org: w.batch.Org}}
	}
	if w.state.Silent || !hourOf(w.fresh[len(w.fresh)-1].at).Equal(hourOf(w.state.seenAt())) {
		return false
	}
	if _, ok := w.state.rests(w.fresh); !ok {
		return false
	}
	_, shows := w.state.charged(w.fresh)
	return !shows && w.fresh[len(w.fresh)-1].at.Sub(w.state.seenAt()) < seenEvery
}
