package sensors

import (
	"encoding/json"
	"fmt"
	"unicode/utf8"

	"yijianyou/internal/fault"
)

// MaxSamples is how many samples a message may carry.
const MaxSamples = 1000

// What can be wrong with a message as a whole, and with a sample of it. Nothing
// of what was sent is repeated in them.
var (
	ErrPayloadSize = fault.Define(fault.TooLarge, "sensors.payload_size",
		"消息超过 {max} 字节。请分成几条发送。", "The message is larger than {max} bytes. Send several.")
	ErrPayloadSyntax = fault.Define(fault.Invalid, "sensors.payload_syntax",
		"消息不是 UTF-8 编码的 JSON。", "The message is not JSON in UTF-8.")
	ErrPayloadForm = fault.Define(fault.Invalid, "sensors.payload_form",
		"消息应是一个样本对象、样本数组，或只含 samples 数组的对象。", "The message must be one object, an array of objects, or an object with nothing but the array samples.")
	ErrPayloadCount = fault.Define(fault.TooLarge, "sensors.payload_count",
		"一条消息最多含 {max} 个样本。请分成几条发送。", "A message carries at most {max} samples. Send several.")
	ErrPayloadKind = fault.Define(fault.Invalid, "sensors.payload_kind",
		"主题最后一级应为 sighting、reading、count 或 status。", "The last level of the topic must be sighting, reading, count or status.")

	ErrSampleForm = fault.Define(fault.Invalid, "sensors.sample_form",
		"样本应是一个 JSON 对象。", "A sample must be a JSON object.")
	ErrSampleMember = fault.Define(fault.Invalid, "sensors.sample_member",
		"样本含有未知或重复的成员。允许：{known}。", "The sample has a member that is unknown or there twice. Known are: {known}.")
	ErrSampleMissing = fault.Define(fault.Invalid, "sensors.sample_missing",
		"缺少必需的成员。", "The member is required.")
	ErrSampleTime = fault.Define(fault.Invalid, "sensors.sample_time",
		"时间应为 RFC 3339 文本或 1970 年以来的毫秒整数。", "A time is RFC 3339 text or an integer of milliseconds since 1970.")
	ErrSampleWhole = fault.Define(fault.Invalid, "sensors.sample_whole",
		"应为 {min} 至 {max} 的整数。", "It must be a whole number from {min} to {max}.")
	ErrSampleNumber = fault.Define(fault.Invalid, "sensors.sample_number",
		"应为 {min} 至 {max} 的数。", "It must be a number from {min} to {max}.")
	ErrSampleFinite = fault.Define(fault.Invalid, "sensors.sample_finite",
		"应为一个数。", "It must be a number.")
	ErrSampleText = fault.Define(fault.Invalid, "sensors.sample_text",
		"应为不超过 {max} 个可见字符的文本。", "It must be text of at most {max} visible characters.")
	ErrSampleTag = fault.Define(fault.Invalid, "sensors.sample_tag",
		"标签号应为 4 至 64 位十六进制数字。", "A tag is 4 to 64 hexadecimal digits.")
)

// sample is a sample as it was sent, decoded but not checked against its
// device. Which members count is told by the kind of its message.
type sample struct {
	index   int // in the message
	ms      int64
	seq     int64 // -1 none
	name    string
	unit    string
	value   float64 // RSSI of a sighting, NaN unknown
	antenna int     // 0 unknown
	battery int     // -1 unknown
	in, out int
}

// Rejection is a sample that was not taken, or a message.
type Rejection struct {
	Index int         // of the sample in the message, from 0; -1 the whole message
	Field fault.Field // what is wrong; Path says where, such as samples[3].value
	kind  RefusalKind
}

// decode reads the payload of a message, which is JSON in UTF-8 of at most
// MaxPayload bytes: one sample, an array of them, or {"samples": [...]}; at most
// MaxSamples. A sample is an object with the members at (RFC 3339 text or
// milliseconds since 1970; required), seq (the device's running number, 0 to
// 2^53-1) and, by kind:
//
//	sighting  tag (4 to 64 hexadecimal digits; required), rssi (dBm, -150 to 50),
//	          antenna (1 to 255), battery (percent, 0 to 100)
//	reading   channel, value, unit (all required; the unit is that of the channel)
//	count     in, out (required, 0 to 100000): people since the sample before
//	status    battery (percent, 0 to 100), firmware (at most 60 characters)
//
// A member that is not required may be null, which says the same as leaving it
// out. Names of members are told apart by case. A sample with another member, or
// with one twice, is bad. The good samples of a message count even when others
// are bad; a message that is no JSON or of another form has none.
func decode(kind SampleKind, payload []byte) (good []sample, bad []Rejection) {
	whole := func(code *fault.Code, params ...fault.Param) ([]sample, []Rejection) {
		return nil, []Rejection{{Index: -1, Field: code.At("", params...), kind: BadPayload}}
	}
	known, ok := membersOf[kind]
	switch {
	case !ok:
		return whole(ErrPayloadKind)
	case len(payload) > MaxPayload:
		return whole(ErrPayloadSize, fault.P("max", MaxPayload))
	case !utf8.Valid(payload) || !json.Valid(payload):
		return whole(ErrPayloadSyntax)
	}
	list, ok := samplesOf(payload)
	if !ok {
		return whole(ErrPayloadForm)
	}
	if n := list.count(); n > MaxSamples {
		return whole(ErrPayloadCount, fault.P("max", MaxSamples))
	} else if n > 0 {
		good = make([]sample, 0, n)
	}
	for i := 0; ; i++ {
		raw, ok := list.next()
		if !ok {
			return good, bad
		}
		smp, wrong := sampleOf(known, raw)
		if wrong.Code != nil {
			bad = append(bad, rejected(i, wrong, BadPayload))
			continue
		}
		smp.index = i
		good = append(good, smp)
	}
}

// rejected makes the Rejection of the sample with the index; the path of wrong
// is that in the sample.
func rejected(index int, wrong fault.Field, kind RefusalKind) Rejection {
	path := fmt.Sprintf("samples[%d]", index)
	if wrong.Path != "" {
		path += "." + wrong.Path
	}
	wrong.Path = path
	return Rejection{Index: index, Field: wrong, kind: kind}
}

// samplesOf returns the samples of a payload that is valid JSON.
func samplesOf(payload []byte) (values, bool) {
	raw := trimmed(payload)
	switch raw[0] {
	case '[':
		return valuesOf(raw), true
	case '{':
		members := valuesOf(raw)
		name, first := members.member()
		if string(name) != `"samples"` {
			return values{one: raw}, true
		}
		if _, more := members.member(); more != nil || first[0] != '[' {
			return values{}, false
		}
		return valuesOf(first), true
	}
	return values{}, false
}
