package main

import (
	"context"
	"errors"
	"io/fs"
	"os"
	"strings"

	"yijianyou/cmd/yijianyou/demo"
	"yijianyou/cmd/yijianyou/internal/app"
	"yijianyou/internal/fault"
	"yijianyou/sensors/simulate"
)

var errScript = fault.Define(fault.Invalid, "command.script",
	"剧本有误（{where}）。可用的剧本：{names}；也可以给出剧本文件的路径。", "The script cannot be played ({where}). There are {names}; the path of a file will do too.")

// simulateCommand plays a script over MQTT, as real readers and gates would,
// to the server that runs on the same data.
type simulateCommand struct {
	Script string `arg:"" help:"Name of a script of the demo, or a file."`
	Broker string `help:"URL of the MQTT broker [that of the running server]." placeholder:"URL"`
}

// Run implements runner.
func (c *simulateCommand) Run(ctx context.Context, p *program) error {
	s, err := c.load()
	if err != nil {
		return err
	}
	return p.withCore(ctx, func(core *app.Core) error {
		title, english, both := strings.Cut(s.Title, " / ")
		if both && p.lang == fault.English {
			title = english
		}
		p.say("开始：%s（模拟数据）", "begin: %s (simulated)", title)
		t, err := core.Simulate(ctx, s, c.Broker)
		if err != nil {
			return err
		}
		p.say("结束：%d 条消息，%d 个样本，%d 条被拒", "end: %d messages, %d samples, %d refused", t.Messages, t.Samples, t.Refused)
		return nil
	})
}

// load reads a script of the demo, or a file.
func (c *simulateCommand) load() (*simulate.Script, error) {
	names, err := demo.Scripts()
	if err != nil {
		return nil, err
	}
	bad := func(err error) error {
		return errScript.Wrap(err, fault.P("where", err.Error()), fault.P("names", strings.Join(names, " ")))
	}
	s, err := demo.Script(c.Script)
	if err == nil {
		return s, nil
	}
	if !errors.Is(err, fs.ErrNotExist) && !errors.Is(err, fs.ErrInvalid) {
		return nil, err
	}
	f, err := os.Open(c.Script)
	if err != nil {
		return nil, bad(err)
	}
	defer f.Close()
	if s, err = simulate.Parse(f); err != nil {
		return nil, bad(err)
	}
	w, err := demo.World()
	if err != nil {
		return nil, err
	}
	if err := w.Check(s); err != nil {
		return nil, bad(err)
	}
	return s, nil
}
