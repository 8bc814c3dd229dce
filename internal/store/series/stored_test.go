package series

import (
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"go.mongodb.org/mongo-driver/bson"
	"go.mongodb.org/mongo-driver/bson/primitive"

	"yijianyou/internal/store"
)

// plain is a bucket whose stored form is made of its tags.
type plain bucket

func someBuckets() map[string]*bucket {
	moment := time.Date(2026, 11, 28, 9, 0, 0, 7e6, time.UTC)
	full := &bucket{Meta: store.Meta{ID: "c/2026-11-28T09", Org: "demo-museum", Rev: 7, CreatedAt: moment, UpdatedAt: moment.Add(time.Second), Schema: 2},
		Channel: "c", From: moment, Count: 2, First: moment, Last: moment.Add(time.Minute),
		Starts: []byte{1, 2}, Points: []byte{form, 3}, Tail: []byte{4}, Summary: []byte{5, 6}}
	return map[string]*bucket{"full": full, "empty": {}, "cut": {Meta: full.Meta, Channel: "c", From: moment, Starts: []byte{1}}}
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
		want.CreatedAt, want.UpdatedAt, want.From, want.First, want.Last = want.CreatedAt.UTC(), want.UpdatedAt.UTC(), want.From.UTC(), want.First.UTC(), want.Last.UTC()
		if diff := cmp.Diff(bucket(want), got); diff != "" {
			t.Errorf("%s: %s", name, diff)
		}
	}
}

func TestABucketOfAnotherFormIsRefused(t *testing.T) {
	for name, doc := range map[string]bson.D{
		"count is text":  {{Key: "count", Value: "2"}},
		"from is number": {{Key: "from", Value: 2}},
		"points is text": {{Key: "points", Value: "x"}},
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

func TestABucketOfTheFirstSchemaGoesOn(t *testing.T) {
	points := []Point{at(1, "a1", "x"), at(2, "a2", "y")}
	for n := range len(points) + 1 {
		b := &bucket{}
		if n > 0 {
			(&plan{series: &Series{}}).fill(b, writtenOf(points[:n]...))
		}
		doc := bson.M{"points": primitive.Binary{Data: b.Points}}
		if err := upgrade(1, doc); err != nil {
			t.Fatal(err)
		}
		got, _ := doc["tail"].([]byte)
		if diff := cmp.Diff(b.Tail, got); diff != "" {
			t.Errorf("of %d points: %s", n, diff)
		}
	}
}
