package main

import (
	"context"
	"flag"
	"fmt"
	"os"
	"os/signal"
	"path/filepath"
	"runtime"
	"slices"
	"strings"

	"yijianyou/bench/bed"
)

// options are what a run is told.
type options struct {
	binary    string
	photos    string
	parts     string
	clients   string
	iipPath   string
	nginxPath string
	vips      string
	rounds    int
	seconds   float64
	pixels    int
}

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
	defer stop()
	if err := work(ctx); err != nil {
		fmt.Fprintln(os.Stderr, "bench/media:", err)
		os.Exit(1)
	}
}

// work does what the arguments say: a run, or a part of one in a process of its own.
func work(ctx context.Context) error {
	if len(os.Args) == 4 && os.Args[1] == buildOne {
		return buildPyramid(os.Args[2], os.Args[3])
	}
	if len(os.Args) == 4 && os.Args[1] == uploadMany {
		return sendMany(ctx, os.Args[2], os.Args[3])
	}
	var o options
	flag.StringVar(&o.binary, "bin", "bin/yijianyou", "program to measure")
	flag.StringVar(&o.photos, "photos", "../shared/data/photos", "folder of JPEG photographs")
	flag.StringVar(&o.parts, "parts", "build,tiles,regions,info,uploads", "what is measured")
	flag.StringVar(&o.clients, "clients", "1,8,32", "numbers of clients")
	flag.StringVar(&o.iipPath, "iip", "/usr/lib/iipimage-server/iipsrv.fcgi", "IIPImage")
	flag.StringVar(&o.nginxPath, "nginx", "/usr/sbin/nginx", "nginx, which IIPImage needs, too")
	flag.StringVar(&o.vips, "vips", "/usr/bin/vips", "libvips, which IIPImage needs, too")
	flag.IntVar(&o.rounds, "rounds", 9, "rounds of each measurement; the median counts")
	flag.Float64Var(&o.seconds, "seconds", 1, "length of a round")
	flag.IntVar(&o.pixels, "pixels", 20_000_000, "photographs with fewer pixels are left out")
	flag.Parse()
	return run(ctx, o)
}

// bench is a run at work.
type bench struct {
	options
	folder  string   // for all that it makes, gone afterwards
	names   []string // of the photographs
	counts  []int    // of clients
	ours    *ours
	iip     *iip   // nil when it is not installed
	nginx   *nginx // nil when it is not installed
	pyramid []*photo
}

func (o options) has(part string) bool { return slices.Contains(strings.Split(o.parts, ","), part) }

func run(ctx context.Context, o options) (err error) {
	b := &bench{options: o}
	if b.counts, err = bed.Numbers("clients", o.clients); err != nil {
		return err
	}
	if b.names, err = photographs(o.photos, o.pixels); err != nil {
		return err
	}
	if b.folder, err = os.MkdirTemp("", "yijianyou-media"); err != nil {
		return err
	}
	defer os.RemoveAll(b.folder)
	fmt.Printf("%d photographs, %d processors (%s), median of %d rounds\n", len(b.names), runtime.NumCPU(), runtime.GOARCH, o.rounds)
	if o.has("build") {
		if err := b.build(ctx); err != nil {
			return err
		}
	}
	if !o.has("tiles") && !o.has("regions") && !o.has("info") && !o.has("uploads") {
		return nil
	}
	defer b.stop()
	if err := b.start(ctx); err != nil {
		return err
	}
	return b.serve(ctx)
}

// start starts all servers and lets them have the photographs.
func (b *bench) start(ctx context.Context) (err error) {
	if b.ours, err = newOurs(ctx, b.binary, filepath.Join(b.folder, "ours")); err != nil {
		return err
	}
	for _, name := range b.names {
		p, err := b.ours.publish(ctx, name)
		if err != nil {
			return fmt.Errorf("%s: %w", name, err)
		}
		b.pyramid = append(b.pyramid, p)
	}
	if !installed(b.nginxPath, "nginx") {
		return nil
	}
	if b.nginx, err = newNginx(b.nginxPath, filepath.Join(b.folder, "nginx")); err != nil {
		return err
	}
	if err := b.nginx.copyTiles(ctx, b.ours.base(), b.pyramid); err != nil {
		return err
	}
	if installed(b.iipPath, "iipimage-server") && installed(b.vips, "libvips-tools") {
		if b.iip, err = newIIP(ctx, b.options, filepath.Join(b.folder, "iip"), b.names); err != nil {
			return err
		}
		b.nginx.behind = b.iip.sockets
	}
	return b.nginx.start(ctx)
}

func (b *bench) stop() {
	if b.nginx != nil {
		b.nginx.kill()
	}
	if b.iip != nil {
		b.iip.kill()
	}
	if b.ours != nil {
		b.ours.Kill()
	}
}

// installed says so when a peer is not there.
func installed(path, name string) bool {
	if _, err := os.Stat(path); err != nil {
		fmt.Printf("%s is not installed (%s): left out\n", name, path)
		return false
	}
	return true
}
