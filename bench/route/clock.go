package main

import (
	"context"
	"time"

	"golang.org/x/sys/unix"
)

// spent returns the processor time of the calling thread, which must be locked
// to its goroutine.
func spent() time.Duration {
	var t unix.Timespec
	if err := unix.ClockGettime(unix.CLOCK_THREAD_CPUTIME_ID, &t); err != nil {
		panic(err) // Linux has had this clock since 2.6.12
	}
	return time.Duration(t.Nano())
}

// budget is a context that ends when its thread has used up its processor time.
type budget struct {
	context.Context
	end time.Duration
}

func newBudget(d time.Duration) *budget {
	return &budget{Context: context.Background(), end: spent() + d}
}

// Err implements context.Context.
func (b *budget) Err() error {
	if spent() >= b.end {
		return context.DeadlineExceeded
	}
	return nil
}
