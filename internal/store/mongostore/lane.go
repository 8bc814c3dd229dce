package mongostore

import (
	"context"
	"sync"
)

// lanes makes transactions of this process that write the same document run
// one after the other, once some of them have collided there. Without them
// they would go on colliding.
type lanes struct {
	mu sync.Mutex
	of map[string]*lane
}

// lane is the line at one document.
type lane struct {
	key   string
	turn  chan struct{}
	users int // who runs and who waits; a lane without users is forgotten
}

// standing is the lane of one transaction, which has one at most, so that no
// two can wait for each other.
type standing struct {
	lanes *lanes
	at    *lane // nil when there is none
}

// move leaves the lane and waits for that of key.
func (s *standing) move(ctx context.Context, l *lanes, key string) error {
	if key == "" || s.at != nil && s.at.key == key {
		return ctx.Err()
	}
	s.leave()
	return s.wait(ctx, l, l.use(key, true))
}

// join waits for the lane of key if there is one.
func (s *standing) join(ctx context.Context, l *lanes, key string) error {
	if s.at != nil {
		return nil
	}
	return s.wait(ctx, l, l.use(key, false))
}

func (s *standing) wait(ctx context.Context, l *lanes, at *lane) error {
	if at == nil {
		return nil
	}
	select {
	case at.turn <- struct{}{}:
		s.lanes, s.at = l, at
		return nil
	case <-ctx.Done():
		l.done(at)
		return ctx.Err()
	}
}

func (s *standing) leave() {
	if s.at == nil {
		return
	}
	<-s.at.turn
	s.lanes.done(s.at)
	s.at = nil
}

// use counts a user of the lane of key. It is nil when there is none and make
// is not set.
func (l *lanes) use(key string, make bool) *lane {
	l.mu.Lock()
	defer l.mu.Unlock()
	at := l.of[key]
	if at == nil && !make {
		return nil
	}
	if at == nil {
		at = newLane(key)
		if l.of == nil {
			l.of = map[string]*lane{}
		}
		l.of[key] = at
	}
	at.users++
	return at
}

func newLane(key string) *lane { return &lane{key: key, turn: make(chan struct{}, 1)} }

func (l *lanes) done(at *lane) {
	l.mu.Lock()
	defer l.mu.Unlock()
	if at.users--; at.users == 0 {
		delete(l.of, at.key)
	}
}
