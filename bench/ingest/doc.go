// Command ingest measures how many messages of devices a second are
// acknowledged: by a real server, which has stored and evaluated them before, and
// beside it, in the same run and under the same load, by Mosquitto, which does
// neither. Both have the machine to themselves while they are measured, and the
// publishers are the same; the figure that counts is the ratio.
//
// Mosquitto keeps its state on the disk (persistence, autosave on changes); since
// nobody reads from it, it has nothing to keep, so it is a peer that only speaks
// the protocol.
//
// Reading order: main.go, load.go, ours.go, mosquitto.go.
package main
