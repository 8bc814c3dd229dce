package dating

import (
	"strings"
	"unicode"
)

type kind uint8

const (
	tUnknown   kind = iota
	tName           // periods: a period, or several of that name
	tReign          // a reign title: word
	tOrdinal        // a year of a reign: n
	tNumber         // a year, century or decade: num
	tGanzhi         // a year of the sixty: n, 0 is 甲子
	tPart           // early, middle, late: word
	tPhase          // a numbered phase of a culture: n
	tList           // and
	tOr             // or
	tRange          // to
	tOpen           // (
	tClose          // )
	tDot            // ·
	tApprox         // circa
	tDoubt          // ?
	tMark           // a reign mark
	tAndPeriod      // the mark is of its period
	tNow            // today
	tBefore         // 以前: ends before what stands before it
	tAfter          // 以后: begins with what stands before it
	tUpTo           // 不晚于: ends with what follows
	tFromOn         // 不早于: begins with what follows
	tPrior          // before: ends before what follows
	tOrLater        // or later
	tOrEarlier      // or earlier
	tTurn           // 之际: where two meet
	tYearOf         // "year of" behind the count of a title
	tUndated        // no date
	tIgnored        // tells no year
	tNoise          // says nothing of its own
)

type token struct {
	kind    kind
	at      int // first rune
	end     int // behind the last
	periods []*entry
	title   []rune // of a reign, folded
	n       int
	num     number
	word    *word
}

// maxRunes bounds a text: what is longer is no period.
const maxRunes = 400

// scanner cuts a folded text into tokens.
type scanner struct {
	t     *tables
	text  []rune
	out   []token
	reign bool // a title, 民国 or 太平天国 was met, so that years of it may follow
}

// scan returns the tokens of a folded text. Neighbouring runes that mean nothing
// become one unknown token.
func scan(text []rune) []token {
	s := scanner{t: table(), text: text, out: make([]token, 0, 6)}
	for i := 0; i < len(text); {
		if unicode.IsSpace(text[i]) {
			i++
			continue
		}
		i = s.next(i)
	}
	return s.out
}

func (s *scanner) emit(tk token, length int) int {
	tk.end = tk.at + length
	s.out = append(s.out, tk)
	return tk.end
}

func (s *scanner) prev() kind {
	if len(s.out) == 0 {
		return tNoise
	}
	return s.out[len(s.out)-1].kind
}

// next reads one token at i and returns where the next one begins.
func (s *scanner) next(i int) int {
	rest := s.text[i:]
	if n, length := s.ordinal(i); length > 0 {
		return s.emit(token{kind: tOrdinal, at: i, n: n}, length)
	}
	if isLatin(rest[0]) { // the May Fourth Movement is no month
		if end, ok := s.name(i); ok {
			return end
		}
	}
	if length := calendarDay(rest, s.prev()); length > 0 {
		return s.emit(token{kind: tIgnored, at: i}, length)
	}
	if num, length := writtenDate(s.text, i); length > 0 {
		return s.emit(token{kind: tNumber, at: i, num: num}, length)
	}
	if end, ok := s.name(i); ok {
		return end
	}
	if n, length := ganzhi(rest); length > 0 {
		return s.emit(token{kind: tGanzhi, at: i, n: n}, length)
	}
	if w, length := s.word(i, 3); w != nil { // so that "1st half" is no number
		return s.fixed(w, i, length)
	}
	if end := s.phases(i); end > i {
		return end
	}
	if num, length := scanNumber(s.text, i); length > 0 {
		return s.emit(token{kind: tNumber, at: i, num: num}, length)
	}
	if w, length := s.word(i, 1); w != nil {
		return s.fixed(w, i, length)
	}
	return s.unknown(i)
}

// phases reads 二期, 三至四期 and "phase 2" behind a culture and returns where
// they end; i when there are none.
func (s *scanner) phases(i int) int {
	if p := s.prev(); p != tName && p != tNoise && p != tRange {
		return i
	}
	if hasPrefix(s.text[i:], []rune("phase ")) {
		if n, length := count(s.text[i+6:]); length == 1 && n > 0 {
			return s.emit(token{kind: tPhase, at: i, n: n}, 6+length)
		}
		for n, roman := range []string{"i", "ii", "iii", "iv"} {
			if end := i + 6 + len(roman); hasPrefix(s.text[i+6:], []rune(roman)) && wordEnds(s.text, i+6, end) {
				return s.emit(token{kind: tPhase, at: i, n: n + 1}, end-i)
			}
		}
	}
	if n, length := phase(s.text[i:]); length > 0 {
		return s.emit(token{kind: tPhase, at: i, n: n}, length)
	}
	n, length := count(s.text[i:])
	k := i + length
	if length == 0 || n < 1 || n > 9 || k+1 >= len(s.text) || !strings.ContainsRune("至到~、,", s.text[k]) {
		return i
	}
	if _, second := phase(s.text[k+1:]); second == 0 {
		return i
	}
	s.emit(token{kind: tPhase, at: i, n: n}, length)
	return s.emit(token{kind: tRange, at: k}, 1)
}

// word finds a fixed word of at least so many runes that does not begin with a numeral.
func (s *scanner) word(i, runes int) (*word, int) {
	x := s.t.words.match(s.text, i)
	if x == nil || len(x.text) < runes {
		return nil, 0
	}
	if runes > 1 && (s.text[i] < '0' || s.text[i] > '9') {
		return nil, 0
	}
	return x.fixed, len(x.text)
}

// fixed emits a fixed word. The dash that joins an English part to its number is no
// range: early to mid-18th century.
func (s *scanner) fixed(w *word, i, length int) int {
	end := i + length
	if w.kind == tPart && w.prefix && end+1 < len(s.text) && s.text[end] == '~' && isDigit(s.text[end+1]) {
		length++
	}
	return s.emit(token{kind: w.kind, at: i, word: w}, length)
}

