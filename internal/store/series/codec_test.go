package series

import (
	"bytes"
	"strings"
	"testing"
)

func writtenOf(points ...Point) *writer {
	w := begin(0, 0)
	for _, pt := range points {
		w.add(pt.At.UnixMilli(), []byte(pt.Key), pt.Data)
	}
	return w
}

func stored(points ...Point) []byte { return writtenOf(points...).out }

func at(ms int64, key, data string) Point {
	return Point{At: timeOf(ms), Key: key, Data: []byte(data)}
}

func TestPointsReadAsTheyWereWritten(t *testing.T) {
	want := []Point{at(0, "", ""), at(0, "a", "x"), at(0, "ab", "x"), at(5, "", strings.Repeat("d", MaxData)), at(5, strings.Repeat("k", MaxKey), "x"), at(dayMS-1, "a", "")}
	got, err := pointsOf(&bucket{Points: stored(want...)}, 0)
	if err != nil {
		t.Fatal(err)
	}
	same(t, got, want)
}

func TestResumeGoesOnWhereTheWriterStopped(t *testing.T) {
	want := []Point{at(1, "a1", "x"), at(2, "a2", "x"), at(2, "b", "y"), at(9, "b", "y")}
	for n := range want {
		b := &bucket{From: timeOf(0)}
		(&plan{series: &Series{}}).fill(b, writtenOf(want[:n]...))
		w, err := resume(b, 0)
		if err != nil {
			t.Fatal(err)
		}
		for _, pt := range want[n:] {
			w.add(pt.At.UnixMilli(), []byte(pt.Key), pt.Data)
		}
		if !bytes.Equal(w.out, stored(want...)) || w.count != 4 || w.first != 1 || w.last != 9 {
			t.Errorf("resumed after %d: %x, count %d, %d to %d", n, w.out, w.count, w.first, w.last)
		}
	}
}

func TestMalformedPointsAreRefused(t *testing.T) {
	good := stored(at(1, "a", "x"), at(1, "b", "y"))
	for name, b := range map[string][]byte{
		"unknown form":           {1, 0, 0, 0, 1},
		"cut":                    good[:len(good)-1],
		"no data before":         {form, 1, 0, 0, 0},
		"shares more than there": {form, 1, 3, 0, 1, 0},
		"same point twice":       {form, 1, 0, 1, 'a', 1, 0, 0, 1, 0, 0},
		"keys descend":           {form, 1, 0, 1, 'b', 1, 0, 0, 0, 1, 'a', 0},
		"beyond the day":         {form, 0x80, 0x80, 0x80, 0x80, 1, 0, 0, 1, 0},
		"key too long":           {form, 1, 0, 0xff, 2},
		"longer than there is":   {form, 1, 0, 0, 1, 9, 'x'},
		"data shares too much":   {form, 1, 0, 0, 3, 0},
	} {
		if got, err := pointsOf(&bucket{Points: b}, 0); err == nil {
			t.Errorf("%s: read as %v", name, got)
		}
	}
	many := begin(0, 0)
	for i := range int64(MaxPoints + 1) {
		many.add(i, nil, nil)
	}
	if _, err := pointsOf(&bucket{Points: many.out}, 0); err == nil {
		t.Error("more points than a bucket holds were read")
	}
}

func TestMalformedStartsAreRefused(t *testing.T) {
	for _, b := range [][]byte{{0}, {0x80}, {0x80, 0xb8, 0x99, 0x29}, {0xff, 0xb7, 0x99, 0x29, 1}} {
		if got, err := startsOf(b); err == nil {
			t.Errorf("%x: read as %v", b, got)
		}
	}
	s := starts{0}.cut(1800000).cut(5).cut(900000)
	if got, err := startsOf(s.encode()); err != nil || len(got) != 4 || got[1] != 5 || got[3] != 1800000 {
		t.Errorf("%v: %v", got, err)
	}
	if from, end := s.span(899999); from != 5 || end != 900000 {
		t.Errorf("%d to %d", from, end)
	}
}

// FuzzPoints: whatever is stored is read without a panic, in order, and what
// is read is written so that it reads the same.
func FuzzPoints(f *testing.F) {
	f.Add([]byte{})
	f.Add(stored(at(1, "a", "x"), at(1, "ab", "x"), at(900000, "", "")))
	f.Add([]byte{form, 1, 0, 0xff, 2, 0x80})
	f.Fuzz(func(t *testing.T, in []byte) {
		points, err := pointsOf(&bucket{Points: in}, 0)
		if err != nil {
			return
		}
		for i, pt := range points {
			if i > 0 && before(points[i-1], pt) >= 0 {
				t.Fatalf("point %d is not after the one before", i)
			}
		}
		again, err := pointsOf(&bucket{Points: stored(points...)}, 0)
		if err != nil {
			t.Fatal(err)
		}
		same(t, again, points)
	})
}

// FuzzStarts: whatever is stored is read without a panic, and ascending.
func FuzzStarts(f *testing.F) {
	f.Add(starts{0, 5, 900000}.encode())
	f.Fuzz(func(t *testing.T, in []byte) {
		s, err := startsOf(in)
		if err != nil {
			return
		}
		for i := 1; i < len(s); i++ {
			if s[i] <= s[i-1] || s[i] >= dayMS {
				t.Fatalf("%v", s)
			}
		}
	})
}

func same(t testing.TB, got, want []Point) {
	t.Helper()
	if len(got) != len(want) {
		t.Fatalf("%d points, want %d", len(got), len(want))
	}
	for i := range got {
		if before(got[i], want[i]) != 0 || !bytes.Equal(got[i].Data, want[i].Data) {
			t.Fatalf("point %d is %v, want %v", i, got[i], want[i])
		}
	}
}
