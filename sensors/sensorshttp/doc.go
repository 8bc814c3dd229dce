// Package sensorshttp is the HTTP of the sensors: /api/v1/devices, zones and tags
// with their bindings, the quarantine list, and what hangs on them; alarms with the
// steps of their lives, who outside is told of them and who must answer.
//
// Ideas:
//
//   - Everything here is for staff: there is no public view. A handler parses,
//     calls one method of sensors.Service and makes a view; devices, zones and
//     tags share crud.go.
//   - A device that speaks no MQTT posts its samples here (capture.go). It is no
//     actor: the handler asks for its name and secret before it reads the body.
//   - What screens need beside the record itself (how a device was last heard,
//     where a tag is, what a sighting proves) comes with it, so that a list is
//     one call.
//
// What is not here: rules (sensors), MQTT (broker).
//
// Reading order: mount.go, crud.go, device.go, zone.go, tag.go, position.go,
// refusal.go, reading.go, capture.go, alarm.go, contact.go, policy.go.
package sensorshttp
