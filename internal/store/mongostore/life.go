package mongostore

import (
	"context"
	"crypto/rand"
	"errors"

	"go.mongodb.org/mongo-driver/bson"
	"go.mongodb.org/mongo-driver/mongo"
	"go.mongodb.org/mongo-driver/mongo/options"

	"yijianyou/internal/store"
)

// life is the one document of the kernel: which life of the database this is,
// and where in the oplog its feed begins.
type life struct {
	Epoch string `bson:"epoch"`
	Start string `bson:"start"` // a resume token
}

var byLife = bson.D{{Key: "_id", Value: "life"}}

// readLife returns the life of the database.
func (e *Engine) readLife(ctx context.Context) (life, error) {
	var l life
	err := e.db.Collection(kernel).FindOne(e.bind(ctx), byLife).Decode(&l)
	if errors.Is(err, mongo.ErrNoDocuments) {
		return life{}, store.ErrEpoch.Wrap(err) // dropped underneath: there is no feed to continue
	}
	return l, err
}

// beginLife makes the life of a new database. Of several processes that do so
// at the same time the first one wins.
func (e *Engine) beginLife(ctx context.Context) error {
	if _, err := e.readLife(ctx); !errors.Is(err, store.ErrEpoch) {
		return err
	}
	l, err := e.newLife(ctx)
	if err != nil {
		return err
	}
	_, err = e.db.Collection(kernel).UpdateOne(ctx, byLife, bson.D{{Key: "$setOnInsert", Value: l}}, options.Update().SetUpsert(true))
	if hasCode(err, codeDuplicateKey) {
		return nil
	}
	return err
}

func (e *Engine) newLife(ctx context.Context) (life, error) {
	at, err := e.now(ctx)
	return life{Epoch: rand.Text(), Start: at}, err
}

// NewEpoch implements store.Engine.
func (e *Engine) NewEpoch(ctx context.Context) error {
	for _, name := range []string{outbox, idle} {
		if _, err := e.db.Collection(name).DeleteMany(ctx, bson.D{}); err != nil {
			return fail(ctx, err)
		}
	}
	l, err := e.newLife(ctx)
	if err != nil {
		return fail(ctx, err)
	}
	_, err = e.db.Collection(kernel).ReplaceOne(ctx, byLife, l, options.Replace().SetUpsert(true))
	return fail(ctx, err)
}
