package dating

import (
	"strings"
	"unicode"
)

type kind uint8

const (
	tUnknown kind = iota
	tName         // a period
	tReign        // a reign title
	tOrdinal      // a year of a reign: n
	tNumber       // a year, century or decade: num
	tPart         // early, middle, late: parts
	tPhase        // a numbered phase of a culture: n
	tList         // and
	tRange        // to
	tOpen         // (
	tClose        // )
	tDot          // ·
	tApprox       // circa
	tNow          // today
	tBefore       // 以前
	tAfter        // 以后
	tNoise        // says nothing of its own
)

type token struct {
	kind   kind
	at     int // first rune
	end    int // behind the last
	period *entry
	word   string
	n      int
	num    number
	parts  []part
	prefix bool // a part that stands before its period
}

// part is a share of a period.
type part struct {
	early, middle, late bool    // a third, or what the table says
	lo, hi              float64 // else a share, 0 to 1
}

var (
	early  = part{early: true, lo: 0, hi: 1.0 / 3}
	middle = part{middle: true, lo: 1.0 / 3, hi: 2.0 / 3}
	late   = part{late: true, lo: 2.0 / 3, hi: 1}
	outset = part{lo: 0, hi: 0.25}
	ending = part{lo: 0.75, hi: 1}
	first  = part{lo: 0, hi: 0.5}
	second = part{lo: 0.5, hi: 1}
)

// word is a fixed word that is no period.
type word struct {
	text   string
	kind   kind
	parts  []part
	prefix bool
}

// words are tried in this order: longer before shorter where one begins the other.
var words = []word{
	{text: "早中期", kind: tPart, parts: []part{early, middle}}, {text: "中晚期", kind: tPart, parts: []part{middle, late}},
	{text: "中后期", kind: tPart, parts: []part{middle, late}}, {text: "早期", kind: tPart, parts: []part{early}},
	{text: "初期", kind: tPart, parts: []part{outset}}, {text: "前期", kind: tPart, parts: []part{first}},
	{text: "前半期", kind: tPart, parts: []part{first}}, {text: "中期", kind: tPart, parts: []part{middle}},
	{text: "中叶", kind: tPart, parts: []part{middle}}, {text: "晚期", kind: tPart, parts: []part{late}},
	{text: "后期", kind: tPart, parts: []part{second}}, {text: "后半期", kind: tPart, parts: []part{second}},
	{text: "末期", kind: tPart, parts: []part{ending}}, {text: "上半叶", kind: tPart, parts: []part{first}},
	{text: "前半叶", kind: tPart, parts: []part{first}}, {text: "下半叶", kind: tPart, parts: []part{second}},
	{text: "后半叶", kind: tPart, parts: []part{second}}, {text: "末年", kind: tPart, parts: []part{ending}},
	{text: "初年", kind: tPart, parts: []part{outset}}, {text: "初", kind: tPart, parts: []part{outset}},
	{text: "末", kind: tPart, parts: []part{ending}}, {text: "早", kind: tPart, parts: []part{early}, prefix: true},
	{text: "晚", kind: tPart, parts: []part{late}, prefix: true},
	{text: "first half of", kind: tPart, parts: []part{first}, prefix: true}, {text: "second half of", kind: tPart, parts: []part{second}, prefix: true},
	{text: "beginning of", kind: tPart, parts: []part{outset}, prefix: true}, {text: "end of", kind: tPart, parts: []part{ending}, prefix: true},
	{text: "early", kind: tPart, parts: []part{early}, prefix: true}, {text: "middle", kind: tPart, parts: []part{middle}, prefix: true},
	{text: "mid~", kind: tPart, parts: []part{middle}, prefix: true}, {text: "mid", kind: tPart, parts: []part{middle}, prefix: true},
	{text: "late", kind: tPart, parts: []part{late}, prefix: true},
	{text: "以前", kind: tBefore}, {text: "之前", kind: tBefore}, {text: "以后", kind: tAfter}, {text: "之后", kind: tAfter}, {text: "以来", kind: tAfter},
	{text: "迄今", kind: tNow}, {text: "今", kind: tNow}, {text: "现在", kind: tNow}, {text: "present", kind: tNow}, {text: "today", kind: tNow}, {text: "now", kind: tNow},
	{text: "至", kind: tRange}, {text: "到", kind: tRange}, {text: "~", kind: tRange}, {text: "through", kind: tRange}, {text: "until", kind: tRange}, {text: "to", kind: tRange},
	{text: "、", kind: tList}, {text: ",", kind: tList}, {text: ";", kind: tList}, {text: "/", kind: tList}, {text: "及", kind: tList}, {text: "和", kind: tList},
	{text: "与", kind: tList}, {text: "暨", kind: tList}, {text: "或", kind: tList}, {text: "and", kind: tList}, {text: "or", kind: tList}, {text: "&", kind: tList},
	{text: "(", kind: tOpen}, {text: ")", kind: tClose}, {text: "·", kind: tDot},
	{text: "大约", kind: tApprox}, {text: "约", kind: tApprox}, {text: "circa", kind: tApprox}, {text: "about", kind: tApprox}, {text: "probably", kind: tApprox},
	{text: "approximately", kind: tApprox}, {text: "ca.", kind: tApprox}, {text: "ca", kind: tApprox}, {text: "c.", kind: tApprox}, {text: "c", kind: tApprox},
	{text: "可能", kind: tApprox}, {text: "左右", kind: tApprox}, {text: "前后", kind: tApprox},
	{text: "时代", kind: tNoise}, {text: "时期", kind: tNoise}, {text: "年间", kind: tNoise}, {text: "王朝", kind: tNoise}, {text: "文化", kind: tNoise}, {text: "朝", kind: tNoise},
	{text: "代", kind: tNoise}, {text: "期", kind: tNoise}, {text: "年", kind: tNoise}, {text: "墓", kind: tNoise}, {text: "重修", kind: tNoise}, {text: "重建", kind: tNoise},
	{text: "迁建", kind: tNoise}, {text: "始建", kind: tNoise}, {text: "建", kind: tNoise}, {text: "dynasties", kind: tNoise}, {text: "dynasty", kind: tNoise},
	{text: "periods", kind: tNoise}, {text: "period", kind: tNoise}, {text: "cultures", kind: tNoise}, {text: "culture", kind: tNoise}, {text: "reign", kind: tNoise}, {text: "era", kind: tNoise},
	{text: "age", kind: tNoise}, {text: "the", kind: tNoise}, {text: "of", kind: tNoise}, {text: "from", kind: tNoise}, {text: "in", kind: tNoise}, {text: ".", kind: tNoise},
}

