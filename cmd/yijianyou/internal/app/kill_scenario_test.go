package app

import (
	"bufio"
	"bytes"
	"context"
	"fmt"
	"io"
	"log/slog"
	"net"
	"net/http"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"syscall"
	"testing"
	"time"

	"yijianyou/cmd/yijianyou/internal/config"
	"yijianyou/heritage"
)

// binary builds the real program once for this test process; TestMain removes it.
var binary = sync.OnceValues(func() (string, error) {
	dir, err := os.MkdirTemp("", "yijianyou-scenario-")
	if err != nil {
		return "", err
	}
	binaryDir.Store(&dir)
	file := filepath.Join(dir, "yijianyou")
	out, err := exec.Command("go", "build", "-o", file, "yijianyou/cmd/yijianyou").CombinedOutput()
	if err != nil {
		return "", fmt.Errorf("%w: %s", err, out)
	}
	return file, nil
})

var binaryDir atomic.Pointer[string]

func TestMain(m *testing.M) {
	code := m.Run()
	if dir := binaryDir.Load(); dir != nil {
		os.RemoveAll(*dir)
	}
	os.Exit(code)
}

// process is the real program, run as a stranger runs it.
type process struct {
	cmd   *exec.Cmd
	url   string
	log   *bytes.Buffer
	ended chan struct{} // closed when it has ended
}

// freePort is an address of this machine on which nobody listens.
func freePort(t *testing.T) string {
	t.Helper()
	ln, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer ln.Close()
	return ln.Addr().String()
}

// launch starts the program on a data directory, with more settings, and waits
// until it is ready.
func launch(t *testing.T, dir string, settings ...string) *process {
	t.Helper()
	file, err := binary()
	if err != nil {
		t.Fatal(err)
	}
	address := freePort(t)
	args := append([]string{"serve", "--data", dir, "--listen", address, "--mqtt-listen", "127.0.0.1:0"}, settings...)
	p := &process{cmd: exec.Command(file, args...), url: "http://" + address, log: &bytes.Buffer{}, ended: make(chan struct{})}
	p.cmd.Env = []string{"PATH=" + os.Getenv("PATH"), "HOME=" + os.Getenv("HOME"), "LANG=en_US.UTF-8"}
	p.cmd.Stdout, p.cmd.Stderr = p.log, p.log
	if err := p.cmd.Start(); err != nil {
		t.Fatal(err)
	}
	go func() { p.cmd.Wait(); close(p.ended) }()
	t.Cleanup(func() { p.cmd.Process.Kill(); <-p.ended })
	tick := time.NewTicker(20 * time.Millisecond)
	defer tick.Stop()
	for {
		res, err := http.Get(p.url + "/readyz")
		if err == nil {
			res.Body.Close()
			if res.StatusCode == http.StatusOK {
				return p
			}
		}
		select {
		case <-p.ended:
			t.Fatalf("the program ended:\n%s", p.log)
		case <-t.Context().Done():
			t.Fatalf("the program is not ready:\n%s", p.log)
		case <-tick.C:
		}
	}
}

// kill ends the program as a power failure would, and waits until it is gone.
func (p *process) kill(t *testing.T) {
	t.Helper()
	if err := p.cmd.Process.Kill(); err != nil {
		t.Fatal(err)
	}
	<-p.ended
}

// until waits until /metrics has a line.
func (p *process) until(t *testing.T, line string) {
	t.Helper()
	tick := time.NewTicker(20 * time.Millisecond)
	defer tick.Stop()
	for {
		if res, err := http.Get(p.url + "/metrics"); err == nil {
			text, err := io.ReadAll(res.Body)
			res.Body.Close()
			if err == nil && slices.Contains(strings.Split(string(text), "\n"), line) {
				return
			}
		}
		select {
		case <-t.Context().Done():
			t.Fatalf("no %q in the metrics", line)
		case <-p.ended:
			t.Fatalf("the program ended:\n%s", p.log)
		case <-tick.C:
		}
	}
}

// stop ends the program as an operator does.
func (p *process) stop(t *testing.T) {
	t.Helper()
	if err := p.cmd.Process.Signal(syscall.SIGTERM); err != nil {
		t.Fatal(err)
	}
	<-p.ended
	if code := p.cmd.ProcessState.ExitCode(); code != 0 {
		t.Errorf("the program ended with %d:\n%s", code, p.log)
	}
}

