package sensors

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"math"
	"reflect"
	"strings"
	"testing"
	"time"
	"unicode/utf8"
)

func TestAPayloadIsOneSampleAnArrayOrAnEnvelope(t *testing.T) {
	one := `{"at":1764000000123,"seq":7,"in":3,"out":0}`
	want := sample{ms: 1764000000123, seq: 7, value: math.NaN(), battery: -1, in: 3}
	for _, in := range []string{one, "[" + one + "]", ` { "samples" : [ ` + one + ` ] } `, "\n" + strings.ReplaceAll(one, ",", " ,\t") + "\r\n"} {
		good, bad := decode(CountKind, []byte(in))
		if len(good) != 1 || len(bad) != 0 || !equalSamples(good[0], want) {
			t.Errorf("%s: %+v %+v", in, good, bad)
		}
	}
	for _, in := range []string{"[]", `{"samples":[]}`} {
		if good, bad := decode(CountKind, []byte(in)); len(good)+len(bad) != 0 {
			t.Errorf("%s: %+v %+v", in, good, bad)
		}
	}
}

func TestMembersOfEachKind(t *testing.T) {
	at := time.Date(2026, 11, 28, 1, 2, 3, 4e6, time.UTC).UnixMilli()
	for in, want := range map[string]sample{
		`sighting {"at":"2026-11-28T09:02:03.0049+08:00","tag":"E200341201","rssi":-61.5,"antenna":2,"battery":80}`: {ms: at, seq: -1, name: "e200341201", value: -61.5, antenna: 2, battery: 80},
		`sighting {"at":"2026-11-28T01:02:03.004Z","tag":"aa01","rssi":null,"seq":null}`:                            {ms: at, seq: -1, name: "aa01", value: math.NaN(), battery: -1},
		`reading {"at":1,"channel":"rh","value":51.25,"unit":"%"}`:                                                  {ms: 1, seq: -1, name: "rh", value: 51.25, unit: "%", battery: -1},
		`status {"at":1,"firmware":"1.0\u00e9","battery":0}`:                                                        {ms: 1, seq: -1, name: "1.0é", value: math.NaN()},
		`status {"at":1}`: {ms: 1, seq: -1, value: math.NaN(), battery: -1},
	} {
		kind, payload, _ := strings.Cut(in, " ")
		good, bad := decode(SampleKind(kind), []byte(payload))
		if len(good) != 1 || len(bad) != 0 || !equalSamples(good[0], want) {
			t.Errorf("%s: %+v %+v", in, good, bad)
		}
	}
}

