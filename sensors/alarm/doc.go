// Package alarm decides when it matters: rules as data, and a pure step from a rule, a
// state, a sample and the moment to the next state and what changed. It does no I/O and has
// no clock; a step allocates nothing.
//
// Ideas:
//
//   - A Rule says what is measured, between which bounds, for how long it must last
//     (hold), for how long and by how much it must be good again (clear, hysteresis), how
//     grave it is and from where the limit is taken. NewJudge makes it ready for use.
//   - Every kind of rule turns samples into one figure (a value, a change, a swing, a margin,
//     an index, a dose, a time) that is out, back or between the two, and one machine makes
//     the same phases of it: fine, pending, raised, clearing. Between out and back lies the
//     hysteresis, in which nothing flaps: a pending alarm is dropped, a raised one stays.
//   - A hold lasts from the first sample that is out to one that is out. It is broken by one
//     that is not and by a gap in which nothing was measured: what nobody saw has not lasted.
//     Only silence, and presence outside the hours, ripen by time alone (Judge.Due). Presence
//     changes its meaning at the edges of the hours, whenever somebody looks (Judge.Lapse).
//   - A passage is judged by itself: it has no hold, and hours say when the rule watches.
//   - Samples are judged in the order of time, each quantity once a moment. A Course keeps the
//     states of two moments, so that what comes up to an hour late is judged in its place: the
//     end is that of the ordered samples. What comes later than that is stored and not judged.
//     Alarms that late samples disprove are cleared, never erased.
//   - In a maintenance window an alarm is muted: recorded, nobody is called. If it is still out
//     when the window ends it is raised.
//   - Sensors of one room that find the same are one alarm with members (Group).
//   - An empty intersection of what objects need is no limit but a conflict (package material).
//
// Invariants: in the hysteresis nothing is raised and nothing cleared; raises and clears of a
// state alternate; a state that is written down and read back goes on as before.
//
// Sources: the severities and who must answer are choices of this project (severity.go, ladder.go);
// the figures and their sources are in sensors/series and sensors/alarm/material.
//
// What is not here: who is told (package sensors), where a tag is (sensors/locate), which
// movement order covers a passage (heritage).
//
// Reading order: rule.go, check.go, hours.go, sample.go, judge.go, measure.go, phase.go, form.go,
// course.go, episode.go, group.go, severity.go, ladder.go.
package alarm
