package vtt_test

import (
	"errors"
	"reflect"
	"strings"
	"testing"
	"time"

	"yijianyou/internal/fault"
	"yijianyou/media/vtt"
)

const good = "\uFEFFWEBVTT - 讲解\r\nKind: captions\r\n\r\nSTYLE\r\n::cue { background: url(http://x) }\r\n\r\nNOTE of the editor\r\n\r\n1\r\n00:01.000 --> 00:02.500 line:0 align:start region:x\r\n<v 讲解员>云冈 <b.loud>石窟</b><script>alert(1)</script><c>第二十窟</c>\r\nsecond &amp; line\r\n\r\n01:00:02.500 --> 01:00:04.000\r\nend\r\n"

func TestCuesKeepTimesSettingsAndTagsOfTheStandardOnly(t *testing.T) {
	cues, wrong := vtt.Parse([]byte(good))
	want := []vtt.Cue{
		{ID: "1", Start: time.Second, End: 2500 * time.Millisecond, Settings: "line:0 align:start", Text: "<v 讲解员>云冈 <b.loud>石窟</b>alert(1)<c>第二十窟</c>\nsecond &amp; line"},
		{Start: time.Hour + 2500*time.Millisecond, End: time.Hour + 4*time.Second, Text: "end"},
	}
	if len(wrong) > 0 || !reflect.DeepEqual(cues, want) {
		t.Fatalf("%+v %v", cues, wrong)
	}
	out := string(vtt.Format(cues))
	for _, gone := range []string{"STYLE", "url(", "NOTE", "script", "region"} {
		if strings.Contains(out, gone) {
			t.Errorf("%q is left in %s", gone, out)
		}
	}
}

func TestEachMistakeIsToldAtItsLine(t *testing.T) {
	for text, want := range map[string]struct {
		path string
		code *fault.Code
	}{
		"WEBVTTX\n":                                 {"lines[1]", vtt.ErrHead},
		"1\n00:01.000 --> 00:02.000\n":              {"lines[1]", vtt.ErrHead},
		"WEBVTT\n\n00:01 --> 00:02\nx\n":            {"lines[3]", vtt.ErrTime},
		"WEBVTT\n\nx\n":                             {"lines[3]", vtt.ErrTime},
		"WEBVTT\n\na\n00:02.000 --> 00:02.000\nx\n": {"lines[4]", vtt.ErrOrder},
		"WEBVTT\n\n00:05.000 --> 00:06.000\nx\n\n00:01.000 --> 00:02.000\ny\n": {"lines[6]", vtt.ErrOrder},
		"WEBVTT\n":       {"lines[1]", vtt.ErrCues},
		"WEBVTT\n\n\xFF": {"lines[1]", vtt.ErrUTF8},
	} {
		cues, wrong := vtt.Parse([]byte(text))
		if cues != nil || len(wrong) != 1 || wrong[0].Path != want.path || !errors.Is(fault.InvalidFields(wrong), fault.ErrInvalid) || wrong[0].Code != want.code {
			t.Errorf("%q: %+v", text, wrong)
		}
	}
	if _, wrong := vtt.Parse(make([]byte, vtt.MaxBytes+1)); len(wrong) != 1 || wrong[0].Code != vtt.ErrBytes {
		t.Errorf("too long: %v", wrong)
	}
}

func FuzzParse(f *testing.F) {
	f.Add(good)
	f.Add("WEBVTT\n00:00.000 --> 00:01.000\n<<b>--><i>\n\n\nNOTE\n00:00.000 --> 00:09.000\n-->")
	f.Fuzz(func(t *testing.T, s string) {
		cues, wrong := vtt.Parse([]byte(s))
		if len(wrong) > 0 {
			return
		}
		out := vtt.Format(cues)
		again, wrong := vtt.Parse(out)
		if len(out) <= vtt.MaxBytes && (len(wrong) > 0 || !reflect.DeepEqual(cues, again)) {
			t.Fatalf("%q\n%+v\n%q\n%+v %v", s, cues, out, again, wrong)
		}
	})
}
