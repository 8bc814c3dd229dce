package simulate

import (
	"bufio"
	"fmt"
	"io"
	"slices"
	"strconv"
	"strings"
	"time"

	"yijianyou/internal/ids"
	"yijianyou/sensors"
)

const (
	maxScript = 1 << 20 // bytes
	maxLines  = 10_000
	longest   = 30 * 24 * time.Hour
)

// Parse reads a script; the package comment has the language. An error names
// the line.
func Parse(r io.Reader) (*Script, error) {
	s := &Script{Seed: 1, Heartbeat: 30 * time.Second, Reads: 10 * time.Second, Climate: time.Minute, Miss: 0.05}
	lines := bufio.NewScanner(io.LimitReader(r, maxScript+1))
	lines.Buffer(make([]byte, 0, 4096), 64<<10)
	read := 0
	for n := 1; lines.Scan(); n++ {
		if read += len(lines.Bytes()) + 1; read > maxScript || n > maxLines {
			return nil, fmt.Errorf("line %d: a script has at most %d lines and %d bytes", n, maxLines, maxScript)
		}
		text, _, _ := strings.Cut(lines.Text(), "#")
		words := strings.Fields(text)
		if len(words) == 0 {
			continue
		}
		if err := s.statement(n, words); err != nil {
			return nil, fmt.Errorf("line %d: %w", n, err)
		}
	}
	if err := lines.Err(); err != nil {
		return nil, fmt.Errorf("a line is too long: %w", err)
	}
	slices.SortStableFunc(s.Events, func(a, b Event) int { return int(a.At - b.At) })
	return s, nil
}

func (s *Script) statement(line int, w []string) (err error) {
	switch verb, args := w[0], w[1:]; verb {
	case "title":
		s.Title = strings.Join(args, " ")
	case "seed":
		if len(args) != 1 {
			return fmt.Errorf("seed takes a number")
		}
		s.Seed, err = strconv.ParseUint(args[0], 10, 64)
	case "for":
		err = durations(args, &s.For)
	case "heartbeat":
		err = durations(args, &s.Heartbeat)
	case "climate":
		err = durations(args, &s.Climate)
	case "reads":
		err = s.reads(args)
	case "gate":
		err = s.gate(line, args)
	case "at":
		err = s.event(line, args)
	default:
		err = fmt.Errorf("%q is no statement: title seed for heartbeat reads climate gate at", verb)
	}
	return err
}

// durations reads exactly as many durations as there are places, each from a
// second to thirty days.
func durations(args []string, to ...*time.Duration) error {
	if len(args) != len(to) {
		return fmt.Errorf("%d durations are wanted, such as 10s or 5m", len(to))
	}
	for i, a := range args {
		d, err := time.ParseDuration(a)
		if err != nil || d < time.Second || d > longest {
			return fmt.Errorf("%q is no duration from 1s to 720h", a)
		}
		*to[i] = d
	}
	return nil
}

func (s *Script) reads(args []string) error {
	if len(args) == 0 {
		return fmt.Errorf("reads takes a duration")
	}
	if err := durations(args[:1], &s.Reads); err != nil {
		return err
	}
	for rest := args[1:]; len(rest) > 0; rest = rest[2:] {
		if len(rest) < 2 {
			return fmt.Errorf("%s takes a number", rest[0])
		}
		p, err := strconv.ParseFloat(rest[1], 64)
		if err != nil || !(p >= 0 && p <= 100) {
			return fmt.Errorf("%q is no percentage", rest[1])
		}
		switch rest[0] {
		case "miss":
			s.Miss = p / 100
		case "stray":
			s.Stray = p / 100
		default:
			return fmt.Errorf("%q is not known: miss, stray", rest[0])
		}
	}
	return nil
}

