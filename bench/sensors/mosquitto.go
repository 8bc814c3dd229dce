package main

import (
	"context"
	"fmt"
	"net"
	"net/url"
	"os"
	"os/exec"
	"time"

	"yijianyou/bench/bed"
)

// mosquitto is a Mosquitto process.
type mosquitto struct {
	process *exec.Cmd
	url     *url.URL
}

func (m *mosquitto) name() string { return "Mosquitto" }

func (m *mosquitto) pid() int { return m.process.Process.Pid }

func (m *mosquitto) login(i int) account {
	return account{url: m.url, org: demoMuseum, device: deviceName(i), secret: "any"}
}

func (m *mosquitto) check(context.Context, int) error { return nil }

// newMosquitto starts one that keeps its state on the disk and takes as many
// unanswered messages as ours.
func newMosquitto(ctx context.Context, o options, folder string) (*mosquitto, error) {
	if err := os.MkdirAll(folder, 0o700); err != nil {
		return nil, err
	}
	at, err := bed.FreePort()
	if err != nil {
		return nil, err
	}
	_, port, err := net.SplitHostPort(at)
	if err != nil {
		return nil, err
	}
	conf := folder + "/mosquitto.conf"
	text := fmt.Sprintf("user root\nlistener %s 127.0.0.1\nallow_anonymous true\npersistence true\npersistence_location %s/\nautosave_on_changes true\nmax_inflight_messages %d\n", port, folder, o.window)
	if err := os.WriteFile(conf, []byte(text), 0o600); err != nil {
		return nil, err
	}
	m := &mosquitto{process: exec.Command(o.mosquitto, "-c", conf), url: &url.URL{Scheme: "mqtt", Host: at}}
	if err := m.process.Start(); err != nil {
		return nil, err
	}
	for range 500 {
		if c, err := net.Dial("tcp", at); err == nil {
			return m, c.Close()
		}
		if err := bed.Pause(ctx, 10*time.Millisecond); err != nil {
			break
		}
	}
	m.kill()
	return nil, fmt.Errorf("Mosquitto does not listen on %s", at)
}

func (m *mosquitto) kill() {
	_ = m.process.Process.Kill()
	_ = m.process.Wait()
}
