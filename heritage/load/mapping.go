package load

import (
	"strings"

	"yijianyou/heritage"
	"yijianyou/internal/fault"
)

// Item is an item of a record that a column can be mapped to, for screens.
type Item struct {
	Key  string        `json:"key"`
	Name heritage.Text `json:"name"`
}

// heading brings a heading into the form in which it is compared: half width,
// lower case, no spaces, brackets as ASCII, no marks of a required item.
func heading(s string) string {
	s = strings.ToLower(plain(s))
	return strings.NewReplacer(" ", "", "（", "(", "）", ")", "*", "", "：", "", ":", "", "\n", "").Replace(s)
}

// guess maps each heading of a file to the key of a column, "" where none fits.
// The first heading that names a column takes it.
func guess[F heritage.Content](columns []column[F], header []string) []string {
	known := make(map[string]string)
	name := func(s, key string) {
		if h := heading(s); known[h] == "" {
			known[h] = key
		}
	}
	for _, c := range columns {
		name(c.zh, c.key)
		name(c.en, c.key)
		name(c.key, c.key)
	}
	for _, c := range columns {
		for _, a := range c.aliases {
			name(a, c.key)
		}
	}
	out, taken := make([]string, len(header)), make(map[string]bool)
	for i, h := range header {
		key := known[heading(h)]
		if key != "" && !taken[key] {
			out[i], taken[key] = key, true
		}
	}
	return out
}

// checkMapping refuses a mapping that names an unknown item or one item twice,
// or that has no name.
func checkMapping[F heritage.Content](columns []column[F], mapping []string, width int) error {
	keys := make(map[string]bool)
	for _, c := range columns {
		keys[c.key] = true
	}
	seen := make(map[string]bool)
	if len(mapping) != width {
		return ErrMapping.New()
	}
	for _, key := range mapping {
		if key == "" {
			continue
		}
		if !keys[key] || seen[key] {
			return ErrMapping.New()
		}
		seen[key] = true
	}
	if !seen["name"] {
		return ErrNoName.New()
	}
	return nil
}

// read fills f from the cells of a row under a mapping and returns what is
// doubtful, by column of the file.
func read[F heritage.Content](columns []column[F], mapping, cells []string, f *F) []Problem {
	var out []Problem
	at := make(map[string]int, len(mapping))
	for i, key := range mapping {
		if key != "" {
			at[key] = i
		}
	}
	for _, c := range columns { // in the order of the table: a kind of number after the number
		i, ok := at[c.key]
		if !ok || i >= len(cells) || isUnknown(cells[i]) {
			continue
		}
		for _, d := range c.read(f, cells[i]) {
			out = append(out, problem(i, d.code, d.params, d.fatal))
		}
	}
	return out
}

// columnOf returns the column of the file from which the item at a JSON path of
// the record was read, -1 if none.
func columnOf[F heritage.Content](columns []column[F], mapping []string, path string) int {
	best, length := -1, -1
	for _, c := range columns {
		if c.path != path && !strings.HasPrefix(path, c.path+".") && !strings.HasPrefix(path, c.path+"[") && !strings.HasPrefix(c.path, path+".") {
			continue
		}
		for i, key := range mapping {
			if key == c.key && len(c.path) > length {
				best, length = i, len(c.path)
			}
		}
	}
	return best
}

func problem(column int, code *fault.Code, params []fault.Param, fatal bool) Problem {
	return Problem{Column: column, Code: code.ID(), Fatal: fatal,
		Message: heritage.Text{ZH: code.Text(fault.Chinese, params...), EN: code.Text(fault.English, params...)}}
}
