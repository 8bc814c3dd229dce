package vtt

import (
	"fmt"
	"regexp"
	"strings"
	"time"
	"unicode/utf8"

	"yijianyou/internal/fault"
)

// Cue is one caption.
type Cue struct {
	ID         string
	Start, End time.Duration // End after Start; milliseconds
	Settings   string        // such as "line:0 align:start"; may be empty
	Text       string        // with tags of the standard; lines are parted by \n
}

// What a file may have.
const (
	MaxBytes = 1 << 20
	maxCues  = 20_000
	maxFound = 20 // mistakes that are told
)

// What can be wrong; each is told at "lines[N]", counted from 1.
var (
	ErrBytes = fault.Define(fault.TooLarge, "media.vtt_bytes",
		"字幕或文字稿超过 {kb} KB。请分段。", "Captions or transcript are larger than {kb} KB. Divide them.")
	ErrUTF8 = fault.Define(fault.Invalid, "media.vtt_utf8",
		"不是 UTF-8 文本。请另存为 UTF-8。", "It is no UTF-8 text. Save it as UTF-8.")
	ErrHead = fault.Define(fault.Invalid, "media.vtt_head",
		"第 1 行应为 WEBVTT。", "Line 1 must be WEBVTT.")
	ErrTime = fault.Define(fault.Invalid, "media.vtt_time",
		"第 {line} 行：时间应写作 00:01.000 --> 00:04.000。", "Line {line}: times are written 00:01.000 --> 00:04.000.")
	ErrOrder = fault.Define(fault.Invalid, "media.vtt_order",
		"第 {line} 行：结束时间应晚于开始时间，开始时间不能早于上一条。", "Line {line}: a cue ends after it begins and does not begin before the one above.")
	ErrCues = fault.Define(fault.Invalid, "media.vtt_cues",
		"没有字幕，或多于 {max} 条。", "There are no cues, or more than {max}.")
)

const timestamp = `(?:(\d{1,4}):)?([0-5]\d):([0-5]\d)\.(\d{3})`

const percentage = `0*(?:100(?:\.0+)?|\d{1,2}(?:\.\d+)?)%`

var (
	timing  = regexp.MustCompile(`^[ \t\f]*` + timestamp + `[ \t\f]*-->[ \t\f]*` + timestamp + `([^\d].*)?$`)
	setting = regexp.MustCompile(`^(?:vertical:(?:rl|lr)|line:(?:-?\d+(?:\.\d+)?|` + percentage + `)(?:,(?:start|center|end))?|position:` + percentage +
		`(?:,(?:line-left|center|line-right))?|size:` + percentage + `|align:(?:start|center|end|left|right))$`)
)

// Parse reads a file. wrong names each line that breaks a rule; cues are then nil.
func Parse(b []byte) (cues []Cue, wrong []fault.Field) {
	at := func(c *fault.Code, line int) {
		if len(wrong) < maxFound {
			wrong = append(wrong, c.At(fmt.Sprintf("lines[%d]", line), fault.P("line", line)))
		}
	}
	switch {
	case len(b) > MaxBytes:
		return nil, []fault.Field{ErrBytes.At("lines[1]", fault.P("kb", MaxBytes>>10))}
	case !utf8.Valid(b):
		return nil, []fault.Field{ErrUTF8.At("lines[1]")}
	}
	text := strings.NewReplacer("\r\n", "\n", "\r", "\n", "\x00", "\uFFFD").Replace(strings.TrimPrefix(string(b), "\uFEFF"))
	lines := strings.Split(text, "\n")
	if rest, ok := strings.CutPrefix(lines[0], "WEBVTT"); !ok || rest != "" && rest[0] != ' ' && rest[0] != '\t' {
		return nil, []fault.Field{ErrHead.At("lines[1]")}
	}
	i := 1
	for i < len(lines) && lines[i] != "" { // the rest of the head
		if strings.Contains(lines[i], arrow) {
			break
		}
		i++
	}
	for i < len(lines) {
		if lines[i] == "" {
			i++
			continue
		}
		from := i
		i += blockLines(lines[i:])
		if aside(lines[from]) {
			continue
		}
		cue, n, code := block(lines[from:i])
		switch {
		case code != nil:
			at(code, from+n+1)
		case len(cues) > 0 && cue.Start < cues[len(cues)-1].Start:
			at(ErrOrder, from+n+1)
		default:
			cues = append(cues, cue)
		}
	}
	if len(wrong) == 0 && (len(cues) == 0 || len(cues) > maxCues) {
		wrong = []fault.Field{ErrCues.At("lines[1]", fault.P("max", maxCues))}
	}
	if len(wrong) > 0 {
		return nil, wrong
	}
	return cues, nil
}

