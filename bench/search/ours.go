package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"slices"
	"strconv"
	"time"

	"golang.org/x/sys/unix"

	"yijianyou/search"
	"yijianyou/search/index"
)

// batch is how many records are written at a time, as the feed does.
const batch = 1000

// buildOurs makes our index of the records in a folder.
func buildOurs(folder string, records []record) (err error) {
	x, err := index.Open(folder, search.Public, index.Options{})
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, x.Close()) }()
	r, err := x.Rebuild()
	if err != nil {
		return err
	}
	at := 1
	for part := range slices.Chunk(records, batch) {
		var b index.Batch
		for _, rec := range part {
			b.Put = append(b.Put, rec.document(at))
			at++
		}
		if err := r.Write(context.Background(), b); err != nil {
			return err
		}
	}
	return r.Commit()
}

// ours answers queries from our index.
type ours struct{ x *index.Index }

// ask answers one query.
func (o ours) ask(ctx context.Context, q query) (answer, error) {
	s := search.NewQuery(search.PublicScope())
	s.Sort, s.Limit = search.ByYear, shown
	number := func(i int) float64 {
		v, err := strconv.ParseFloat(q[i], 64)
		if err != nil {
			panic(err) // our own queries
		}
		return v
	}
	switch q[0] {
	case "word":
		s.Text = q[1]
	case "words":
		s.Text = q[1] + " " + q[2]
	case "phrase":
		s.Text = "“" + q[1] + "”"
	case "prefix":
		s.Text = q[1]
	case "range":
		from, to := int(number(1)), int(number(2))
		s.FromYear, s.ToYear = &from, &to
	case "near":
		s.Near, s.Sort = &search.Near{Point: search.Point{Lon: number(1), Lat: number(2)}, KM: number(3)}, search.ByDistance
	case "facets":
		s.Text, s.Count = q[1], facets
	case "everything":
		s.Count = facets
	default:
		return answer{}, fmt.Errorf("unknown query %s", q[0])
	}
	began := time.Now()
	res, err := o.x.Search(ctx, s, nil)
	a := answer{Took: time.Since(began), Total: res.Total}
	if err != nil {
		return a, err
	}
	for _, h := range res.Items {
		n, err := strconv.Atoi(h.ID)
		if err != nil {
			return a, err
		}
		a.Top = append(a.Top, n)
	}
	for i, name := range facets {
		for _, c := range res.Facets[name] {
			v, err := strconv.Atoi(c.Value)
			if err != nil {
				return a, err
			}
			a.Counts += (uint64(i)*1000003 + uint64(v)*7919 + 1) * uint64(c.Count)
		}
	}
	return a, nil
}

// spent returns the processor time of this process.
func spent() time.Duration {
	var u unix.Rusage
	if err := unix.Getrusage(unix.RUSAGE_SELF, &u); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
	return time.Duration(u.Utime.Nano() + u.Stime.Nano())
}

// resident returns the most memory that this process had so far, in kB.
func resident() int64 {
	var u unix.Rusage
	if err := unix.Getrusage(unix.RUSAGE_SELF, &u); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
	return u.Maxrss
}
