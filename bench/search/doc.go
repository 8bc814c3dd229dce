// Command search measures the search index (search/index) beside Groonga, SQLite
// FTS5 over bigrams and Xapian:
//
//	go run ./bench/search [-records 100000] [-rounds 15] [-peers groonga,sqlite,xapian]
//
// Everybody gets the same records (records.go, by seed) and the same queries, and
// must give the same total, the same first ten and the same counts of facets, or
// the program ends with status 1. A record matches a word when its text has the two
// characters side by side; hits come in the order of their first year and then of
// their number; what is near is checked with one formula for the distance and comes
// nearest first.
//
// Each engine runs in a process of its own and in its fastest way (peers/*.cc say
// which): no network, statements prepared, records numbered in the order of the
// answer where an engine can use that, indexes made after loading and optimised.
// All read what is stored of the ten hits; ours, which answers as the program does,
// marks the matches in it as well. No answer is kept for another.
// The processes measure themselves, query after query in turns, so that a busy
// machine is busy for all.
//
// The peers are compiled by c++ from Debian's libgroonga-dev, libsqlite3-dev and
// libxapian-dev; one that does not compile is left out with a line that says so.
//
// Reading order: records.go, queries.go, engine.go, ours.go, measure.go, main.go,
// peers/peer.hpp.
package main
