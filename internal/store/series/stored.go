package series

import (
	"errors"
	"fmt"
	"time"

	"go.mongodb.org/mongo-driver/bson"
	"go.mongodb.org/mongo-driver/x/bsonx/bsoncore"

	"yijianyou/internal/actor"
)

// Buckets are read and written at every sample, so their stored form is made by
// hand: it is what the tags of bucket say, which a test compares, in a third of
// the time.

// MarshalBSON implements bson.Marshaler.
func (b *bucket) MarshalBSON() ([]byte, error) {
	dst := make([]byte, 0, 256+len(b.ID)+len(b.Starts)+len(b.Points)+len(b.Tail)+len(b.Summary))
	at, dst := bsoncore.AppendDocumentStart(dst)
	dst = bsoncore.AppendStringElement(dst, "_id", b.ID)
	dst = bsoncore.AppendStringElement(dst, "org", string(b.Org))
	dst = bsoncore.AppendInt64Element(dst, "rev", b.Rev)
	dst = bsoncore.AppendDateTimeElement(dst, "createdAt", b.CreatedAt.UnixMilli())
	dst = bsoncore.AppendDateTimeElement(dst, "updatedAt", b.UpdatedAt.UnixMilli())
	dst = bsoncore.AppendInt32Element(dst, "schema", int32(b.Schema))
	dst = bsoncore.AppendInt32Element(dst, "count", int32(b.Count))
	dst = bsoncore.AppendDateTimeElement(dst, "first", b.First.UnixMilli())
	dst = bsoncore.AppendDateTimeElement(dst, "last", b.Last.UnixMilli())
	if len(b.Starts) > 0 {
		dst = bsoncore.AppendBinaryElement(dst, "starts", 0, b.Starts)
	}
	if b.Points == nil {
		dst = bsoncore.AppendNullElement(dst, "points")
	} else {
		dst = bsoncore.AppendBinaryElement(dst, "points", 0, b.Points)
	}
	if len(b.Tail) > 0 {
		dst = bsoncore.AppendBinaryElement(dst, "tail", 0, b.Tail)
	}
	if len(b.Summary) > 0 {
		dst = bsoncore.AppendBinaryElement(dst, "summary", 0, b.Summary)
	}
	return bsoncore.AppendDocumentEnd(dst, at)
}

// UnmarshalBSON implements bson.Unmarshaler. It keeps parts of doc.
func (b *bucket) UnmarshalBSON(doc []byte) error {
	if n, _, ok := bsoncore.ReadLength(doc); !ok || int(n) != len(doc) || n < 5 || doc[n-1] != 0 {
		return errors.New("series: a document that was cut")
	}
	elements, err := bsoncore.Document(doc).Elements()
	if err != nil {
		return err
	}
	for _, e := range elements {
		if err := b.take(e.Key(), e.Value()); err != nil {
			return err
		}
	}
	return b.named()
}

// take reads one member. What it does not know it passes over.
func (b *bucket) take(name string, v bsoncore.Value) error {
	ok := true
	switch name {
	case "_id":
		b.ID, ok = v.StringValueOK()
	case "org":
		var org string
		org, ok = v.StringValueOK()
		b.Org = actor.OrgID(org)
	case "rev":
		b.Rev, ok = v.AsInt64OK()
	case "schema":
		b.Schema, ok = whole(v)
	case "count":
		b.Count, ok = whole(v)
	case "createdAt":
		ok = moment(v, &b.CreatedAt)
	case "updatedAt":
		ok = moment(v, &b.UpdatedAt)
	case "first":
		ok = moment(v, &b.First)
	case "last":
		ok = moment(v, &b.Last)
	case "starts":
		b.Starts, ok = binaryOf(v)
	case "points":
		b.Points, ok = binaryOf(v)
	case "tail":
		b.Tail, ok = binaryOf(v)
	case "summary":
		b.Summary, ok = binaryOf(v)
	}
	if !ok {
		return fmt.Errorf("series: %s is a %s", name, v.Type)
	}
	return nil
}

func whole(v bsoncore.Value) (int, bool) {
	n, ok := v.AsInt64OK()
	return int(n), ok
}

func moment(v bsoncore.Value, to *time.Time) bool {
	ms, ok := v.DateTimeOK()
	*to = time.UnixMilli(ms).UTC()
	return ok
}

// binaryOf returns bytes; null is none.
func binaryOf(v bsoncore.Value) ([]byte, bool) {
	if v.Type == bson.TypeNull {
		return nil, true
	}
	_, b, ok := v.BinaryOK()
	return b, ok
}

// upgrade refuses buckets of schemas 1 and 2, which were of an hour and under
// other ids: no program in use has written any.
func upgrade(int, bson.M) error {
	return errors.New("series: a bucket of an hour, of a program before the first release")
}
