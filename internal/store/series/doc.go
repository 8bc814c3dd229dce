// Package series keeps what is measured in the course of time: points of a
// channel, in bucket documents, on any engine.
//
// Ideas:
//
//   - A point is known by its channel, its time and its key. Appending one that
//     is there already changes nothing, in whatever order and however late.
//
//   - A bucket holds at most 512 points of one day (UTC) of one channel. One
//     that has more is cut in the middle of its time, and again, so that points
//     of one moment stay together and the cuts depend on the points alone, not
//     on the order in which they came. A channel that speaks seldom has one
//     document a day, one that speaks each second has one in six minutes.
//
//   - The first bucket of a day lists the starts of all, so a point finds its
//     bucket by id: a transaction reads a document or two and searches nothing.
//
//   - Ids sort as (channel, time), so they are the only index.
//
//   - A bucket may carry a summary, made anew of its points at each change. Sums
//     over days are made of summaries (Summaries), never added up as points come.
//
//   - What is old is removed by the day (ForgetIn).
//
// What is not here: what a point means, units, how long it is kept.
//
// Reading order: series.go, append.go, plan.go, bucket.go, codec.go, read.go,
// channels.go, forget.go.
package series