// settled returns a data directory with the organisations and accounts of the
// tests in it, for a program to be started on.
func settled(t *testing.T) string {
	t.Helper()
	dir := t.TempDir()
	cfg, err := config.Load(config.Sources{Flags: map[string]string{"data": dir}})
	if err != nil {
		t.Fatal(err)
	}
	core, err := OpenCore(t.Context(), cfg, slog.New(slog.DiscardHandler))
	if err != nil {
		t.Fatal(err)
	}
	settle(t, core)
	if err := core.Close(); err != nil {
		t.Fatal(err)
	}
	return dir
}

// TestKilledInAStormOfWrites kills the real program with SIGKILL while four
// clients create and change records, several times over: every answered write
// is there afterwards, every record is whole, and check finds no difference
// between documents, indexes and files.
func TestKilledInAStormOfWrites(t *testing.T) {
	rounds := 4
	if testing.Short() {
		rounds = 2
	}
	dir := settled(t)

	var mu sync.Mutex
	kept := make(map[string]string) // id -> the newest name that was answered
	sent := make(map[string]string) // id -> a name that was sent and not answered
	for round := range rounds {
		p := launch(t, dir)
		clerk := login(t, p.url, "clerk")
		ctx, cancel := context.WithCancel(t.Context())
		var answered atomic.Int64
		enough := make(chan struct{}, 1)
		var wg sync.WaitGroup
		for w := range 4 {
			wg.Go(func() {
				for n := 0; ctx.Err() == nil; n++ {
					name := fmt.Sprintf("风暴 %d-%d-%d", round, w, n)
					res, err := clerk.try(ctx, "POST", "/api/v1/relics", map[string]any{"org": testOrg, "fields": heritage.RelicFields{Name: heritage.Text{ZH: name}}})
					if err != nil {
						return // killed; whether it was written nobody knows, and nobody was told
					}
					if res.status != http.StatusCreated {
						t.Errorf("create: %d %s", res.status, res.body)
						return
					}
					var rec record
					res.decode(&rec)
					mu.Lock()
					kept[rec.ID], sent[rec.ID] = name, name+" 改"
					mu.Unlock()
					res, err = clerk.try(ctx, "PUT", "/api/v1/relics/"+rec.ID, map[string]any{"fields": heritage.RelicFields{Name: heritage.Text{ZH: name + " 改"}}}, "If-Match", res.header.Get("ETag"))
					if err != nil {
						return
					}
					if res.status != http.StatusOK {
						t.Errorf("change: %d %s", res.status, res.body)
						return
					}
					mu.Lock()
					kept[rec.ID] = name + " 改"
					delete(sent, rec.ID)
					mu.Unlock()
					if answered.Add(1) == int64(30+17*round) { // another moment in every round
						enough <- struct{}{}
					}
				}
			})
		}
		select {
		case <-enough:
		case <-t.Context().Done():
		}
		p.kill(t)
		wg.Wait()
		cancel()
	}

	p := launch(t, dir)
	clerk := login(t, p.url, "clerk")
	is := make(map[string]string)
	for cursor := ""; ; {
		var page struct {
			Items  []record
			Cursor string
		}
		clerk.get("/api/v1/relics?view=staff&limit=200&org=" + string(testOrg) + "&cursor=" + url.QueryEscape(cursor)).want(http.StatusOK).decode(&page)
		for _, rec := range page.Items {
			is[rec.ID] = rec.Fields.Name.ZH
		}
		if cursor = page.Cursor; cursor == "" {
			break
		}
	}
	for id, name := range kept {
		if got := is[id]; got != name && (got == "" || got != sent[id]) {
			t.Errorf("%s was answered as %q and is %q", id, name, got)
		}
	}
	p.kill(t)
	t.Logf("%d records were answered in %d rounds and none was lost", len(kept), rounds)

	file, err := binary()
	if err != nil {
		t.Fatal(err)
	}
	check := exec.CommandContext(t.Context(), file, "check", "--data", dir)
	check.Env = []string{"LANG=en_US.UTF-8"}
	if out, err := checked(check); err != nil {
		t.Errorf("check: %v\n%s", err, out)
	}
}

// checked runs a command and returns the first lines of what it said.
func checked(cmd *exec.Cmd) (string, error) {
	out, err := cmd.CombinedOutput()
	var lines []string
	for s := bufio.NewScanner(bytes.NewReader(out)); s.Scan() && len(lines) < 20; {
		lines = append(lines, s.Text())
	}
	return strings.Join(lines, "\n"), err
}
