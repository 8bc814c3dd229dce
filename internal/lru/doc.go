// Package lru keeps what was used last within a bound and forgets the rest: decoded
// tiles, answers, open files, buckets of a limit.
//
// A Cache is not safe for concurrent use: whoever has one already has a lock, under
// which it does more than look something up.
package lru
