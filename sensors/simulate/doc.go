// Package simulate plays a house and its grounds: readers that see tags, gates
// that count people, instruments that measure, a thief, a dead reader. It makes
// what real devices would publish, by a script, and gives it to a Publisher.
//
// Ideas:
//
//   - A World says which devices, zones and tags there are. A Script says what
//     happens. Both are data; Parse reads a script from text that a curator
//     could write.
//   - The same world, script and seed give the same samples: nothing is random
//     but by the seed, and time is a Clock that is given.
//   - Each device publishes under its own name and with its own running number,
//     as a real one does. It knows nothing of the server but the topics.
//   - Whatever it makes is simulated; the devices are registered as such.
//
// The language, one statement a line, # begins a comment:
//
//	title TEXT                               what it shows
//	seed N                                   of everything random, 1 by default
//	for DURATION                             how long; without it, until stopped
//	heartbeat DURATION                       how often a device says that it lives, 30s
//	reads DURATION [miss PERCENT] [stray PERCENT]   how often a reader reports its tags, 10s, 5, 0
//	climate DURATION                         how often an instrument measures, 60s
//	gate NAME|* in N/min [out N/min] [from DURATION] [until DURATION]
//	gate NAME|* day N stay DURATION          N people come over the day by the clock of China, each stays so long
//	at DURATION carry TAG via ZONE[,ZONE…] every DURATION
//	at DURATION device NAME dies|returns
//	at DURATION tag TAG silent|battery N
//	at DURATION impersonate NAME by NAME     the second publishes under the first's name
//
// What is not here: MQTT (broker), the demo's world and scripts (demo).
//
// Reading order: world.go, script.go, parse.go, player.go, readers.go, gates.go.
package simulate
