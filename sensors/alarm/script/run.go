package script

import (
	"errors"
	"fmt"
	"slices"
	"time"

	"yijianyou/sensors/alarm"
	"yijianyou/sensors/alarm/material"
)

// run is a script that runs.
type run struct {
	loc     *time.Location
	names   []string     // of the rules
	rules   []alarm.Rule // as they stand
	quiet   []alarm.Quiet
	ladder  alarm.Ladder
	objects []material.Object

	now     int64
	clocked bool
	place   string // the sensor of what follows
	sensors map[string]*sensor
	order   []string // of sensors
	groups  []alarm.Group
	tallies []map[alarm.ChangeKind]int
	raised  []int64 // when a rule was last raised
	last    []alarm.Sample
	samples int
}

// sensor is one that is measured.
type sensor struct {
	name   string
	course alarm.Course
	shelf  []alarm.Sample
}

// Run runs a script from its beginning.
//
// Errors: *Error, of the first line that says something impossible or expects what is not so.
func (s *Script) Run() error {
	shanghai, err := time.LoadLocation("Asia/Shanghai")
	if err != nil {
		return err
	}
	r := &run{loc: shanghai, place: "一", sensors: make(map[string]*sensor)}
	for _, st := range s.statements {
		if err := verbs[st.verb](r, st.words); err != nil {
			return &Error{st.line, err}
		}
	}
	return nil
}

// sensor returns the present sensor.
func (r *run) sensor() (*sensor, error) {
	if s := r.sensors[r.place]; s != nil {
		return s, nil
	}
	if len(r.rules) == 0 || !r.clocked {
		return nil, errors.New("读数之前要有“规则”和“时刻”")
	}
	if len(r.sensors) == maxSensors {
		return nil, errors.New("测点太多")
	}
	s := &sensor{name: r.place}
	for i, rule := range r.rules {
		j, err := alarm.NewJudge(rule, r.loc, r.quiet)
		if err != nil {
			return nil, fmt.Errorf("规则“%s”：%w", clip(r.names[i]), err)
		}
		s.course.Rules = append(s.course.Rules, &alarm.Entry{Judge: j})
	}
	if len(r.sensors) == 0 {
		r.groups = make([]alarm.Group, len(r.rules))
		r.raised = make([]int64, len(r.rules))
		for range r.rules {
			r.tallies = append(r.tallies, make(map[alarm.ChangeKind]int))
		}
	}
	r.sensors[r.place] = s
	r.order = append(r.order, r.place)
	return s, nil
}

// tell counts a change and keeps the group of its rule.
func (r *run) tell(s *sensor) func(*alarm.Entry, alarm.Change) {
	return func(e *alarm.Entry, c alarm.Change) {
		i := slices.Index(s.course.Rules, e)
		r.tallies[i][c.Kind]++
		switch c.Kind {
		case alarm.Raise:
			if r.groups[i].Join(alarm.Member{Name: s.name, Since: c.Since, Value: c.Value}) {
				r.raised[i] = r.now
			}
		case alarm.Clear:
			r.groups[i].Leave(s.name)
		}
	}
}

// take brings samples of one moment.
func (r *run) take(list []alarm.Sample) error {
	s, err := r.sensor()
	if err != nil {
		return err
	}
	if r.samples += len(list); r.samples > maxSamples {
		return errors.New("读数太多")
	}
	r.last = slices.Clone(list)
	var fresh []alarm.Sample
	for _, x := range list {
		i, found := slices.BinarySearchFunc(s.shelf, x, order)
		if !found {
			s.shelf = slices.Insert(s.shelf, i, x)
			fresh = append(fresh, x)
		}
	}
	if len(fresh) == 0 {
		return nil
	}
	at := fresh[0].At
	return s.course.Advance(s.read, at, at, r.now, r.tell(s))
}

// order is that in which samples are judged.
func order(a, b alarm.Sample) int {
	switch {
	case a.At != b.At:
		return int(min(max(a.At-b.At, -1), 1))
	case a.Quantity < b.Quantity:
		return -1
	case a.Quantity > b.Quantity:
		return 1
	}
	return 0
}

func (s *sensor) read(after, until int64, fn func(alarm.Sample)) error {
	i, _ := slices.BinarySearchFunc(s.shelf, alarm.Sample{At: after + 1}, order)
	for ; i < len(s.shelf) && s.shelf[i].At <= until; i++ {
		fn(s.shelf[i])
	}
	return nil
}

// advance lets time pass, and does at its moment what time alone does.
func (r *run) advance(until int64) error {
	for _, name := range r.order {
		s := r.sensors[name]
		tell := r.tell(s)
		at := r.now
		for n := 0; ; n++ {
			due, ok := s.course.Due(at)
			if !ok || due > until {
				break
			}
			if n == maxSamples {
				return errors.New("推进得太久")
			}
			at = max(due, at+1)
			s.course.Tick(at, tell)
		}
		s.course.Tick(until, tell)
	}
	r.now = until
	return nil
}
