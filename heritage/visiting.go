package heritage

import (
	"time"

	"yijianyou/heritage/vocab"
)

// Visiting is what a visitor has to know before coming. Each part carries its
// source and the day on which it was checked; a nil part is unknown, and a
// screen then says 以官方公告为准.
type Visiting struct {
	Hours     *OpeningHours `bson:"hours,omitempty" json:"hours,omitempty"`
	Admission *Admission    `bson:"admission,omitempty" json:"admission,omitempty"`
	Booking   *Booking      `bson:"booking,omitempty" json:"booking,omitempty"`
	Identity  *Identity     `bson:"identity,omitempty" json:"identity,omitempty"`
}

// OpeningHours says when a house is open, season by season. A day that no rule
// covers is unknown, which is not closed.
type OpeningHours struct {
	Seasons    []Season   `bson:"seasons" json:"seasons" validate:"max=20,dive" required:"false"`           // the first that covers a day decides
	Exceptions []HoursDay `bson:"exceptions,omitempty" json:"exceptions,omitempty" validate:"max=400,dive"` // single days, before any season
	Note       Text       `bson:"note" json:"note" required:"false"`                                        // what rules cannot say: 法定节假日除外
	Source     Source     `bson:"source" json:"source" required:"false"`
}

// Season is a part of every year with its weekly hours. It may run over the
// turn of the year. Both ends empty is all year.
type Season struct {
	Name Text      `bson:"name" json:"name" required:"false"`
	From MonthDay  `bson:"from,omitempty" json:"from,omitempty" validate:"monthday"` // first day
	To   MonthDay  `bson:"to,omitempty" json:"to,omitempty" validate:"monthday"`     // last day
	Week []WeekDay `bson:"week" json:"week" validate:"max=7,dive"`                   // at most one rule for a weekday
}

// WeekDay is the rule for some days of the week.
type WeekDay struct {
	Days      []int `bson:"days" json:"days" validate:"required,max=7,dive,min=1,max=7"`     // ISO 8601: 1 Monday … 7 Sunday
	Closed    bool  `bson:"closed,omitempty" json:"closed,omitempty"`                        // closing day; the clocks are then empty
	Opens     Clock `bson:"opens,omitempty" json:"opens,omitempty" validate:"clock"`         // required unless Closed
	Closes    Clock `bson:"closes,omitempty" json:"closes,omitempty" validate:"clock"`       // after Opens
	LastEntry Clock `bson:"lastEntry,omitempty" json:"lastEntry,omitempty" validate:"clock"` // "" unknown
}

// HoursDay is the rule for one date.
type HoursDay struct {
	Day       Day   `bson:"day" json:"day" validate:"required,day"`
	Closed    bool  `bson:"closed,omitempty" json:"closed,omitempty"`
	Opens     Clock `bson:"opens,omitempty" json:"opens,omitempty" validate:"clock"`
	Closes    Clock `bson:"closes,omitempty" json:"closes,omitempty" validate:"clock"`
	LastEntry Clock `bson:"lastEntry,omitempty" json:"lastEntry,omitempty" validate:"clock"`
	Note      Text  `bson:"note" json:"note" required:"false"`
}

// Admission is what it costs to come in.
type Admission struct {
	Free    *bool   `bson:"free,omitempty" json:"free,omitempty"` // basic admission; nil unknown
	Tickets []Price `bson:"tickets,omitempty" json:"tickets,omitempty" validate:"max=30,dive"`
	Note    Text    `bson:"note" json:"note" required:"false"`
	Source  Source  `bson:"source" json:"source" required:"false"`
}

// Price is the price of one ticket.
type Price struct {
	Name Text  `bson:"name" json:"name" required:"false"`
	Fen  int64 `bson:"fen" json:"fen" validate:"min=0,max=100000000"` // CNY, in fen; 0 is free
}

// Booking is whether and where one books.
type Booking struct {
	Required  *bool     `bson:"required,omitempty" json:"required,omitempty"` // nil unknown
	DaysAhead *int      `bson:"daysAhead,omitempty" json:"daysAhead,omitempty" validate:"omitempty,min=0,max=365"`
	Channels  []Channel `bson:"channels,omitempty" json:"channels,omitempty" validate:"max=20,dive"`
	Note      Text      `bson:"note" json:"note" required:"false"`
	Source    Source    `bson:"source" json:"source" required:"false"`
}

// Channel is a way to book.
type Channel struct {
	Kind  vocab.Code `bson:"kind" json:"kind" validate:"required,term=booking-channel"` // list booking-channel
	Name  Text       `bson:"name" json:"name" required:"false"`
	URL   string     `bson:"url,omitempty" json:"url,omitempty" validate:"omitempty,http_url,max=500"`
	Phone string     `bson:"phone,omitempty" json:"phone,omitempty" validate:"max=60"`
}

// Identity is which documents are accepted at the door.
type Identity struct {
	Documents []vocab.Code `bson:"documents" json:"documents" validate:"max=20,dive,required,term=identity-document"` // list identity-document
	Note      Text         `bson:"note" json:"note" required:"false"`
	Source    Source       `bson:"source" json:"source" required:"false"`
}

// OpenState is whether a house is open on a day.
type OpenState string

const (
	OpenUnknown OpenState = "unknown"
	OpenOn      OpenState = "open"
	ClosedOn    OpenState = "closed"
)

// DayHours are the hours of one day.
type DayHours struct {
	State     OpenState
	Opens     Clock // empty unless open
	Closes    Clock
	LastEntry Clock // empty when unknown
}

// On returns the hours of day. A nil receiver, a bad day and a day that no
// rule covers are OpenUnknown.
func (h *OpeningHours) On(day Day) DayHours {
	t, ok := day.Time()
	if h == nil || !ok {
		return DayHours{State: OpenUnknown}
	}
	for _, e := range h.Exceptions {
		if e.Day == day {
			return dayHours(e.Closed, e.Opens, e.Closes, e.LastEntry)
		}
	}
	md := MonthDay(day[5:])
	for _, s := range h.Seasons {
		if !s.covers(md) {
			continue
		}
		for _, w := range s.Week {
			for _, d := range w.Days {
				if d == isoWeekday(t) {
					return dayHours(w.Closed, w.Opens, w.Closes, w.LastEntry)
				}
			}
		}
		return DayHours{State: OpenUnknown}
	}
	return DayHours{State: OpenUnknown}
}

// ClosedAt reports whether the rules say that the house is closed at t, by the
// clock of t's location. What is unknown is not closed.
func (h *OpeningHours) ClosedAt(t time.Time) bool {
	day := h.On(DayOf(t))
	switch day.State {
	case ClosedOn:
		return true
	case OpenOn:
		opens, ok1 := day.Opens.Minutes()
		closes, ok2 := day.Closes.Minutes()
		now := t.Hour()*60 + t.Minute()
		return ok1 && ok2 && (now < opens || now >= closes)
	}
	return false
}

func dayHours(closed bool, opens, closes, last Clock) DayHours {
	if closed {
		return DayHours{State: ClosedOn}
	}
	return DayHours{State: OpenOn, Opens: opens, Closes: closes, LastEntry: last}
}

func (s Season) covers(md MonthDay) bool {
	switch {
	case s.From == "" || s.To == "":
		return true
	case s.From <= s.To:
		return s.From <= md && md <= s.To
	default: // over the turn of the year
		return md >= s.From || md <= s.To
	}
}

func isoWeekday(t time.Time) int {
	if d := int(t.Weekday()); d > 0 {
		return d
	}
	return 7
}
