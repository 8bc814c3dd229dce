package main

import (
	"context"
	"flag"
	"fmt"
	"os"
	"os/signal"
	"path/filepath"
	"slices"

	"yijianyou/bench/bed"
	"yijianyou/sensors"
)

// options are what a run is told.
type options struct {
	binary    string
	mosquitto string
	kind      string
	database  string
	counts    string
	messages  int
	window    int
	repeats   int
	part      string
	tags      int
	seconds   int
}

func main() {
	var o options
	flag.StringVar(&o.binary, "bin", "bin/yijianyou", "program to measure")
	flag.StringVar(&o.mosquitto, "mosquitto", "", "Mosquitto to measure beside it; without it only ours is measured")
	flag.StringVar(&o.kind, "kind", "reading", "what is published: reading, count, sighting or status")
	flag.StringVar(&o.database, "database", "", "MongoDB of the program; without it SQLite")
	flag.StringVar(&o.counts, "publishers", "4,16,64", "numbers of publishers")
	flag.IntVar(&o.messages, "messages", 80_000, "messages of a measurement")
	flag.IntVar(&o.window, "window", 256, "messages of a publisher that are not acknowledged")
	flag.IntVar(&o.repeats, "repeats", 5, "measurements of each; the median counts")
	flag.StringVar(&o.part, "part", "rates", "what is measured: rates beside Mosquitto, latency at given rates, alarms during an import")
	flag.IntVar(&o.tags, "tags", 512, "tags that are seen in turn, over all readers; sightings only")
	flag.IntVar(&o.seconds, "seconds", 10, "how long each measurement of latency takes")
	flag.Parse()
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
	defer stop()
	if err := run(ctx, o); err != nil {
		fmt.Fprintln(os.Stderr, "bench/sensors:", err)
		os.Exit(1)
	}
}

// peer is a broker that is measured.
type peer interface {
	name() string
	// login returns who publishes as number i and where.
	login(i int) account
	pid() int
	// check returns an error when a measurement of n messages was not what it says.
	check(ctx context.Context, n int) error
}

func run(ctx context.Context, o options) error {
	counts, err := bed.Numbers("publishers", o.counts)
	if err != nil {
		return err
	}
	folder, err := os.MkdirTemp("", "yijianyou-ingest")
	if err != nil {
		return err
	}
	defer os.RemoveAll(folder)
	switch o.part {
	case "latency":
		return latency(ctx, o, folder)
	case "alarms":
		return alarms(ctx, o, folder)
	}
	us, err := newOurs(ctx, o, filepath.Join(folder, "ours"), slices.Max(counts))
	if err != nil {
		return err
	}
	defer us.server.Kill()
	peers := []peer{us}
	if o.mosquitto != "" {
		m, err := newMosquitto(ctx, o, filepath.Join(folder, "mosquitto"))
		if err != nil {
			return err
		}
		defer m.kill()
		peers = append(peers, m)
	}
	fmt.Printf("%s, one sample a message, QoS 1, %d unanswered at most, median of %d\n", o.kind, o.window, o.repeats)
	l := &load{kind: sensors.SampleKind(o.kind), messages: o.messages, window: o.window, tagsEach: max(1, o.tags/slices.Max(counts))}
	for _, n := range counts {
		rates, worked := make(map[string][]float64), make(map[string][]float64)
		for range o.repeats {
			for _, p := range peers {
				rate, work, err := l.measure(ctx, p, n)
				if err != nil {
					return fmt.Errorf("%s with %d publishers: %w", p.name(), n, err)
				}
				rates[p.name()], worked[p.name()] = append(rates[p.name()], rate), append(worked[p.name()], work)
			}
		}
		line := fmt.Sprintf("%3d publishers", n)
		for _, p := range peers {
			line += fmt.Sprintf("   %s %6.0f/s (%.0f–%.0f), %.1f µs of processor each", p.name(), bed.Median(rates[p.name()]),
				slices.Min(rates[p.name()]), slices.Max(rates[p.name()]), bed.Median(worked[p.name()]))
		}
		if len(peers) == 2 {
			line += fmt.Sprintf("   ratio %.2f", bed.Median(rates[peers[0].name()])/bed.Median(rates[peers[1].name()]))
		}
		fmt.Println(line)
	}
	return nil
}
