package mongostore

import (
	"context"
	"sync"
	"time"

	"go.mongodb.org/mongo-driver/bson"
	"go.mongodb.org/mongo-driver/mongo"
	"go.mongodb.org/mongo-driver/mongo/options"
	"go.mongodb.org/mongo-driver/mongo/readconcern"
)

// orphanAfter is how long a transaction of this program may stand still before
// others that collide end it. A living one stands still for milliseconds; were
// it ended by mistake, it would only run again.
const orphanAfter = 3 * time.Second

// orphans ends what dead processes left open. Without it the documents that
// they were writing stay locked for transactionLifetimeLimitSeconds, a minute.
type orphans struct {
	mu   sync.Mutex
	last time.Time
}

// end looks for orphans when a transaction has collided for long enough, at
// most once in orphanAfter. An error of it only means that the server's own
// limit has to be waited for.
func (o *orphans) end(ctx context.Context, e *Engine, colliding time.Duration) error {
	if colliding < orphanAfter {
		return nil
	}
	o.mu.Lock()
	due := time.Since(o.last) >= orphanAfter
	if due {
		o.last = time.Now()
	}
	o.mu.Unlock()
	if !due {
		return nil
	}
	return e.endOrphans(ctx)
}

// endOrphans kills the sessions of this program whose transactions stand still.
func (e *Engine) endOrphans(ctx context.Context) error {
	admin := e.client.Database("admin", options.Database().SetReadConcern(readconcern.Local())) // $currentOp takes no other
	cur, err := admin.Aggregate(ctx, mongo.Pipeline{
		{{Key: "$currentOp", Value: bson.D{{Key: "idleSessions", Value: true}, {Key: "allUsers", Value: false}}}},
		{{Key: "$match", Value: bson.D{
			{Key: "type", Value: "idleSession"}, {Key: "appName", Value: appName},
			{Key: "transaction.timeInactiveMicros", Value: bson.D{{Key: "$gt", Value: orphanAfter.Microseconds()}}}}}},
		{{Key: "$project", Value: bson.D{{Key: "id", Value: "$lsid.id"}}}},
	})
	if err != nil {
		return err
	}
	var sessions []struct {
		ID bson.RawValue `bson:"id"`
	}
	if err := cur.All(ctx, &sessions); err != nil || len(sessions) == 0 {
		return err
	}
	return admin.RunCommand(ctx, bson.D{{Key: "killSessions", Value: sessions}}).Err()
}
