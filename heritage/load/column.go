package load

import (
	"strings"

	"golang.org/x/text/width"

	"yijianyou/heritage"
	"yijianyou/heritage/vocab"
	"yijianyou/internal/fault"
)

// column is one item of a record as a column of a file.
type column[F heritage.Content] struct {
	key     string   // stable name, such as "period"
	zh, en  string   // headings when it is written
	aliases []string // other headings under which it is found
	path    string   // JSON path of the item in the record, for the rules of heritage
	read    func(f *F, cell string) []doubt
	write   func(f *F) string
}

// doubt is what a cell gives cause to say. A fatal one leaves the item unset.
type doubt struct {
	code   *fault.Code
	params []fault.Param
	fatal  bool
}

func wrong(code *fault.Code, params ...fault.Param) []doubt {
	return []doubt{{code: code, params: params, fatal: true}}
}

func unsure(code *fault.Code, params ...fault.Param) []doubt {
	return []doubt{{code: code, params: params}}
}

// plain brings a cell to half width and trims it: digits and signs typed with a
// Chinese input method are the same digits.
func plain(cell string) string { return strings.TrimSpace(width.Fold.String(cell)) }

// unknownWords are what people write when there is nothing to write.
var unknownWords = map[string]bool{"": true, "-": true, "—": true, "/": true, "无": true, "不详": true, "未知": true, "待考": true, "n/a": true, "unknown": true, "暂无": true, "缺": true}

func isUnknown(cell string) bool { return unknownWords[strings.ToLower(plain(cell))] }

// textColumn reads a text as it is.
func textColumn[F heritage.Content](key, zh, en, path string, at func(*F) *string, aliases ...string) column[F] {
	return column[F]{key: key, zh: zh, en: en, path: path, aliases: aliases,
		read:  func(f *F, cell string) []doubt { *at(f) = strings.TrimSpace(cell); return nil },
		write: func(f *F) string { return *at(f) }}
}

// listColumn reads several short texts separated by 、 ； ; or |.
func listColumn[F heritage.Content](key, zh, en, path string, at func(*F) *[]string, aliases ...string) column[F] {
	return column[F]{key: key, zh: zh, en: en, path: path, aliases: aliases,
		read:  func(f *F, cell string) []doubt { *at(f) = splitList(cell); return nil },
		write: func(f *F) string { return strings.Join(*at(f), "；") }}
}

func splitList(cell string) []string {
	var out []string
	for _, s := range strings.FieldsFunc(cell, func(r rune) bool { return strings.ContainsRune("、；;|\n", r) }) {
		if s = strings.TrimSpace(s); s != "" {
			out = append(out, s)
		}
	}
	return out
}

// codeColumn reads a term of a code list by code, label or alias.
func codeColumn[F heritage.Content](key, zh, en, path, list string, at func(*F) *vocab.Code, aliases ...string) column[F] {
	terms := vocab.Must(list)
	return column[F]{key: key, zh: zh, en: en, path: path, aliases: aliases,
		read: func(f *F, cell string) []doubt {
			t, ok := terms.Find(plain(cell))
			if !ok {
				return wrong(ErrTerm, fault.P("list", terms.ZH), fault.P("examples", examples(terms)))
			}
			*at(f) = t.Code
			return nil
		},
		write: func(f *F) string {
			t, _ := terms.Term(*at(f))
			return t.ZH
		}}
}

// codesColumn reads several terms of a code list.
func codesColumn[F heritage.Content](key, zh, en, path, list string, at func(*F) *[]vocab.Code, aliases ...string) column[F] {
	terms := vocab.Must(list)
	return column[F]{key: key, zh: zh, en: en, path: path, aliases: aliases,
		read: func(f *F, cell string) (out []doubt) {
			if t, ok := terms.Find(plain(cell)); ok { // a label may itself hold a separator
				*at(f) = []vocab.Code{t.Code}
				return nil
			}
			for _, s := range strings.FieldsFunc(plain(cell), func(r rune) bool { return strings.ContainsRune("、;,|/+\n", r) }) {
				t, ok := terms.Find(s)
				if !ok {
					return wrong(ErrTerm, fault.P("list", terms.ZH), fault.P("examples", examples(terms)))
				}
				*at(f) = append(*at(f), t.Code)
			}
			return nil
		},
		write: func(f *F) string {
			var labels []string
			for _, c := range *at(f) {
				t, _ := terms.Term(c)
				labels = append(labels, t.ZH)
			}
			return strings.Join(labels, "；")
		}}
}

// examples names the first few terms of a list, or all of a short one.
func examples(l *vocab.List) string {
	var out []string
	for _, t := range l.Terms() {
		if t.Group {
			continue
		}
		if len(out) == 6 {
			return strings.Join(out, "、") + "…"
		}
		out = append(out, t.ZH)
	}
	return strings.Join(out, "、")
}

// boolColumn reads yes or no; unknown stays nil.
func boolColumn[F heritage.Content](key, zh, en, path string, at func(*F) **bool, aliases ...string) column[F] {
	return column[F]{key: key, zh: zh, en: en, path: path, aliases: aliases,
		read: func(f *F, cell string) []doubt {
			var v bool
			switch strings.ToLower(plain(cell)) {
			case "是", "有", "已公布", "已", "√", "y", "yes", "true", "1":
				v = true
			case "否", "没有", "未公布", "未", "×", "x", "n", "no", "false", "0":
			default:
				return wrong(ErrYesNo)
			}
			*at(f) = &v
			return nil
		},
		write: func(f *F) string {
			switch v := *at(f); {
			case v == nil:
				return ""
			case *v:
				return "是"
			}
			return "否"
		}}
}
