package script

import (
	"errors"
	"fmt"
	"math"
	"slices"
	"time"

	"yijianyou/sensors/alarm"
	"yijianyou/sensors/alarm/material"
)

// expect checks what is so.
func (r *run) expect(words []string) error {
	if len(words) == 0 {
		return errors.New("预期什么？")
	}
	i := slices.Index(r.names, words[0])
	switch {
	case i >= 0:
		words = words[1:]
	case words[0] == "应答":
		return r.expectAnswer(words[1:])
	case words[0] == "上限" || words[0] == "区间" || words[0] == "冲突" || words[0] == "无限值":
		return r.expectLimit(words[0], words[1:])
	default:
		i = 0
	}
	s := r.sensors[r.place]
	if s == nil || len(words) == 0 {
		return errors.New("这个测点还没有读数")
	}
	st := &s.course.Rules[i].Now
	switch {
	case len(words) == 1:
		return expectPhase(st, words[0])
	case words[0] == "值":
		v, _ := st.Value()
		return expectValue(v, words[1:])
	case words[0] == "最远":
		return expectValue(st.Worst(), words[1:])
	case words[0] == "起于":
		at, _, err := moment(words[1:], r.now, r.loc)
		if err == nil && at != st.Since() {
			err = fmt.Errorf("起于 %s", time.UnixMilli(st.Since()).In(r.loc).Format("2006-01-02 15:04:05"))
		}
		return err
	case words[0] == "测点":
		return expectCount(len(r.groups[i]), words[1], "个")
	}
	kind, err := one(changes, words[0])
	if err != nil {
		return err
	}
	return expectCount(r.tallies[i][kind], words[1], "次")
}

func expectPhase(st *alarm.State, word string) error {
	if word == "静音" {
		if !st.Muted() {
			return errors.New("没有静音的报警")
		}
		return nil
	}
	want, err := one(phases, word)
	if err != nil {
		return err
	}
	if st.Phase() != want || st.Muted() {
		for name, p := range phases {
			if p == st.Phase() {
				v, _ := st.Value()
				return fmt.Errorf("是“%s”（静音 %v），值 %g", name, st.Muted(), v)
			}
		}
	}
	return nil
}

func expectValue(got float64, words []string) error {
	want, err := number(words[0])
	if err != nil {
		return err
	}
	within := 1e-9
	if len(words) == 3 && words[1] == "误差" {
		if within, err = number(words[2]); err != nil {
			return err
		}
	} else if len(words) != 1 {
		return errWord
	}
	if !(math.Abs(got-want) <= within) {
		return fmt.Errorf("是 %g", got)
	}
	return nil
}

func expectCount(got int, word, unit string) error {
	want, err := count(word, unit)
	if err == nil && got != want {
		err = fmt.Errorf("是 %d%s", got, unit)
	}
	return err
}

// expectAnswer goes up the ladder from when the first rule was raised.
func (r *run) expectAnswer(words []string) error {
	if len(words) != 1 || len(r.ladder) == 0 || len(r.raised) == 0 || r.raised[0] == 0 {
		return errors.New("先要有阶梯和报警")
	}
	want, err := one(roles, words[0])
	if err != nil {
		return err
	}
	n, from, now := 0, time.UnixMilli(r.raised[0]), time.UnixMilli(r.now)
	for {
		_, next := r.ladder.Deadline(n, from, r.ladder.Step(n).Minutes)
		if next == nil || now.Before(*next) {
			break
		}
		n, from = n+1, *next
	}
	if got := r.ladder.Step(n).Role; got != want {
		return fmt.Errorf("应答的是 %s", got)
	}
	return nil
}

// expectLimit checks what the objects of the script make of a quantity.
func (r *run) expectLimit(what string, words []string) error {
	if len(words) == 0 {
		return errors.New("缺少量")
	}
	quantity, err := one(quantities, words[0])
	if err != nil {
		return err
	}
	p := material.Combine(r.objects)
	words = words[1:]
	switch what {
	case "冲突":
		var names []string
		for _, c := range p.Conflicts {
			if c.Quantity == quantity {
				for _, o := range c.Objects {
					names = append(names, o.Name)
				}
			}
		}
		slices.Sort(names)
		want := slices.Sorted(slices.Values(words))
		if !slices.Equal(names, want) {
			return fmt.Errorf("冲突的是 %v", names)
		}
		return nil
	case "无限值":
		if slices.ContainsFunc(p.Limits, func(l material.Limit) bool { return l.Quantity == quantity && l.Sort != material.DaySwing }) {
			return errors.New("有限值")
		}
		return nil
	}
	for _, l := range p.Limits {
		if l.Quantity == quantity && (what == "上限" && l.Sort == material.Upper || what == "区间" && l.Sort == material.Band) {
			return expectBounds(l, words)
		}
	}
	return errors.New("没有限值")
}

func expectBounds(l material.Limit, words []string) error {
	low := 0.0
	if l.Low != nil {
		low = l.Low.Value
	}
	if l.Sort == material.Band {
		if len(words) != 2 {
			return errWord
		}
		if err := expectValue(low, words[:1]); err != nil {
			return err
		}
		return expectValue(l.High.Value, words[1:])
	}
	if len(words) < 1 {
		return errWord
	}
	if err := expectValue(l.High.Value, words[:1]); err != nil {
		return err
	}
	by, want := slices.Sorted(slices.Values(l.High.By)), slices.Sorted(slices.Values(words[1:]))
	if len(want) > 0 && !slices.Equal(by, want) {
		return fmt.Errorf("由 %v 决定", by)
	}
	return nil
}
