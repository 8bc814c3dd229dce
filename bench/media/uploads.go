package main

import (
	"bufio"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"sync"
	"time"

	"yijianyou/bench/bed"
)

const (
	uploadCount   = 100
	uploadReaders = 8
	uploadSlice   = 250 * time.Millisecond // of reading while they arrive
)

// uploadMany is the first argument by which this program uploads a photograph many
// times at once: in a process of its own, so that it costs the readers no more than
// the processor that it uses.
const uploadMany = "upload-many"

// sendMany is that process. It logs in, says so by a line, waits for one, and prints
// what has become of its files.
func sendMany(ctx context.Context, address, photo string) error {
	o := &ours{Server: bed.Server{Address: address}}
	body, err := os.ReadFile(photo)
	if err != nil {
		return err
	}
	if o.registrar, err = o.Login(ctx, "registrar"); err != nil {
		return err
	}
	fmt.Println()
	if _, err := bufio.NewReader(os.Stdin).ReadString('\n'); err != nil {
		return err
	}
	made, errs := make([]asset, uploadCount), make([]error, uploadCount)
	var wg sync.WaitGroup
	for i := range uploadCount {
		wg.Go(func() {
			c := *o.registrar
			c.From = fmt.Sprintf("10.200.0.%d", i)
			made[i], errs[i] = o.upload(ctx, &c, fmt.Sprintf("%d.jpg", i), body, fmt.Sprint(i))
		})
	}
	wg.Wait()
	if err := errors.Join(errs...); err != nil {
		return err
	}
	return json.NewEncoder(os.Stdout).Encode(made)
}

// sender is the process that uploads, from outside.
type sender struct {
	process *exec.Cmd
	in      io.WriteCloser
	out     *bufio.Reader
}

func newSender(ctx context.Context, address, photo string) (*sender, error) {
	self, err := os.Executable()
	if err != nil {
		return nil, err
	}
	s := &sender{process: exec.CommandContext(ctx, self, uploadMany, address, photo)}
	s.process.Stderr = os.Stderr
	if s.in, err = s.process.StdinPipe(); err != nil {
		return nil, err
	}
	out, err := s.process.StdoutPipe()
	if err != nil {
		return nil, err
	}
	s.out = bufio.NewReader(out)
	if err := s.process.Start(); err != nil {
		return nil, err
	}
	_, err = s.out.ReadString('\n')
	return s, err
}

// phase is a time in which tiles were read.
type phase struct {
	name   string
	slices []figures
	took   time.Duration
	share  [3]time.Duration // processor that the server, the readers and the senders used
}

// watch reads tiles in slices until over says so.
func (b *bench) watch(ctx context.Context, name string, asked *questions, slice time.Duration, s *sender, over func() (bool, error)) (phase, error) {
	p := phase{name: name}
	used := func() (u [3]time.Duration, err error) {
		var errs [3]error
		u[0], errs[0] = b.ours.processor()
		u[1], errs[1] = ownProcessor()
		if s != nil {
			u[2], errs[2] = bed.Processor(s.process.Process.Pid)
		}
		return u, errors.Join(errs[:]...)
	}
	began := time.Now()
	before, err := used()
	for done := false; err == nil && !done; {
		var f figures
		if f, err = answered(ctx, b.ours, asked, uploadReaders, slice); err == nil {
			p.slices = append(p.slices, f)
			done, err = over()
		}
	}
	if err != nil {
		return p, err
	}
	after, err := used()
	p.took = time.Since(began)
	for i := range p.share {
		p.share[i] = after[i] - before[i]
	}
	return p, err
}

// uploads reads tiles before and while a hundred photographs are uploaded at once,
// until all have been taken in and for as long as their pyramids are made, at most
// two minutes more.
func (b *bench) uploads(ctx context.Context, tiles []part) error {
	asked := &questions{paths: pathsOf(b.ours, tiles), want: picture}
	length := time.Duration(b.seconds * float64(time.Second))
	rounds := 0
	before, err := b.watch(ctx, "before", asked, length, nil, func() (bool, error) { rounds++; return rounds == b.rounds, nil })
	if err != nil {
		return err
	}
	s, err := newSender(ctx, b.ours.Address, b.names[0])
	if err != nil {
		return err
	}
	var made []asset
	sent := make(chan error, 1)
	began := time.Now()
	if _, err := fmt.Fprintln(s.in); err != nil {
		return err
	}
	go func() { sent <- json.NewDecoder(s.out).Decode(&made) }()
	arrive, err := b.watch(ctx, "while they arrive", asked, uploadSlice, s, func() (bool, error) {
		select {
		case err := <-sent:
			return true, err
		default:
			return false, nil
		}
	})
	if err := errors.Join(err, s.process.Wait()); err != nil {
		return err
	}
	cut, err := b.watch(ctx, "while pyramids are made", asked, length, nil, func() (bool, error) {
		for len(made) > 0 {
			a := &made[len(made)-1]
			c := bed.Client{HTTP: b.ours.registrar.HTTP, Base: b.ours.base(), From: "10.201.0.1"}
			if err := c.Call(ctx, "GET", "/api/v1/media/"+a.ID, "", nil, a); err != nil {
				return false, err
			}
			if a.State != "ready" {
				break
			}
			made = made[:len(made)-1]
		}
		return len(made) == 0 || time.Since(began) > 2*time.Minute, nil
	})
	if err != nil {
		return err
	}
	fmt.Printf("\n%d uploads at once, %d readers of tiles; taken in after %.1f s, %d without a pyramid after %.1f s\n", uploadCount, uploadReaders, arrive.took.Seconds(), len(made), time.Since(began).Seconds())
	usual := middle(before.slices)
	for _, p := range []phase{before, arrive, cut} {
		f := middle(p.slices)
		of := func(i int) float64 { return p.share[i].Seconds() / p.took.Seconds() }
		// What a tile costs hardly changes: what the server did beside them is the rest.
		fmt.Printf("%-24s %7.0f tiles/s (%.2f)  p50 %6.2f  p99 %6.2f ms | processors: server %.2f, of that for tiles %.2f, readers %.2f, senders %.2f\n",
			p.name, f.rate, f.rate/usual.rate, ms(f.p50), ms(f.p99), of(0), f.rate*usual.work/1e6, of(1), of(2))
	}
	return nil
}
