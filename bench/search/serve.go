package main

import (
	"bufio"
	"context"
	"fmt"
	"io"
	"os"
	"runtime"
	"strconv"
	"strings"
	"sync"
	"time"

	"yijianyou/search"
	"yijianyou/search/index"
)

// driver is this program as an engine beside the others, with the protocol of
// peers/peer.hpp: "build FOLDER RECORDS SEED" and "serve FOLDER".
func driver(args []string, in io.Reader, out io.Writer) error {
	switch {
	case len(args) == 4 && args[0] == "build":
		n, err := strconv.Atoi(args[2])
		if err != nil {
			return err
		}
		seed, err := strconv.ParseUint(args[3], 10, 64)
		if err != nil {
			return err
		}
		records := makeRecords(n, seed)
		began, cpu := time.Now(), spent()
		if err := buildOurs(args[1], records); err != nil {
			return err
		}
		_, err = fmt.Fprintln(out, time.Since(began).Nanoseconds(), (spent() - cpu).Nanoseconds(), resident())
		return err
	case len(args) == 2 && args[0] == "serve":
		x, err := index.Open(args[1], search.Public, index.Options{Kept: -1})
		if err != nil {
			return err
		}
		defer x.Close()
		return serve(ours{x}, in, out)
	}
	return fmt.Errorf("unknown call %v", args)
}

func serve(o ours, in io.Reader, out io.Writer) error {
	lines := bufio.NewScanner(in)
	for lines.Scan() {
		q := query(strings.Split(lines.Text(), "\t"))
		switch q[0] {
		case "memory":
			fmt.Fprintln(out, resident())
			continue
		case "clients":
			if err := o.clients(q[1:], out); err != nil {
				return err
			}
			continue
		}
		a, err := o.ask(context.Background(), q)
		if err != nil {
			return err
		}
		fmt.Fprintf(out, "%d\t%d\t%d\t%s\n", a.Total, a.Took.Nanoseconds(), a.Counts, strings.Trim(fmt.Sprint(a.Top), "[]"))
	}
	return lines.Err()
}

// clients lets n goroutines ask the queries of a file, rounds times, and prints the
// times in ns.
func (o ours) clients(args []string, out io.Writer) error {
	n, err1 := strconv.Atoi(args[0])
	rounds, err2 := strconv.Atoi(args[1])
	raw, err := os.ReadFile(args[2])
	if err1 != nil || err2 != nil || err != nil {
		return fmt.Errorf("clients %v: %w", args, err)
	}
	lines := strings.Split(strings.TrimSpace(string(raw)), "\n")
	times, failed := make([][]string, n), make([]error, n)
	var group sync.WaitGroup
	for c := range n {
		group.Go(func() {
			for range rounds {
				for i := c; i < len(lines); i += n {
					a, err := o.ask(context.Background(), strings.Split(lines[i], "\t"))
					if err != nil {
						failed[c] = err
						return
					}
					times[c] = append(times[c], strconv.FormatInt(a.Took.Nanoseconds(), 10))
					runtime.Gosched() // as one who waits for the next question
				}
			}
		})
	}
	group.Wait()
	for c := range n {
		if failed[c] != nil {
			return failed[c]
		}
		fmt.Fprint(out, strings.Join(times[c], " "), " ")
	}
	_, err = fmt.Fprintln(out)
	return err
}