func (s *Script) gate(line int, args []string) error {
	if len(args) < 3 || len(args)%2 == 0 {
		return fmt.Errorf("gate NAME in N/min [out N/min] or day N stay DURATION [from DURATION] [until DURATION]")
	}
	g := GateFlow{Line: line, Device: sensors.DeviceID(args[0])}
	if args[0] != "*" && !ids.ValidSlug(args[0]) {
		return fmt.Errorf("%q is no name of a gate", args[0])
	}
	for rest := args[1:]; len(rest) > 0; rest = rest[2:] {
		var err error
		switch rest[0] {
		case "in":
			g.In, err = perMinute(rest[1])
		case "out":
			g.Out, err = perMinute(rest[1])
		case "day":
			if g.Day, err = strconv.ParseFloat(rest[1], 64); err != nil || !(g.Day >= 0 && g.Day <= 1_000_000) {
				err = fmt.Errorf("%q is no number of people a day", rest[1])
			}
		case "stay":
			err = durations(rest[1:2], &g.Stay)
		case "from":
			err = durations(rest[1:2], &g.From)
		case "until":
			err = durations(rest[1:2], &g.Until)
		default:
			err = fmt.Errorf("%q is not known: in out day stay from until", rest[0])
		}
		if err != nil {
			return err
		}
	}
	if (g.Day > 0) != (g.Stay > 0) {
		return fmt.Errorf("day and stay belong together")
	}
	if g.Until > 0 && g.Until <= g.From {
		return fmt.Errorf("it ends before it begins")
	}
	s.Gates = append(s.Gates, g)
	return nil
}

func perMinute(text string) (float64, error) {
	n, ok := strings.CutSuffix(text, "/min")
	v, err := strconv.ParseFloat(n, 64)
	if !ok || err != nil || !(v >= 0 && v <= 10_000) {
		return 0, fmt.Errorf("%q is no rate such as 12/min", text)
	}
	return v, nil
}

func (s *Script) event(line int, args []string) error {
	if len(args) < 2 {
		return fmt.Errorf("at DURATION and what happens")
	}
	at, err := time.ParseDuration(args[0])
	if err != nil || at < 0 || at > longest {
		return fmt.Errorf("%q is no moment from 0s to 720h", args[0])
	}
	e := Event{Line: line, At: at}
	switch rest := args[2:]; args[1] {
	case "carry":
		err = e.carry(rest)
	case "device":
		err = e.device(rest)
	case "tag":
		err = e.tag(rest)
	case "impersonate":
		if len(rest) != 3 || rest[1] != "by" || !ids.ValidSlug(rest[0]) || !ids.ValidSlug(rest[2]) {
			return fmt.Errorf("impersonate NAME by NAME")
		}
		e.Do, e.Device, e.By = Impersonate, sensors.DeviceID(rest[0]), sensors.DeviceID(rest[2])
	default:
		err = fmt.Errorf("%q is not known: carry device tag impersonate", args[1])
	}
	if err == nil {
		s.Events = append(s.Events, e)
	}
	return err
}

func (e *Event) carry(args []string) error {
	if len(args) != 5 || args[1] != "via" || args[3] != "every" {
		return fmt.Errorf("carry TAG via ZONE[,ZONE…] every DURATION")
	}
	e.Do, e.Tag, e.Via = Carry, sensors.TagID(args[0]), strings.Split(args[2], ",")
	if slices.Contains(e.Via, "") || len(e.Via) > 100 {
		return fmt.Errorf("name 1 to 100 zones, separated by commas")
	}
	return durations(args[4:], &e.Every)
}

func (e *Event) device(args []string) error {
	if len(args) != 2 || !ids.ValidSlug(args[0]) {
		return fmt.Errorf("device NAME dies|returns")
	}
	e.Device = sensors.DeviceID(args[0])
	switch args[1] {
	case "dies":
		e.Do = Die
	case "returns":
		e.Do = Return
	default:
		return fmt.Errorf("%q is not known: dies, returns", args[1])
	}
	return nil
}

func (e *Event) tag(args []string) (err error) {
	switch {
	case len(args) == 2 && args[1] == "silent":
		e.Do = Silent
	case len(args) == 3 && args[1] == "battery":
		e.Do = Battery
		if e.Value, err = strconv.Atoi(args[2]); err != nil || e.Value < 0 || e.Value > 100 {
			return fmt.Errorf("%q is no percentage", args[2])
		}
	default:
		return fmt.Errorf("tag TAG silent, or tag TAG battery N")
	}
	e.Tag = sensors.TagID(args[0])
	return nil
}