// maxRunes bounds a text: what is longer is no period.
const maxRunes = 400

// scan cuts a folded text into tokens. Neighbouring runes that mean nothing
// become one unknown token.
func scan(text []rune) []token {
	t := table()
	var out []token
	emit := func(tk token, length int) int {
		tk.end = tk.at + length
		out = append(out, tk)
		return tk.end
	}
	for i := 0; i < len(text); {
		if unicode.IsSpace(text[i]) {
			i++
			continue
		}
		var prev *token
		if len(out) > 0 {
			prev = &out[len(out)-1]
		}
		if prev != nil && prev.kind == tReign {
			if n, length := ordinal(text[i:]); length > 0 {
				i = emit(token{kind: tOrdinal, at: i, n: n}, length)
				continue
			}
		}
		if prev != nil && prev.kind == tName && prev.period.Code == "republic" {
			if n, length := ordinal(text[i:]); length > 0 && n <= 38 {
				i = emit(token{kind: tOrdinal, at: i, n: n}, length)
				continue
			}
		}
		if w, length, ok := t.match(text, i); ok && !rangeNotReign(t, w, text, i, length, prev) {
			if w.reign {
				i = emit(token{kind: tReign, at: i, word: w.word}, length)
			} else {
				i = emit(token{kind: tName, at: i, period: w.period}, length)
			}
			continue
		}
		if n, length := scanNumber(text, i); length > 0 {
			i = emit(token{kind: tNumber, at: i, num: n}, length)
			continue
		}
		if n, length := phase(text[i:]); length > 0 && prev != nil && (prev.kind == tName || prev.kind == tNoise) {
			i = emit(token{kind: tPhase, at: i, n: n}, length)
			continue
		}
		if w, ok := fixedWord(text, i); ok {
			i = emit(token{kind: w.kind, at: i, parts: w.parts, prefix: w.prefix}, len([]rune(w.text)))
			continue
		}
		length := 1
		if isLatin(text[i]) {
			for i+length < len(text) && isLatin(text[i+length]) {
				length++
			}
		}
		if prev != nil && prev.kind == tUnknown {
			prev.end = i + length
			i = prev.end
			continue
		}
		i = emit(token{kind: tUnknown, at: i}, length)
	}
	return out
}

// match finds the longest name of the dictionary at i.
func (t *tables) match(text []rune, i int) (name, int, bool) {
	for _, w := range t.names[text[i]] {
		r := []rune(w.word)
		if !hasPrefix(text[i:], r) || w.latin && !wordEnds(text, i, i+len(r)) {
			continue
		}
		return w, len(r), true
	}
	return name{}, 0, false
}

// rangeNotReign tells 宋至元 (from Song to Yuan) from 元至元六年 (a reign title).
func rangeNotReign(t *tables, w name, text []rune, i, length int, prev *token) bool {
	if !w.reign || text[i] != '至' || prev == nil || i+1 >= len(text) {
		return false
	}
	if _, _, ok := t.match(text, i+1); !ok {
		return false
	}
	rest := text[i+length:]
	if _, n := ordinal(rest); n > 0 || strings.HasPrefix(string(rest), "年间") {
		return false
	}
	return true
}

func fixedWord(text []rune, i int) (word, bool) {
	for _, w := range words {
		r := []rune(w.text)
		if hasPrefix(text[i:], r) && (!isLatin(r[0]) || wordEnds(text, i, i+len(r))) {
			return w, true
		}
	}
	return word{}, false
}

func hasPrefix(text, prefix []rune) bool {
	if len(text) < len(prefix) {
		return false
	}
	for i, r := range prefix {
		if text[i] != r {
			return false
		}
	}
	return true
}

func isLatin(r rune) bool { return r >= 'a' && r <= 'z' || r == '\'' }

// wordEnds reports whether text[from:to] is not a part of a longer Latin word.
func wordEnds(text []rune, from, to int) bool {
	if from > 0 && isLatin(text[from]) && isLatin(text[from-1]) {
		return false
	}
	return to >= len(text) || !isLatin(text[to-1]) || !isLatin(text[to])
}
