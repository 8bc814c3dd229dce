package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"sync"
	"time"

	"yijianyou/bench/bed"
)

const (
	uploadCount   = 100
	uploadReaders = 8
)

// uploads reads tiles before and while a hundred photographs are uploaded at once,
// until all have been taken in and for as long as their pyramids are made, at most
// two minutes more.
func (b *bench) uploads(ctx context.Context, tiles []part) error {
	body, err := os.ReadFile(b.names[0])
	if err != nil {
		return err
	}
	asked := &questions{paths: pathsOf(b.ours, tiles), want: picture}
	round := func() (figures, error) {
		return answered(ctx, b.ours, asked, uploadReaders, time.Duration(b.seconds*float64(time.Second)))
	}
	var before, during, cutting []figures
	for range b.rounds {
		f, err := round()
		if err != nil {
			return err
		}
		before = append(before, f)
	}
	var wg sync.WaitGroup
	made, errs := make([]asset, uploadCount), make([]error, uploadCount)
	began := time.Now()
	for i := range uploadCount {
		wg.Go(func() {
			c := *b.ours.registrar
			c.From = fmt.Sprintf("10.200.0.%d", i)
			made[i], errs[i] = b.ours.upload(ctx, &c, fmt.Sprintf("%d.jpg", i), body, fmt.Sprint(i))
		})
	}
	done := make(chan struct{})
	go func() { wg.Wait(); close(done) }()
	taken := time.Duration(0)
	for taken == 0 {
		f, err := round()
		if err != nil {
			return err
		}
		during = append(during, f)
		select {
		case <-done:
			taken = time.Since(began)
		default:
		}
	}
	if err := errors.Join(errs...); err != nil {
		return err
	}
	last := made[uploadCount-1]
	for stop := time.Now().Add(2 * time.Minute); time.Now().Before(stop) && last.State != "ready"; {
		f, err := round()
		if err != nil {
			return err
		}
		cutting = append(cutting, f)
		c := bed.Client{HTTP: b.ours.registrar.HTTP, Base: b.ours.base(), From: "10.201.0.1"}
		if err := c.Call(ctx, "GET", "/api/v1/media/"+last.ID, "", nil, &last); err != nil {
			return err
		}
	}
	fmt.Printf("\n%d uploads at once, %d readers of tiles; taken in after %.1f s, the last one is %s after %.1f s\n", uploadCount, uploadReaders, taken.Seconds(), last.State, time.Since(began).Seconds())
	show := func(when string, list []figures) {
		if len(list) == 0 {
			return
		}
		var rate []float64
		var p50, p99 []time.Duration
		for _, f := range list {
			rate, p50, p99 = append(rate, f.rate), append(p50, f.p50), append(p99, f.p99)
		}
		fmt.Printf("%-28s %7.0f tiles/s  p50 %6.2f  p99 %6.2f ms\n", when, bed.Median(rate), ms(bed.Median(p50)), ms(bed.Median(p99)))
	}
	show("before", before)
	show("while they arrive", during)
	show("while pyramids are made", cutting)
	return nil
}
