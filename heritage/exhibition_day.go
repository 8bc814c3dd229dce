package heritage

import (
	"context"
	"time"

	"yijianyou/internal/actor"
	"yijianyou/internal/store"
)

// calendar is the day in a time zone, which its id names, as search knows it: an
// entry of an index depends on stored documents and on no clock. It is written
// when a museum or an exhibition is, and when the day turns.
type calendar struct {
	store.Meta `bson:",inline"`
	Day        Day `bson:"day"`
	Was        Day `bson:"was,omitempty"` // the day that it said before; "" none
}

var calendarDocs = store.Define[calendar](store.Spec{Name: "calendars", Schema: 1, Feed: true})

// dayIn returns the day in a time zone, "" when it is not known.
type dayIn func(ctx context.Context, r store.Reader, zone string) (Day, error)

// dayByClock is a dayIn by the clock of the store.
func (s *Service) dayByClock(_ context.Context, _ store.Reader, zone string) (Day, error) {
	return dayAt(s.Now(), zone)
}

func dayAt(t time.Time, zone string) (Day, error) {
	f := MuseumFields{TimeZone: zone}
	loc, err := f.zone()
	if err != nil {
		return "", err
	}
	return DayOf(t.In(loc)), nil
}

// dayByCalendar is a dayIn by the stored calendars.
func dayByCalendar(ctx context.Context, r store.Reader, zone string) (Day, error) {
	c, err := calendarDocs.Get(ctx, r, zone)
	if err != nil {
		return "", unlessGone(err)
	}
	return c.Day, nil
}

// museumZone is the time zone of a museum as it is published, or of its newest
// content; "" when there is no such museum.
func museumZone(ctx context.Context, r store.Reader, id MuseumID) (string, error) {
	d, err := museumDocs.Get(ctx, r, string(id))
	switch {
	case err != nil:
		return "", unlessGone(err)
	case d.Shown != nil:
		return d.Shown.TimeZone, nil
	}
	return d.Fields.TimeZone, nil
}

// museumDay is today by the calendar of a museum, "" when that is not known.
func (p *projector) museumDay(ctx context.Context, id MuseumID) (Day, error) {
	if day, ok := p.days[id]; ok {
		return day, nil
	}
	zone, err := museumZone(ctx, p.r, id)
	if err != nil || zone == "" {
		return "", err
	}
	day, err := p.today(ctx, p.r, zone)
	if err == nil {
		p.days[id] = day
	}
	return day, err
}

// knowDay stores which day it is where f, a museum or an exhibition, is. Other
// content depends on no day.
func (s *Service) knowDay(tx *store.Tx, f any) error {
	var zone string
	var err error
	switch f := f.(type) {
	case *MuseumFields:
		zone = f.TimeZone
	case *ExhibitionFields:
		zone, err = museumZone(tx.Context(), tx, f.MuseumID)
	}
	if err != nil || zone == "" {
		return err
	}
	return turn(tx, zone)
}

// turn sets the calendar of a zone to today.
func turn(tx *store.Tx, zone string) error {
	day, err := dayAt(tx.Now(), zone)
	if err != nil {
		return err
	}
	c, err := calendarDocs.Get(tx.Context(), tx, zone)
	if isGone(err) {
		c, err = &calendar{}, nil
		c.ID = zone
	}
	if err != nil || c.Day == day {
		return err
	}
	c.Was, c.Day = c.Day, day
	tx.Describe("calendar.turn", "")
	return calendarDocs.Put(tx, c)
}

// TurnDays brings the stored calendars to today, so that search follows what
// opens and closes. It is called often; where the day is the same it only reads.
func (s *Service) TurnDays(ctx context.Context) error {
	var late []string
	err := calendarDocs.Each(ctx, s.st, store.Query{Index: store.ByID}, func(c *calendar) error {
		day, err := dayAt(s.Now(), c.ID)
		if err == nil && day != c.Day {
			late = append(late, c.ID)
		}
		return err
	})
	if err != nil {
		return err
	}
	for _, zone := range late {
		if err := s.st.Update(ctx, actor.SystemPart("calendar"), func(tx *store.Tx) error { return turn(tx, zone) }); err != nil {
			return err
		}
	}
	return nil
}
