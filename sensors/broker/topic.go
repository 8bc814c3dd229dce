package broker

import (
	"slices"
	"strings"

	"yijianyou/internal/actor"
	"yijianyou/internal/ids"
	"yijianyou/sensors"
)

// topicRoot begins every topic: the program and the version of the contract.
const topicRoot = "yjy/v1/"

// commandLevel is the last level of the topic that a device reads.
const commandLevel = "command"

// address is who publishes what, as a topic says it.
type address struct {
	org    actor.OrgID
	device sensors.DeviceID
	kind   sensors.SampleKind
}

// topic is the topic of samples: yjy/v1/{org}/{device}/{kind}.
func (a address) topic() string {
	return topicRoot + string(a.org) + "/" + string(a.device) + "/" + string(a.kind)
}

// commandTopic is the one topic that a device may subscribe to.
func commandTopic(d sensors.Device) string {
	return address{org: d.Org, device: sensors.DeviceID(d.ID), kind: commandLevel}.topic()
}

// parseTopic reads the topic of samples. The name of the device is returned as
// far as there is one even when ok is false, for the quarantine list.
func parseTopic(topic string) (a address, ok bool) {
	rest, ours := strings.CutPrefix(topic, topicRoot)
	levels := strings.Split(rest, "/")
	if !ours || len(levels) < 2 {
		return address{device: sensors.DeviceID(topic)}, false
	}
	a = address{org: actor.OrgID(levels[0]), device: sensors.DeviceID(levels[1])}
	if len(levels) != 3 || !ids.ValidSlug(levels[0]) || !ids.ValidSlug(levels[1]) {
		return a, false
	}
	a.kind, ok = kindOf(levels[2])
	return a, ok
}

// kindOf reads the last level of a topic of samples.
func kindOf(level string) (sensors.SampleKind, bool) {
	kind := sensors.SampleKind(level)
	if !slices.Contains(sensors.SampleKinds, kind) {
		return "", false
	}
	return kind, true
}
