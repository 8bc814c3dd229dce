package series

import (
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"go.mongodb.org/mongo-driver/bson"

	"yijianyou/internal/store"
)

// plain is a bucket whose stored form is made of its tags.
type plain bucket

func someBuckets() map[string]*bucket {
	moment := time.Date(2026, 11, 28, 9, 0, 0, 7e6, time.UTC)
	full := &bucket{Meta: store.Meta{ID: "c 2026-11-28+32400007", Org: "demo-museum", Rev: 7, CreatedAt: moment, UpdatedAt: moment.Add(time.Second), Schema: 3},
		Channel: "c", From: moment, Count: 2, First: moment, Last: moment.Add(time.Minute),
		Starts: []byte{1, 2}, Points: []byte{form, 3}, Tail: []byte{4}, Summary: []byte{5, 6}}
	return map[string]*bucket{"full": full, "empty": {Meta: store.Meta{ID: "c 2026-11-28"}, Channel: "c", From: moment.Truncate(24 * time.Hour)}, "cut": {Meta: full.Meta, Channel: "c", From: moment, Starts: []byte{1}}}
}

func TestTheStoredFormIsWhatTheTagsSay(t *testing.T) {
	for name, b := range someBuckets() {
		byHand, err := bson.Marshal(b)
		if err != nil {
			t.Fatal(err)
		}
		byTags, err := bson.Marshal((*plain)(b))
		if err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(bson.Raw(byTags).String(), bson.Raw(byHand).String()); diff != "" {
			t.Errorf("%s: %s", name, diff)
		}
		var got bucket
		var want plain
		if err := bson.Unmarshal(byTags, &got); err != nil {
			t.Fatal(err)
		}
		if err := bson.Unmarshal(byTags, &want); err != nil {
			t.Fatal(err)
		}
		want.Channel, want.From = b.Channel, b.From // by the id
		want.CreatedAt, want.UpdatedAt, want.First, want.Last = want.CreatedAt.UTC(), want.UpdatedAt.UTC(), want.First.UTC(), want.Last.UTC()
		if diff := cmp.Diff(bucket(want), got); diff != "" {
			t.Errorf("%s: %s", name, diff)
		}
	}
}

func TestABucketOfAnotherFormIsRefused(t *testing.T) {
	for name, doc := range map[string]bson.D{
		"count is text":  {{Key: "_id", Value: "c 2026-11-28"}, {Key: "count", Value: "2"}},
		"id is no time":  {{Key: "_id", Value: "c 2026-13-01"}},
		"id beyond day":  {{Key: "_id", Value: "c 2026-11-28+86400000"}},
		"points is text": {{Key: "_id", Value: "c 2026-11-28"}, {Key: "points", Value: "x"}},
	} {
		raw, err := bson.Marshal(doc)
		if err != nil {
			t.Fatal(err)
		}
		if err := bson.Unmarshal(raw, new(bucket)); err == nil {
			t.Errorf("%s: was read", name)
		}
	}
	good, err := bson.Marshal(someBuckets()["full"])
	if err != nil {
		t.Fatal(err)
	}
	for n := range len(good) {
		if err := new(bucket).UnmarshalBSON(good[:n]); err == nil {
			t.Errorf("cut at %d: was read", n)
		}
	}
}
