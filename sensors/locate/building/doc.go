// Package building makes up days of tags in a building: where each truly is, and
// what readers see of it. It is pure: a seed in, sightings and truth out.
//
// Ideas:
//
//   - How a reader reads is drawn from the log of a real one (readerlog.tsv): the time
//     between its chances to read a tag, the scatter of strengths, the gains of tags
//     and how many of the chances are taken at which level. In that log strengths do
//     not depend on the read before (autocorrelation about 0), so each is drawn anew.
//   - What the log cannot say, since there nothing moves and no wall stands, is a model:
//     strength falls by 40 dB for ten times the distance, for a passive tag is lit and
//     heard over the same way (free space, Friis, there and back); a wall takes its
//     loss twice; where exactly a tag lies makes it stronger or weaker (multipath,
//     normal in dB), anew whenever it is moved; bodies and covers take from it.
//   - A day of a tag: at rest, handled in place, carried through doors and the corridor
//     to another room, carried out and back, covered for a while, carried under cover,
//     torn off; a copy of it elsewhere. Readers fail alone, and all together when the
//     power does. Portals ask four times as often (bursts).
//   - The same seed, day and tag are the same, in whatever order they are played.
//
// Sources: the log, github.com/dlrfdnwkd/Passive-UHF-RFID-Data-Position (no licence: only
// its statistics are here); losses of walls and the law of distance after D. M.
// Dobkin, The RF in RFID, chapters 3 and 4 (from memory, verified: false). The figures
// of multipath, bodies, walking and of how often things happen are choices of this
// project.
//
// Limits: one floor; readers do not collide; strengths are those of passive UHF tags;
// customs are the same for every tag.
//
// Reading order: log.go, building.go, day.go, life.go, play.go.
package building
