package series

import (
	"bytes"
	"encoding/binary"
	"errors"
	"fmt"
	"iter"
	"math/rand/v2"
	"slices"
	"testing"
	"time"

	"pgregory.net/rapid"

	"yijianyou/internal/actor"
	"yijianyou/internal/store"
	"yijianyou/internal/store/mongostore"
	"yijianyou/internal/store/mongotest"
	"yijianyou/internal/store/storetest"
)

// sums is a series whose summary is the sum of the bytes of its data.
var sums = Define("sums", Summary(func(points iter.Seq2[time.Time, []byte]) []byte {
	n := uint64(0)
	for _, data := range points {
		for _, b := range data {
			n += uint64(b)
		}
	}
	return binary.AppendUvarint(nil, n)
}))

var tester = actor.SystemPart("test")

func mongo(t testing.TB) *store.Store { return mongoWith(t, store.Options{RunTwice: true}) }

func mongoWith(t testing.TB, opts store.Options) *store.Store {
	engine, err := mongostore.Open(t.Context(), mongotest.Database(t), mongostore.Options{})
	if err != nil {
		t.Fatal(err)
	}
	st, err := store.Open(t.Context(), engine, opts, sums)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { st.Close() })
	return st
}

// add appends in a transaction of its own.
func add(t testing.TB, st *store.Store, channel string, points []Point) []Point {
	t.Helper()
	var fresh []Point
	if err := st.Update(t.Context(), tester, func(tx *store.Tx) (err error) {
		fresh, err = sums.AppendIn(tx, "demo-museum", channel, points)
		return err
	}); err != nil {
		t.Fatal(err)
	}
	return fresh
}

