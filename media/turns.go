package media

import (
	"context"
	"slices"
	"sync"
)

// turns gives readers, whose pictures are rendered, precedence over the making of
// pyramids. While no reader is there, builds go on as they like. While there are
// some, all builds together do one small piece of work for each reader that has
// been served: they are slow then, but never stand still. It is safe for
// concurrent use; the zero value is ready.
type turns struct {
	mu      sync.Mutex
	readers int             // that are served or wait for it
	piece   bool            // one piece of work may begin though there are readers
	waiting []chan struct{} // builds, in the order in which they came
}

// enter says that a reader has come, who calls leave when he is served.
func (t *turns) enter() {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.readers++
}

func (t *turns) leave() {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.readers--
	if t.readers == 0 {
		for _, w := range t.waiting {
			close(w)
		}
		t.waiting, t.piece = nil, false
		return
	}
	t.allow()
}

// allow lets one build go on, now or when it asks; t.mu is held.
func (t *turns) allow() {
	if len(t.waiting) == 0 {
		t.piece = true
		return
	}
	close(t.waiting[0])
	t.waiting = t.waiting[1:]
}

// pause returns when a build may do its next piece of work.
//
// Errors: that of ctx.
func (t *turns) pause(ctx context.Context) error {
	t.mu.Lock()
	if t.readers == 0 || t.piece {
		t.piece = false
		t.mu.Unlock()
		return ctx.Err()
	}
	w := make(chan struct{})
	t.waiting = append(t.waiting, w)
	t.mu.Unlock()
	select {
	case <-w:
		return nil
	case <-ctx.Done():
	}
	t.mu.Lock()
	defer t.mu.Unlock()
	if i := slices.Index(t.waiting, w); i >= 0 {
		t.waiting = slices.Delete(t.waiting, i, i+1)
	} else if t.readers > 0 {
		t.allow() // it was this one's turn: the next takes it
	}
	return ctx.Err()
}
