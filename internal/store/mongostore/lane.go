package mongostore

import (
	"context"
	"sync"
)

// lanes makes transactions of this process that have collided at the same
// document run one after the other, instead of colliding again.
type lanes struct {
	mu sync.Mutex
	of map[string]*lane
}

type lane struct {
	turn  chan struct{}
	users int
}

// enter waits for the lane of key. The result leaves it.
func (l *lanes) enter(ctx context.Context, key string) (leave func(), err error) {
	if key == "" {
		return func() {}, nil
	}
	l.mu.Lock()
	if l.of == nil {
		l.of = make(map[string]*lane)
	}
	at := l.of[key]
	if at == nil {
		at = &lane{turn: make(chan struct{}, 1)}
		l.of[key] = at
	}
	at.users++
	l.mu.Unlock()
	forget := func() {
		l.mu.Lock()
		defer l.mu.Unlock()
		if at.users--; at.users == 0 {
			delete(l.of, key)
		}
	}
	select {
	case at.turn <- struct{}{}:
		return func() { <-at.turn; forget() }, nil
	case <-ctx.Done():
		forget()
		return nil, ctx.Err()
	}
}
