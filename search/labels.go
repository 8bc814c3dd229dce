package search

import (
	"context"

	"yijianyou/internal/fault"
)

// JoinLabels asks each in turn and takes the first label that is not the value
// itself. Nil members are skipped.
func JoinLabels(list ...Labels) Labels { return joined(list) }

type joined []Labels

// Label implements Labels.
func (j joined) Label(ctx context.Context, facet, value string, lang fault.Lang) string {
	for _, l := range j {
		if l == nil {
			continue
		}
		if s := l.Label(ctx, facet, value, lang); s != "" && s != value {
			return s
		}
	}
	return value
}
