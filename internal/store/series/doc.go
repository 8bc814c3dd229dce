// Package series keeps what is measured in the course of time: points of a
// channel, in bucket documents, on any engine.
//
// Ideas:
//
//   - A point is known by its channel, its time and its key. Appending one that
//     is there already changes nothing, in whatever order and however late.
//   - A bucket holds at most 512 points of one hour (UTC) of one channel. One
//     that has more is cut in the middle of its time, and again, so that points
//     of one moment stay together and the cuts depend on the points alone, not
//     on the order in which they came.
//   - The first bucket of an hour lists the starts of all, so a point finds its
//     bucket by id: a transaction reads a document or two and searches nothing.
//   - A bucket may carry a summary, made anew of its points at each change. Sums
//     over days are made of summaries (Summaries), never added up as points come.
//
// What is not here: what a point means, units, removal of what is old.
//
// Reading order: series.go, append.go, plan.go, bucket.go, codec.go, read.go.
package series
