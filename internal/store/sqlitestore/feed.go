package sqlitestore

import (
	"context"
	"crypto/rand"
	"database/sql/driver"
	"strconv"
	"time"

	"go.mongodb.org/mongo-driver/bson"

	"yijianyou/internal/store"
)

// otherProcess is how often Wait looks for commits of another process. Those
// of this one wake it at once.
const otherProcess = 250 * time.Millisecond

// trimEvery is how many changes pass between two shortenings of the feed.
const trimEvery = 1024

// publish appends one change to the feed and, now and then, drops those that
// are older than Options.FeedKeep.
func (e *Engine) publish(c *conn, ch store.Change) error {
	raw, err := bson.Marshal(ch)
	if err != nil {
		return err
	}
	pos, err := c.insert("INSERT INTO feed (change) VALUES (?)", raw)
	if err != nil || pos%trimEvery != 0 || pos <= e.opts.FeedKeep {
		return err
	}
	floor := pos - e.opts.FeedKeep
	if _, err := c.exec("DELETE FROM feed WHERE pos <= ?", floor); err != nil {
		return err
	}
	_, err = c.exec("UPDATE meta SET v = ? WHERE k = 'feedFloor'", floor)
	return err
}

// state is what a token is compared with.
type state struct {
	epoch       string
	head, floor int64
}

const sqlState = "SELECT (SELECT v FROM meta WHERE k = 'epoch'), (SELECT v FROM meta WHERE k = 'feedFloor'), (SELECT MAX(pos) FROM feed)"

func readState(c *conn) (state, error) {
	row, err := c.row(sqlState)
	if err != nil {
		return state{}, err
	}
	s := state{epoch: row[0].(string), floor: row[1].(int64)}
	s.head = s.floor
	if pos, ok := row[2].(int64); ok {
		s.head = pos
	}
	return s, nil
}

func (s state) token(pos int64) store.Token {
	return store.Token{Epoch: s.epoch, Pos: strconv.FormatInt(pos, 10)}
}

// position returns the place of a token, or ErrEpoch when the feed cannot be
// continued from it.
func (s state) position(t store.Token) (int64, error) {
	pos := int64(0)
	if t.Pos != "" {
		var err error
		if pos, err = strconv.ParseInt(t.Pos, 10, 64); err != nil {
			return 0, store.ErrEpoch.Wrap(err)
		}
	}
	if t.Epoch != s.epoch || pos < s.floor || pos > s.head {
		return 0, store.ErrEpoch.New()
	}
	return pos, nil
}

// Head implements store.Engine.
func (e *Engine) Head(ctx context.Context) (store.Token, error) {
	var s state
	err := e.reading(ctx, func(c *conn) (err error) {
		s, err = readState(c)
		return err
	})
	if err != nil {
		return store.Token{}, err
	}
	return s.token(s.head), nil
}

// Changes implements store.Engine.
func (e *Engine) Changes(ctx context.Context, after store.Token, limit int) ([]store.Change, error) {
	var out []store.Change
	err := e.reading(ctx, func(c *conn) error {
		if _, err := c.exec("BEGIN"); err != nil {
			return err
		}
		err := readChanges(ctx, c, after, limit, &out)
		if _, end := c.exec("COMMIT"); end != nil {
			c.broken = end
		}
		return err
	})
	if err != nil {
		return nil, err
	}
	return out, nil
}

func readChanges(ctx context.Context, c *conn, after store.Token, limit int, out *[]store.Change) error {
	s, err := readState(c)
	if err != nil {
		return err
	}
	pos, err := s.position(after)
	if err != nil {
		return err
	}
	return c.query(ctx, "SELECT pos, change FROM feed WHERE pos > ? ORDER BY pos LIMIT ?", func(row []driver.Value) error {
		var ch store.Change
		if err := bson.Unmarshal(blob(row[1]), &ch); err != nil {
			return err
		}
		ch.At = ch.At.UTC()
		ch.Token = s.token(row[0].(int64))
		*out = append(*out, ch)
		return nil
	}, pos, limit)
}

// Wait implements store.Engine.
func (e *Engine) Wait(ctx context.Context, after store.Token) error {
	tick := time.NewTicker(otherProcess)
	defer tick.Stop()
	for {
		e.mu.Lock()
		news := e.news
		e.mu.Unlock()
		head, err := e.Head(ctx)
		if err != nil {
			return err
		}
		if head.Epoch != after.Epoch || head.Pos != after.Pos && !(after.Pos == "" && head.Pos == "0") {
			return nil
		}
		select {
		case <-news:
		case <-tick.C:
		case <-ctx.Done():
			return ctx.Err()
		case <-e.done:
			return store.ErrUnavailable.Wrap(errClosed)
		}
	}
}

// announce wakes those who wait for changes.
func (e *Engine) announce() {
	e.mu.Lock()
	defer e.mu.Unlock()
	close(e.news)
	e.news = make(chan struct{})
}

// NewEpoch implements store.Engine.
func (e *Engine) NewEpoch(ctx context.Context) error {
	err := e.exclusive(ctx, func(c *conn) error {
		if _, err := c.exec("UPDATE meta SET v = ? WHERE k = 'epoch'", rand.Text()); err != nil {
			return err
		}
		for _, sql := range []string{
			"DELETE FROM feed", "DELETE FROM sqlite_sequence WHERE name = 'feed'", "UPDATE meta SET v = 0 WHERE k = 'feedFloor'",
		} {
			if _, err := c.exec(sql); err != nil {
				return err
			}
		}
		return nil
	})
	if err == nil {
		e.announce()
	}
	return err
}
