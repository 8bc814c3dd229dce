// Package live tells open pages what has changed, by server-sent events (WHATWG
// HTML §9.2) at GET /api/v1/live?topics=….
//
// Ideas:
//
//   - An event says which record changed, never what is in it: the page reads
//     the record again and is shown what it may see. So a mistake here leaks an
//     id at most, and even those only of organisations that the listener may see.
//   - The hub follows the feed of the store, so every node tells of every change.
//   - Each listener has a bounded queue. When it is too slow, what waits is
//     dropped and it gets one event "resync": read everything again.
//   - The id of an event is the feed's token. A browser that comes back sends it
//     as Last-Event-ID; what it missed follows from the ring of recent events, or
//     "resync" when the ring has forgotten.
//   - One goroutine for each listener. A stream ends after Options.MaxLife, and
//     the browser comes back by itself: so a session that has ended is noticed.
//
// Events: "change" with {topic, id, org, rev, op, at}; "notice" with what a
// domain published by Publish; "resync" with {}.
//
// What is not here: which topics there are (app says so), what changed in a
// record (its own API).
//
// Reading order: hub.go, http.go.
package live
