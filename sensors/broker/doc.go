// Package broker is MQTT in front of the pipeline of sensors: an embedded broker
// that devices connect to, or a client of a broker that is already there; and
// the small publisher that plays a device.
//
// Ideas:
//
//   - The acknowledgement is ours. A PUBACK (or PUBREC) is written after the
//     transaction that stored the samples, never before: what was acknowledged is
//     in the store, whatever happens then. What was not is sent again by the
//     device and changes nothing when it was stored after all (package sensors).
//   - Client id, user name and device are one. A second connection of a device
//     takes over from the first; nobody takes over from another device.
//   - A device publishes to its own four topics and reads its own command topic.
//     Whatever it tries beyond is refused, logged and noted (sensors.Refusal).
//   - Nobody slows anybody else: each connection has a window, a bucket and a
//     writer of its own, so that a device that floods, or never reads what it is
//     answered, stops itself.
//   - Limits come before the parser: of connections, of the time to log in, of the
//     first packet, of every packet.
//
// What is spoken: MQTT 3.1.1 and 5.0 (OASIS standards of 2014 and 2019).
//
//   - QoS 1 is what is promised above. QoS 2 is answered with PUBREC after the
//     commit and PUBCOMP at any PUBREL; since samples are idempotent no message
//     counts twice. QoS 0 is taken without a promise.
//   - Retained messages and wills are refused: there is nobody to keep them for.
//     So are topic aliases, wildcards and shared subscriptions.
//   - With clean session off (5.0: a session expiry above 0) the session of a
//     device lives in the store and survives a restart of the program, so that the
//     library of the device keeps and resends what was not acknowledged.
//   - A keep-alive of 0 or above half an hour counts as half an hour.
//
// Nothing is sent to devices yet. Whoever sends them commands finds that mochi's
// Inflight.NextImmediate takes its read lock twice, like Clients.GetByListener
// (listener.go), and must not let messages of QoS above 0 wait in it.
//
// What is not here: decoding and storing (package sensors), who owns a device
// (package sensors), settings (config).
//
// Reading order: topic.go, broker.go, listener.go, hook.go, login.go, session.go, flow.go,
// counters.go; link.go, client.go; publisher.go.
package broker
