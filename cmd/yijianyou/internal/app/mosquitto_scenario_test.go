package app

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"yijianyou/internal/actor"
	"yijianyou/sensors"
	"yijianyou/sensors/broker"
)

// requireMosquitto makes a test that finds no Mosquitto fail when it is "1".
const requireMosquitto = "YJY_REQUIRE_MOSQUITTO"

// mosquittoBinary finds or installs Mosquitto once for this test process.
var mosquittoBinary = sync.OnceValues(func() (string, error) {
	var stderr bytes.Buffer
	cmd := exec.Command("../../../../scripts/mosquitto")
	cmd.Stderr = &stderr
	out, err := cmd.Output()
	if err != nil {
		err = fmt.Errorf("scripts/mosquitto: %w: %s", err, strings.TrimSpace(stderr.String()))
		fmt.Fprintf(os.Stderr, "tests against Mosquitto are skipped: %v\n", err)
	}
	return strings.TrimSpace(string(out)), err
})

// mosquitto runs a Mosquitto as docs/operations.md sets it up: each of users logs
// in with its name as the password; node reads everything, the others publish
// under their own name. It returns where it listens.
func mosquitto(t *testing.T, users ...string) string {
	t.Helper()
	file, err := mosquittoBinary()
	if err != nil {
		if os.Getenv(requireMosquitto) == "1" {
			t.Fatalf("Mosquitto is required by %s=1: %v", requireMosquitto, err)
		}
		t.Skipf("no Mosquitto: %v", err)
	}
	dir, at := t.TempDir(), freePort(t)
	_, port, err := net.SplitHostPort(at)
	if err != nil {
		t.Fatal(err)
	}
	passwords := filepath.Join(dir, "passwords")
	for name, text := range map[string]string{
		passwords:                     "",
		filepath.Join(dir, "acl"):     "user node\ntopic read yjy/v1/#\n\npattern write yjy/v1/+/%u/sighting\npattern write yjy/v1/+/%u/reading\npattern write yjy/v1/+/%u/count\npattern write yjy/v1/+/%u/status\n",
		filepath.Join(dir, "mo.conf"): fmt.Sprintf("user root\nlistener %s 127.0.0.1\nallow_anonymous false\npassword_file %s\nacl_file %[3]s/acl\npersistence true\npersistence_location %[3]s/\nmax_queued_messages 0\n", port, passwords, dir),
	} {
		if err := os.WriteFile(name, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	for _, u := range append(users, "node") {
		if out, err := exec.CommandContext(t.Context(), "mosquitto_passwd", "-b", passwords, u, u).CombinedOutput(); err != nil {
			t.Fatalf("mosquitto_passwd: %v: %s", err, out)
		}
	}
	var log bytes.Buffer
	cmd := exec.Command(file, "-c", filepath.Join(dir, "mo.conf"))
	cmd.Stdout, cmd.Stderr = &log, &log
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	ended := make(chan struct{})
	go func() { cmd.Wait(); close(ended) }()
	t.Cleanup(func() { cmd.Process.Kill(); <-ended })
	tick := time.NewTicker(10 * time.Millisecond)
	defer tick.Stop()
	for {
		if c, err := net.Dial("tcp", at); err == nil {
			c.Close()
			return at
		}
		select {
		case <-ended:
			t.Fatalf("Mosquitto ended: %s", &log)
		case <-t.Context().Done():
			t.Fatal(t.Context().Err())
		case <-tick.C:
		}
	}
}

// awaitStored waits until the store has as much as was sent.
func (g *grounds) awaitStored(t *testing.T) {
	t.Helper()
	g.core(t, func(c *Core) {
		tick := time.NewTicker(50 * time.Millisecond)
		defer tick.Stop()
		for {
			_, counts := g.stored(t, c)
			left := int64(0)
			for _, d := range g.devices {
				left += d.sent.Load() - counts[d.id]
			}
			if left <= 0 {
				return
			}
			select {
			case <-t.Context().Done():
				t.Fatalf("%d samples are not stored", left)
			case <-tick.C:
			}
		}
	})
}

// TestAnExternalBrokerInPlaceOfTheEmbeddedOne lets eight devices publish to
// Mosquitto, of which the real program is a client, and kills the program several
// times while messages wait for it. In the end each sample is stored once.
func TestAnExternalBrokerInPlaceOfTheEmbeddedOne(t *testing.T) {
	g := newGrounds(t, map[string]string{"data": t.TempDir()})
	users := []string{"stranger"}
	for _, d := range g.devices {
		d.secret = string(d.id)
		users = append(users, string(d.id))
	}
	at := mosquitto(t, users...)
	g.settings["mqtt-broker"] = "mqtt://node:node@" + at + "?client=node-1"
	ctx, stop := context.WithCancel(t.Context())
	defer stop()
	p := launch(t, g.settings["data"], g.flags()...)
	p.until(t, "yijianyou_mqtt_connections 1") // there is a session in which messages wait
	var publishers sync.WaitGroup
	for _, d := range g.devices {
		publishers.Go(func() { g.publish(ctx, t, d, at) })
	}
	for range 3 {
		g.awaitAcknowledged(t, 200)
		p.kill(t)
		g.awaitAcknowledged(t, 200) // by Mosquitto, while nobody reads
		p = launch(t, g.settings["data"], g.flags()...)
	}
	stop()
	publishers.Wait()
	g.awaitStored(t)
	p.stop(t)
	g.core(t, func(c *Core) { g.exact(t, c) })
	t.Logf("%d samples went through Mosquitto; none was lost, none counts twice", g.acknowledged())
}

// TestAnExternalBrokerGuardsTheNames shows the access control of
// docs/operations.md, and that a device unknown here ends on the quarantine list.
func TestAnExternalBrokerGuardsTheNames(t *testing.T) {
	at := mosquitto(t, "scenario-0", "stranger")
	p := start(t, map[string]string{"mqtt-broker": "mqtt://node:node@" + at})
	p.until(t, "the program reads from Mosquitto", func() bool { return p.intake.Count().Connections.Load() == 1 })
	u, err := url.Parse("mqtt://" + at)
	if err != nil {
		t.Fatal(err)
	}
	publish := func(device, as sensors.DeviceID) error {
		pub := broker.NewPublisher(broker.PublisherOptions{Remote: broker.Remote{URL: u}, Org: testOrg, Device: device, Secret: string(device), As: as, Log: slog.New(slog.DiscardHandler)})
		ctx, end := context.WithCancel(t.Context())
		ended := make(chan error, 1)
		go func() { ended <- pub.Run(ctx) }()
		err := pub.Publish(t.Context(), sensors.StatusKind, []byte(`{"at":`+fmt.Sprint(time.Now().UnixMilli())+`}`))
		end()
		<-ended
		return err
	}
	if err := publish("stranger", "scenario-0"); !errors.Is(err, broker.ErrPublishRefused) {
		t.Errorf("under another's name: %v", err)
	}
	if err := publish("stranger", ""); err != nil {
		t.Errorf("under its own name: %v", err)
	}
	p.until(t, "the stranger is on the quarantine list", func() bool { return p.refused(t, sensors.UnknownDevice, "stranger") })
}

// refused reports whether something is on the quarantine list.
func (p *program) refused(t *testing.T, kind sensors.RefusalKind, claimed string) bool {
	t.Helper()
	for _, org := range []actor.OrgID{"", testOrg} {
		page, err := p.Sensors.RefusalList(t.Context(), actor.SystemPart("test"), org, 200, "")
		if err != nil {
			t.Fatal(err)
		}
		for _, r := range page.Items {
			if r.Kind == kind && r.Claimed == claimed {
				return true
			}
		}
	}
	return false
}
