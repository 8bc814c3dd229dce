package sensors

import (
	"bytes"
	"encoding/json"
	"math"
	"strconv"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"yijianyou/internal/fault"
)

// Ranges of members.
const (
	maxSeq     = 1<<53 - 1
	minRSSI    = -150
	maxRSSI    = 50
	maxAntenna = 255
	maxPeople  = 100000 // of a count, each way
	maxName    = 64     // characters of a tag or a channel
	maxUnit    = 16
	maxVersion = 60
	maxDigits  = 40 // bytes of a number
)

// maxMS is the end of the year 9999.
const maxMS = 253402300799999

// member is a member of samples: how it is read, and whether it must be there.
type member struct {
	name     string
	required bool
	read     func(s *sample, raw []byte) fault.Field // the zero Field when it is right; its Path is not used
}

// members are those of a kind of samples.
type members struct {
	list  []member
	names string // for people
}

func membersWith(list ...member) members {
	m := members{list: append([]member{{"at", true, readAt}, {"seq", false, readSeq}}, list...)}
	names := make([]string, len(m.list))
	for i, one := range m.list {
		names[i] = one.name
	}
	m.names = strings.Join(names, ", ")
	return m
}

var battery = member{"battery", false, func(s *sample, raw []byte) fault.Field { return whole(&s.battery, raw, 0, 100) }}

// membersOf are the members of each kind of samples.
var membersOf = map[SampleKind]members{
	SightingKind: membersWith(
		member{"tag", true, readTag},
		member{"rssi", false, func(s *sample, raw []byte) fault.Field { return number(&s.value, raw, minRSSI, maxRSSI) }},
		member{"antenna", false, func(s *sample, raw []byte) fault.Field { return whole(&s.antenna, raw, 1, maxAntenna) }},
		battery),
	ReadingKind: membersWith(
		member{"channel", true, func(s *sample, raw []byte) fault.Field { return text(&s.name, raw, maxName) }},
		member{"value", true, readValue},
		member{"unit", true, func(s *sample, raw []byte) fault.Field { return text(&s.unit, raw, maxUnit) }}),
	CountKind: membersWith(
		member{"in", true, func(s *sample, raw []byte) fault.Field { return whole(&s.in, raw, 0, maxPeople) }},
		member{"out", true, func(s *sample, raw []byte) fault.Field { return whole(&s.out, raw, 0, maxPeople) }}),
	StatusKind: membersWith(
		battery,
		member{"firmware", false, func(s *sample, raw []byte) fault.Field { return text(&s.name, raw, maxVersion) }}),
}

// sampleOf reads a sample of valid JSON. The Field has no Code when it is good.
func sampleOf(known members, raw []byte) (sample, fault.Field) {
	s := sample{seq: -1, value: math.NaN(), battery: -1}
	if raw[0] != '{' {
		return s, ErrSampleForm.At("")
	}
	there := 0 // bits of the members that are there
	for object := valuesOf(raw); ; {
		name, value := object.member()
		if value == nil {
			break
		}
		m := known.find(name)
		if m < 0 || there&(1<<m) != 0 {
			return s, ErrSampleMember.At("", fault.P("known", known.names))
		}
		there |= 1 << m
		one := known.list[m]
		if value[0] == 'n' && !one.required {
			continue
		}
		if wrong := one.read(&s, value); wrong.Code != nil {
			wrong.Path = one.name
			return s, wrong
		}
	}
	for m, one := range known.list {
		if one.required && there&(1<<m) == 0 {
			return s, ErrSampleMissing.At(one.name)
		}
	}
	return s, fault.Field{}
}

// find returns which member has the quoted name, -1 for none. A name that is
// written with escapes is not known.
func (m members) find(quoted []byte) int {
	name := quoted[1 : len(quoted)-1]
	for i := range m.list {
		if string(name) == m.list[i].name {
			return i
		}
	}
	return -1
}

func readAt(s *sample, raw []byte) fault.Field {
	if raw[0] == '"' {
		var v string
		if wrong := text(&v, raw, 40); wrong.Code != nil {
			return ErrSampleTime.At("")
		}
		t, err := time.Parse(time.RFC3339, v)
		if err != nil {
			return ErrSampleTime.At("")
		}
		s.ms = t.UnixMilli()
		return fault.Field{}
	}
	ms, ok := integer(raw)
	if !ok || ms < 0 || ms > maxMS {
		return ErrSampleTime.At("")
	}
	s.ms = ms
	return fault.Field{}
}

// readValue reads the value of a reading, whose range is that of its channel.
func readValue(s *sample, raw []byte) fault.Field {
	if wrong := number(&s.value, raw, -math.MaxFloat64, math.MaxFloat64); wrong.Code != nil {
		return ErrSampleFinite.At("")
	}
	return fault.Field{}
}

func readSeq(s *sample, raw []byte) fault.Field {
	seq, ok := integer(raw)
	if !ok || seq < 0 || seq > maxSeq {
		return ErrSampleWhole.At("", fault.P("min", 0), fault.P("max", int64(maxSeq)))
	}
	s.seq = seq
	return fault.Field{}
}

// readTag reads the name of a tag; capitals become small.
func readTag(s *sample, raw []byte) fault.Field {
	if wrong := text(&s.name, raw, maxName); wrong.Code != nil || len(s.name) < 4 {
		return ErrSampleTag.At("")
	}
	for _, c := range []byte(s.name) {
		if (c < '0' || c > '9') && (c < 'a' || c > 'f') && (c < 'A' || c > 'F') {
			return ErrSampleTag.At("")
		}
	}
	s.name = strings.ToLower(s.name)
	return fault.Field{}
}

// integer reads a number without fraction and exponent.
func integer(raw []byte) (int64, bool) {
	if len(raw) > maxDigits {
		return 0, false
	}
	n, err := strconv.ParseInt(string(raw), 10, 64)
	return n, err == nil
}

func whole(to *int, raw []byte, min, max int64) fault.Field {
	n, ok := integer(raw)
	if !ok || n < min || n > max {
		return ErrSampleWhole.At("", fault.P("min", min), fault.P("max", max))
	}
	*to = int(n)
	return fault.Field{}
}

func number(to *float64, raw []byte, min, max float64) fault.Field {
	if len(raw) <= maxDigits && (raw[0] == '-' || raw[0] >= '0' && raw[0] <= '9') {
		if f, err := strconv.ParseFloat(string(raw), 64); err == nil && f >= min && f <= max {
			*to = f + 0 // no negative zero
			return fault.Field{}
		}
	}
	return ErrSampleNumber.At("", fault.P("min", min), fault.P("max", max))
}

func text(to *string, raw []byte, max int) fault.Field {
	if raw[0] == '"' && len(raw) <= 2+6*max { // an escape is at most six bytes long
		v, ok := unquoted(raw)
		if ok && utf8.RuneCountInString(v) <= max && !strings.ContainsFunc(v, unseen) {
			*to = v
			return fault.Field{}
		}
	}
	return ErrSampleText.At("", fault.P("max", max))
}

func unseen(r rune) bool { return !unicode.IsPrint(r) }

// unquoted returns the text of a JSON string.
func unquoted(raw []byte) (v string, ok bool) {
	if bytes.IndexByte(raw, '\\') < 0 {
		return string(raw[1 : len(raw)-1]), true
	}
	return v, json.Unmarshal(raw, &v) == nil
}
