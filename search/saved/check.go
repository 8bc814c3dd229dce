package saved

import (
	"net/url"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"yijianyou/internal/fault"
	"yijianyou/search"
)

// What can be wrong with a saved search.
var (
	ErrName = fault.Define(fault.Invalid, "saved.name",
		"请给检索起个名称，1 至 {max} 字，不含换行。", "Give the search a name of 1 to {max} characters on one line.")
	ErrQuery = fault.Define(fault.Invalid, "saved.query",
		"检索条件只能含 q、kind、period、near、box、within、placed、sort 和 facet.筛选项，编码后不超过 {max} 字节。",
		"The question may hold q, kind, period, near, box, within, placed, sort and facet.NAME only, and at most {max} bytes when encoded.")
	ErrTaken = fault.Define(fault.Conflict, "saved.taken",
		"您在该单位已有同名的检索。请换一个名称。", "You have a search of this name there already. Choose another name.")
	ErrTooMany = fault.Define(fault.Conflict, "saved.too_many",
		"每人最多保存 {max} 个检索。请先删除不用的。", "One person keeps at most {max} searches. Remove one that is not used.")
	ErrNotFound = fault.Define(fault.NotFound, "saved.not_found",
		"没有这个检索，可能已删除或不再共享。", "There is no such search; it may have been removed or is no longer shared.")
	ErrDenied = fault.Define(fault.Denied, "saved.denied",
		"只有保存者可以更改；共享的检索也可由该单位的账号管理员删除。", "Only its owner may change it; one that is shared may also be removed by who rules the accounts of the organisation.")
	ErrOrg = fault.Define(fault.Invalid, "saved.org",
		"请选择一个您有权查看的单位。", "Choose an organisation in which you may read.")
)

// Limits of what is saved.
const (
	maxName  = 60    // characters
	maxQuery = 2_048 // bytes when encoded
	maxOwn   = 200   // searches of one person
)

// asked are the parameters of a question, beside those of facets.
var asked = []string{"q", "kind", "period", "near", "box", "within", "placed", "sort"}

// tidy brings f into its one form and returns what is wrong with it.
func (f *Fields) tidy() []fault.Field {
	var wrong []fault.Field
	f.Name = strings.TrimSpace(f.Name)
	if n := utf8.RuneCountInString(f.Name); n == 0 || n > maxName || !utf8.ValidString(f.Name) || strings.ContainsFunc(f.Name, unicode.IsControl) {
		wrong = append(wrong, ErrName.At("name", fault.P("max", maxName)))
	}
	query, ok := normalQuery(f.Query)
	if !ok {
		wrong = append(wrong, ErrQuery.At("query", fault.P("max", maxQuery)))
	}
	f.Query = query
	return wrong
}

// normalQuery writes a question with its parameters in order and empty ones left
// out; ok is false when it holds anything else.
func normalQuery(raw string) (query string, ok bool) {
	if len(raw) > maxQuery {
		return "", false
	}
	values, err := url.ParseQuery(raw)
	if err != nil {
		return "", false
	}
	for name, list := range values {
		facet, isFacet := strings.CutPrefix(name, "facet.")
		if isFacet && !search.ValidFacet(facet) || !isFacet && !slices.Contains(asked, name) || len(list) > search.MaxFacetValues {
			return "", false
		}
		kept := slices.DeleteFunc(list, func(v string) bool { return v == "" })
		if slices.ContainsFunc(kept, func(v string) bool { return !utf8.ValidString(v) }) {
			return "", false
		}
		if values[name] = kept; len(kept) == 0 {
			delete(values, name)
		}
	}
	query = values.Encode()
	return query, len(query) <= maxQuery
}
