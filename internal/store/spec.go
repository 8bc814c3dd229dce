package store

import (
	"fmt"
	"regexp"

	"go.mongodb.org/mongo-driver/bson"
)

// Spec declares a collection: its name, its indexes, whether it keeps history
// and whether its changes are fed to followers.
type Spec struct {
	Name    string  // lower-case letters and digits, such as "relics"; never changes
	Schema  int     // version of the stored form that this program writes, from 1
	Indexes []Index // every way in which it may be searched

	// Upgrade lifts a document of an older schema by exactly one version, in
	// place. It is called on reading, from doc's version up to Schema. It may be
	// nil while Schema is 1. Indexes stand on the stored form: a document whose
	// indexed paths Upgrade moves is found under the new ones once it is written.
	Upgrade func(from int, doc bson.M) error

	// History keeps who, when, why and the before-image of each change. Set it
	// for everything that a person answers for; not for secrets, sessions, jobs
	// or high-rate state.
	History bool

	// Feed publishes each change to Store.Changes.
	Feed bool
}

// PartKind is the type of an index part.
type PartKind uint8

const (
	String PartKind = iota // UTF-8, byte order
	Int                    // int64 (and int32, and whole doubles)
	Bool                   // false before true
	Time                   // milliseconds, UTC
)

// Part is one component of an index key.
type Part struct {
	Path  string // dotted BSON path, such as "title.sortKey"
	Kind  PartKind
	Array bool // the value is an array and each element gives a key; at most one, in the equality prefix only
}

// Index declares an order in which a collection can be searched. A document in
// which any part is absent or null is not in the index. Keys are ordered part
// by part in byte order, then by id.
type Index struct {
	Name   string // lower camel case, unique in the collection
	Parts  []Part
	Unique bool // no two documents have the same key; the second Put fails with ErrDuplicate
}

// ByID is the name of the index that every collection has: all documents in
// the order of their ids.
const ByID = ""

var (
	collectionName = regexp.MustCompile(`^[a-z][a-z0-9]{0,39}$`)
	indexName      = regexp.MustCompile(`^[a-z][A-Za-z0-9]{0,39}$`)
	indexPath      = regexp.MustCompile(`^[A-Za-z_][A-Za-z0-9_]*(\.[A-Za-z_][A-Za-z0-9_]*)*$`)
)

// check returns the mistake of the programmer in s, if there is one.
func (s Spec) check() error {
	if !collectionName.MatchString(s.Name) {
		return fmt.Errorf("store: bad collection name %q", s.Name)
	}
	if s.Schema < 1 {
		return fmt.Errorf("store: %s: schema starts at 1", s.Name)
	}
	if s.Schema > 1 && s.Upgrade == nil {
		return fmt.Errorf("store: %s: schema %d without Upgrade", s.Name, s.Schema)
	}
	seen := make(map[string]bool)
	for _, ix := range s.Indexes {
		if !indexName.MatchString(ix.Name) || seen[ix.Name] {
			return fmt.Errorf("store: %s: bad or repeated index name %q", s.Name, ix.Name)
		}
		seen[ix.Name] = true
		if len(ix.Parts) == 0 {
			return fmt.Errorf("store: %s.%s: no parts", s.Name, ix.Name)
		}
		arrays := 0
		for _, p := range ix.Parts {
			if !indexPath.MatchString(p.Path) {
				return fmt.Errorf("store: %s.%s: bad path %q", s.Name, ix.Name, p.Path)
			}
			if p.Array {
				arrays++
			}
		}
		if arrays > 1 {
			return fmt.Errorf("store: %s.%s: more than one array part", s.Name, ix.Name)
		}
	}
	return nil
}

// index returns the named index.
func (s Spec) index(name string) (Index, bool) {
	if name == ByID {
		return Index{}, true
	}
	for _, ix := range s.Indexes {
		if ix.Name == name {
			return ix, true
		}
	}
	return Index{}, false
}

// Declared is a collection of any document type, as Open takes it.
type Declared interface{ Spec() Spec }
