package main

import (
	"os"
	"testing"

	"yijianyou/search"
	"yijianyou/search/index"
)

// BenchmarkOurs asks our index alone, for profiles; YJY_BENCH_INDEX is a folder
// made by "build FOLDER RECORDS SEED".
func BenchmarkOurs(b *testing.B) {
	folder := os.Getenv("YJY_BENCH_INDEX")
	if folder == "" {
		b.Skip("YJY_BENCH_INDEX names no index")
	}
	x, err := index.Open(folder, search.Public, index.Options{Kept: -1})
	if err != nil {
		b.Fatal(err)
	}
	defer x.Close()
	queries := makeQueries(makeRecords(100_000, 1), 24, 1)
	for _, class := range classes {
		b.Run(class, func(b *testing.B) {
			b.ReportAllocs()
			for i := 0; b.Loop(); i++ {
				if _, err := (ours{x}).ask(b.Context(), queries[class][i%24]); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}

// BenchmarkBuild makes our index of 20,000 records, for profiles.
func BenchmarkBuild(b *testing.B) {
	records := makeRecords(20_000, 1)
	for b.Loop() {
		if err := buildOurs(b.TempDir(), records); err != nil {
			b.Fatal(err)
		}
	}
}
