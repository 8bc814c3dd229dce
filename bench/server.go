package main

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"net"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"syscall"
	"time"
)

// password is that of the demo accounts; the server listens on loopback only
// and goes with the run.
const password = "Bench-brown-kettle-77"

// server is a real server process on a data directory.
type server struct {
	binary, data, log string
	address           string
	process           *exec.Cmd
}

// start starts the server and returns the time until /readyz said ready.
func (s *server) start(ctx context.Context) (time.Duration, error) {
	if s.address == "" {
		l, err := net.Listen("tcp", "127.0.0.1:0")
		if err != nil {
			return 0, err
		}
		s.address = l.Addr().String()
		if err := l.Close(); err != nil {
			return 0, err
		}
	}
	log, err := os.OpenFile(s.log, os.O_CREATE|os.O_APPEND|os.O_WRONLY, 0o600)
	if err != nil {
		return 0, err
	}
	defer log.Close()
	s.process = exec.Command(s.binary, "serve", "--demo", "--demo-pictures", "0", "--data", s.data, "--listen", s.address, "--mqtt-listen", "off",
		"--public-url", "http://"+s.address, "--log-level", "error", "--trusted-proxies", "127.0.0.1")
	s.process.Env = append(os.Environ(), "YJY_DEMO_PASSWORD="+password)
	s.process.Stdout, s.process.Stderr = log, log
	began := time.Now()
	if err := s.process.Start(); err != nil {
		return 0, err
	}
	for time.Since(began) < 2*time.Minute {
		answer, err := http.Get("http://" + s.address + "/readyz")
		if err == nil {
			answer.Body.Close()
			if answer.StatusCode == http.StatusOK {
				return time.Since(began), nil
			}
		}
		if err := pause(ctx, 5*time.Millisecond); err != nil {
			return 0, err
		}
		if err := s.process.Process.Signal(syscall.Signal(0)); errors.Is(err, os.ErrProcessDone) {
			return 0, fmt.Errorf("the server ended, see %s", s.log)
		}
	}
	return 0, fmt.Errorf("the server was not ready within two minutes, see %s", s.log)
}

// stop ends the server as an operator does.
func (s *server) stop() error {
	if err := s.process.Process.Signal(syscall.SIGTERM); err != nil {
		return err
	}
	return s.process.Wait()
}

// restart stops and starts the server n times and returns the shortest time
// until it was ready.
func (s *server) restart(ctx context.Context, n int) (best time.Duration, err error) {
	for i := range n {
		if err := s.stop(); err != nil {
			return 0, err
		}
		took, err := s.start(ctx)
		if err != nil {
			return 0, err
		}
		if i == 0 || took < best {
			best = took
		}
	}
	return best, nil
}

// kill ends the server when a run fails.
func (s *server) kill() {
	if s.process != nil && s.process.ProcessState == nil {
		_ = s.process.Process.Kill()
		_ = s.process.Wait()
	}
}

// reportIdle reports what the server needs five seconds after its start.
func (s *server) reportIdle(ctx context.Context, what string, ready time.Duration) error {
	report("ready, "+what, "%d ms", ready.Milliseconds())
	if err := pause(ctx, 5*time.Second); err != nil {
		return err
	}
	if err := s.reportMemory("idle, " + what); err != nil {
		return err
	}
	var all []string
	var sum int64
	for _, part := range []string{"yijianyou.db", "index/public", "index/staff", "blobs"} {
		n, err := size(filepath.Join(s.data, part))
		if err != nil {
			return err
		}
		sum += n
		all = append(all, fmt.Sprintf("%s %.1f", part, mb(n)))
	}
	report("disk, "+what, "%.1f MB (%s)", mb(sum), strings.Join(all, ", "))
	return nil
}

// reportMemory reports the resident memory, and the part of it that is no file
// that the kernel could drop.
func (s *server) reportMemory(when string) error {
	text, err := os.ReadFile(fmt.Sprintf("/proc/%d/status", s.process.Process.Pid))
	if err != nil {
		return err
	}
	kb := make(map[string]int64)
	for line := range strings.Lines(string(text)) {
		name, value, _ := strings.Cut(line, ":")
		if number, ok := strings.CutSuffix(strings.TrimSpace(value), " kB"); ok {
			if kb[name], err = strconv.ParseInt(number, 10, 64); err != nil {
				return err
			}
		}
	}
	report("memory, "+when, "%.0f MB resident, %.0f of it not file pages", float64(kb["VmRSS"])/1e3, float64(kb["RssAnon"])/1e3)
	return nil
}

// processor is the processor time that the server has used, in steps of 10 ms.
func (s *server) processor() (time.Duration, error) {
	text, err := os.ReadFile(fmt.Sprintf("/proc/%d/stat", s.process.Process.Pid))
	if err != nil {
		return 0, err
	}
	fields := strings.Fields(string(text[strings.LastIndexByte(string(text), ')')+1:])) // the name may hold spaces
	var ticks int
	for _, field := range fields[11:13] { // in user and in kernel mode
		n, err := strconv.Atoi(field)
		if err != nil {
			return 0, err
		}
		ticks += n
	}
	return time.Duration(ticks) * 10 * time.Millisecond, nil
}

// generations names the folders of both indexes; a rebuild makes a new one.
func (s *server) generations() (string, error) {
	found, err := filepath.Glob(filepath.Join(s.data, "index", "*", "*"))
	return strings.Join(found, "\n"), err
}

// size is what a file or a folder holds on the disk, 0 when it is not there. A
// database file counts with its journal.
func size(path string) (sum int64, err error) {
	roots, err := filepath.Glob(path + "*")
	if err != nil {
		return 0, err
	}
	for _, root := range roots {
		err = filepath.WalkDir(root, func(_ string, d fs.DirEntry, err error) error {
			if err != nil || d.IsDir() {
				return err
			}
			info, err := d.Info()
			if errors.Is(err, fs.ErrNotExist) { // merged away meanwhile
				return nil
			}
			if err == nil {
				sum += info.Size()
			}
			return err
		})
		if err != nil {
			return 0, err
		}
	}
	return sum, nil
}

// pause waits, or returns early with the error of ctx.
func pause(ctx context.Context, d time.Duration) error {
	select {
	case <-ctx.Done():
		return ctx.Err()
	case <-time.After(d):
		return nil
	}
}
