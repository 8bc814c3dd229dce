package main

import (
	"context"
	"embed"
	"flag"
	"fmt"
	"os"
	"os/exec"
	"os/signal"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
)

//go:embed peers
var sources embed.FS

// libraries is what each peer is linked with.
var libraries = map[string][]string{
	"groonga": {"-I/usr/include/groonga", "-lgroonga"}, "sqlite": {"-lsqlite3"}, "xapian": {"-lxapian"},
}

// options are what a run is told.
type options struct {
	records, queries, rounds, clients int
	seed                              uint64
	peers                             string
}

func main() {
	if len(os.Args) > 1 && (os.Args[1] == "build" || os.Args[1] == "serve") {
		exit(driver(os.Args[1:], os.Stdin, os.Stdout))
		return
	}
	var o options
	flag.IntVar(&o.records, "records", 100_000, "records")
	flag.IntVar(&o.queries, "queries", 24, "queries of each class")
	flag.IntVar(&o.rounds, "rounds", 15, "how often each is asked")
	flag.IntVar(&o.clients, "clients", 8, "clients at the same time")
	flag.Uint64Var(&o.seed, "seed", 1, "seed of records and queries")
	flag.StringVar(&o.peers, "peers", "groonga,sqlite,xapian", "peers, parted by commas")
	flag.Parse()
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
	defer stop()
	exit(run(ctx, o))
}

func exit(err error) {
	if err != nil {
		fmt.Fprintln(os.Stderr, "search:", err)
		os.Exit(1)
	}
}

func run(ctx context.Context, o options) error {
	folder, err := os.MkdirTemp("", "yijianyou-search")
	if err != nil {
		return err
	}
	defer os.RemoveAll(folder)
	records := makeRecords(o.records, o.seed)
	file := filepath.Join(folder, "records.tsv")
	if err := writeRecords(file, records); err != nil {
		return err
	}
	self, err := os.Executable()
	if err != nil {
		return err
	}
	var engines []*engine
	defer func() {
		for _, e := range engines {
			_ = e.stop()
		}
	}()
	e, err := start(ctx, "ours", self, filepath.Join(folder, "ours"), strconv.Itoa(o.records), strconv.FormatUint(o.seed, 10))
	if err != nil {
		return err
	}
	engines = append(engines, e)
	for _, name := range strings.FieldsFunc(o.peers, func(r rune) bool { return r == ',' }) {
		program, err := compile(ctx, name, folder)
		if err != nil {
			fmt.Printf("%s is left out: %v\n", name, err)
			continue
		}
		if e, err = start(ctx, name, program, filepath.Join(folder, name), file); err != nil {
			return err
		}
		engines = append(engines, e)
	}
	return report(engines, makeQueries(records, o.queries, o.seed), o, filepath.Join(folder, "queries.tsv"))
}

// compile makes the driver of a peer.
func compile(ctx context.Context, name, folder string) (string, error) {
	link, ok := libraries[name]
	if !ok {
		return "", fmt.Errorf("no such peer; there are groonga, sqlite and xapian")
	}
	for _, source := range []string{"peer.hpp", name + ".cc"} {
		raw, err := sources.ReadFile("peers/" + source)
		if err != nil {
			return "", err
		}
		if err := os.WriteFile(filepath.Join(folder, source), raw, 0o644); err != nil {
			return "", err
		}
	}
	program := filepath.Join(folder, name+".bin")
	args := slices.Concat([]string{"-std=c++17", "-O2", "-o", program, filepath.Join(folder, name+".cc")}, link, []string{"-lpthread"})
	if out, err := exec.CommandContext(ctx, "c++", args...).CombinedOutput(); err != nil {
		first, _, _ := strings.Cut(string(out), "\n")
		return "", fmt.Errorf("c++: %w: %s", err, first)
	}
	return program, nil
}

// report measures everything and prints it.
func report(engines []*engine, queries map[string][]query, o options, file string) error {
	fmt.Printf("%d records; index: seconds of processor, seconds, MB on disk, MB of memory at most\n", o.records)
	for _, e := range engines {
		b := e.build
		fmt.Printf("%-8s %7.1f %7.1f %7.1f %7.1f\n", e.name, b.cpu.Seconds(), b.wall.Seconds(), float64(b.bytes)/1e6, float64(b.peakKB)/1e3)
	}
	fmt.Printf("\nµs, median (99th of a hundred); in brackets the median of ours by that of the peer\n%-11s", "")
	for _, e := range engines {
		fmt.Printf(" %-24s", e.name)
	}
	fmt.Println()
	for _, class := range classes {
		t, err := measure(engines, class, queries[class], o.rounds)
		if err != nil {
			return err
		}
		fmt.Printf("%-11s", class)
		for _, e := range engines {
			cell := "–"
			if list := t[e.name]; len(list) > 0 {
				p50 := quantile(list, 0.5)
				cell = us(p50) + " (" + us(quantile(list, 0.99)) + ")"
				if e.name != "ours" {
					cell += fmt.Sprintf(" [%.2f]", float64(quantile(t["ours"], 0.5))/float64(p50))
				}
			}
			fmt.Printf(" %-24s", cell)
		}
		fmt.Println()
	}
	if err := writeQueries(file, queries); err != nil {
		return err
	}
	fmt.Printf("\n%d clients, all classes but near: µs median and 99th of a hundred; MB of memory at most\n", o.clients)
	for _, e := range engines {
		list, err := e.clients(o.clients, max(1, o.rounds/3), file)
		if err != nil {
			return err
		}
		memory, err := e.line("memory")
		if err != nil {
			return err
		}
		kb, err := strconv.ParseFloat(memory, 64)
		if err != nil {
			return err
		}
		fmt.Printf("%-8s %8s %8s %8.1f\n", e.name, us(quantile(list, 0.5)), us(quantile(list, 0.99)), kb/1e3)
	}
	return nil
}
