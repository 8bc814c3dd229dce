package mongostore

import (
	"context"
	"errors"
	"fmt"
	"strconv"
	"strings"
	"time"

	"go.mongodb.org/mongo-driver/bson"
	"go.mongodb.org/mongo-driver/mongo"
	"go.mongodb.org/mongo-driver/mongo/options"

	"yijianyou/internal/store"
)

// place is where a follower continues: after the event whose resume token is
// token, with the first skip changes of the next event left out. A transaction
// is one event, so that only a page that ends within one skips.
type position struct {
	token string
	skip  int
}

func (p position) String() string { return p.token + ":" + strconv.Itoa(p.skip) }

// parsePosition reads Token.Pos; the start of the epoch is start.
func parsePosition(pos, start string) (position, error) {
	if pos == "" {
		return position{token: start}, nil
	}
	token, number, ok := strings.Cut(pos, ":")
	skip, err := strconv.Atoi(number)
	if !ok || err != nil || skip < 0 || token == "" {
		return position{}, store.ErrEpoch.New()
	}
	return position{token: token, skip: skip}, nil
}

// insertion is an insertion into the outbox, as the change stream tells it.
type insertion struct {
	ID struct {
		Token string `bson:"_data"`
	} `bson:"_id"`
	Kind string `bson:"operationType"`
	Doc  struct {
		Changes []store.Change `bson:"ch"`
	} `bson:"fullDocument"`
}

// follow opens the change stream of the outbox after a resume token, or at
// this moment when there is none.
func (e *Engine) follow(ctx context.Context, after string, batch int, wait time.Duration) (*mongo.ChangeStream, error) {
	opts := options.ChangeStream().SetBatchSize(int32(batch)).SetMaxAwaitTime(wait)
	if after != "" {
		opts.SetResumeAfter(bson.D{{Key: "_data", Value: after}})
	}
	return e.db.Collection(outbox).Watch(e.bind(ctx), mongo.Pipeline{
		{{Key: "$match", Value: bson.D{{Key: "operationType", Value: bson.D{{Key: "$in", Value: bson.A{"insert", "invalidate"}}}}}}},
		{{Key: "$project", Value: bson.D{{Key: "operationType", Value: 1}, {Key: "fullDocument.ch", Value: 1}}}},
	}, opts)
}

// now returns the resume token of this moment: every change that has been
// acknowledged lies before it, and what lies before it can be read.
func (e *Engine) now(ctx context.Context) (string, error) {
	for range 100 {
		cs, err := e.follow(ctx, "", 1, time.Millisecond)
		if err != nil {
			return "", err
		}
		token, ok := cs.ResumeToken().Lookup("_data").StringValueOK()
		err = cs.Close(context.WithoutCancel(ctx))
		if ok || err != nil {
			return token, err
		}
		// A change came in between, and the server tells its token instead. Again.
	}
	return "", errors.New("mongostore: the server tells no resume token")
}

// Head implements store.Engine.
func (e *Engine) Head(ctx context.Context) (store.Token, error) {
	l, err := e.readLife(ctx)
	if err != nil {
		return store.Token{}, fail(ctx, err)
	}
	at, err := e.now(ctx)
	if err != nil {
		return store.Token{}, fail(ctx, err)
	}
	return store.Token{Epoch: l.Epoch, Pos: position{token: at}.String()}, nil
}

// Changes implements store.Engine.
func (e *Engine) Changes(ctx context.Context, after store.Token, limit int) ([]store.Change, error) {
	l, err := e.readLife(ctx)
	if err != nil {
		return nil, fail(ctx, err)
	}
	if after.Epoch != l.Epoch {
		return nil, store.ErrEpoch.New()
	}
	at, err := parsePosition(after.Pos, l.Start)
	if err != nil {
		return nil, err
	}
	out, err := e.changes(ctx, at, l.Epoch, limit)
	if hasCode(err, codeHistoryLost) {
		var further string
		if further, err = e.idled(ctx, after.Pos); err == nil {
			out, err = e.changes(ctx, position{token: further}, l.Epoch, limit)
		}
	}
	return out, fail(ctx, lost(err))
}

// noPlace are the codes with which a server refuses a resume token: it is too
// old, of another stream, or none at all, which shows in many ways.
var noPlace = map[int]bool{codeHistoryLost: true, codeStreamFatal: true, codeInvalidResumeToken: true,
	2: true, 9: true, 14: true, 15: true, 22: true, 40649: true, 50811: true}

