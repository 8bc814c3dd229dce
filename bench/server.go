package main

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"path/filepath"
	"strings"
	"time"

	"yijianyou/bench/bed"
)

// server is the server that is measured.
type server struct{ bed.Server }

// reportIdle reports what the server needs five seconds after its start.
func (s *server) reportIdle(ctx context.Context, what string, ready time.Duration) error {
	report("ready, "+what, "%d ms", ready.Milliseconds())
	if err := bed.Pause(ctx, 5*time.Second); err != nil {
		return err
	}
	if err := s.reportMemory("idle, " + what); err != nil {
		return err
	}
	var all []string
	var sum int64
	for _, part := range []string{"yijianyou.db", "index/public", "index/staff", "blobs"} {
		n, err := size(filepath.Join(s.Data, part))
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
	all, own, err := bed.Memory(s.Process.Process.Pid)
	if err != nil {
		return err
	}
	report("memory, "+when, "%.0f MB resident, %.0f of it not file pages", all, own)
	return nil
}

// generations names the folders of both indexes; a rebuild makes a new one.
func (s *server) generations() (string, error) {
	found, err := filepath.Glob(filepath.Join(s.Data, "index", "*", "*"))
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
