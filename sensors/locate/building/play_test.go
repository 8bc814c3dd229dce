package building

import (
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func simulator(t *testing.T, seed uint64) *Simulator {
	t.Helper()
	log, err := ReaderLog()
	if err != nil {
		t.Fatal(err)
	}
	return &Simulator{Building: Museum(), Log: log, Customs: Usual(), Seed: seed}
}

func TestTheSameSeedPlaysTheSameDayInAnyOrder(t *testing.T) {
	s := simulator(t, 5)
	out := s.Outages(1)
	var a, b, other Day
	s.Play(&a, 1, 3, out)
	s.Play(&other, 1, 4, out)
	s.Play(&b, 1, 3, s.Outages(1))
	if diff := cmp.Diff(a, b); diff != "" {
		t.Error("played again it is another day")
	}
	if cmp.Equal(a.Stays, other.Stays) {
		t.Error("two tags have one life")
	}
}

func TestTruthHasNoGapsAndReadsAreInOrder(t *testing.T) {
	s := simulator(t, 6)
	s.Customs.Left, s.Customs.Clones = 2, 0.5
	exits, copies, corridors := 0, 0, 0
	for tag := range 12 {
		var d Day
		out := s.Outages(0)
		s.Play(&d, 0, tag, out)
		at := int64(0)
		for i, stay := range d.Stays {
			if stay.From != at || stay.Until <= stay.From || i > 0 && d.Stays[i-1].Zone == stay.Zone {
				t.Fatalf("tag %d: %+v after %d", tag, stay, at)
			}
			at = stay.Until
			if stay.Zone == Outside {
				exits++
			} else if s.Building.Zones[stay.Zone].Kind == Corridor {
				corridors++
			}
		}
		if at != DayMS {
			t.Errorf("tag %d: the day ends at %d", tag, at)
		}
		if !slices.IsSortedFunc(d.Reads, func(a, b Read) int { return int(a.At - b.At) }) {
			t.Errorf("tag %d: reads are not in the order of time", tag)
		}
		for _, r := range d.Reads {
			if within(out[r.Reader], r.At) {
				t.Fatalf("reader %d reads while it is out of order", r.Reader)
			}
			if r.Copy {
				copies++
				if !d.Cloned.Has(r.At) {
					t.Fatal("a copy is read when there is none")
				}
			} else if within(d.Hidden, r.At) {
				t.Fatalf("tag %d is read at %d while it is covered", tag, r.At)
			}
		}
	}
	if exits == 0 || copies == 0 || corridors == 0 {
		t.Errorf("%d exits, %d reads of copies, %d ways through the corridor", exits, copies, corridors)
	}
}

func TestWallsWeakenAndDoorsDoNot(t *testing.T) {
	b := Museum()
	r := b.Readers[0] // of room-1, in its middle
	open, walled := b.strength(r, 12, 6.5), b.strength(r, r.X+(r.X-12), 6.5)
	if open != walled {
		t.Errorf("the same distance in the room is %.1f and %.1f", open, walled)
	}
	if next := b.strength(r, 16, 6.5); next > b.strength(r, 14, 6.5)-2*brickDB {
		t.Errorf("behind the wall it is %.1f", next)
	}
	if out := b.strength(r, r.X, roomDeep+1); out < b.strength(r, r.X+6, roomDeep+1) {
		t.Error("through the door it is weaker than through the wall")
	}
}

// A tag of usual gain in its room is read about as often as in the log.
func TestATagAtRestIsReadAsOftenAsInTheLog(t *testing.T) {
	s := simulator(t, 7)
	s.Customs = Customs{}
	var rates []float64
	for tag := range 40 {
		var d Day
		s.Play(&d, 0, tag, s.Outages(0))
		own := 0
		for _, r := range d.Reads {
			if s.Building.Readers[r.Reader].Zone == d.Stays[0].Zone {
				own++
			}
		}
		rates = append(rates, float64(own)*197.75/(DayMS/1000))
	}
	var logged []float64
	for _, tag := range s.Log.Tags {
		logged = append(logged, float64(tag.Reads))
	}
	if got, want := median(rates), median(logged); got < 0.75*want || got > 1.25*want {
		t.Errorf("the median tag is read %.0f times in the time of the log, there %.0f", got, want)
	}
}
