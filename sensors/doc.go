// Package sensors is what the house and the grounds feel: devices, tags on
// relics, zones and exits, what readers see, what gates count, what instruments
// measure, and the alarms that follow. It may import heritage and stands above
// it; it knows nothing of tourism.
//
// Ideas:
//
//   - A sample is something a device said: a sighting of a tag, a reading, a
//     count or its own status. It is keyed by its time and its device's sequence,
//     so that one that is sent again changes nothing. Whoever said it is told so
//     only after the transaction that stored it (Pipeline).
//   - Samples lie in series (internal/store/series): what a state says is made
//     of the samples alone, so late, repeated and reordered ones end in the same.
//   - A sighting proves where the tag's carrier is, not where the relic is: a tag
//     on a box proves that the box is here. Screens say which.
//   - An exit needs an order that covers the relic at the moment of passing
//     (Orders). With one the passage is kept as evidence; without one it is an
//     alarm at once: rules of passages make it graver, a built-in one judges where there
//     is none (passage_rule.go).
//   - A tag's way (place, stays, passages) follows from its sightings. Late ones are
//     stepped again from the hour before theirs (TagHour) until nothing changes; an
//     alarm that was raised meanwhile stays for whoever answers it.
//   - One thing that is wrong is one alarm: a reader that is down is not a hundred
//     silent tags. It is raised in the transaction that finds it, with the jobs that
//     tell contacts outside; whoever does not answer is passed by (escalateIn).
//   - Readings and counts are judged by rules (Rule, sensors/alarm) as they are stored. How far they have
//     come (ClimateState) is made of the series, so it is written seldom and always with an alarm.
//   - A resolved alarm never changes. What happens after a 复核 is another alarm, so
//     that a false one hides nothing.
//   - What is old goes by the settings (Retention), unless something open needs it.
//   - Unknown, stale, closed and zero are four things.
//
// Standards: EPC tag identifiers (GS1 EPC TDS) as hexadecimal text, risk levels
// of places after GB/T 16571-2012 and GA 27-2002, quantities in UCUM units.
//
// What is not here: the figures of climate and the phases of rules (series, alarm), how notices leave the house (notify), the MQTT broker (broker), the rules of position (locate),
// movement orders (heritage), limits and levels of areas (tourism), HTTP
// (sensorshttp).
//
// Reading order: device.go, zone.go, tag.go, sample.go, occupancy.go, alarm.go,
// collections.go, deps.go, service.go, pipeline.go; of tags sighting.go, tagstate.go,
// taghour.go, stay.go, passage.go, tracking.go, tracked.go, course.go, judge.go, passage_rule.go, passage_dry.go, tagwatch.go, deafreader.go, tagtwin.go; of alarms
// rule.go, rules.go, climate.go, climate_due.go, climate_alarm.go, climate_dry.go, proposal.go; alarm_raise.go, alarm_severity.go, alarm_policy.go, alarm_life.go, contact.go, delivery.go,
// notifier.go; retention.go, remover.go.
package sensors
