package script

import (
	"errors"
	"fmt"
	"slices"

	"yijianyou/sensors/alarm"
	"yijianyou/sensors/alarm/material"
)

// verbs are what statements do, by their first words.
var verbs = map[string]func(*run, []string) error{
	"时区": (*run).zone, "规则": (*run).rule, "阶梯": (*run).steps, "展品": (*run).object, "维护": (*run).maintenance, "时刻": (*run).clock,
	"测点": (*run).sensorNamed, "读数": (*run).reading, "渐变": (*run).ramp, "补传": (*run).late, "重复": (*run).again, "推进": (*run).pass,
	"重启": (*run).restart, "预期": (*run).expect,
}

var errBegun = errors.New("这句要写在第一个读数之前")

func (r *run) zone(words []string) (err error) {
	if len(r.sensors) > 0 {
		return errBegun
	}
	r.loc, err = zone(words)
	return err
}

func (r *run) rule(words []string) error {
	if len(r.sensors) > 0 || len(r.rules) == maxRules {
		return errBegun
	}
	name, rule, err := rule(words)
	if err != nil {
		return err
	}
	if slices.Contains(r.names, name) {
		return errors.New("规则重名")
	}
	r.names, r.rules = append(r.names, name), append(r.rules, rule)
	_, err = alarm.NewJudge(rule, r.loc, nil)
	return err
}

func (r *run) steps(words []string) error {
	for ; len(words) >= 2 && len(r.ladder) < 6; words = words[2:] {
		role, err := one(roles, words[0])
		if err != nil {
			return err
		}
		ms, err := duration(words[1])
		if err != nil {
			return err
		}
		r.ladder = append(r.ladder, alarm.AnswerStep{Role: role, Minutes: int(ms / 60_000)})
	}
	if len(words) > 0 {
		return errWord
	}
	return nil
}

func (r *run) object(words []string) error {
	if len(words) < 1 || len(r.objects) == maxObjects {
		return errors.New("展品要有名称和质地")
	}
	r.objects = append(r.objects, material.Object{ID: words[0], Name: words[0], Materials: words[1:]})
	return nil
}

func (r *run) maintenance(words []string) error {
	if len(r.sensors) > 0 || !r.clocked {
		return errBegun
	}
	from, rest, err := moment(words, r.now, r.loc)
	if err != nil || len(rest) == 0 || rest[0] != "至" {
		return errors.New("维护应写成：维护 08:00 至 10:00")
	}
	until, rest, err := moment(rest[1:], from, r.loc)
	if err != nil || len(rest) > 0 || until <= from {
		return errors.New("维护应写成：维护 08:00 至 10:00")
	}
	r.quiet = append(r.quiet, alarm.Quiet{From: from, Until: until})
	return nil
}

func (r *run) clock(words []string) error {
	at, rest, err := moment(words, r.now, r.loc)
	switch {
	case err != nil:
		return err
	case len(rest) > 0 || r.clocked && at < r.now:
		return errors.New("时钟只能向前")
	case at-r.now > longest && r.clocked:
		return errors.New("推进得太久")
	}
	if !r.clocked {
		r.now, r.clocked = at, true
		return nil
	}
	return r.advance(at)
}

func (r *run) sensorNamed(words []string) error {
	if len(words) != 1 {
		return errors.New("测点要有名称")
	}
	r.place = words[0]
	return nil
}

// pairs reads "QUANTITY X QUANTITY X …" and returns the words behind.
func (r *run) pairs(words []string) (list []alarm.Sample, rest []string, err error) {
	for len(words) >= 2 {
		q, ok := quantities[words[0]]
		if !ok {
			break
		}
		v, err := number(words[1])
		if err != nil {
			return nil, nil, err
		}
		list, words = append(list, alarm.Sample{Quantity: q, Value: v}), words[2:]
	}
	if len(list) == 0 {
		return nil, nil, errors.New("缺少量和数值")
	}
	return list, words, nil
}

func (r *run) takeNow(list []alarm.Sample) error {
	for i := range list {
		list[i].At = r.now
	}
	return r.take(list)
}

func (r *run) reading(words []string) error {
	list, rest, err := r.pairs(words)
	if err != nil {
		return err
	}
	if len(rest) == 0 {
		return r.takeNow(list)
	}
	if len(rest) != 4 || rest[0] != "每" || rest[2] != "共" {
		return errors.New("重复的读数应写成：每 10分 共 6次")
	}
	every, err := duration(rest[1])
	if err != nil {
		return err
	}
	n, err := count(rest[3], "次")
	if err != nil {
		return err
	}
	for range n {
		if err := r.advance(r.now + every); err != nil {
			return err
		}
		if err := r.takeNow(list); err != nil {
			return err
		}
	}
	return nil
}

func (r *run) ramp(words []string) error {
	if len(words) != 8 || words[2] != "到" || words[4] != "历时" || words[6] != "每" {
		return errors.New("渐变应写成：渐变 相对湿度 50 到 70 历时 6小时 每 10分")
	}
	q, err := one(quantities, words[0])
	if err != nil {
		return err
	}
	from, err1 := number(words[1])
	to, err2 := number(words[3])
	total, err3 := duration(words[5])
	every, err4 := duration(words[7])
	if err := errors.Join(err1, err2, err3, err4); err != nil {
		return err
	}
	steps := total / every
	if steps < 1 || steps > maxSamples {
		return errors.New("渐变至少一步，步数不能太多")
	}
	for i := int64(1); i <= steps; i++ {
		if err := r.advance(r.now + every); err != nil {
			return err
		}
		if err := r.takeNow([]alarm.Sample{{Quantity: q, Value: from + (to-from)*float64(i)/float64(steps)}}); err != nil {
			return err
		}
	}
	return nil
}

func (r *run) late(words []string) error {
	list, rest, err := r.pairs(words)
	if err != nil {
		return err
	}
	if len(rest) != 2 || rest[0] != "早" {
		return errors.New("补传应写成：补传 相对湿度 70 早 20分")
	}
	ago, err := duration(rest[1])
	if err != nil {
		return err
	}
	for i := range list {
		list[i].At = r.now - ago
	}
	return r.take(list)
}

func (r *run) again([]string) error {
	if len(r.last) == 0 {
		return errors.New("还没有读数")
	}
	return r.take(r.last)
}

func (r *run) pass(words []string) error {
	if len(words) != 1 || !r.clocked {
		return errors.New("推进应写成：推进 10分，之前要有时刻")
	}
	ms, err := duration(words[0])
	if err != nil {
		return err
	}
	return r.advance(r.now + ms)
}

func (r *run) restart([]string) error {
	for _, name := range r.order {
		for i, e := range r.sensors[name].course.Rules {
			now, err1 := e.Judge.Parse(e.Judge.Append(nil, &e.Now))
			kept, err2 := e.Judge.Parse(e.Judge.Append(nil, &e.Kept))
			if err := errors.Join(err1, err2); err != nil {
				return fmt.Errorf("规则“%s”的状态读不回来：%w", r.names[i], err)
			}
			e.Now, e.Kept = now, kept
		}
	}
	return nil
}