// ordinal reads the year of a title behind the title, or behind a separator once
// there was one: 元年, 十五年, 15年, and behind a Latin title a bare 45.
func (s *scanner) ordinal(i int) (n, length int) {
	switch p := s.prev(); {
	case p == tReign:
		if n, length = ordinal(s.text[i:]); length > 0 {
			return n, length
		}
		return s.latinYear(i)
	case p == tName && s.reign:
		if n, length = ordinal(s.text[i:]); length > 0 {
			return n, length
		}
		return s.latinYear(i)
	case s.reign && (p == tGanzhi || (p == tRange || p == tList) && len(s.out) > 1 && s.out[len(s.out)-2].kind == tOrdinal):
		return ordinal(s.text[i:])
	}
	return 0, 0
}

// latinYear reads the bare year behind a romanised title: Qianlong 45.
func (s *scanner) latinYear(i int) (n, length int) {
	last := s.out[len(s.out)-1]
	if !isDigit(s.text[i]) || s.text[last.at] > 0x250 {
		return 0, 0
	}
	n, length = count(s.text[i:])
	if n < 1 || n > 99 || length > 2 || i+length < len(s.text) && !strings.ContainsRune(" (,;~)", s.text[i+length]) {
		return 0, 0
	}
	return n, length
}

// name reads a period or a title.
func (s *scanner) name(i int) (end int, ok bool) {
	x := s.t.names.match(s.text, i)
	if x == nil || s.rangeNotReign(x, i) {
		return 0, false
	}
	length := len(x.text)
	_, year := ordinal(s.text[i+length:])
	if x.title && year == 0 && len(s.text) > i+1 && (s.text[i+1] == '初' || s.text[i+1] == '末') && length == 2 && !s.behind("han") {
		if e := s.t.names.match(s.text[:i+1], i); e != nil && e.periods != nil { // 元初: the beginning of the Yuan
			x, length = e, 1
		}
	}
	if e := s.regimeFirst(x, i); e != nil {
		x, length = e, len(e.text)
	}
	if x.title && (x.periods == nil || year > 0 || s.ofRegime(x.text)) {
		// 庚子 is a title too; behind another title it is a year of the sixty: 乾隆庚子四十五年.
		if x.text[0] < 0x250 || !isGanzhi(x.text) || year > 0 && s.prev() != tReign || s.ofRegime(x.text) {
			s.reign = true
			return s.emit(token{kind: tReign, at: i, title: x.text}, length), true
		}
		return 0, false
	}
	if code := x.periods[0].Code; code == "republic" || code == "taiping" {
		s.reign = true
	}
	return s.emit(token{kind: tName, at: i, periods: x.periods}, length), true
}

// regimeFirst returns the period at i when a title of it stands right behind, so
// that a longer title does not swallow its beginning: 元延祐 is 元 and 延祐, and not 元延.
func (s *scanner) regimeFirst(x *lexeme, i int) *lexeme {
	if !x.title || x.latin {
		return nil
	}
	for k := range s.t.names[s.text[i]] {
		e := &s.t.names[s.text[i]][k]
		end := i + len(e.text)
		if e.periods == nil || len(e.text) >= len(x.text) || end >= len(s.text) || !hasPrefix(s.text[i:], e.text) {
			continue
		}
		if y := s.t.names.match(s.text, end); y != nil && end+len(y.text) > i+len(x.text) {
			for _, r := range s.t.reigns[string(y.text)] {
				if s.t.within(r.regime, e.periods[0].Code) {
					return e
				}
			}
		}
	}
	return nil
}

// ofRegime reports whether a word is a title of the regime that was just named.
func (s *scanner) ofRegime(word []rune) bool {
	if s.prev() != tName || len(s.out) == 0 {
		return false
	}
	for _, r := range s.t.reigns[string(word)] {
		if r.regime == s.out[len(s.out)-1].periods[0] {
			return true
		}
	}
	return false
}

// behind reports whether a period within code was just named.
func (s *scanner) behind(code Code) bool {
	return s.prev() == tName && len(s.out) > 0 && s.t.within(s.out[len(s.out)-1].periods[0], code)
}

// rangeNotReign tells 宋至元 (from Song to Yuan) from 元至元六年 (a reign title).
func (s *scanner) rangeNotReign(x *lexeme, i int) bool {
	if !x.title || s.text[i] != '至' || len(s.out) == 0 || i+1 >= len(s.text) || s.t.names.match(s.text, i+1) == nil {
		return false
	}
	rest := s.text[i+len(x.text):]
	if _, n := ordinal(rest); n > 0 || hasPrefix(rest, []rune("年间")) {
		return false
	}
	return true
}

func (s *scanner) unknown(i int) int {
	length := 1
	if isLatin(s.text[i]) {
		for i+length < len(s.text) && isLatin(s.text[i+length]) {
			length++
		}
	}
	if s.prev() == tUnknown && len(s.out) > 0 {
		s.out[len(s.out)-1].end = i + length
		return i + length
	}
	return s.emit(token{kind: tUnknown, at: i}, length)
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

func isLatin(r rune) bool { return r >= 'a' && r <= 'z' || r == '\'' || r >= 0xe0 && r < 0x250 }

// wordEnds reports whether text[from:to] is not a part of a longer Latin word.
func wordEnds(text []rune, from, to int) bool {
	if from > 0 && isLatin(text[from]) && isLatin(text[from-1]) {
		return false
	}
	return to >= len(text) || !isLatin(text[to-1]) || !isLatin(text[to]) || text[to] == '\''
}