func TestABadSampleIsNamedAndTheOthersKept(t *testing.T) {
	good := `{"at":1,"in":1,"out":1}`
	for in, want := range map[string]struct {
		code error
		path string
	}{
		`{"at":1,"in":1}`:                     {ErrSampleMissing, "samples[1].out"},
		`{"in":1,"out":1}`:                    {ErrSampleMissing, "samples[1].at"},
		`{"at":null,"in":1,"out":1}`:          {ErrSampleTime, "samples[1].at"},
		`{"at":1.5,"in":1,"out":1}`:           {ErrSampleTime, "samples[1].at"},
		`{"at":"yesterday","in":1,"out":1}`:   {ErrSampleTime, "samples[1].at"},
		`{"at":-1,"in":1,"out":1}`:            {ErrSampleTime, "samples[1].at"},
		`{"at":1,"in":-1,"out":1}`:            {ErrSampleWhole, "samples[1].in"},
		`{"at":1,"in":"1","out":1}`:           {ErrSampleWhole, "samples[1].in"},
		`{"at":1,"in":1,"out":100001}`:        {ErrSampleWhole, "samples[1].out"},
		`{"at":1,"in":1e2,"out":1}`:           {ErrSampleWhole, "samples[1].in"},
		`{"at":1,"in":1,"out":1,"seq":-1}`:    {ErrSampleWhole, "samples[1].seq"},
		`{"at":1,"in":1,"out":1,"x":{"y":2}}`: {ErrSampleMember, "samples[1]"},
		`{"at":1,"in":1,"out":1,"in":1}`:      {ErrSampleMember, "samples[1]"},
		`{"at":1,"In":1,"out":1}`:             {ErrSampleMember, "samples[1]"},
		`{"at":1,"i\u006e":1,"out":1}`:        {ErrSampleMember, "samples[1]"},
		`[1,[2,{"a":"]}"}]]`:                  {ErrSampleForm, "samples[1]"},
		`"x"`:                                 {ErrSampleForm, "samples[1]"},
		`null`:                                {ErrSampleForm, "samples[1]"},
	} {
		samples, bad := decode(CountKind, []byte("["+good+","+in+","+good+"]"))
		if len(samples) != 2 || samples[1].index != 2 || len(bad) != 1 {
			t.Errorf("%s: %+v %+v", in, samples, bad)
			continue
		}
		if b := bad[0]; b.Index != 1 || !errors.Is(b.Field.Code, want.code) || b.Field.Path != want.path || b.kind != BadPayload {
			t.Errorf("%s: %+v, want %v at %s", in, b, want.code, want.path)
		}
	}
	for in, code := range map[string]error{
		`sighting {"at":1,"tag":"aa0"}`:                                                         ErrSampleTag,
		`sighting {"at":1,"tag":"xx01"}`:                                                        ErrSampleTag,
		`sighting {"at":1,"tag":"aa01","rssi":51}`:                                              ErrSampleNumber,
		`sighting {"at":1,"tag":"aa01","antenna":0}`:                                            ErrSampleWhole,
		`sighting {"at":1,"tag":"aa01","value":1}`:                                              ErrSampleMember,
		`reading {"at":1,"channel":"rh","value":1e400,"unit":"%"}`:                              ErrSampleFinite,
		`reading {"at":1,"channel":"rh","value":"NaN","unit":"%"}`:                              ErrSampleFinite,
		`reading {"at":1,"channel":"rh","value":1,"unit":"` + strings.Repeat("u", 17) + `"}`:    ErrSampleText,
		`status {"at":1,"firmware":"a\u0000b"}`:                                                 ErrSampleText,
		`status {"at":1,"battery":101}`:                                                         ErrSampleWhole,
		`reading {"at":1,"channel":null,"value":1,"unit":"%"}`:                                  ErrSampleText,
		`reading {"at":1,"channel":"rh","value":` + strings.Repeat("1", 41) + `.0,"unit":"%"}`:  ErrSampleFinite,
		`reading {"at":1,"channel":"rh","value":true,"unit":"%"}`:                               ErrSampleFinite,
		`sighting {"at":` + strings.Repeat("9", 30) + `,"tag":"aa01"}`:                          ErrSampleTime,
		`sighting {"at":"` + strings.Repeat("2026-11-28T00:00:00Z", 9) + `","tag":"aa01"}`:      ErrSampleTime,
		`sighting {"at":1,"tag":"` + strings.Repeat("a", 65) + `"}`:                             ErrSampleTag,
		`sighting {"at":1,"tag":"aa01","seq":9007199254740992}`:                                 ErrSampleWhole,
		`sighting {"at":1,"tag":"aa01","battery":"full"}`:                                       ErrSampleWhole,
		`sighting {"at":1,"tag":"aa01","rssi":-0.0e0,"antenna":2,"battery":1,"seq":1,"more":1}`: ErrSampleMember,
	} {
		kind, payload, _ := strings.Cut(in, " ")
		good, bad := decode(SampleKind(kind), []byte(payload))
		if len(good) != 0 || len(bad) != 1 || !errors.Is(bad[0].Field.Code, code) {
			t.Errorf("%s: %+v %+v, want %v", in, good, bad, code)
		}
	}
}

func TestAMessageOfAnotherFormHasNoSamples(t *testing.T) {
	many := "[" + strings.Repeat(`{"at":1,"in":1,"out":1},`, MaxSamples) + `{}]`
	for in, code := range map[string]error{
		"":                                    ErrPayloadSyntax,
		"{":                                   ErrPayloadSyntax,
		"\xff":                                ErrPayloadSyntax,
		`[{"at":1,"in":1,"out":1}] x`:         ErrPayloadSyntax,
		"[" + "\"\xc3\"]":                     ErrPayloadSyntax,
		strings.Repeat("[", 20000):            ErrPayloadSyntax,
		"1":                                   ErrPayloadForm,
		"null":                                ErrPayloadForm,
		`{"samples":[],"more":1}`:             ErrPayloadForm,
		`{"samples":{}}`:                      ErrPayloadForm,
		many:                                  ErrPayloadCount,
		strings.Repeat(" ", MaxPayload) + "1": ErrPayloadSize,
	} {
		good, bad := decode(CountKind, []byte(in))
		if len(good) != 0 || len(bad) != 1 || bad[0].Index != -1 || !errors.Is(bad[0].Field.Code, code) {
			t.Errorf("%.40q: %d good, %+v, want %v", in, len(good), bad, code)
		}
	}
	if _, bad := decode("position", []byte("[]")); len(bad) != 1 || !errors.Is(bad[0].Field.Code, ErrPayloadKind) {
		t.Errorf("unknown kind: %+v", bad)
	}
	if good, bad := decode(CountKind, []byte(strings.Replace(many, ",{}]", "]", 1))); len(good) != MaxSamples || len(bad) != 0 {
		t.Errorf("%d samples, %d bad", len(good), len(bad))
	}
}

