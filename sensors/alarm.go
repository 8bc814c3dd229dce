package sensors

import (
	"time"

	"yijianyou/heritage"
	"yijianyou/internal/actor"
	"yijianyou/internal/store"
	"yijianyou/sensors/alarm"
)

// AlarmKind is what is wrong. Never rename.
type AlarmKind string

const (
	UnlawfulExit AlarmKind = "exit"        // 无单出馆: a tag passed an exit without an order
	UnlawfulMove AlarmKind = "move"        // 异常移动: a tag changed rooms without an order
	TagSilent    AlarmKind = "tag-silent"  // 标签失联
	TagCopied    AlarmKind = "tag-copied"  // 标签疑似被复制: one number is seen in two places at once
	LowBattery   AlarmKind = "low-battery" // 电量低
	DeviceDown   AlarmKind = "device-down" // 设备离线: one alarm, whatever depends on it
	Overdue      AlarmKind = "overdue"     // 逾期未归: a movement is past its day of return
	Climate      AlarmKind = "climate"     // 环境异常: a rule of readings is broken, or an instrument is not to be believed
)

// AlarmState is how far an alarm has come. Never rename.
type AlarmState string

const (
	Raised       AlarmState = "raised"       // nobody has answered
	Acknowledged AlarmState = "acknowledged" // somebody is on it
	Verified     AlarmState = "verified"     // 已复核: what it was is known
	Resolved     AlarmState = "resolved"     // done
)

// Severity is how much it matters, see the pure package.
type Severity = alarm.Severity

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
	OpenKey    string     `bson:"openKey,omitempty" json:"-"` // kind and subject while what happens belongs to it: one open alarm for one thing
	Open       bool       `bson:"open,omitempty" json:"open"` // not Resolved
	StepRev    int64      `bson:"stepRev" json:"-"`           // revision that the newest step of a person made; those since have counted samples or passed it on

	// What and where.
	RelicID    heritage.RelicID    `bson:"relicId,omitempty" json:"relicId,omitempty"`
	TagID      TagID               `bson:"tagId,omitempty" json:"tagId,omitempty"`
	Carrier    Carrier             `bson:"carrier,omitempty" json:"carrier,omitempty"` // what a sighting proves the place of
	ZoneID     ZoneID              `bson:"zoneId,omitempty" json:"zoneId,omitempty"`
	FromZoneID ZoneID              `bson:"fromZoneId,omitempty" json:"fromZoneId,omitempty"` // where it was before
	DeviceID   DeviceID            `bson:"deviceId,omitempty" json:"deviceId,omitempty"`
	MovementID heritage.MovementID `bson:"movementId,omitempty" json:"movementId,omitempty"`
	RuleID     string              `bson:"ruleId,omitempty" json:"ruleId,omitempty"`     // Climate; UnlawfulExit and UnlawfulMove: "" the built-in one
	Measure    *AlarmMeasure       `bson:"measure,omitempty" json:"measure,omitempty"`   // Climate: what was measured; nil otherwise
	Members    alarm.Group         `bson:"members,omitempty" json:"members,omitempty"`   // Climate: instruments of the zone that find it now
	Affected   int                 `bson:"affected,omitempty" json:"affected,omitempty"` // DeviceDown: how many tags it was the last to see; Overdue: how many relics are out; Climate: how many instruments find it

	// When and how sure.
	OccurredAt time.Time     `bson:"occurredAt" json:"occurredAt"` // of the first sample, by the device's clock
	RaisedAt   time.Time     `bson:"raisedAt" json:"raisedAt"`     // by ours
	LastAt     time.Time     `bson:"lastAt" json:"lastAt"`         // of the newest sample that belongs to it
	Samples    int           `bson:"samples" json:"samples"`       // how many belong to it
	Certainty  Certainty     `bson:"certainty" json:"certainty"`
	Late       bool          `bson:"late,omitempty" json:"late"` // its first sample was more than a minute old when it came
	Ground     heritage.Text `bson:"ground" json:"ground"`       // why, in words: what was seen and what was missing

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

// AlarmMeasure is what a rule compared when the alarm was raised.
type AlarmMeasure struct {
	Kind     alarm.Kind `bson:"kind" json:"kind"`
	Quantity string     `bson:"quantity,omitempty" json:"quantity"` // "" of more than one
	Unit     string     `bson:"unit,omitempty" json:"unit"`         // of Value and Bound; "" a number
	Value    float64    `bson:"value" json:"value"`
	Bound    float64    `bson:"bound" json:"bound"`
	Above    bool       `bson:"above,omitempty" json:"above"` // it is above the bound, else below
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
	Action AlarmAction     `bson:"action" json:"action"`
	Note   string          `bson:"note,omitempty" json:"note,omitempty"`
}

// AlarmAction is a kind of step. Never rename.
type AlarmAction string

const (
	StepRaise       AlarmAction = "raise"
	StepEscalate    AlarmAction = "escalate"
	StepAcknowledge AlarmAction = "acknowledge"
	StepVerify      AlarmAction = "verify"
	StepResolve     AlarmAction = "resolve"
	StepNote        AlarmAction = "note"
)

// step writes down what is done in the revision that is about to be put.
func (a *Alarm) step(at time.Time, by heritage.Person, action AlarmAction, note string) {
	a.Steps = append(a.Steps, AlarmStep{At: at, By: by, Action: action, Note: note})
	if by.Kind != actor.System || action == StepRaise || action == StepResolve {
		a.StepRev = a.Rev + 1
	}
}

// resolve makes the alarm an end: nothing changes it any more.
func (a *Alarm) resolve() {
	a.State, a.Open, a.OpenKey, a.EscalateAt = Resolved, false, "", nil
}
