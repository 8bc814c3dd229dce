package script

import (
	"errors"
	"fmt"
	"strconv"
	"strings"
	"time"
	"unicode/utf8"

	"yijianyou/sensors/alarm"
)

// Limits of a script.
const (
	MaxBytes   = 64 << 10
	maxLines   = 2000
	maxRules   = 16
	maxSensors = 32
	maxObjects = 32
	maxSamples = 50_000 // of a run
)

// Script is a script that has been read.
type Script struct {
	Title      string
	statements []statement
}

// statement is one line.
type statement struct {
	line  int
	verb  string
	words []string
}

// Error is what is wrong with a script, or what did not hold, and in which line.
type Error struct {
	Line int
	Err  error
}

func (e *Error) Error() string { return fmt.Sprintf("第 %d 行：%v", e.Line, e.Err) }
func (e *Error) Unwrap() error { return e.Err }

var errSize = errors.New("脚本过长，或不是 UTF-8 文本")

// Parse reads a script. What its statements say is looked at when it runs.
//
// Errors: *Error.
func Parse(text string) (*Script, error) {
	if len(text) > MaxBytes || !utf8.ValidString(text) {
		return nil, &Error{1, errSize}
	}
	s := &Script{}
	lines := strings.Split(text, "\n")
	if len(lines) > maxLines {
		return nil, &Error{maxLines, errSize}
	}
	for i, line := range lines {
		line, _, _ = strings.Cut(line, "#")
		words := strings.Fields(line)
		if len(words) == 0 {
			continue
		}
		if _, ok := verbs[words[0]]; !ok && words[0] != "标题" {
			return nil, &Error{i + 1, fmt.Errorf("没有“%s”这种语句", clip(words[0]))}
		}
		if s.Title == "" {
			if words[0] != "标题" || len(words) < 2 {
				return nil, &Error{i + 1, errors.New("脚本以“标题”开头")}
			}
			s.Title = strings.Join(words[1:], " ")
			continue
		}
		if words[0] == "标题" {
			return nil, &Error{i + 1, errors.New("只能有一个标题")}
		}
		s.statements = append(s.statements, statement{i + 1, words[0], words[1:]})
	}
	if len(s.statements) == 0 {
		return nil, &Error{len(lines), errors.New("脚本没有语句")}
	}
	return s, nil
}

func clip(s string) string {
	if r := []rune(s); len(r) > 20 {
		return string(r[:20]) + "…"
	}
	return s
}

// rule reads "NAME KIND [QUANTITY] WORDS…".
func rule(words []string) (name string, r alarm.Rule, err error) {
	if len(words) < 2 {
		return "", r, errors.New("规则要有名称和种类")
	}
	name = words[0]
	r = alarm.Rule{Severity: 3, Source: alarm.Source{Text: "脚本"}}
	if r.Kind, err = one(kinds, words[1]); err != nil {
		return "", r, err
	}
	words = words[2:]
	if len(words) > 0 {
		if q, ok := quantities[words[0]]; ok {
			r.Quantity, words = q, words[1:]
		}
	}
	for len(words) > 0 {
		if len(words) < 2 {
			return "", r, errWord
		}
		n, err := ruleWord(&r, words)
		if err != nil {
			return "", r, fmt.Errorf("%s：%w", clip(words[0]), err)
		}
		words = words[n:]
	}
	return name, r, nil
}

// ruleWord takes one word of a rule with its value, and returns how many words that were.
func ruleWord(r *alarm.Rule, words []string) (int, error) {
	value := words[1]
	seconds := func(to *int) (int, error) {
		ms, err := duration(value)
		*to = int(ms / 1000)
		return 2, err
	}
	bound := func(to **float64) (int, error) {
		v, err := number(value)
		*to = &v
		return 2, err
	}
	var err error
	switch words[0] {
	case "高于":
		return bound(&r.High)
	case "低于":
		return bound(&r.Low)
	case "回差":
		r.Hysteresis, err = number(value)
	case "表面低":
		r.SurfaceBelowK, err = number(value)
	case "持续":
		return seconds(&r.HoldS)
	case "恢复":
		return seconds(&r.ClearS)
	case "观察":
		return seconds(&r.SpanS)
	case "间断":
		return seconds(&r.GapS)
	case "次数":
		r.Times, err = strconv.Atoi(value)
	case "级别":
		r.Severity, err = strconv.Atoi(value)
	case "敏感度":
		r.Class, err = one(classes, value)
	case "开放":
		return hours(r, words[1:])
	default:
		err = errWord
	}
	return 2, err
}

// hours reads "09:00-17:00 [1-5]".
func hours(r *alarm.Rule, words []string) (int, error) {
	from, to, ok := strings.Cut(words[0], "-")
	if !ok {
		return 0, errors.New("时段应写成 09:00-17:00")
	}
	span, used := alarm.Span{From: from, To: to}, 2
	if len(words) > 1 && len(words[1]) == 3 && words[1][1] == '-' {
		for d := int(words[1][0] - '0'); d <= int(words[1][2]-'0') && d <= 7; d++ {
			span.Days = append(span.Days, d)
		}
		used++
	}
	r.Hours = append(r.Hours, span)
	return used, nil
}

// zone reads the name of a time zone.
func zone(words []string) (*time.Location, error) {
	if len(words) != 1 || strings.ContainsAny(words[0], ".\\") {
		return nil, errors.New("应为时区名称，如 Asia/Shanghai")
	}
	loc, err := time.LoadLocation(words[0])
	if err != nil {
		return nil, errors.New("没有这个时区")
	}
	return loc, nil
}
