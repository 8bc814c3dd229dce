package sensors

import (
	"time"

	"yijianyou/heritage"
	"yijianyou/internal/store"
	"yijianyou/sensors/locate"
)

// TagState is where a tag is and how sure that is. Its id is the TagID. It is a
// function of the sightings and of the time, whatever the order in which they
// came. It is written when what screens show has changed, and at most every ten
// seconds of sightings otherwise: LastSeenAt may be that much behind.
type TagState struct {
	store.Meta     `bson:",inline"`
	RelicID        heritage.RelicID `bson:"relicId,omitempty" json:"relicId,omitempty"`
	Carrier        Carrier          `bson:"carrier,omitempty" json:"carrier,omitempty"`
	ZoneID         ZoneID           `bson:"zoneId,omitempty" json:"zoneId,omitempty"`           // "" never seen
	Since          *time.Time       `bson:"since,omitempty" json:"since,omitempty"`             // first seen there
	CandidateID    ZoneID           `bson:"candidateId,omitempty" json:"candidateId,omitempty"` // where it seems to be going; "" nowhere
	CandidateSince *time.Time       `bson:"candidateSince,omitempty" json:"candidateSince,omitempty"`
	LastSeenAt     *time.Time       `bson:"lastSeenAt,omitempty" json:"lastSeenAt,omitempty"`
	LastDevice     DeviceID         `bson:"lastDevice,omitempty" json:"lastDevice,omitempty"`
	Gone           bool             `bson:"gone,omitempty" json:"gone"`               // last seen passing an exit
	Silent         bool             `bson:"silent,omitempty" json:"silent"`           // not seen for SilentAfterS while its readers work
	TwinID         ZoneID           `bson:"twinId,omitempty" json:"twinId,omitempty"` // where it is seen as well, so that its number has been copied; "" nowhere
	TwinAt         *time.Time       `bson:"twinAt,omitempty" json:"twinAt,omitempty"` // when that was found
	PaceMS         int64            `bson:"paceMs,omitempty" json:"paceMs"`           // how often it is seen where it is, on the average; may be an hour behind; 0 not known
	BatteryPercent *int             `bson:"batteryPercent,omitempty" json:"batteryPercent,omitempty"`
	LowBattery     bool             `bson:"lowBattery,omitempty" json:"lowBattery"` // below lowPercent, and not at finePercent since
	DueAt          *time.Time       `bson:"dueAt,omitempty" json:"-"`               // when the passing of time next changes the state; nil never

	// How to go on.
	Place       []byte     `bson:"place,omitempty" json:"-"`       // locate.State after the sighting LastSeenAt, LastKey; nil never seen
	LastKey     string     `bson:"lastKey,omitempty" json:"-"`     // of that sighting in its series: what comes after it has not been stepped
	ConfirmedAt *time.Time `bson:"confirmedAt,omitempty" json:"-"` // of the newest Stay
	TimedAt     *time.Time `bson:"timedAt,omitempty" json:"-"`     // when the passing of time last changed Place; nil not since the steps that led there began
	BlindAt     *time.Time `bson:"blindAt,omitempty" json:"-"`     // last found that no reader that works could see it; nil never since it was seen
	BatteryAt   *time.Time `bson:"batteryAt,omitempty" json:"-"`   // of the sighting that BatteryPercent is of
	JudgedAt    *time.Time `bson:"judgedAt,omitempty" json:"-"`    // of the newest sighting that LowBattery follows from
}

// place returns where the tag was after the last sighting that was stepped; ok is
// false when a program with another rule has written it.
func (st *TagState) place() (place locate.State, ok bool) {
	if st.Place == nil {
		return locate.State{}, true
	}
	place, err := locate.Parse(st.Place)
	return place, err == nil
}

// stand says where the tag is.
func (st *TagState) stand(place locate.State) {
	st.Place = place.Append(nil)
	st.ZoneID, st.Gone = ZoneID(place.Zone()), place.Gone()
	st.CandidateID, st.CandidateSince = "", nil
	if zone, since := place.Candidate(); zone != "" {
		st.CandidateID, st.CandidateSince = ZoneID(zone), &since
	}
	st.TwinID, st.TwinAt = "", nil
	if w := place.Twin(); !w.IsZero() {
		st.TwinID, st.TwinAt = ZoneID(w.Zone), &w.At
	}
}

