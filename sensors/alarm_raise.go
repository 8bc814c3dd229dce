package sensors

import (
	"errors"
	"fmt"
	"time"

	"yijianyou/heritage"
	"yijianyou/internal/actor"
	"yijianyou/internal/store"
	"yijianyou/sensors/alarm"
)

// sameEvent is how long after the newest sample of an alarm another one still
// belongs to what has been verified. A later one is a new event.
const sameEvent = 5 * time.Minute

// countEvery is how far apart, by the device's clock, the samples are that an
// open alarm counts. A tag that lies beside a portal is seen ten times a second;
// writing each down would drown the history of the alarm.
const countEvery = 10 * time.Second

// OpenKey returns the key under which an alarm of this kind about this subject
// (a tag, a device, a movement, or a rule and a zone) is open.
func OpenKey(kind AlarmKind, subject string) string { return string(kind) + "/" + subject }

// subject is what the alarm is about: one thing has one open alarm of a kind.
func (a *Alarm) subject() string {
	switch {
	case a.Kind == Overdue:
		return string(a.MovementID)
	case a.Kind == Climate:
		return a.RuleID + "/" + string(a.ZoneID)
	case a.Kind == DeviceDown || a.TagID == "":
		return string(a.DeviceID)
	}
	return string(a.TagID)
}

// raiseIn raises an alarm of what a says: Org, Kind, what and where, OccurredAt,
// Certainty and Ground; LastAt zero means OccurredAt, Samples zero means 1.
// Severity, duty and deadlines are filled here, and whoever must be told is told
// by jobs of this transaction.
//
// When one of the kind is open about the same thing (the tag, else the device;
// the movement for Overdue) it is extended and returned instead: see extend. One
// that has been verified takes in what follows within sameEvent of its newest
// sample; after that it keeps its verdict, stays to be resolved, and a new one is
// raised beside it, so that a 误报 of the morning hides no theft of the evening.
func (s *Service) raiseIn(tx *store.Tx, a Alarm) (*Alarm, error) {
	return s.raiseAt(tx, a, alarm.Least)
}

// raiseAt is raiseIn of something at which at least this much is at stake,
// whatever the alarm itself names.
func (s *Service) raiseAt(tx *store.Tx, a Alarm, stake Severity) (*Alarm, error) {
	if a.Org == "" || a.Kind == "" || a.subject() == "" || a.OccurredAt.IsZero() {
		return nil, fmt.Errorf("sensors: an alarm of kind %q lacks its organisation, its subject or its time", a.Kind)
	}
	if a.LastAt.Before(a.OccurredAt) {
		a.LastAt = a.OccurredAt
	}
	a.Samples = max(a.Samples, 1)
	a.OpenKey = OpenKey(a.Kind, a.subject())
	open, err := openAlarm(tx, a.OpenKey)
	if err != nil {
		return nil, err
	}
	if open != nil {
		if open.State != Verified || a.OccurredAt.Sub(open.LastAt) <= sameEvent {
			return open, s.extend(tx, open, a)
		}
		open.OpenKey = ""
		tx.Describe("alarm.follow", "")
		if err := alarmDocs.Put(tx, open); err != nil {
			return nil, err
		}
		a.follow(open)
	}
	return s.raiseNew(tx, a, stake)
}

// follow takes from the alarm before what a does not say of itself: one that only
// told that something goes on.
func (a *Alarm) follow(before *Alarm) {
	for _, m := range before.Members {
		a.Members.Join(m)
	}
	a.Affected = max(a.Affected, len(a.Members))
	if !a.Ground.IsZero() {
		return
	}
	a.Carrier, a.ZoneID, a.FromZoneID, a.DeviceID, a.MovementID, a.Ground = before.Carrier, before.ZoneID, before.FromZoneID, before.DeviceID, before.MovementID, before.Ground
}

// openAlarm returns the open alarm with the key, nil when there is none. Two
// transactions that ask for the same key run one after the other.
func openAlarm(tx *store.Tx, key string) (*Alarm, error) {
	if err := tx.Guard("alarm:" + key); err != nil {
		return nil, err
	}
	open, err := alarmDocs.One(tx.Context(), tx, store.Query{Index: "open", Equal: []any{key}})
	if errors.Is(err, store.ErrNotFound) {
		return nil, nil
	}
	return open, err
}

// raiseNew puts an alarm that is not open yet.
func (s *Service) raiseNew(tx *store.Tx, a Alarm, stake Severity) (*Alarm, error) {
	now := tx.Now()
	a.ID, a.Rev = tx.NewID(), 0
	a.State, a.Open, a.RaisedAt, a.Verdict, a.Reference, a.Escalation = Raised, true, now, "", "", 0
	if a.Certainty == "" {
		a.Certainty = Probable
	}
	var err error
	if a.Severity, err = s.severityIn(tx, &a, stake); err != nil {
		return nil, err
	}
	rule, err := ruleIn(tx, a.Org, a.Severity)
	if err != nil {
		return nil, err
	}
	a.expect(now, rule.Steps)
	a.Steps = nil
	a.step(now, raiser, StepRaise, "")
	tx.Describe("alarm.raise", "")
	if err := alarmDocs.Put(tx, &a); err != nil {
		return nil, err
	}
	return &a, s.tellIn(tx, &a)
}

// raiser is who raises and clears: the program, whoever's message it followed.
var raiser = heritage.PersonOf(actor.SystemPart("alarm"))

// extend adds what a says to the open alarm: an earlier or a later time, more
// samples, more certainty. It is Certain when a is or when it has two samples.
// Samples within countEvery of the newest one that is counted change nothing
// once the alarm is Certain, and are not counted.
func (s *Service) extend(tx *store.Tx, open *Alarm, a Alarm) error {
	first := a.OccurredAt.Before(open.OccurredAt)
	later := a.LastAt.Sub(open.LastAt) >= countEvery
	for _, m := range a.Members {
		open.Members.Join(m)
	}
	a.Affected = max(a.Affected, len(open.Members))
	affected := a.Affected > open.Affected
	if open.Certainty == Certain && !first && !later && !affected {
		return nil
	}
	if first {
		open.OccurredAt = a.OccurredAt
	}
	if a.LastAt.After(open.LastAt) {
		open.LastAt = a.LastAt
	}
	open.Affected = max(open.Affected, a.Affected)
	if open.Samples += a.Samples; a.Certainty == Certain || open.Samples > 1 {
		open.Certainty = Certain
	}
	tx.Describe("alarm.extend", "")
	return alarmDocs.Put(tx, open)
}

// clearIn says that what the alarm with this key (OpenKey) was about has ended by
// itself: the device is heard again, the relic is back. Nothing happens when none
// is open. One that nobody has verified is resolved, by the program and with the
// note; one that was verified gets the note only, because a person must close what
// a person has judged.
func (s *Service) clearIn(tx *store.Tx, openKey, note string) error {
	open, err := openAlarm(tx, openKey)
	if err != nil || open == nil {
		return err
	}
	now := tx.Now()
	tx.Describe("alarm.clear", note)
	if open.State == Verified {
		open.OpenKey = "" // what comes now is another event
		open.step(now, raiser, StepNote, note)
		return alarmDocs.Put(tx, open)
	}
	open.resolve()
	open.step(now, raiser, StepResolve, note)
	return alarmDocs.Put(tx, open)
}