// arrow parts the times of a cue; no other line of a file has it.
const arrow = "-->"

// blockLines returns how many of lines are of the block that begins with the first:
// up to an empty one, or to one with an arrow where none is expected (§6.1, "collect
// a WebVTT block"). A block that is no cue goes up to an empty line, arrows or not.
func blockLines(lines []string) int {
	seen, other := false, aside(lines[0])
	for n, line := range lines {
		if line == "" {
			return n
		}
		if !other && strings.Contains(line, arrow) {
			if seen || n > 1 {
				return n
			}
			seen = true
		}
	}
	return len(lines)
}

// aside reports whether a block with this first line is a note, a style or a region.
func aside(line string) bool {
	switch rest := strings.TrimRight(line, " \t\f"); rest {
	case "NOTE", "STYLE", "REGION":
		return true
	}
	return strings.HasPrefix(line, "NOTE ") || strings.HasPrefix(line, "NOTE\t")
}

// block reads the lines of a cue. line is that of the times, or of what is wrong.
func block(lines []string) (c Cue, line int, wrong *fault.Code) {
	if !strings.Contains(lines[0], arrow) {
		if len(lines) == 1 || !strings.Contains(lines[1], arrow) {
			return c, 0, ErrTime
		}
		c.ID, line = clean(lines[0]), 1
	}
	m := timing.FindStringSubmatch(lines[line])
	if m == nil {
		return c, line, ErrTime
	}
	c.Start, c.End = moment(m[1:5]), moment(m[5:9])
	if c.End <= c.Start {
		return c, line, ErrOrder
	}
	var kept []string
	for s := range strings.FieldsSeq(m[9]) {
		if setting.MatchString(s) {
			kept = append(kept, s)
		}
	}
	c.Settings, c.Text = strings.Join(kept, " "), tidy(strings.Join(lines[line+1:], "\n"))
	return c, line, nil
}

func moment(p []string) time.Duration {
	n := func(s string) (v time.Duration) {
		for _, r := range s {
			v = v*10 + time.Duration(r-'0')
		}
		return v
	}
	return n(p[0])*time.Hour + n(p[1])*time.Minute + n(p[2])*time.Second + n(p[3])*time.Millisecond
}

// Format writes cues as a file that Parse reads as the same.
func Format(cues []Cue) []byte {
	var b strings.Builder
	b.WriteString("WEBVTT\n")
	for _, c := range cues {
		b.WriteString("\n")
		if c.ID != "" {
			b.WriteString(c.ID + "\n")
		}
		b.WriteString(clock(c.Start) + " --> " + clock(c.End))
		if c.Settings != "" {
			b.WriteString(" " + c.Settings)
		}
		b.WriteString("\n")
		if c.Text != "" {
			b.WriteString(c.Text + "\n")
		}
	}
	return []byte(b.String())
}

func clock(d time.Duration) string {
	ms := d.Milliseconds()
	return fmt.Sprintf("%02d:%02d:%02d.%03d", ms/3_600_000, ms/60_000%60, ms/1000%60, ms%1000)
}
