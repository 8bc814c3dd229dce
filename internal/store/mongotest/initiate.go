package mongotest

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"time"

	"go.mongodb.org/mongo-driver/bson"
	"go.mongodb.org/mongo-driver/mongo"
	"go.mongodb.org/mongo-driver/mongo/options"
	"go.mongodb.org/mongo-driver/mongo/readpref"
)

const setName = "yjy"

// Initiate makes a replica set of the servers on hosts ("127.0.0.1:27117"),
// unless they are one, waits for its primary and returns the URI of the set
// without a database. A set whose servers have moved to other ports is told.
func Initiate(ctx context.Context, hosts []string) (string, error) {
	var members bson.A
	for i, h := range hosts {
		members = append(members, bson.D{{Key: "_id", Value: i}, {Key: "host", Value: h}})
	}
	config := bson.D{{Key: "_id", Value: setName}, {Key: "version", Value: 1}, {Key: "members", Value: members},
		{Key: "settings", Value: bson.D{{Key: "electionTimeoutMillis", Value: 2000}, {Key: "heartbeatIntervalMillis", Value: 500}}}}
	for _, h := range hosts { // all of them must answer before one is told of the others
		if err := direct(ctx, h, func(c *mongo.Client) error { return c.Ping(ctx, nil) }); err != nil {
			return "", fmt.Errorf("mongod on %s does not answer: %w", h, err)
		}
	}
	err := direct(ctx, hosts[0], func(c *mongo.Client) error { return initiate(ctx, c, config) })
	if err != nil {
		return "", err
	}
	uri := "mongodb://" + strings.Join(hosts, ",") + "/?replicaSet=" + setName
	client, err := mongo.Connect(ctx, options.Client().ApplyURI(uri).SetServerSelectionTimeout(time.Minute))
	if err != nil {
		return "", err
	}
	defer client.Disconnect(context.WithoutCancel(ctx))
	if err := client.Ping(ctx, readpref.Primary()); err != nil {
		return "", fmt.Errorf("the replica set has no primary: %w", err)
	}
	return uri, nil
}

func initiate(ctx context.Context, c *mongo.Client, config bson.D) error {
	admin := c.Database("admin")
	err := admin.RunCommand(ctx, bson.D{{Key: "replSetInitiate", Value: config}}).Err()
	var ce mongo.CommandError
	if !errors.As(err, &ce) || ce.Name != "AlreadyInitialized" {
		return err
	}
	var now struct {
		Config struct {
			Version int `bson:"version"`
			Members []struct {
				Host string `bson:"host"`
			} `bson:"members"`
		} `bson:"config"`
	}
	if err := admin.RunCommand(ctx, bson.D{{Key: "replSetGetConfig", Value: 1}}).Decode(&now); err != nil {
		return err
	}
	want := config[2].Value.(bson.A)
	same := len(want) == len(now.Config.Members)
	for i := 0; same && i < len(want); i++ {
		same = want[i].(bson.D)[1].Value == now.Config.Members[i].Host
	}
	if same {
		return nil
	}
	config[1].Value = now.Config.Version + 1
	return admin.RunCommand(ctx, bson.D{{Key: "replSetReconfig", Value: config}, {Key: "force", Value: true}}).Err()
}

// direct calls fn with a client of one server, whatever its state.
func direct(ctx context.Context, host string, fn func(*mongo.Client) error) error {
	client, err := mongo.Connect(ctx, options.Client().SetHosts([]string{host}).SetDirect(true).SetServerSelectionTimeout(30*time.Second))
	if err != nil {
		return err
	}
	defer client.Disconnect(context.WithoutCancel(ctx))
	return fn(client)
}