// FuzzDecode: whatever comes, decode does not panic, says something of every
// sample, and takes nothing that encoding/json reads otherwise.
func FuzzDecode(f *testing.F) {
	for i, in := range []string{`{"at":1,"seq":3,"in":1,"out":2}`, `[{"at":"2026-11-28T00:00:00Z","channel":"rh","value":-1.5e3,"unit":"%"},{}]`,
		`{"samples":[{"at":1,"tag":"AA01","rssi":-60},{"x":[1,{"y":"]}\\\""}]}]}`, `{"at":2,"firmware":"\u00e9","battery":null}`} {
		f.Add(i, []byte(in))
	}
	kinds := []SampleKind{CountKind, ReadingKind, SightingKind, StatusKind}
	f.Fuzz(func(t *testing.T, n int, in []byte) {
		kind := kinds[uint(n)%uint(len(kinds))]
		good, bad := decode(kind, in)
		if !utf8.Valid(in) || !json.Valid(in) {
			if len(good) != 0 || len(bad) != 1 {
				t.Fatalf("of no JSON: %v %v", good, bad)
			}
			return
		}
		if len(bad) == 1 && bad[0].Index < 0 {
			return
		}
		list := oracle(t, in)
		if len(list) != len(good)+len(bad) {
			t.Fatalf("%d samples, %d good and %d bad", len(list), len(good), len(bad))
		}
		for _, s := range good {
			checkAgainst(t, kind, s, list[s.index])
		}
	})
}

// oracle returns the samples as encoding/json reads them.
func oracle(t *testing.T, in []byte) (list []any) {
	d := json.NewDecoder(bytes.NewReader(in))
	d.UseNumber()
	var v any
	if err := d.Decode(&v); err != nil {
		t.Fatal(err)
	}
	if m, ok := v.(map[string]any); ok {
		if inner, ok := m["samples"].([]any); ok && len(m) == 1 {
			return inner
		}
		return []any{v}
	}
	list, ok := v.([]any)
	if !ok {
		t.Fatalf("took samples of %T", v)
	}
	return list
}

func checkAgainst(t *testing.T, kind SampleKind, s sample, v any) {
	m, ok := v.(map[string]any)
	if !ok {
		t.Fatalf("a sample of %T", v)
	}
	for name, value := range m {
		var got any
		switch name {
		case "at":
			if _, text := value.(string); text {
				continue
			}
			got = s.ms
		case "seq":
			got = s.seq
		case "tag", "channel", "firmware":
			got = s.name
			value = fmt.Sprint(value)
			if name == "tag" {
				value = strings.ToLower(value.(string))
			}
		case "unit":
			got = s.unit
		case "in":
			got = s.in
		case "out":
			got = s.out
		case "antenna":
			got = s.antenna
		case "battery":
			got = s.battery
		case "value", "rssi":
			if number, ok := value.(json.Number); ok {
				if want, err := number.Float64(); err != nil || s.value != want {
					t.Fatalf("%s: %v, want %v", name, s.value, want)
				}
				continue
			}
			got = s.value
		default:
			t.Fatalf("%s: took a sample with a member %q", kind, name)
		}
		if value != nil && fmt.Sprint(value) != fmt.Sprint(got) && fmt.Sprint(value) != "-"+fmt.Sprint(got) { // -0
			t.Fatalf("%s: %v, want %v", name, got, value)
		}
	}
}

// equalSamples compares samples; NaN is NaN.
func equalSamples(a, b sample) bool {
	if math.IsNaN(a.value) && math.IsNaN(b.value) {
		a.value, b.value = 0, 0
	}
	return reflect.DeepEqual(a, b)
}
