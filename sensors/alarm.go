package sensors

import (
	"time"

	"yijianyou/heritage"
	"yijianyou/internal/store"
)

// AlarmKind is what is wrong. Never rename.
type AlarmKind string

const (
	UnlawfulExit AlarmKind = "exit"        // 无单出馆: a tag passed an exit without an order
	UnlawfulMove AlarmKind = "move"        // 异常移动: a tag changed rooms without an order
	TagSilent    AlarmKind = "tag-silent"  // 标签失联
	LowBattery   AlarmKind = "low-battery" // 电量低
	DeviceDown   AlarmKind = "device-down" // 设备离线: one alarm, whatever depends on it
	Overdue      AlarmKind = "overdue"     // 逾期未归: a movement is past its day of return
)

// AlarmState is how far an alarm has come. Never rename.
type AlarmState string

const (
	Raised       AlarmState = "raised"       // nobody has answered
	Acknowledged AlarmState = "acknowledged" // somebody is on it
	Verified     AlarmState = "verified"     // 已复核: what it was is known
	Resolved     AlarmState = "resolved"     // done
)

// Severity is how much it matters; 1 is the highest (特别重大), 4 the lowest.
type Severity int

// Verdict is what the 复核 found.
type Verdict string

const (
	TrueAlarm  Verdict = "true"  // 真警
	FalseAlarm Verdict = "false" // 误报
	Drill      Verdict = "drill" // 演练
)

// Alarm is something that a person must answer.
type Alarm struct {
	store.Meta `bson:",inline"`
	Kind       AlarmKind  `bson:"kind" json:"kind"`
	State      AlarmState `bson:"state" json:"state"`
	Severity   Severity   `bson:"severity" json:"severity"`
	OpenKey    string     `bson:"openKey,omitempty" json:"-"` // kind and subject while not Resolved: one open alarm for one thing

	// What and where.
	RelicID    heritage.RelicID    `bson:"relicId,omitempty" json:"relicId,omitempty"`
	TagID      TagID               `bson:"tagId,omitempty" json:"tagId,omitempty"`
	Carrier    Carrier             `bson:"carrier,omitempty" json:"carrier,omitempty"` // what a sighting proves the place of
	ZoneID     ZoneID              `bson:"zoneId,omitempty" json:"zoneId,omitempty"`
	FromZoneID ZoneID              `bson:"fromZoneId,omitempty" json:"fromZoneId,omitempty"` // where it was before
	DeviceID   DeviceID            `bson:"deviceId,omitempty" json:"deviceId,omitempty"`
	MovementID heritage.MovementID `bson:"movementId,omitempty" json:"movementId,omitempty"`
	Affected   int                 `bson:"affected,omitempty" json:"affected,omitempty"` // DeviceDown: how many tags hang on it

	// When and how sure.
	OccurredAt time.Time     `bson:"occurredAt" json:"occurredAt"` // of the first sample, by the device's clock
	RaisedAt   time.Time     `bson:"raisedAt" json:"raisedAt"`     // by ours
	LastAt     time.Time     `bson:"lastAt" json:"lastAt"`         // of the newest sample that belongs to it
	Samples    int           `bson:"samples" json:"samples"`       // how many belong to it
	Certainty  Certainty     `bson:"certainty" json:"certainty"`
	Ground     heritage.Text `bson:"ground" json:"ground"` // why, in words: what was seen and what was missing

	// Who must answer, and by when.
	Duty       string     `bson:"duty" json:"duty"`                                 // role that must answer now: dispatcher, approver …
	AnswerBy   time.Time  `bson:"answerBy" json:"answerBy"`                         // of the present step
	Escalation int        `bson:"escalation" json:"escalation"`                     // steps of escalation taken
	EscalateAt *time.Time `bson:"escalateAt,omitempty" json:"escalateAt,omitempty"` // next one; nil none

	Steps     []AlarmStep `bson:"steps" json:"steps"`
	Verdict   Verdict     `bson:"verdict,omitempty" json:"verdict,omitempty"`
	Reference string      `bson:"reference,omitempty" json:"reference,omitempty"` // number of the report or the drill
	Simulated bool        `bson:"simulated,omitempty" json:"simulated"`           // 模拟数据
}

// Certainty is how sure an alarm is.
type Certainty string

const (
	Certain  Certainty = "certain"  // several sightings, or a rule of time alone
	Probable Certainty = "probable" // one sighting, or a weak one
)

// AlarmStep is something that was done about an alarm.
type AlarmStep struct {
	At     time.Time       `bson:"at" json:"at"`
	By     heritage.Person `bson:"by" json:"by"`
	Action string          `bson:"action" json:"action"` // raise, escalate, acknowledge, verify, resolve, note
	Note   string          `bson:"note,omitempty" json:"note,omitempty"`
}
