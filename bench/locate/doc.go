// Command locate measures how well package sensors/locate tells where tags are,
// against simpler rules, over days of a simulated building (sensors/locate/building)
// whose readers read as a real one did.
//
//   - The rules: the zone of the last reader that saw the tag, at once or when that
//     was the only one for so many seconds; the zone with the strongest mean over so
//     many seconds; ours with so many seconds of dwell. Both fixed rules call a tag
//     missing after a minute; ours begins with that minute too.
//   - Outages: ours is told that a zone has no reader any more after -late, as the watch
//     of the tracking finds out, and steps again what was seen since. What it has called
//     until then is a false alarm. It calls no tag missing before its reader has spoken.
//   - Delay: from the moment at which a tag that is carried enters a room in which it
//     stays for a minute or more until the rule says so.
//   - False alarms for each day of a tag: changes to a zone in which the tag neither is
//     nor was in the last minute nor comes within 15 s (through a door it is heard before); passages without one within a minute (of what lies at an exit, one: the
//     tracking raises one alarm); missing
//     although it was neither covered nor torn off nor outside.
//   - Equal detection: a rule that waits longer is quieter and overlooks more. So the
//     rules are compared at equal median delay, and at equal delay and oversights.
//   - Place: the share of the time in which the rule has the tag in its zone, without
//     the times in which no reader can see it.
//   - While a copy of a tag is about no rule can be right or wrong: such times count for
//     none. Whether the copy is called is counted, beside how many
//     lay so far from the tag that they could be told: a copy in the same room or the
//     next cannot.
//   - Reliability: what the confidence says, once a minute, against how often it is right.
//   - Speed: steps a second of processor time, allocations.
//
// Run it with `go run ./bench/locate`; -days and -seed say how much and which.
//
// Reading order: main.go, rules.go, ours.go, day.go, score.go, report.go.
package main
