package main

import (
	"context"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"time"

	"yijianyou/bench/bed"
)

// jpegQuality is that of our tiles, and tileSide their side.
const (
	jpegQuality = 88
	tileSide    = 512
)

// iip is IIPImage in its best form: a process for each processor, tiled pyramidal
// TIFFs with JPEG tiles, and a cache that holds everything.
type iip struct {
	sockets   []string
	processes []*exec.Cmd
	front     *nginx // through which it is asked
}

func newIIP(ctx context.Context, o options, folder string, photos []string) (_ *iip, err error) {
	p := &iip{}
	defer func() {
		if err != nil {
			p.kill()
		}
	}()
	if err := os.MkdirAll(folder, 0o755); err != nil {
		return nil, err
	}
	for i, name := range photos {
		tiff := exec.CommandContext(ctx, o.vips, "tiffsave", name, filepath.Join(folder, fmt.Sprintf("%d.tif", i)), "--tile", "--pyramid", "--compression", "jpeg",
			"--Q", fmt.Sprint(jpegQuality), "--tile-width", fmt.Sprint(tileSide), "--tile-height", fmt.Sprint(tileSide))
		if out, err := tiff.CombinedOutput(); err != nil {
			return nil, fmt.Errorf("%w: %s", err, out)
		}
	}
	for range runtime.NumCPU() {
		at, err := bed.FreePort()
		if err != nil {
			return nil, err
		}
		c := exec.Command(o.iipPath, "--bind", at, "--backlog", "1024")
		c.Env = append(os.Environ(), "FILESYSTEM_PREFIX="+folder+"/", fmt.Sprintf("JPEG_QUALITY=%d", jpegQuality), "MAX_IMAGE_CACHE_SIZE=1000", "VERBOSITY=0",
			"LOGFILE="+filepath.Join(folder, "log"), "MAX_CVT=10000", "CORS=*", "INTERPOLATION=1")
		if err := c.Start(); err != nil {
			return nil, err
		}
		p.processes, p.sockets = append(p.processes, c), append(p.sockets, at)
	}
	return p, nil
}

func (p *iip) kill() {
	for _, c := range p.processes {
		_ = c.Process.Kill()
		_ = c.Wait()
	}
}

func (p *iip) name() string       { return "IIPImage" }
func (p *iip) host() string       { return p.front.dynamic }
func (p *iip) path(q part) string { return fmt.Sprintf("/iip/%d.tif%s", q.photo, q.rest()) }

// processor counts nginx in front of it, too: without it IIPImage speaks no HTTP.
func (p *iip) processor() (time.Duration, error) {
	sum, err := p.front.processor()
	for _, c := range p.processes {
		one, e := bed.Processor(c.Process.Pid)
		if e != nil {
			err = e
		}
		sum += one
	}
	return sum, err
}
