package search

import (
	"context"

	"yijianyou/internal/fault"
	"yijianyou/internal/store"
)

// Entry is what the two indexes hold of one record. A nil document means that
// the record is not in that index.
type Entry struct {
	Kind          Kind
	ID            string
	Public, Staff *Document
}

// Ref names a stored document.
type Ref struct{ Collection, ID string }

// Source turns stored documents into entries; there is one per domain. Its
// methods are called from several goroutines.
type Source interface {
	// Collections names the collections whose documents are mapped. A collection
	// belongs to one source, and has Feed set in its Spec.
	Collections() []string

	// Map returns the entries of the present state of a document. For one that
	// has vanished it returns its entry with nil documents. An entry depends on
	// nothing but what r reads: no clock, no random order.
	Map(ctx context.Context, r store.Reader, collection, id string) ([]Entry, error)

	// Dependents returns other documents whose entries show the one that changed,
	// such as the relics of a museum that was renamed; nil when there are none.
	// It is called for every change of every fed collection, its own or not.
	Dependents(ctx context.Context, r store.Reader, ch store.Change) ([]Ref, error)
}

// Labels names the values of facets. An unknown value is its own label.
type Labels interface {
	Label(ctx context.Context, facet, value string, lang fault.Lang) string
}