func all(t testing.TB, st *store.Store, channel string) (points []Point) {
	t.Helper()
	err := sums.Range(t.Context(), st, channel, time.UnixMilli(0), time.UnixMilli(1<<50), func(pt Point) error {
		points = append(points, pt)
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return points
}

func buckets(t testing.TB, st *store.Store, channel string) []*bucket {
	t.Helper()
	page, err := sums.docs.Find(t.Context(), st, store.Query{Index: store.ByID, Prefix: channel + " ", Limit: 1000})
	if err != nil {
		t.Fatal(err)
	}
	return page.Items
}

// drawn makes points in clusters, so that some buckets are cut often and
// others never, with some moments that many share.
func drawn(t *rapid.T) []Point {
	var points []Point
	base := int64(1764000000000)
	for range rapid.IntRange(1, 5).Draw(t, "clusters") {
		from := rapid.Int64Range(0, dayMS/8).Draw(t, "from")
		step := rapid.SampledFrom([]int64{0, 1, 7, 1000, 60000, 600000}).Draw(t, "step")
		n := rapid.IntRange(1, 700).Draw(t, "n")
		if step == 0 {
			n = min(n, MaxPoints/5)
		}
		for i := range int64(n) {
			points = append(points, at(base+from+i*step, fmt.Sprintf("g%d/%d", from%3, i), string(rune('a'+i%5))))
		}
	}
	slices.SortFunc(points, before)
	return slices.CompactFunc(points, func(a, b Point) bool { return before(a, b) == 0 })
}

// TestOrderLatenessAndRepeatsChangeNothing: however points come, the buckets
// are the same to the byte, each point is fresh once, and sums are right.
func TestOrderLatenessAndRepeatsChangeNothing(t *testing.T) {
	t.Run("SQLite", func(t *testing.T) { anyOrder(t, storetest.New(t, sums)) })
	t.Run("MongoDB", func(t *testing.T) { anyOrder(t, mongo(t)) })
}

func anyOrder(t *testing.T, st *store.Store) {
	cases := 0
	rapid.Check(t, func(rt *rapid.T) {
		want := drawn(rt)
		cases++
		straight, shuffled := fmt.Sprintf("%d/straight", cases), fmt.Sprintf("%d/shuffled", cases)
		same(t, add(t, st, straight, want), want)

		random := rand.New(rand.NewPCG(rapid.Uint64().Draw(rt, "seed"), 0))
		sent := append(slices.Clone(want), want[:random.IntN(len(want))]...)
		random.Shuffle(len(sent), func(i, j int) { sent[i], sent[j] = sent[j], sent[i] })
		var fresh []Point
		for len(sent) > 0 {
			n := 1 + random.IntN(len(sent))
			fresh = append(fresh, add(t, st, shuffled, sent[:n])...)
			sent = sent[n:]
		}
		slices.SortFunc(fresh, before)
		same(t, fresh, want)
		same(t, all(t, st, shuffled), want)

		a, b := buckets(t, st, straight), buckets(t, st, shuffled)
		if len(a) != len(b) {
			rt.Fatalf("%d buckets in order, %d shuffled", len(a), len(b))
		}
		for i := range a {
			if !a[i].From.Equal(b[i].From) || a[i].Count != b[i].Count || a[i].Count > MaxPoints || !a[i].First.Equal(b[i].First) || !a[i].Last.Equal(b[i].Last) ||
				!bytes.Equal(a[i].Points, b[i].Points) || !bytes.Equal(a[i].Starts, b[i].Starts) || !bytes.Equal(a[i].Summary, b[i].Summary) {
				rt.Fatalf("bucket %d differs: %+v and %+v", i, a[i], b[i])
			}
		}
		last, err := sums.Last(t.Context(), st, shuffled)
		if err != nil || before(last, want[len(want)-1]) != 0 {
			rt.Fatalf("last is %v (%v), want %v", last, err, want[len(want)-1])
		}
		from, end := want[random.IntN(len(want))].At, want[random.IntN(len(want))].At.Add(time.Duration(random.IntN(3))*time.Millisecond)
		sum := uint64(0)
		for _, pt := range want {
			if within(pt.At, from, end) {
				sum += uint64(pt.Data[0])
			}
		}
		got := uint64(0)
		if err := sums.Summaries(t.Context(), st, shuffled, from, end, func(summary []byte) error {
			n, _ := binary.Uvarint(summary)
			got += n
			return nil
		}); err != nil || got != sum {
			rt.Fatalf("the sum from %v to %v is %d (%v), want %d", from, end, got, err, sum)
		}
	})
}

func TestTheFirstOfTwoWithOneNameStays(t *testing.T) {
	st := storetest.New(t, sums)
	add(t, st, "c", []Point{at(10, "k", "first"), at(10, "k", "second")})
	if fresh := add(t, st, "c", []Point{at(10, "k", "third")}); len(fresh) != 0 {
		t.Errorf("%v is called fresh", fresh)
	}
	same(t, all(t, st, "c"), []Point{at(10, "k", "first")})
}

func TestAMomentThatIsTooFullIsRefusedAndNothingWritten(t *testing.T) {
	st := storetest.New(t, sums)
	var crowd []Point
	for i := range MaxPoints + 1 {
		crowd = append(crowd, at(dayMS+77, fmt.Sprint(i), "x"))
	}
	add(t, st, "c", crowd[:MaxPoints])
	err := st.Update(t.Context(), tester, func(tx *store.Tx) error {
		_, err := sums.AppendIn(tx, "demo-museum", "c", []Point{at(5, "", "y"), crowd[MaxPoints]})
		return err
	})
	if !errors.Is(err, ErrCrowded) {
		t.Fatalf("got %v", err)
	}
	if n := len(all(t, st, "c")); n != MaxPoints {
		t.Errorf("%d points, want %d", n, MaxPoints)
	}
	add(t, st, "c", []Point{at(dayMS+78, "", "y")})
}

func TestLimitsAreHeld(t *testing.T) {
	st := storetest.New(t, sums)
	long := string(bytes.Repeat([]byte("x"), MaxData+1))
	for name, b := range map[string]Batch{
		"no channel":   {Points: []Point{at(1, "", "")}},
		"long channel": {Channel: long},
		"blank":        {Channel: "a b"},
		"long key":     {Channel: "c", Points: []Point{at(1, long, "")}},
		"long data":    {Channel: "c", Points: []Point{at(1, "", long)}},
		"before 1970":  {Channel: "c", Points: []Point{at(-1, "", "")}},
		"zero time":    {Channel: "c", Points: []Point{{}}},
		"after 9999":   {Channel: "c", Points: []Point{{At: time.Date(10000, 1, 1, 0, 0, 0, 0, time.UTC)}}},
	} {
		err := st.Update(t.Context(), tester, func(tx *store.Tx) error {
			_, err := sums.AppendAllIn(tx, []Batch{b})
			return err
		})
		if err == nil {
			t.Errorf("%s: taken", name)
		}
	}
	err := st.Update(t.Context(), tester, func(tx *store.Tx) error {
		_, err := sums.AppendAllIn(tx, []Batch{{Channel: "c"}, {Channel: "c"}})
		return err
	})
	if err == nil {
		t.Error("a channel named twice: taken")
	}
}

func TestAnEmptyChannelHasNoLast(t *testing.T) {
	st := storetest.New(t, sums)
	if fresh := add(t, st, "c", nil); len(fresh) != 0 || len(buckets(t, st, "c")) != 0 {
		t.Error("nothing made a bucket")
	}
	if _, err := sums.Last(t.Context(), st, "c"); !errors.Is(err, store.ErrNotFound) {
		t.Errorf("got %v", err)
	}
}

func TestADamagedBucketIsNamed(t *testing.T) {
	st := storetest.New(t, sums)
	add(t, st, "c", []Point{at(1, "a", "x")})
	if err := st.Update(t.Context(), tester, func(tx *store.Tx) error {
		b, err := sums.docs.Get(tx.Context(), tx, bucketID("c", 0))
		if err != nil {
			return err
		}
		b.Points = []byte{form, 9}
		return sums.docs.Put(tx, b)
	}); err != nil {
		t.Fatal(err)
	}
	err := st.Update(t.Context(), tester, func(tx *store.Tx) error {
		_, err := sums.AppendIn(tx, "demo-museum", "c", []Point{at(0, "a", "x")}) // one behind the others is added without reading them
		return err
	})
	if !errors.Is(err, store.ErrCorrupt) {
		t.Errorf("appending: %v", err)
	}
	if _, err := sums.Last(t.Context(), st, "c"); !errors.Is(err, store.ErrCorrupt) {
		t.Errorf("last: %v", err)
	}
}

// TestWritersOfOneChannelTogether: nothing is lost and nothing doubled when
// several append to a channel at the same time, cuts included.
func TestWritersOfOneChannelTogether(t *testing.T) {
	t.Run("SQLite", func(t *testing.T) { together(t, storetest.New(t, sums)) })
	t.Run("MongoDB", func(t *testing.T) { together(t, mongo(t)) })
}

func together(t *testing.T, st *store.Store) {
	const writers, rounds, each = 6, 10, 40
	var want []Point
	for i := range int64(writers * rounds * each / 2) {
		want = append(want, at(i*500, fmt.Sprint(i%3), "x"))
	}
	done := make(chan error, writers)
	for w := range writers {
		go func() {
			random := rand.New(rand.NewPCG(uint64(w), 1))
			for range rounds {
				points := make([]Point, each)
				for i := range points {
					points[i] = want[random.IntN(len(want))]
				}
				if err := st.Update(t.Context(), tester, func(tx *store.Tx) error {
					_, err := sums.AppendIn(tx, "demo-museum", "c", points)
					return err
				}); err != nil {
					done <- err
					return
				}
			}
			done <- nil
		}()
	}
	for range writers {
		if err := <-done; err != nil {
			t.Fatal(err)
		}
	}
	add(t, st, "c", want)
	same(t, all(t, st, "c"), want)
}
