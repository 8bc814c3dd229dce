package vocab

import (
	"strings"

	"golang.org/x/text/unicode/norm"
)

// Code is the stable name of a term: 1 to 60 of a-z, 0-9 and hyphen. Empty is unknown.
type Code string

// Term is one entry of a list.
type Term struct {
	Code    Code
	Parent  Code // "" at the top
	ZH, EN  string
	Aliases []string // other names in either language, for searching and imports

	// Group terms only gather others and are not chosen themselves.
	Group bool
}

// List is a code list.
type List struct {
	Name     string // in lower case with hyphens, as in its path of the API
	ZH, EN   string
	Source   string // where the terms are from
	Verified bool   // compared with the text of the standard itself
	terms    []Term
	byCode   map[Code]int
	byName   map[string]int
}

// Terms returns the terms in the order of the standard; a parent stands before
// its children. The slice must not be changed.
func (l *List) Terms() []Term { return l.terms }

// Term returns the term with code.
func (l *List) Term(code Code) (Term, bool) {
	i, ok := l.byCode[code]
	if !ok {
		return Term{}, false
	}
	return l.terms[i], true
}

// Has reports whether code is a term of l that a record may hold.
func (l *List) Has(code Code) bool {
	t, ok := l.Term(code)
	return ok && !t.Group
}

// Find returns the term that s names: its code, a label or an alias. Width,
// case, spaces and the form of commas make no difference. Groups are not found.
func (l *List) Find(s string) (Term, bool) {
	if t, ok := l.Term(Code(strings.TrimSpace(s))); ok && !t.Group {
		return t, true
	}
	i, ok := l.byName[fold(s)]
	if !ok {
		return Term{}, false
	}
	return l.terms[i], true
}

// Path returns the term with code and its ancestors, the nearest first. It is
// empty when there is no such term.
func (l *List) Path(code Code) []Term {
	var path []Term
	for code != "" {
		t, ok := l.Term(code)
		if !ok {
			break
		}
		path = append(path, t)
		code = t.Parent
	}
	return path
}

// Children returns the terms whose parent is code, "" for the top.
func (l *List) Children(code Code) []Term {
	var out []Term
	for _, t := range l.terms {
		if t.Parent == code {
			out = append(out, t)
		}
	}
	return out
}

// Words returns what is true of everything with this code: both labels of the term
// and of its ancestors. Aliases are not among them, for those of a broad term name
// parts of it (象牙 of 骨角牙).
func (l *List) Words(code Code) []string {
	var words []string
	for _, t := range l.Path(code) {
		words = append(words, t.ZH, t.EN)
	}
	return words
}

// fold brings a label into the form in which it is compared.
func fold(s string) string {
	s = strings.ToLower(norm.NFKC.String(s))
	return strings.Map(func(r rune) rune {
		switch r {
		case ' ', '\t', '\n', ',', '、', '，', '·', '.', '。', '-', '_', '(', ')', '/', '\'', '’', '“', '”', '"', '—', '~', '～':
			return -1
		}
		return r
	}, s)
}
