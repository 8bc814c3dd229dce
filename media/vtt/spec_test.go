package vtt_test

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"yijianyou/internal/fault"
	"yijianyou/media/vtt"
)

// one is a file with one cue from 1 s to 2 s.
func one(settings, text string) string {
	return "WEBVTT\n\n00:01.000 --> 00:02.000" + settings + "\n" + text + "\n"
}

// told writes cues in short, a line each: times in milliseconds, settings, words.
func told(cues []vtt.Cue) string {
	var lines []string
	for _, c := range cues {
		lines = append(lines, strings.TrimSpace(fmt.Sprintf("%s %d-%d %s|%s", c.ID, c.Start/time.Millisecond, c.End/time.Millisecond, c.Settings, strings.ReplaceAll(c.Text, "\n", "/"))))
	}
	return strings.Join(lines, "\n")
}

// TestFilesAreReadAsTheStandardReadsThem goes through W3C WebVTT §6 (Candidate
// Recommendation 2019): files, blocks (§6.1), times and settings (§6.3), words (§6.4).
func TestFilesAreReadAsTheStandardReadsThem(t *testing.T) {
	const at = "00:01.000 --> 00:02.000"
	for name, c := range map[string]struct{ file, want string }{
		"a byte order mark":                         {"\uFEFF" + one("", "x"), "1000-2000 |x"},
		"lines that end with CR LF":                 {strings.ReplaceAll(one("", "x\ny"), "\n", "\r\n"), "1000-2000 |x/y"},
		"lines that end with CR":                    {strings.ReplaceAll(one("", "x\ny"), "\n", "\r"), "1000-2000 |x/y"},
		"a last line without an end":                {"WEBVTT\n\n" + at + "\nx", "1000-2000 |x"},
		"NUL becomes the replacement character":     {one("", "a\x00b"), "1000-2000 |a\uFFFDb"},
		"words after WEBVTT":                        {"WEBVTT 说明 - x\n\n" + at + "\nx", "1000-2000 |x"},
		"a tab after WEBVTT":                        {"WEBVTT\tx\n\n" + at + "\nx", "1000-2000 |x"},
		"lines of the head":                         {"WEBVTT\nKind: captions\nLanguage: zh\n\n" + at + "\nx", "1000-2000 |x"},
		"no empty line after the head":              {"WEBVTT\n" + at + "\nx", "1000-2000 |x"},
		"many empty lines":                          {"WEBVTT\n\n\n\n" + at + "\nx\n\n\n\n", "1000-2000 |x"},
		"an id":                                     {"WEBVTT\n\n第一\n" + at + "\nx", "第一 1000-2000 |x"},
		"an id that only begins as a style":         {"WEBVTT\n\nSTYLE guide\n" + at + "\nx", "STYLE guide 1000-2000 |x"},
		"an id that only begins as a note":          {"WEBVTT\n\nNOTES\n" + at + "\nx", "NOTES 1000-2000 |x"},
		"a note of one line":                        {"WEBVTT\n\nNOTE x\n\n" + at + "\nx", "1000-2000 |x"},
		"a note of lines":                           {"WEBVTT\n\nNOTE\nx\ny\n\n" + at + "\nx", "1000-2000 |x"},
		"a cue that is noted out":                   {"WEBVTT\n\nNOTE\n00:00.000 --> 00:01.000\nold\n\n" + at + "\nx", "1000-2000 |x"},
		"a style":                                   {"WEBVTT\n\nSTYLE \n::cue(b) { color: red }\n\n" + at + "\nx", "1000-2000 |x"},
		"a region":                                  {"WEBVTT\n\nREGION\nid:x width:40%\n\n" + at + " region:x\nx", "1000-2000 |x"},
		"no empty line between two cues":            {"WEBVTT\n\n" + at + "\nx\n00:02.000 --> 00:03.000\ny", "1000-2000 |x\n2000-3000 |y"},
		"times without words":                       {"WEBVTT\n\n" + at + "\n\n00:02.000 --> 00:03.000\ny", "1000-2000 |\n2000-3000 |y"},
		"cues that overlap":                         {"WEBVTT\n\n" + at + "\nx\n\n00:01.000 --> 00:09.000\ny", "1000-2000 |x\n1000-9000 |y"},
		"hours":                                     {"WEBVTT\n\n01:00:01.000 --> 123:00:02.000\nx", "3601000-442802000 |x"},
		"an hour of one digit":                      {"WEBVTT\n\n0:00:01.000 --> 1:00:02.000\nx", "1000-3602000 |x"},
		"hours on one side":                         {"WEBVTT\n\n59:59.999 --> 01:00:00.000\nx", "3599999-3600000 |x"},
		"no spaces around the arrow":                {"WEBVTT\n\n00:01.000-->00:02.000\nx", "1000-2000 |x"},
		"spaces and tabs around the times":          {"WEBVTT\n\n \t00:01.000 \t --> \t00:02.000\t \nx", "1000-2000 |x"},
		"settings":                                  {one(" vertical:rl line:-1,end position:10%,line-left size:35.5% align:start", "x"), "1000-2000 vertical:rl line:-1,end position:10%,line-left size:35.5% align:start|x"},
		"a line in percent":                         {one(" line:100%", "x"), "1000-2000 line:100%|x"},
		"settings that are none":                    {one(" align:middle line:101% line:1. line:.5 line:--1 size:50 position:-1% vertical:up line: :0 region:x", "x"), "1000-2000 |x"},
		"a setting stuck to the time":               {one("align:end", "x"), "1000-2000 align:end|x"},
		"a voice":                                   {one("", "<v 讲解员>山门</v>"), "1000-2000 |<v 讲解员>山门</v>"},
		"a voice with classes and an escape":        {one("", "<v.first.loud 甲 &amp; 乙>山门"), "1000-2000 |<v.first.loud 甲 &amp; 乙>山门"},
		"classes, of which some are colours":        {one("", "<c.yellow.bg_blue>山门</c>"), "1000-2000 |<c.yellow.bg_blue>山门</c>"},
		"ruby":                                      {one("", "<ruby>云冈<rt>Yungang</rt></ruby>"), "1000-2000 |<ruby>云冈<rt>Yungang</rt></ruby>"},
		"a language":                                {one("", "<lang en-GB>gate</lang>"), "1000-2000 |<lang en-GB>gate</lang>"},
		"times within the words":                    {one("", "a<00:01.500>b<01:00:00.000>c"), "1000-2000 |a<00:01.500>b<01:00:00.000>c"},
		"tags of other standards":                   {one("", "<script>x</script><font color=red>y</font><img src=x onerror=y><!-- z"), "1000-2000 |xy"},
		"a line of nothing but such a tag":          {one("", "a\n<img>\nb"), "1000-2000 |a/b"},
		"the escapes of the standard":               {one("", "&amp;&lt;&gt;&nbsp;&lrm;&rlm;."), "1000-2000 |&amp;&lt;&gt;\u00A0\u200E\u200F."},
		"references of HTML":                        {one("", "&quot;&eacute;&#23665;&#x95E8;&amp;amp;"), "1000-2000 |\"é山门&amp;amp;"},
		"references that would be a line or a tag":  {one("", "a&#10;&#10;b&#60;script&#62;"), "1000-2000 |a  b&lt;script&gt;"},
		"signs that are not escaped":                {one("", "a & b > c"), "1000-2000 |a &amp; b &gt; c"},
		"an arrow that is escaped":                  {one("", "a --&gt; b"), "1000-2000 |a --&gt; b"},
		"an arrow that a tag would leave":           {one("", "a --<x>> b"), "1000-2000 |a --&gt; b"},
		"a tag that does not end swallows the rest": {one("", "a < b"), "1000-2000 |a"},
		"control characters":                        {one("", "a\x01\x7f\tb"), "1000-2000 |a   b"},
	} {
		cues, wrong := vtt.Parse([]byte(c.file))
		if got := told(cues); got != c.want || len(wrong) > 0 {
			t.Errorf("%s: %q, want %q; %v", name, got, c.want, wrong)
			continue
		}
		if again, wrong := vtt.Parse(vtt.Format(cues)); told(again) != c.want || len(wrong) > 0 {
			t.Errorf("%s: written and read again %q; %v", name, told(again), wrong)
		}
	}
}

