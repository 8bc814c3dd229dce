package main

import (
	"context"
	"flag"
	"fmt"
	"os"
	"os/signal"
	"path/filepath"
	"runtime"
	"time"

	"yijianyou/bench/bed"
)

// options are what a run is told.
type options struct {
	binary   string
	records  int
	source   string
	clients  int
	requests int
	restarts int
	publish  int
	keep     string
}

func main() {
	var o options
	flag.StringVar(&o.binary, "bin", "bin/yijianyou", "program to measure")
	flag.IntVar(&o.records, "records", 100_000, "rows to import")
	flag.StringVar(&o.source, "source", "", "CSV of a collection to take titles from; without it they are made up")
	flag.IntVar(&o.clients, "clients", 32, "clients at the same time")
	flag.IntVar(&o.requests, "requests", 3000, "requests of each kind")
	flag.IntVar(&o.restarts, "restarts", 3, "starts with all records; the fastest counts")
	flag.IntVar(&o.publish, "publish", 100_000, "how many of the imported rows are reviewed and published")
	flag.StringVar(&o.keep, "keep", "", "folder for the data, kept afterwards; data that is there already is measured again; without it a temporary one")
	flag.Parse()
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
	defer stop()
	if err := run(ctx, o); err != nil {
		fmt.Fprintln(os.Stderr, "bench:", err)
		os.Exit(1)
	}
}

// run measures everything once, in the order in which it can be had. What an
// earlier run has kept is not imported again.
func run(ctx context.Context, o options) (err error) {
	folder := o.keep
	if folder == "" {
		if folder, err = os.MkdirTemp("", "yijianyou-bench"); err != nil {
			return err
		}
		defer os.RemoveAll(folder)
	} else if err := os.MkdirAll(folder, 0o700); err != nil {
		return err
	}
	file, err := os.Stat(o.binary)
	if err != nil {
		return err
	}
	report("processors", "%d (%s)", runtime.NumCPU(), runtime.GOARCH)
	report("program", "%.1f MB", mb(file.Size()))

	s := &server{bed.Server{Binary: o.binary, Data: filepath.Join(folder, "data"), Log: filepath.Join(folder, "log"), Settings: []string{"--mqtt-listen", "off"}}}
	defer s.Kill()
	_, err = os.Stat(s.Data)
	kept := err == nil
	ready, err := s.Start(ctx)
	if err != nil {
		return err
	}
	admin, err := s.login(ctx, "admin")
	if err != nil {
		return err
	}
	if !kept {
		report("ready, empty, demo loading beside it", "%d ms", ready.Milliseconds())
		if err := fill(ctx, o, s, admin); err != nil {
			return err
		}
	}
	if err := restarts(ctx, o, s, admin); err != nil {
		return err
	}
	if err := measureAll(ctx, o, s, admin); err != nil {
		return err
	}
	return s.reportMemory("after all requests")
}

// fill measures the server with the demo data alone, then imports and publishes.
func fill(ctx context.Context, o options, s *server, admin *client) error {
	registrar, err := s.login(ctx, "registrar")
	if err != nil {
		return err
	}
	reviewer, err := s.login(ctx, "reviewer")
	if err != nil {
		return err
	}
	if err := admin.Settle(ctx); err != nil {
		return err
	}
	ready, err := s.Restart(ctx, 1)
	if err != nil {
		return err
	}
	if err := s.reportIdle(ctx, "demo", ready); err != nil {
		return err
	}
	before, err := admin.Total(ctx)
	if err != nil {
		return err
	}
	load, err := importRows(ctx, o, registrar, admin, before)
	if err != nil {
		return err
	}
	if err := s.reportMemory("after the import"); err != nil {
		return err
	}
	return publishRows(ctx, o, load, registrar, reviewer)
}

// restarts measures the start with all records.
func restarts(ctx context.Context, o options, s *server, admin *client) error {
	generations, err := s.generations()
	if err != nil {
		return err
	}
	ready, err := s.Restart(ctx, o.restarts)
	if err != nil {
		return err
	}
	name := fmt.Sprintf("demo and %d records", o.records)
	if err := s.reportIdle(ctx, name, ready); err != nil {
		return err
	}
	again, err := s.generations()
	if err != nil {
		return err
	}
	total, err := admin.Total(ctx)
	if err != nil {
		return err
	}
	report("indexes at restart", "%s, %d documents found", map[bool]string{true: "kept, not rebuilt", false: "REBUILT"}[generations == again], total)
	return nil
}

// report prints one row of the table.
func report(name, format string, values ...any) {
	fmt.Printf("%-46s %s\n", name, fmt.Sprintf(format, values...))
}

func mb(bytes int64) float64 { return float64(bytes) / 1e6 }

// rate is n in a time, per second.
func rate(n int, took time.Duration) float64 { return float64(n) / took.Seconds() }
