// Command passages measures search by the questions of CMRC 2018: each was asked
// about one of 256 passages of the Chinese Wikipedia, which is to be found. The mean
// reciprocal rank of that passage among the first ten (MRR@10) is compared with that
// of Groonga, of FTS5 of SQLite and of Xapian over the same passages.
//
//	go run ./bench/passages -data ../shared/data/search/cmrc2018_trial.json
//
// Ideas:
//
//   - Ours is asked as a visitor asks: the question is the text of a query, the
//     lexicon is that of the program.
//   - The peers are the programs of Debian's packages (groonga-bin, sqlite3,
//     libxapian-dev with a C++ compiler); root may let -install get them. Each ranks by any of the bigrams of the
//     question (OR), which for long questions is much better than all of them, by its best ranking: BM25 in FTS5
//     and Xapian, TF·IDF in Groonga, which has no BM25. The terms are made by us and are the same for all.
//     Groonga and Xapian also come by their own way: similar search (*S), and terms made by FLAG_CJK_NGRAM.
//   - Equal ranks do not help: a peer's hits are taken in its order.
//
// The data: github.com/ymcui/cmrc2018 (CC BY-SA 4.0), squad-style-data. Without them the command says so
// and ends.
//
// Reading order: main.go, data.go, ours.go, peers.go, driver/xapian.cc.
package main
