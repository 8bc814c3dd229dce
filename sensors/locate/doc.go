// Package locate tells in which zone a tag is from who has seen it. It is pure:
// sightings in, places out; no clock, no I/O, no allocation in a step.
//
// A tag is seen by readers, each of which watches one zone. Readers see through
// doors and walls, miss what lies behind metal, and two of them see one tag at
// the same time. The rule is therefore slow to believe a change of room and
// quick to believe an exit:
//
//   - First sighting. What was never seen is at once where it is first seen. That is
//     a guess until the dwell confirms it as it would a change (Inner): a tag that
//     turns out to be elsewhere has not moved.
//   - Dwell. Seen in another zone, that zone becomes the candidate, since then.
//     The change is confirmed when the dwell of the candidate has passed and the
//     tag was seen nowhere else meanwhile; one sighting is enough, for time alone
//     confirms. Seen in its present zone again, the candidate is forgotten; seen
//     in a third, that one is the candidate, since then. A sighting at the very
//     moment at which a change is confirmed comes after it.
//   - The stay in the new zone begins when the tag was first seen there, not when
//     that was confirmed; the stay before ends at the same moment.
//   - Exit. A sighting in an exit zone is a passage at once, without dwell: the
//     tag counts as having left until it is confirmed in another zone. What is
//     seen at one exit within PassageTime of the first sighting of a passage is
//     that passage; what is seen later is another one.
//   - Strength. A sighting is overruled when the tag was seen in another zone less
//     than Window before (or at the same moment, ahead of it in the order below),
//     and more strongly. Who is overruled says nothing about the place. Unknown
//     strength neither overrules nor is overruled, and equal strength does not.
//     Strength is used for nothing else: there is no threshold, and no distance is
//     made of it. A change is never confirmed sooner than Window after the first
//     sighting, whatever the dwell, so that a stronger reader has its say.
//
// Invariants:
//
//   - The State at a moment is a function of the set of sightings up to then and
//     of the moment. Step takes them in the order of time, then device, then
//     sequence; whoever receives late ones goes back to an earlier State and steps
//     again.
//   - At(At(s, a), b) is At(s, b) for a before b, so it does not matter how often
//     somebody looked.
//   - A State written down (Append) and read again (Parse) goes on exactly as the
//     first would, provided that the sightings of the last Window are recalled
//     (Recall): they are not written down, so that a tag which rests has a State
//     which rests.
//   - At most maxHeard sightings of the last Window are compared (those weaker and
//     older than another of their zone are not needed), and at most maxPassages
//     exits are told apart within PassageTime; beyond that the oldest is forgotten.
//
// What is not here: who is bound to the tag, orders, alarms (package sensors),
// where in the zone it is.
//
// Reading order: sighting.go, state.go, step.go, form.go.
package locate
