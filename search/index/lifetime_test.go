package index

import (
	"context"
	"encoding/json"
	"errors"
	"os"
	"strings"
	"testing"

	"yijianyou/internal/fault"
	"yijianyou/search"
)

// noneMapped fails when a file below dir is mapped into memory: somebody has kept a
// segment.
func noneMapped(t *testing.T, dir string) {
	t.Helper()
	maps, err := os.ReadFile("/proc/self/maps")
	if errors.Is(err, os.ErrNotExist) {
		t.Log("what is mapped is told by Linux only: not checked")
		return
	}
	if err != nil {
		t.Fatal(err)
	}
	for line := range strings.Lines(string(maps)) {
		if strings.Contains(line, dir) {
			t.Errorf("still mapped: %s", line)
		}
	}
}

// TestAnswersOutliveTheIndex: texts of segments hold only as long as their files are
// mapped into memory, so nothing of an answer may be one.
func TestAnswersOutliveTheIndex(t *testing.T) {
	dir, ctx := t.TempDir(), context.Background()
	x, err := Open(dir, search.Public, Options{})
	if err != nil {
		t.Fatal(err)
	}
	docs := sampleDocs(t)
	rebuild(t, x, docs)
	var answers []any
	keep := func(answer any, err error) {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
		answers = append(answers, answer)
	}
	for _, text := range []string{"", "方壶", "“莲鹤方壶”", "方胡", "hu", "square hv", "没有这件"} {
		for _, sort := range []search.Sort{search.Relevance, search.ByName} {
			q := search.NewQuery(search.PublicScope())
			q.Text, q.Sort, q.Limit, q.Count = text, sort, 2, append([]string{"kind"}, search.FacetNames...)
			keep(x.Search(ctx, q, nil))
		}
		keep(x.Suggest(ctx, search.PublicScope(), text, fault.Chinese, 8))
	}
	keep(x.Related(ctx, search.PublicScope(), Ref{docs[0].Kind, docs[0].ID}, fault.Chinese, 8))
	keep(x.Names(ctx))
	keep(nil, x.Digests(ctx, func(ref Ref, digest string) error {
		answers = append(answers, ref, digest)
		return nil
	}))
	before, err := json.Marshal(answers)
	if err != nil {
		t.Fatal(err)
	}
	if err := x.Close(); err != nil {
		t.Fatal(err)
	}
	noneMapped(t, dir)
	after, err := json.Marshal(answers) // reading what is no longer mapped would end the process
	if err != nil || string(before) != string(after) {
		t.Errorf("answers have changed: %v", err)
	}
}