// lost turns what the server says of a place that it cannot find into ErrEpoch.
func lost(err error) error {
	if inTable(err, noPlace) {
		return store.ErrEpoch.Wrap(err)
	}
	return err
}

func (e *Engine) changes(ctx context.Context, at position, epoch string, limit int) ([]store.Change, error) {
	cs, err := e.follow(ctx, at.token, limit, time.Millisecond)
	if err != nil {
		return nil, err
	}
	defer cs.Close(context.WithoutCancel(ctx))
	var out []store.Change
	for len(out) < limit && cs.TryNext(ctx) {
		var ev insertion
		if err := cs.Decode(&ev); err != nil {
			return nil, err
		}
		if ev.Kind != "insert" {
			return nil, store.ErrEpoch.Wrap(fmt.Errorf("the outbox is gone: %s", ev.Kind))
		}
		for i := at.skip; i < len(ev.Doc.Changes) && len(out) < limit; i++ {
			ch := ev.Doc.Changes[i]
			ch.At = ch.At.UTC()
			next := position{token: at.token, skip: i + 1}
			if i == len(ev.Doc.Changes)-1 {
				next = position{token: ev.ID.Token}
			}
			ch.Token = store.Token{Epoch: epoch, Pos: next.String()}
			out = append(out, ch)
		}
		at = position{token: ev.ID.Token}
	}
	return out, cs.Err()
}

// lookAgain is how often Wait looks whether the epoch is still the same.
const lookAgain = time.Second

// Wait implements store.Engine.
func (e *Engine) Wait(ctx context.Context, after store.Token) error {
	err := e.wait(ctx, after)
	if errors.Is(lost(err), store.ErrEpoch) {
		return nil // Changes tells
	}
	return fail(ctx, err)
}

func (e *Engine) wait(ctx context.Context, after store.Token) error {
	l, err := e.readLife(ctx)
	if err != nil {
		return err
	}
	at, err := parsePosition(after.Pos, l.Start)
	if err != nil || after.Epoch != l.Epoch || at.skip > 0 {
		return err
	}
	cs, err := e.follow(ctx, at.token, 1, lookAgain)
	if err != nil {
		return err
	}
	defer func() { cs.Close(context.WithoutCancel(ctx)) }()
	for !cs.TryNext(ctx) {
		if err := cs.Err(); err != nil {
			return err
		}
		if err := ctx.Err(); err != nil {
			return err
		}
		now, err := e.readLife(ctx)
		if err != nil || now.Epoch != after.Epoch {
			return err
		}
		if err := e.noteIdle(ctx, after.Pos, cs.ResumeToken()); err != nil {
			return err
		}
	}
	return nil
}

// noteIdle writes, now and then, that nothing has happened from pos to reached.
// The oplog moves on with writes that are not fed; a follower that was stopped
// for a night then finds its place again.
func (e *Engine) noteIdle(ctx context.Context, pos string, reached bson.Raw) error {
	token, ok := reached.Lookup("_data").StringValueOK()
	if !ok {
		return nil
	}
	e.mu.Lock()
	now := time.Now()
	last, seen := e.noted[pos]
	due := seen && now.Sub(last) >= e.opts.IdleNote
	if due || !seen {
		for p, t := range e.noted {
			if now.Sub(t) > 2*e.opts.IdleNote {
				delete(e.noted, p)
			}
		}
		e.noted[pos] = now
	}
	e.mu.Unlock()
	if !due {
		return nil
	}
	_, err := e.db.Collection(idle).UpdateByID(ctx, pos, bson.D{{Key: "$set", Value: bson.D{
		{Key: "to", Value: token}, {Key: "at", Value: now}}}}, options.Update().SetUpsert(true))
	if hasCode(err, codeDuplicateKey) {
		return nil // another process has just noted it
	}
	return err
}

// idled returns the newest place that is noted as the same as pos.
func (e *Engine) idled(ctx context.Context, pos string) (string, error) {
	var n struct {
		To string `bson:"to"`
	}
	err := e.db.Collection(idle).FindOne(ctx, bson.D{{Key: "_id", Value: pos}}).Decode(&n)
	if errors.Is(err, mongo.ErrNoDocuments) {
		return "", store.ErrEpoch.Wrap(err)
	}
	return n.To, err
}
