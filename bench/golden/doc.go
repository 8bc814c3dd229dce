// Command golden measures the ranking of search by judged queries, over what the
// product itself puts into its indexes.
//
//	go run ./bench/golden            # nDCG@10 and recall@50, by class of query and by batch
//	go run ./bench/golden -worst 20  # with the hits of the worst
//	go run ./bench/golden -query 唐   # with the first fifty hits of one
//
// Ideas:
//
//   - Records go through the services into a store and from there through search/feed into an index with the
//     lexicon, as in the program. Nothing is mapped here.
//   - The judgements (data/README.md) are of records, not of hits: a record that
//     no version of the index has found so far has its grade too.
//   - What was found are the hits and, behind them, the weaker ones that screens show
//     when hits are few.
//   - nDCG@10 has gains 2^grade−1; recall@50 asks for grades 2 and 3, at
//     most fifty of them. Both are means over queries, each counting alike.
//   - The test fails when a figure falls below what was reached.
//
// Reading order: data/README.md, judged.go, records.go, carnegie.go, score.go,
// measure.go, main.go.
package main
