package main

import (
	"context"
	"errors"
	"os"
	"runtime/debug"
	"strings"

	"yijianyou/cmd/yijianyou/internal/app"
)

// version is the version of the program; the build sets it.
var version = "dev"

// serveCommand runs the server until it is told to stop.
type serveCommand struct{}

// collectAt is how much the memory in use grows, in percent, before it is looked
// through, unless the environment says otherwise (GOGC). At Go's own 100 a sixth
// of the processor goes there while devices send at full rate.
const collectAt = 200

// Run implements runner.
func (serveCommand) Run(ctx context.Context, p *program) (err error) {
	cfg, err := p.settings()
	if err != nil {
		return err
	}
	if os.Getenv("GOGC") == "" {
		debug.SetGCPercent(collectAt)
	}
	a, err := app.Build(ctx, cfg, p.logger(cfg), version)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, a.Close()) }()
	p.say("导览 %[1]s/    工作台 %[1]s/console", "guide %[1]s/    console %[1]s/console", cfg.PublicURL)
	if at := a.DeviceAddress(); at != "" {
		p.say("设备接入 %s", "devices %s", at)
	}
	if a.DemoPassword != "" {
		p.say("演示账号（%s）的密码：%s", "password of the demo accounts (%s): %s", strings.Join(a.DemoAccounts, " "), a.DemoPassword)
	}
	return a.Run(ctx)
}
