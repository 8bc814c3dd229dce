// Package demo is the data set of the first start with --demo, and its loader.
//
// Ideas:
//
//   - Real names carry published facts only, each with its source and how far to
//     trust it (organisation henan). What is not known is left unknown; what was
//     not checked is 待核 (Unverified). No coordinate from memory is given a
//     precision below 500 m.
//   - Everything that is invented to show the system belongs to 示范博物馆, 示范二馆
//     and 示范景区, says so in its name (演示·, 示范·) and is Simulated.
//   - Load goes through the services, so that rules and history apply, as the
//     part "demo" of the system. It notes in the transaction of each batch how far
//     it has come, goes on where it was cut off, and does nothing once finished.
//   - Identifiers are made of the keys in the data files and never change.
//   - Pictures are drawings that the program renders itself, in a background job
//     after the load; records are complete without them. Their terms name the
//     program; 示范博物馆 shows those of its most precious things smaller and marked.
//   - One story of 示范景区 has a sound: tones that the program computes, with captions
//     and transcripts that say what they are. Nobody speaks in the demo.
//
// The files under data say in their README where they are from; gen makes
// data/henan/sites.csv of the national list.
//
// What is not here: passwords and the wiring (cmd/yijianyou/internal/app), the
// drawings (drawing).
//
// Reading order: org.go, data.go, site.go, museum.go, relic.go, area.go,
// example_museum.go, example_area.go, load.go, picture.go,
// terms.go, tone.go, sound.go.
package demo
