package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"syscall"
	"time"

	"yijianyou/bench/bed"
	"yijianyou/media/pyramid"
)

// buildOne is the first argument by which this program makes one pyramid: in a
// process of its own, as vips does.
const buildOne = "build-one-pyramid"

func buildPyramid(from, to string) (err error) {
	src, err := os.Open(from)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, src.Close()) }()
	_, err = pyramid.Build(context.Background(), src, to, pyramid.Options{})
	return err
}

// effort is what a process took.
type effort struct {
	wall, processor time.Duration
	mb              float64 // of memory at most
}

func took(ctx context.Context, name string, args ...string) (effort, error) {
	c := exec.CommandContext(ctx, name, args...)
	began := time.Now()
	if out, err := c.CombinedOutput(); err != nil {
		return effort{}, fmt.Errorf("%s: %w: %s", name, err, out)
	}
	e := effort{wall: time.Since(began), processor: c.ProcessState.UserTime() + c.ProcessState.SystemTime()}
	if u, ok := c.ProcessState.SysUsage().(*syscall.Rusage); ok {
		e.mb = float64(u.Maxrss) / 1000
	}
	return e, nil
}

// build makes the pyramid of each photograph in turns.
func (b *bench) build(ctx context.Context) error {
	self, err := os.Executable()
	if err != nil {
		return err
	}
	type way struct {
		name string
		run  func(photo, to string) (effort, error)
	}
	ways := []way{{"ours", func(photo, to string) (effort, error) { return took(ctx, self, buildOne, photo, to) }}}
	if installed(b.vips, "libvips-tools") {
		ways = append(ways, way{"vips dzsave", func(photo, to string) (effort, error) {
			return took(ctx, b.vips, "dzsave", photo, to+".zip", "--container", "zip", "--tile-size", fmt.Sprint(tileSide), "--overlap", "0", "--suffix", fmt.Sprintf(".jpg[Q=%d]", jpegQuality))
		}})
	}
	fmt.Println("\npyramids")
	for i, photo := range b.names {
		wall, work, most := make(map[string][]time.Duration), make(map[string][]time.Duration), make(map[string]float64)
		for r := range b.rounds {
			for _, w := range ways {
				to := filepath.Join(b.folder, fmt.Sprintf("pyramid-%d-%d", i, r))
				e, err := w.run(photo, to)
				if err != nil {
					return err
				}
				wall[w.name], work[w.name] = append(wall[w.name], e.wall), append(work[w.name], e.processor)
				most[w.name] = max(most[w.name], e.mb)
			}
		}
		line := filepath.Base(photo)
		for _, w := range ways {
			line += fmt.Sprintf(" | %s %.0f ms, %.0f ms of processor, %.0f MB", w.name, ms(bed.Median(wall[w.name])), ms(bed.Median(work[w.name])), most[w.name])
		}
		if len(ways) == 2 {
			us, peer := ways[0].name, ways[1].name
			line += fmt.Sprintf(" | ratio %.2f (processor %.2f)", ms(bed.Median(wall[us]))/ms(bed.Median(wall[peer])), ms(bed.Median(work[us]))/ms(bed.Median(work[peer])))
		}
		fmt.Println(line)
	}
	return nil
}
