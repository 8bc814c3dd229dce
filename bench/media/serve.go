package main

import (
	"context"
	"fmt"
	"slices"
	"time"

	"yijianyou/bench/bed"
)

// regionCount is more than are asked for in a run: neither server is to find one
// among what it has given before.
const regionCount = 50_000

// serve measures what servers answer.
func (b *bench) serve(ctx context.Context) error {
	tiles, regions := tilesOf(b.pyramid), regionsOf(b.pyramid, regionCount)
	peers := []peer{b.ours}
	if b.iip != nil {
		b.iip.front = b.nginx
		peers = append(peers, b.iip)
		for what, parts := range map[string][]part{"tiles": tiles[:min(len(tiles), 60)], "regions": regions[:40]} {
			off, err := compare(ctx, b.ours, b.iip, parts)
			if err != nil {
				return err
			}
			fmt.Printf("%d %s of ours and of IIPImage compared: mean difference %.2f of 255\n", len(parts), what, off)
		}
	}
	if b.has("tiles") {
		all := peers
		if b.nginx != nil {
			all = append(slices.Clone(peers), b.nginx)
		}
		if err := b.turns(ctx, "aligned tiles", all, true, func(p peer) []string { return pathsOf(p, tiles) }); err != nil {
			return err
		}
	}
	if b.has("regions") {
		if err := b.turns(ctx, "arbitrary regions, none asked for twice", peers, false, func(p peer) []string { return pathsOf(p, regions) }); err != nil {
			return err
		}
	}
	if b.has("info") {
		err := b.turns(ctx, "info.json", peers, true, func(p peer) []string {
			if p == b.iip {
				return []string{"/iip/0.tif/info.json"}
			}
			return []string{b.pyramid[0].service + "/info.json"}
		})
		if err != nil {
			return err
		}
	}
	if b.has("uploads") {
		if err := b.uploads(ctx, tiles); err != nil {
			return err
		}
	}
	return b.memory()
}

// turns lets the peers answer the same requests in turns, and prints a line for
// each number of clients. With warm everything is asked for once before: what is
// measured is then what caches give.
func (b *bench) turns(ctx context.Context, what string, peers []peer, warm bool, paths func(peer) []string) error {
	fmt.Printf("\n%s\n", what)
	asked := make(map[peer]*questions)
	for _, p := range peers {
		asked[p] = &questions{paths: paths(p), want: picture}
		if warm {
			if err := asked[p].warm(ctx, p); err != nil {
				return err
			}
		}
	}
	length := time.Duration(b.seconds * float64(time.Second))
	for _, clients := range b.counts {
		got := make(map[peer][]figures)
		for round := range b.rounds + 1 {
			for _, p := range peers {
				f, err := answered(ctx, p, asked[p], clients, length)
				if err != nil {
					return err
				}
				if round > 0 { // in the first connections and caches come to life
					got[p] = append(got[p], f)
				}
			}
		}
		row(clients, peers, got)
	}
	return nil
}

// picture wants an answer that can be one.
func picture(_, status, length int) error {
	if status != 200 || length < 100 {
		return fmt.Errorf("status %d with %d bytes", status, length)
	}
	return nil
}

// warm asks for everything, and wants answers to be as long from now on, give or
// take what IIPImage's caches make of them.
func (q *questions) warm(ctx context.Context, p peer) error {
	c, err := dial(ctx, p.host(), 203)
	if err != nil {
		return err
	}
	defer c.conn.Close()
	lengths := make([]int, len(q.paths))
	for range 2 { // IIPImage has as many caches as processes
		for i, path := range q.paths {
			status, n, _, err := c.get(path, false)
			if err == nil {
				err = picture(i, status, n)
			}
			if err != nil {
				return fmt.Errorf("%s: %s: %w", p.name(), path, err)
			}
			lengths[i] = n
		}
	}
	q.want = func(i, status, n int) error {
		if before := lengths[i]; status != 200 || n < before*9/10 || n > before*11/10 {
			return fmt.Errorf("status %d with %d bytes, %d before", status, n, before)
		}
		return nil
	}
	return nil
}

func pathsOf(p peer, parts []part) []string {
	out := make([]string, len(parts))
	for i, q := range parts {
		out[i] = p.path(q)
	}
	return out
}

// middle is the median of each figure.
func middle(list []figures) figures {
	var rate, work, client []float64
	var p50, p99 []time.Duration
	for _, f := range list {
		rate, work, client, p50, p99 = append(rate, f.rate), append(work, f.work), append(client, f.client), append(p50, f.p50), append(p99, f.p99)
	}
	return figures{rate: bed.Median(rate), work: bed.Median(work), client: bed.Median(client), p50: bed.Median(p50), p99: bed.Median(p99)}
}

// row prints a line of medians. A ratio is the median of those of the rounds, in
// which the peers follow each other so closely that they meet the same machine; in
// brackets a quarter of the rounds had less, a quarter more.
func row(clients int, peers []peer, got map[peer][]figures) {
	us := middle(got[peers[0]])
	line := fmt.Sprintf("%3d clients", clients)
	for _, p := range peers {
		f := middle(got[p])
		line += fmt.Sprintf(" | %s %7.0f/s  p50 %6.2f p99 %6.2f ms  %6.1f µs + client %.1f", p.name(), f.rate, ms(f.p50), ms(f.p99), f.work, f.client)
		if p != peers[0] {
			ratios := make([]float64, len(got[p]))
			for i, f := range got[p] {
				ratios[i] = got[peers[0]][i].rate / f.rate
			}
			slices.Sort(ratios)
			line += fmt.Sprintf("  ratio %.2f (%.2f to %.2f, processor %.2f)", bed.Median(ratios), ratios[len(ratios)/4], ratios[len(ratios)*3/4], f.work/us.work)
		}
	}
	fmt.Println(line)
}

func ms(d time.Duration) float64 { return float64(d.Microseconds()) / 1000 }

// memory prints what the processes hold.
func (b *bench) memory() error {
	line := "\nresident memory"
	add := func(name string, pids ...int) error {
		sum := 0.0
		for _, pid := range pids {
			_, own, err := bed.Memory(pid)
			if err != nil {
				return err
			}
			sum += own
		}
		line += fmt.Sprintf(" | %s %.0f MB", name, sum)
		return nil
	}
	if err := add("ours", b.ours.Process.Process.Pid); err != nil {
		return err
	}
	if b.iip != nil {
		var pids []int
		for _, c := range b.iip.processes {
			pids = append(pids, c.Process.Pid)
		}
		if err := add("IIPImage", pids...); err != nil {
			return err
		}
	}
	fmt.Println(line + " (without file pages)")
	return nil
}
