package main

import (
	"bufio"
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http/httputil"
	"slices"
	"strconv"
	"sync"
	"sync/atomic"
	"syscall"
	"time"
)

// connection speaks just enough HTTP/1.1 to ask for one thing after another: what
// the client costs must not hide what the server costs.
type connection struct {
	conn net.Conn
	in   *bufio.Reader
	out  []byte
	host string
	from int // of the address that it says to come from
}

func dial(ctx context.Context, host string, number int) (*connection, error) {
	var d net.Dialer
	conn, err := d.DialContext(ctx, "tcp", host)
	if err != nil {
		return nil, err
	}
	return &connection{conn: conn, in: bufio.NewReaderSize(conn, 64<<10), host: host, from: number << 16}, nil
}

// get asks for a path and returns the status and the length of what came. With
// keep it also returns the body. Each request says to come from another of 1,024
// desks, since a server may hold back who asks too often.
func (c *connection) get(path string, keep bool) (status, length int, body []byte, err error) {
	c.from++
	c.out = fmt.Appendf(c.out[:0], "GET %s HTTP/1.1\r\nHost: %s\r\nX-Forwarded-For: 10.%d.%d.%d\r\nAccept: */*\r\n\r\n", path, c.host, c.from>>16&255, c.from>>8&3, c.from&255)
	if _, err := c.conn.Write(c.out); err != nil {
		return 0, 0, nil, err
	}
	length, chunked := -1, false
	for first := true; ; first = false {
		line, err := c.in.ReadSlice('\n')
		if err != nil {
			return 0, 0, nil, err
		}
		line = bytes.TrimRight(line, "\r\n")
		if first {
			if len(line) < 12 {
				return 0, 0, nil, fmt.Errorf("%s: no status", path)
			}
			status, err = strconv.Atoi(string(line[9:12]))
			if err != nil {
				return 0, 0, nil, err
			}
			continue
		}
		if len(line) == 0 {
			break
		}
		switch name, value, _ := bytes.Cut(line, []byte(":")); {
		case len(name) == 14 && bytes.EqualFold(name, []byte("Content-Length")):
			if length, err = strconv.Atoi(string(bytes.TrimSpace(value))); err != nil {
				return 0, 0, nil, err
			}
		case len(name) == 17 && bytes.EqualFold(name, []byte("Transfer-Encoding")):
			chunked = true
		}
	}
	switch {
	case chunked:
		if body, err = io.ReadAll(httputil.NewChunkedReader(c.in)); err != nil {
			return 0, 0, nil, err
		}
		_, err = c.in.Discard(2) // the empty trailer
		return status, len(body), body, err
	case length < 0:
		return 0, 0, nil, fmt.Errorf("%s: of unknown length", path)
	case keep:
		body = make([]byte, length)
		_, err = io.ReadFull(c.in, body)
		return status, length, body, err
	}
	_, err = c.in.Discard(length)
	return status, length, nil, err
}

// peer is a server that is measured.
type peer interface {
	name() string
	host() string
	path(p part) string
	processor() (time.Duration, error) // that it has used so far, with all its processes
}

// figures are what one round gave.
type figures struct {
	rate     float64 // answers a second
	p50, p99 time.Duration
	work     float64 // microseconds of processor for each answer
	client   float64 // microseconds of processor that asking for it took
}

// questions are what clients ask of one server, one after another: where one round
// ends the next begins, and behind the last comes the first.
type questions struct {
	paths []string
	next  atomic.Int64
	want  func(i, status, length int) error // of the answer to paths[i]
}

// answered counts what clients get until the time is over.
func answered(ctx context.Context, p peer, q *questions, clients int, length time.Duration) (figures, error) {
	all := make([]*connection, clients)
	for i := range all {
		c, err := dial(ctx, p.host(), i)
		if err != nil {
			return figures{}, err
		}
		defer c.conn.Close()
		all[i] = c
	}
	before, err := p.processor()
	if err != nil {
		return figures{}, err
	}
	own, err := ownProcessor()
	if err != nil {
		return figures{}, err
	}
	took := make([][]time.Duration, clients)
	errs := make([]error, clients)
	began := time.Now()
	var wg sync.WaitGroup
	for i, c := range all {
		wg.Go(func() {
			for time.Since(began) < length && ctx.Err() == nil {
				asked := time.Now()
				k := int(q.next.Add(1) % int64(len(q.paths)))
				status, got, _, err := c.get(q.paths[k], false)
				if err == nil {
					err = q.want(k, status, got)
				}
				if err != nil {
					errs[i] = fmt.Errorf("%s: %s: %w", p.name(), q.paths[k], err)
					return
				}
				took[i] = append(took[i], time.Since(asked))
			}
		})
	}
	wg.Wait()
	whole := time.Since(began)
	after, err := p.processor()
	now, fault := ownProcessor()
	if err := errors.Join(append(errs, err, fault, ctx.Err())...); err != nil {
		return figures{}, err
	}
	list := slices.Concat(took...)
	slices.Sort(list)
	n := len(list)
	if n == 0 {
		return figures{}, fmt.Errorf("%s: no answer in time", p.name())
	}
	return figures{rate: float64(n) / whole.Seconds(), p50: list[n/2], p99: list[min(n-1, n*99/100)],
		work: float64((after - before).Microseconds()) / float64(n), client: float64((now - own).Microseconds()) / float64(n)}, nil
}

// ownProcessor is the processor time that this process has used.
func ownProcessor() (time.Duration, error) {
	var u syscall.Rusage
	err := syscall.Getrusage(syscall.RUSAGE_SELF, &u)
	return time.Duration(u.Utime.Nano() + u.Stime.Nano()), err
}
