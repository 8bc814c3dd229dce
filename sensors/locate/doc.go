// Package locate tells in which zone a tag is from who has seen it, and how sure
// that is. It is pure: sightings in, places out; no clock, no I/O, no allocation in a
// step.
//
// Readers see through doors and walls, miss what lies behind metal, fail, and two of
// them see one tag at the same time. The rule is slow to believe a change of room and
// quick to believe an exit. Each other zone that sees the tag is a challenger of the
// present one; it is a sequential test of two hypotheses, in nats (Wald 1945; with its
// floor at nought, Page 1954):
//
//   - For it: that it sees the tag at all, the more the fewer such sightings the present
//     zone has outlived (a tag at a wall has a habit of strays); and how strongly,
//     against the mean of the present zone and of other challengers. A stray through a
//     wall is some 12 dB weaker with a scatter of 7 dB, so a dB is 12/7² = 0.245 nats.
//     Of one second of one zone only the best sighting counts.
//   - Against it: each second in which another zone sees the tag, likewise weighed.
//   - Silence of the present zone until the challenger's newest sighting: one nat for
//     each expected read that is missing, by the tag's own pace there; at most 1.5, for
//     that its reader has failed may not be known yet. After that sighting both are silent, which says nothing.
//   - First sighting. What was never seen is at once where it is first seen. That is
//     a guess until the dwell confirms it as it would a change (Inner): a tag that
//     turns out to be elsewhere has not moved.
//   - Change. A challenger that has 3 nats is confirmed when its dwell has passed and the
//     present zone has had its turn, up to two paces of the tag, less with more evidence.
//     The stay in the new zone begins when the tag was first seen there; the stay before
//     ends at the same moment.
//   - Exit. A sighting in an exit zone is a passage at once, without dwell, when it and
//     those before have 2 nats with the silence of the room (there at most 3): a strong
//     one always, one of unknown strength always, a weak one when the room has lost the
//     tag. So a tag that rests beside the exit passes nothing, and one under a coat
//     does. What is seen at one exit within PassageTime of the first sighting of a
//     passage is that passage; what is seen later is another one, unless it is weak
//     and the tag has not been elsewhere.
//   - Strength. A sighting is overruled when the tag was seen in another zone less
//     than Window before (or at the same moment, ahead of it in the order below),
//     and more strongly. Who is overruled says nothing about the place. Unknown
//     strength neither overrules nor is overruled, and equal strength does not. No
//     distance is made of a strength.
//   - Twin. A tag that is seen in turns in two places between which nobody walks in that
//     time has been copied. It takes readers whose places are known (Spot), or
//     at least the outlines of their zones, some 30 m apart at their nearest; without places no copy is ever found. A copy in the next room is not found, nor one that lies where the tag was. The place
//     stays; the other one is no challenger, but an exit is always heeded.
//   - Outage. While no reader of a zone is at work (Outages, which who listens to the
//     readers knows) its silence says nothing, for or against. What alone still hears the
//     tag hears the same again and again, which is no new evidence: it takes over only
//     when its mean is at least that of the present zone before it failed. So a far
//     reader moves nothing, and what is carried off is followed where it is heard as well.
//   - Missing. How long a tag may be unseen follows from its pace and its longest gap
//     (Patience), while a reader of its zone is at work all the time; Presence tells a
//     missing tag from a reader that is out, or that has not been back for so long. A
//     reader that lives and sees none of its tags is deaf (Deaf).
//   - Confidence is a logistic model of the evidence for others and of how long the tag
//     is unseen, fitted to the simulated building; bench/locate says how reliable it is.
//
// Invariants:
//
//   - The State at a moment is a function of the set of sightings up to then, of the
//     set of outages and of the moment. Who learns of an outage late steps again from its
//     start. Step takes them in the order of time, then device, then
//     sequence; whoever receives late ones goes back to an earlier State and steps
//     again.
//   - At(At(s, a), b) is At(s, b) for a before b, so it does not matter how often
//     somebody looked.
//   - A State written down (Append) and read again (Parse) goes on exactly as the
//     first would, provided that what it remembers is recalled (Recall): the last Slots
//     seconds of zones, of the last Memory. They are not written down, so that a tag
//     which rests has a State which rests.
//   - Evidence is counted in whole thousandths, so that sums are exact.
//   - At most maxHeard sightings of the last Window are compared (those weaker and
//     older than another of their zone are not needed), maxChallengers zones challenge,
//     and maxPassages exits are told apart within PassageTime; beyond that the weakest
//     or the oldest is forgotten.
//
// The figures (evidence.go) are choices of this project, tried on days of the simulated
// building other than those reported. They suppose strengths in dBm of UHF readers.
// Until an outage is known a stray may move a tag, or pass an exit. Known limits: a tag at
// a wall that its own reader hears worse than the next one, and a tag that is carried
// into a corner which its new reader hears worse than the old, dead one did.
//
// Sources: A. Wald, Sequential Tests of Statistical Hypotheses, Ann. Math. Stat. 16
// (1945); E. S. Page, Continuous Inspection Schemes, Biometrika 41 (1954). Adaptive
// smoothing of missed reads by each tag's own rate: S. R. Jeffery, M. Garofalakis, M. J.
// Franklin, Adaptive Cleaning for RFID Data Streams, VLDB 2006. All cited from memory
// (verified: false).
//
// What is not here: who is bound to the tag, orders, alarms (package sensors),
// where in the zone it is.
//
// Reading order: sighting.go, outage.go, state.go, memory.go, evidence.go, step.go,
// twin.go, patience.go, presence.go, confidence.go, form.go.
package locate
