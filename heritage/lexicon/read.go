package lexicon

import (
	"slices"
	"strings"

	"yijianyou/search"
)

// Bounds of what one Read does.
const (
	maxAtoms  = 64 // of the text; the rest is left
	maxTime   = 12 // atoms of a time
	maxParses = 96 // texts that are tried as a time
)

// reader reads one text.
type reader struct {
	*Lexicon
	text   []rune
	atoms  []atom
	parses int // still allowed
}

// found is a sense that may yet be dropped.
type found struct {
	first, end int // atoms
	entry      entry
}

// Read implements search.Lexicon.
func (l *Lexicon) Read(folded []rune) []search.Sense {
	r := reader{Lexicon: l, text: folded, atoms: atomsOf(folded), parses: maxParses}
	r.atoms = r.atoms[:min(len(r.atoms), maxAtoms)]
	var all []found
	for i := 0; i < len(r.atoms); {
		f, ok := r.at(i)
		if !ok {
			i++
			continue
		}
		all = append(all, f)
		i = f.end
	}
	var out []search.Sense
	for i, f := range all {
		if f.entry.weak && !r.stands(all, i) {
			continue
		}
		at := r.atoms[f.first].at
		out = append(out, search.Sense{At: at, Len: r.endOf(f.end) - at, Years: f.entry.years, Facet: f.entry.facet(), Words: f.entry.words, Heads: f.entry.heads, Filed: f.entry.filed})
	}
	return out
}

// at returns the longest word or time that begins with an atom.
func (r *reader) at(i int) (found, bool) {
	f := found{first: i}
	for end := min(i+r.longest, r.reach(i)); end > i; end-- {
		if e := r.words[keyOf(r.atoms[i:end])]; e != nil {
			f.end, f.entry = end, *e
			break
		}
	}
	if f.entry.name != "" || mayBegin(r.atoms[i]) {
		if longer, ok := r.time(f); ok {
			return longer, true
		}
	}
	if p, ok := r.place(f); ok {
		return p, true
	}
	return f, f.end > 0
}

// time reads a time that is not listed and longer than the word that was found.
func (r *reader) time(f found) (found, bool) {
	i := f.first
	name, from := f.entry.name, r.atoms[i].at // folding may have changed what package dating reads
	if name != "" {
		from = r.endOf(f.end)
	}
	for end := min(i+maxTime, r.reach(i)); end > max(f.end, i) && r.parses > 0; end-- {
		r.parses--
		whole := name + string(r.text[from:r.endOf(end)])
		if years := yearsOf(whole); years != nil {
			longer := entry{years: years, name: name, filed: erasOf(whole, *years)}
			if rest := string(r.text[from:r.endOf(end)]); f.entry.years != nil && slices.Contains(marks, rest) {
				longer.words = []string{name}
			}
			return found{first: i, end: end, entry: longer}, true
		}
	}
	return found{}, false
}

// endOf returns where in the text the atoms before end end.
func (r *reader) endOf(end int) int { return r.atoms[end-1].at + r.atoms[end-1].len }

// reach is where a word that begins with an atom must end: Chinese goes on to the
// next space, Latin words over spaces to the next Chinese.
func (r *reader) reach(i int) int {
	end := i + 1
	for end < len(r.atoms) && (!r.atoms[end].space || !r.atoms[end].han && !r.atoms[end-1].han) {
		end++
	}
	return end
}

// areas are the characters before 区 that make it no district: 风景区, 保护区.
const areas = "景展社街片库校矿游小地护胜发假范验"

// place reads the name of a county, city or district, be it longer than the word
// that was found: what stands before 县, 市 and 区 is the name, whatever it is now.
// A time of more than one character is none: 唐代城市.
func (r *reader) place(f found) (found, bool) {
	i := f.first
	if !r.atoms[i].han || !r.begins(i) || f.entry.years != nil && !f.entry.weak {
		return found{}, false
	}
	end := i + 1
	for end < len(r.atoms) && r.atoms[end].han && !r.atoms[end].space {
		end++
	}
	last := r.atoms[end-1].text
	if n := end - i; n < 3 || n > 5 || end <= f.end || last != "县" && last != "市" && last != "区" || last == "区" && strings.Contains(areas, r.atoms[end-2].text) {
		return found{}, false
	}
	name := keyOf(r.atoms[i : end-1])
	words := []string{name}
	if e := r.words[name]; e != nil {
		words = append(words, e.words...)
	}
	return found{first: i, end: end, entry: entry{words: words}}, true
}

// begins reports whether an atom begins a run.
func (r *reader) begins(i int) bool { return i == 0 || r.atoms[i].space || !r.atoms[i-1].han }

// stands reports whether a weak word counts: known words cover all of its run, or
// it begins the run and a strong word that is no time follows.
func (r *reader) stands(all []found, i int) bool {
	f := all[i]
	if !r.atoms[f.first].han {
		return true
	}
	first := i
	for first > 0 && !r.begins(all[first].first) && all[first-1].end == all[first].first {
		first--
	}
	covered := r.begins(all[first].first)
	last := i
	for last+1 < len(all) && all[last+1].first == all[last].end && !r.begins(all[last+1].first) {
		last++
	}
	covered = covered && (all[last].end == len(r.atoms) || r.begins(all[last].end) || !r.atoms[all[last].end].han)
	if covered {
		return true
	}
	return r.begins(f.first) && i+1 < len(all) && all[i+1].first == f.end && !all[i+1].entry.weak && all[i+1].entry.years == nil
}