// TestWhatAPlayerWouldPassOverIsTold: a player shows what it can; somebody who writes
// captions is told instead, at the line.
func TestWhatAPlayerWouldPassOverIsTold(t *testing.T) {
	for name, c := range map[string]struct {
		lines string // after "WEBVTT" and an empty line
		line  int
		code  *fault.Code
	}{
		"a comma in a time":             {"00:00:01,000 --> 00:00:02,000\nx", 3, vtt.ErrTime},
		"a minute of one digit":         {"1:05.000 --> 00:02.000\nx", 3, vtt.ErrTime},
		"a minute of 60":                {"60:00.000 --> 61:00.000\nx", 3, vtt.ErrTime},
		"a second of 60":                {"00:60.000 --> 00:61.000\nx", 3, vtt.ErrTime},
		"two digits after the point":    {"00:01.00 --> 00:02.000\nx", 3, vtt.ErrTime},
		"four digits after the point":   {"00:01.000 --> 00:02.0000\nx", 3, vtt.ErrTime},
		"another arrow":                 {"00:01.000 -> 00:02.000\nx", 3, vtt.ErrTime},
		"a time that is missing":        {"00:01.000 -->\nx", 3, vtt.ErrTime},
		"words without times":           {"x\ny", 3, vtt.ErrTime},
		"an arrow in the words":         {"00:01.000 --> 00:02.000\nx --> y", 4, vtt.ErrTime},
		"an end before its beginning":   {"00:02.000 --> 00:01.000\nx", 3, vtt.ErrOrder},
		"a beginning before that above": {"00:02.000 --> 00:03.000\nx\n\n00:01.000 --> 00:04.000\ny", 6, vtt.ErrOrder},
	} {
		cues, wrong := vtt.Parse([]byte("WEBVTT\n\n" + c.lines))
		if cues != nil || len(wrong) != 1 || wrong[0].Code != c.code || wrong[0].Path != fmt.Sprintf("lines[%d]", c.line) {
			t.Errorf("%s: %v %+v", name, told(cues), wrong)
		}
	}
}
