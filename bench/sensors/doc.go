// Command sensors measures how samples of devices are taken in by a real server.
//
//   - rates: messages a second that are acknowledged, having been stored and
//     evaluated; beside it, in the same run and under the same load, Mosquitto,
//     which does neither. Both have the machine to themselves while they are
//     measured, and the publishers are the same; the figure that counts is the
//     ratio. Mosquitto keeps its state on the disk (persistence, autosave on
//     changes); since nobody reads from it, it has nothing to keep, so it is a peer
//     that only speaks the protocol.
//   - latency: how long a sample takes from the moment at which it is due to the
//     acknowledgement, which follows the commit, at given rates, with one and with
//     fifty samples a message; memory, and disk for a million samples.
//   - alarms: how long it takes until the alarm of a sighting at an exit is
//     committed, while a file of 100,000 relics is imported.
//
// Reading order: main.go, load.go, ours.go, mosquitto.go, latency.go, alarms.go.
package main
