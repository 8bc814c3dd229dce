package bed

import (
	"context"
	"errors"
	"fmt"
	"net"
	"net/http"
	"os"
	"os/exec"
	"strconv"
	"strings"
	"syscall"
	"time"
)

// Password is that of the demo accounts; the server listens on loopback only
// and goes with the run.
const Password = "Bench-brown-kettle-77"

// Server is a real server process on a data directory.
type Server struct {
	Binary, Data, Log string   // files: of the program, its data, what it says
	Settings          []string // flags beside those of every benchmark
	Address           string   // host:port of HTTP, chosen at the first start
	Process           *exec.Cmd
}

// Start starts the server and returns the time until /readyz said ready.
func (s *Server) Start(ctx context.Context) (time.Duration, error) {
	if s.Address == "" {
		at, err := FreePort()
		if err != nil {
			return 0, err
		}
		s.Address = at
	}
	log, err := os.OpenFile(s.Log, os.O_CREATE|os.O_APPEND|os.O_WRONLY, 0o600)
	if err != nil {
		return 0, err
	}
	defer log.Close()
	s.Process = exec.Command(s.Binary, append([]string{"serve", "--demo", "--demo-pictures", "0", "--data", s.Data, "--listen", s.Address,
		"--public-url", "http://" + s.Address, "--log-level", "error", "--trusted-proxies", "127.0.0.1"}, s.Settings...)...)
	s.Process.Env = append(os.Environ(), "YJY_DEMO_PASSWORD="+Password)
	s.Process.Stdout, s.Process.Stderr = log, log
	began := time.Now()
	if err := s.Process.Start(); err != nil {
		return 0, err
	}
	for time.Since(began) < 2*time.Minute {
		answer, err := http.Get("http://" + s.Address + "/readyz")
		if err == nil {
			answer.Body.Close()
			if answer.StatusCode == http.StatusOK {
				return time.Since(began), nil
			}
		}
		if err := Pause(ctx, 5*time.Millisecond); err != nil {
			return 0, err
		}
		if err := s.Process.Process.Signal(syscall.Signal(0)); errors.Is(err, os.ErrProcessDone) {
			return 0, fmt.Errorf("the server ended, see %s", s.Log)
		}
	}
	return 0, fmt.Errorf("the server was not ready within two minutes, see %s", s.Log)
}

// Stop ends the server as an operator does.
func (s *Server) Stop() error {
	if err := s.Process.Process.Signal(syscall.SIGTERM); err != nil {
		return err
	}
	return s.Process.Wait()
}

// Restart stops and starts the server n times and returns the shortest time
// until it was ready.
func (s *Server) Restart(ctx context.Context, n int) (best time.Duration, err error) {
	for i := range n {
		if err := s.Stop(); err != nil {
			return 0, err
		}
		took, err := s.Start(ctx)
		if err != nil {
			return 0, err
		}
		if i == 0 || took < best {
			best = took
		}
	}
	return best, nil
}

// Kill ends the server when a run fails.
func (s *Server) Kill() {
	if s.Process != nil && s.Process.ProcessState == nil {
		_ = s.Process.Process.Kill()
		_ = s.Process.Wait()
	}
}

// Pause waits, or returns early with the error of ctx.
func Pause(ctx context.Context, d time.Duration) error {
	select {
	case <-ctx.Done():
		return ctx.Err()
	case <-time.After(d):
		return nil
	}
}

// Processor is the processor time that a process has used, in steps of 10 ms.
func Processor(pid int) (time.Duration, error) {
	text, err := os.ReadFile(fmt.Sprintf("/proc/%d/stat", pid))
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

// FreePort is an address of this machine on which nobody listens.
func FreePort() (string, error) {
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return "", err
	}
	return l.Addr().String(), l.Close()
}

// Memory is what a process holds in memory, in MB: all of it, and the part that is
// no page of a file, which the kernel could drop.
func Memory(pid int) (all, own float64, err error) {
	text, err := os.ReadFile(fmt.Sprintf("/proc/%d/status", pid))
	if err != nil {
		return 0, 0, err
	}
	kb := make(map[string]float64)
	for line := range strings.Lines(string(text)) {
		name, value, _ := strings.Cut(line, ":")
		if number, ok := strings.CutSuffix(strings.TrimSpace(value), " kB"); ok {
			if kb[name], err = strconv.ParseFloat(number, 64); err != nil {
				return 0, 0, err
			}
		}
	}
	return kb["VmRSS"] / 1000, kb["RssAnon"] / 1000, nil
}
