package vocab

import (
	"bufio"
	"embed"
	"fmt"
	"io/fs"
	"regexp"
	"sort"
	"strconv"
	"strings"
)

//go:embed data/*.tsv
var data embed.FS

// lists is every list by name, read from the embedded files.
var lists = mustLoad(data)

// Lists returns every list, by name.
func Lists() []*List {
	out := make([]*List, 0, len(lists))
	for _, l := range lists {
		out = append(out, l)
	}
	sort.Slice(out, func(i, j int) bool { return out[i].Name < out[j].Name })
	return out
}

// Must returns the list with that name and panics when there is none: for names
// written in the program.
func Must(name string) *List {
	l, ok := lists[name]
	if !ok {
		panic("vocab: no list " + name)
	}
	return l
}

func mustLoad(files fs.FS) map[string]*List {
	out := make(map[string]*List)
	paths, err := fs.Glob(files, "data/*.tsv")
	if err != nil || len(paths) == 0 {
		panic("vocab: no data files")
	}
	for _, path := range paths {
		raw, err := fs.ReadFile(files, path)
		if err != nil {
			panic("vocab: " + err.Error())
		}
		l, err := parse(string(raw))
		if err != nil {
			panic("vocab: " + path + ": " + err.Error())
		}
		if path != "data/"+l.Name+".tsv" {
			panic("vocab: " + path + " holds the list " + l.Name)
		}
		out[l.Name] = l
	}
	return out
}

var codeForm = regexp.MustCompile(`^[a-z0-9](?:[a-z0-9-]{0,58}[a-z0-9])?$`)

// parse reads a list. The head is lines "# key: value" with the keys list, zh,
// en, source and verified; then one line names the columns and each further
// line is a term, its cells parted by tabs. Columns: code zh en, and if needed
// parent aliases (parted by "|") flags ("group").
func parse(text string) (*List, error) {
	l := &List{byCode: make(map[Code]int), byName: make(map[string]int)}
	head := make(map[string]string)
	var columns []string
	sc := bufio.NewScanner(strings.NewReader(text))
	for n := 1; sc.Scan(); n++ {
		line := strings.TrimRight(sc.Text(), "\r")
		switch {
		case strings.TrimSpace(line) == "":
		case strings.HasPrefix(line, "#"):
			key, value, ok := strings.Cut(strings.TrimPrefix(line, "#"), ":")
			if !ok {
				return nil, fmt.Errorf("line %d: no key", n)
			}
			head[strings.TrimSpace(key)] = strings.TrimSpace(value)
		case columns == nil:
			columns = strings.Split(line, "\t")
		default:
			t, err := parseTerm(columns, strings.Split(line, "\t"))
			if err == nil {
				err = l.add(t)
			}
			if err != nil {
				return nil, fmt.Errorf("line %d: %w", n, err)
			}
		}
	}
	l.Name, l.ZH, l.EN, l.Source = head["list"], head["zh"], head["en"], head["source"]
	if l.Name == "" || l.ZH == "" || l.EN == "" || l.Source == "" {
		return nil, fmt.Errorf("the head needs list, zh, en and source")
	}
	var err error
	if l.Verified, err = strconv.ParseBool(head["verified"]); err != nil {
		return nil, fmt.Errorf("verified: %w", err)
	}
	if len(l.terms) == 0 {
		return nil, fmt.Errorf("no terms")
	}
	return l, nil
}

func parseTerm(columns, cells []string) (Term, error) {
	var t Term
	if len(cells) > len(columns) {
		return t, fmt.Errorf("%d cells in %d columns", len(cells), len(columns))
	}
	for i, cell := range cells {
		cell = strings.TrimSpace(cell)
		if cell == "" {
			continue
		}
		switch columns[i] {
		case "code":
			t.Code = Code(cell)
		case "parent":
			t.Parent = Code(cell)
		case "zh":
			t.ZH = cell
		case "en":
			t.EN = cell
		case "aliases":
			t.Aliases = strings.Split(cell, "|")
		case "flags":
			if cell != "group" {
				return t, fmt.Errorf("unknown flag")
			}
			t.Group = true
		default:
			return t, fmt.Errorf("unknown column %q", columns[i])
		}
	}
	if !codeForm.MatchString(string(t.Code)) || t.ZH == "" || t.EN == "" {
		return t, fmt.Errorf("a term needs a code, zh and en")
	}
	return t, nil
}

func (l *List) add(t Term) error {
	if _, ok := l.byCode[t.Code]; ok {
		return fmt.Errorf("code %s stands twice", t.Code)
	}
	if t.Parent != "" {
		if _, ok := l.byCode[t.Parent]; !ok {
			return fmt.Errorf("parent %s of %s does not stand before it", t.Parent, t.Code)
		}
	}
	l.byCode[t.Code] = len(l.terms)
	l.terms = append(l.terms, t)
	if t.Group {
		return nil
	}
	for _, name := range append([]string{t.ZH, t.EN}, t.Aliases...) {
		key := fold(name)
		if at, ok := l.byName[key]; ok && l.terms[at].Code != t.Code {
			return fmt.Errorf("%s and %s share a name", l.terms[at].Code, t.Code)
		}
		l.byName[key] = len(l.terms) - 1
	}
	return nil
}
