package heritage

import (
	"context"

	"yijianyou/heritage/dating"
	"yijianyou/heritage/vocab"
	"yijianyou/internal/actor"
	"yijianyou/internal/fault"
	"yijianyou/search"
)

// Labels names the values of facets as by may know them: the published name of a
// museum for everybody, that of a hidden one for those who may read it. A value
// that is not known to him is its own label.
func (s *Service) Labels(by actor.Actor) search.Labels { return labelsFor{s, by} }

type labelsFor struct {
	s  *Service
	by actor.Actor
}

// Label implements search.Labels. City and county are their own labels in
// Chinese.
func (l labelsFor) Label(ctx context.Context, facet, value string, lang fault.Lang) string {
	for _, list := range facetLists[facet] {
		if t, ok := vocab.Must(list).Term(vocab.Code(value)); ok {
			return in(Text{ZH: t.ZH, EN: t.EN}, lang)
		}
	}
	switch facet {
	case "era":
		if zh, en, ok := dating.Code(value).Label(); ok {
			return in(Text{ZH: zh, EN: en}, lang)
		}
	case "city":
		if t, ok := vocab.Must("division").Find(value); ok {
			return in(Text{ZH: t.ZH, EN: t.EN}, lang)
		}
	case "museum":
		if name, ok := l.museum(ctx, value); ok {
			return in(name, lang)
		}
	}
	if t, ok := stateLabels[facet][value]; ok {
		return in(t, lang)
	}
	return value
}

// museum returns the name of a museum as the reader may know it.
func (l labelsFor) museum(ctx context.Context, id string) (Text, bool) {
	d, err := museumDocs.Get(ctx, l.s.st, id)
	switch {
	case err != nil: // a label is no more than a help
		return Text{}, false
	case d.Shown != nil:
		return d.Shown.Name, true
	}
	ok, err := l.s.Museums.mayRead(ctx, l.s.st, l.by, d)
	return d.Fields.Name, ok && err == nil
}

// facetLists are the code lists whose terms a facet holds.
var facetLists = map[string][]string{
	"category": {"relic-category", "place-kind"}, "material": {"material"}, "grade": {"relic-grade", "museum-grade"},
	"level": {"protection-level"}, "class": {"site-class"}, "type": {"site-type", "exhibition-kind"}, "condition": {"site-condition"},
}

// stateLabels name what is no code list: the three lives and the flags.
var stateLabels = map[string]map[string]Text{
	"ledger": {string(Pending): {"待入藏", "Pending"}, string(Held): {"在藏", "Held"}, string(OnLoan): {"借出", "On loan"},
		string(Transferred): {"调出", "Transferred"}, string(Deaccessioned): {"注销", "Deaccessioned"}},
	"review":      {string(Draft): {"草稿", "Draft"}, string(InReview): {"待审", "In review"}, string(Reviewed): {"已审", "Reviewed"}},
	"publication": {string(Hidden): {"不公开", "Hidden"}, string(Published): {"公开", "Published"}, string(Withdrawn): {"已撤回", "Withdrawn"}},
	"status": {string(Upcoming): {"即将开展", "Upcoming"}, string(Open): {"正在展出", "Open now"}, string(Closed): {"已结束", "Closed"},
		string(Permanent): {"常设", "Permanent"}},
	"free":       {"true": {"免费", "Free"}, "false": {"收费", "Paid"}},
	"onView":     {"true": {"正在展出", "On view"}},
	"simulated":  {"true": {"模拟数据", "Simulated"}},
	"unverified": {"true": {"待核", "Unverified"}},
}

func in(t Text, lang fault.Lang) string { return search.Text(t).In(lang) }
