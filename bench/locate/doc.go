// Command locate measures how well package sensors/locate tells where tags are,
// against simpler rules, over days of a simulated building (sensors/locate/building)
// whose readers read as a real one did.
//
//   - The rules: the zone of the last reader that saw the tag, at once or when that
//     was the only one for so many seconds; the zone with the strongest mean over so
//     many seconds; ours with so many seconds of dwell. Both fixed rules call a tag
//     missing after a minute; ours begins with that minute too.
//   - Delay: from the moment at which a tag that is carried enters a room in which it
//     stays for a minute or more until the rule says so.
//   - False alarms for each day of a tag: changes to a zone in which the tag neither is
//     nor was in the last minute; passages without one within a minute; missing
//     although it was neither covered nor torn off nor outside.
//   - Place: the share of the time in which the rule has the tag in its zone, without
//     the times in which no reader can see it.
//   - While a copy of a tag is about no rule can be right or wrong: such times count for
//     none. Whether the copy is called is counted.
//   - Reliability: what the confidence says, once a minute, against how often it is right.
//   - Speed: steps a second of processor time, allocations.
//
// Run it with `go run ./bench/locate`; -days and -seed say how much and which.
//
// Reading order: main.go, rules.go, day.go, score.go, report.go.
package main
