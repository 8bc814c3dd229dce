package main

import (
	"context"
	"fmt"
	"log/slog"
	"path/filepath"
	"strconv"

	"yijianyou/heritage/lexicon"
	"yijianyou/search"
	"yijianyou/search/index"
)

// ours ranks by the index of the program.
func ours(ctx context.Context, dir string, passages []string, questions []question) ([][]int, error) {
	x, err := index.Open(filepath.Join(dir, "ours"), search.Public, index.Options{Lexicon: lexicon.New(), Log: slog.New(slog.DiscardHandler)})
	if err != nil {
		return nil, err
	}
	defer x.Close()
	r, err := x.Rebuild()
	if err != nil {
		return nil, err
	}
	var b index.Batch
	for i, p := range passages {
		id := strconv.Itoa(i)
		b.Put = append(b.Put, &search.Document{Kind: search.Story, ID: id, Title: search.Text{ZH: "·" + id}, Body: []string{p}})
	}
	if err := r.Write(ctx, b); err != nil {
		return nil, err
	}
	if err := r.Commit(); err != nil {
		return nil, err
	}
	ranked := make([][]int, len(questions))
	for i, q := range questions {
		sq := search.NewQuery(search.PublicScope())
		sq.Text, sq.Limit = q.text, depth
		res, err := x.Search(ctx, sq, nil)
		if err != nil {
			return nil, fmt.Errorf("%s: %w", q.text, err)
		}
		for _, h := range res.Items {
			n, err := strconv.Atoi(h.ID)
			if err != nil {
				return nil, err
			}
			ranked[i] = append(ranked[i], n)
		}
	}
	return ranked, nil
}
