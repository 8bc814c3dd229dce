package index

import (
	"context"
	"maps"
	"slices"
	"strings"
	"sync"

	"yijianyou/search"
	"yijianyou/search/chinese"
)

// maxNamed is how many documents are looked at for a list of names; those beyond
// search.MaxNames share their titles with more famous ones.
const maxNamed = 2 * search.MaxNames

// nameCache keeps the list of names of one version of the index. Its zero value
// is empty.
type nameCache struct {
	mu      sync.Mutex // also held while the list is made, so that it is made once
	version uint64
	list    *search.NameList
}

// Names returns the names of the most famous documents of the public index. It is
// the same list, by its address too, until the index changes.
//
// Errors: search.ErrScope on another index, search.ErrBuilding, the error of ctx.
func (x *Index) Names(ctx context.Context) (*search.NameList, error) {
	if x.audience != search.Public {
		return nil, search.ErrScope.New()
	}
	x.names.mu.Lock()
	defer x.names.mu.Unlock()
	version := x.version.Load() // before the snapshot, which is at least as new
	g, release, err := x.acquire()
	if err != nil {
		return nil, err
	}
	defer release()
	if x.names.list != nil && x.names.version == version {
		return x.names.list, nil
	}
	s, err := g.snapshot(ctx)
	if err != nil {
		return nil, err
	}
	defer s.Close()
	list, err := s.names()
	if err != nil {
		return nil, err
	}
	x.names.version, x.names.list = version, list
	return list, nil
}

// names makes the list.
func (s *snapshot) names() (*search.NameList, error) {
	q, err := search.NewQuery(search.PublicScope()).Normal()
	if err != nil {
		return nil, err
	}
	q.Limit = maxNamed
	c, err := s.run(q, plan{})
	if err != nil {
		return nil, err
	}
	entries, _ := c.rank.page()
	b := namer{titles: make(map[search.Text]bool), sounds: make(map[rune]string)}
	out := &search.NameList{Records: []search.NamedRecord{}, Characters: []search.Character{}}
	for _, e := range entries {
		key, st, err := s.load(e.doc)
		if err != nil {
			return nil, err
		}
		switch r, ok := b.record(key, st, int(e.score*100/fame+0.5)); {
		case !ok:
		case b.names > search.MaxNames:
			return b.finish(out), nil
		default:
			out.Records = append(out.Records, r)
		}
	}
	return b.finish(out), nil
}

// namer makes the records of a list.
type namer struct {
	titles map[search.Text]bool // keys of those that are listed
	sounds map[rune]string      // folded character -> how it is read by itself
	names  int
}

// record makes the record of a document; ok is false when its title is listed
// already.
func (b *namer) record(key string, st stored, famed int) (r search.NamedRecord, ok bool) {
	title := search.Text{ZH: chinese.Key(st.Title.ZH), EN: chinese.Key(st.Title.EN)}
	if b.titles[title] {
		return r, false
	}
	b.titles[title] = true
	kind, id, _ := strings.Cut(key, "/")
	r = search.NamedRecord{Kind: search.Kind(kind), ID: id, Fame: famed, Title: st.Title, Names: st.Names}
	names := allNames(st.Title, st.Names)
	all := spellings(&search.Document{Title: st.Title, Names: st.Names})
	r.Spelt = all[len(names):]
	for _, name := range all {
		if name != "" {
			b.names++
		}
		b.read(name)
	}
	r.Sounds = b.soundsOf(names, st.Reading)
	return r, true
}

// read takes in the characters of a name.
func (b *namer) read(name string) {
	for _, r := range chinese.Fold(name) {
		if chinese.ClassOf(r) == chinese.Han && b.sounds[r] == "" {
			b.sounds[r] = chinese.Joined(chinese.Pinyin(string(r)))
		}
	}
}

// soundsOf returns for each name its syllables between spaces, "" for one that
// sounds as its characters do, and behind them the reading that a record has of its
// own if no name has it; nil when all are empty.
func (b *namer) soundsOf(names []string, reading string) []string {
	var out []string
	own := ""
	if syllables, ok := chinese.ParseReading(reading); ok {
		own = spaced(syllables)
	}
	for i, name := range names {
		said, plain := b.said(name)
		if said == own {
			own = ""
		}
		if said != plain {
			out = append(append(out, make([]string, i-len(out))...), said)
		}
	}
	if own != "" {
		out = append(append(out, make([]string, len(names)-len(out))...), own)
	}
	return out
}

// said returns the syllables of a name, and what they would be character by
// character.
func (b *namer) said(name string) (said, plain string) {
	syllables := chinese.Pinyin(name)
	said = spaced(syllables)
	for i, syl := range syllables {
		if syl.Rune != 0 {
			syllables[i].Text = b.sounds[syl.Rune]
		}
	}
	return said, spaced(syllables)
}

func spaced(syllables []chinese.Syllable) string {
	words := make([]string, len(syllables))
	for i, s := range syllables {
		words[i] = s.Text
	}
	return strings.Join(words, " ")
}

// finish adds the characters.
func (b *namer) finish(out *search.NameList) *search.NameList {
	for _, r := range slices.Sorted(maps.Keys(b.sounds)) {
		out.Characters = append(out.Characters, search.Character{Rune: r, Sound: b.sounds[r], Variants: chinese.Variants(r)})
	}
	return out
}