// paced says how often the tag is seen, when place remembers enough to tell.
func (st *TagState) paced(place locate.State) {
	if pace, ok := place.Pace(); ok {
		st.PaceMS = pace.Milliseconds()
	}
}

// dense reports whether a minute of the tag holds what a State remembers, as a rule.
func (st *TagState) dense() bool { return st.PaceMS > 0 && st.PaceMS < 1800 }

// Confidence returns how sure it is at the moment now that the tag is where st says,
// 0 to 1: a probability, see package locate. A tag of which nothing is known, or
// which a program with another rule has placed, is nowhere: 0.
func (st *TagState) Confidence(now time.Time) float64 {
	place, ok := st.place()
	if !ok || st.LastSeenAt == nil {
		return 0
	}
	if now.After(*st.LastSeenAt) {
		place, _ = locate.At(place, now)
	}
	return place.Confidence(max(0, now.Sub(*st.LastSeenAt)), time.Duration(st.PaceMS)*time.Millisecond)
}

// looksLike reports whether screens show of st what they show of was, but for when
// and by whom the tag was last seen.
func (st *TagState) looksLike(was TagState) bool {
	return st.RelicID == was.RelicID && st.Carrier == was.Carrier && st.ZoneID == was.ZoneID && st.CandidateID == was.CandidateID &&
		sameTime(st.Since, was.Since) && sameTime(st.CandidateSince, was.CandidateSince) && st.Gone == was.Gone && st.Silent == was.Silent && st.TwinID == was.TwinID &&
		st.LowBattery == was.LowBattery && samePercent(st.BatteryPercent, was.BatteryPercent) && was.LastSeenAt != nil
}

func sameTime(a, b *time.Time) bool { return a == b || a != nil && b != nil && a.Equal(*b) }

func samePercent(a, b *int) bool { return a == b || a != nil && b != nil && *a == *b }

// begin says when the newest stay began; nil is as before.
func (st *TagState) begin(stay *Stay) {
	if stay != nil {
		from, confirmed := stay.From, stay.ConfirmedAt
		st.Since, st.ConfirmedAt = &from, &confirmed
	}
}

// timed says when the passing of time last changed where the tag is; zero not.
// That confirms a stay, or that the tag is where it was first seen, which begins
// none but must be known: a sighting that comes late may be of before it.
func (st *TagState) timed(at time.Time) {
	st.TimedAt = nil
	if !at.IsZero() {
		st.TimedAt = &at
	}
}

// changedAt returns when st was last changed, be it by a sighting or by time.
func (st *TagState) changedAt() time.Time {
	at := st.seenAt()
	for _, t := range []*time.Time{st.ConfirmedAt, st.TimedAt} {
		if t != nil {
			at = laterOf(at, *t)
		}
	}
	return at
}

// see says by which sighting the tag was last seen.
func (st *TagState) see(s sighted) {
	at := s.at
	st.LastSeenAt, st.LastKey, st.LastDevice = &at, s.key, s.device()
}

// seenAt returns LastSeenAt, the zero time when the tag was never seen.
func (st *TagState) seenAt() time.Time {
	if st.LastSeenAt == nil {
		return time.Time{}
	}
	return *st.LastSeenAt
}

// precedes reports whether s comes after all that st follows from, so that the
// tag can go on from where it is. When s begins an hour, st must not have been
// changed since by the time in it either: see TagHour.
func (st *TagState) precedes(s sighted) bool {
	if !s.after(st.seenAt(), st.LastKey) {
		return false
	}
	from := s.at
	if hour := hourOf(s.at); hour.After(st.seenAt()) {
		from = hour
	}
	return !from.Before(st.changedAt())
}

// settledAt returns the moment up to which stays are written.
func (st *TagState) settledAt() time.Time {
	if st.ConfirmedAt == nil {
		return st.seenAt()
	}
	return laterOf(*st.ConfirmedAt, st.seenAt())
}
