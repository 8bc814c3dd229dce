package sensors

import (
	"context"
	"encoding/json"
	"fmt"
	"strings"
	"time"

	"yijianyou/heritage"
	"yijianyou/internal/actor"
	"yijianyou/internal/fault"
	"yijianyou/internal/ids"
)

// message is what a contact is told, composed when it is sent: a later try tells
// the state of then.
type message struct {
	ID            string
	Subject, Text string // of a mail
	Body          []byte // JSON of a webhook
}

// Event is the JSON that a webhook gets. Its members are never renamed.
type Event struct {
	ID        string      `json:"id"`        // of the delivery: one that was seen before is the same, sent again
	Type      string      `json:"type"`      // alarm.raised, alarm.escalated, alarm.test
	Step      int         `json:"step"`      // 0 raised, n the n-th escalation
	Simulated bool        `json:"simulated"` // 模拟数据: of a labelled example, or a test
	Subject   string      `json:"subject"`   // one line for people, in the language of the contact
	URL       string      `json:"url"`       // of the alarm in the console
	Alarm     *EventAlarm `json:"alarm,omitempty"`
	Names     *AlarmNames `json:"names,omitempty"` // only for a contact that is told names
}

// EventAlarm is what a webhook is told of an alarm: nothing that says which relic
// it is.
type EventAlarm struct {
	ID         string      `json:"id"`
	Org        actor.OrgID `json:"org"`
	Kind       AlarmKind   `json:"kind"`
	State      AlarmState  `json:"state"`
	Severity   Severity    `json:"severity"`
	Certainty  Certainty   `json:"certainty"`
	ZoneKind   ZoneKind    `json:"zoneKind,omitempty"`
	OccurredAt time.Time   `json:"occurredAt"`
	RaisedAt   time.Time   `json:"raisedAt"`
	LastAt     time.Time   `json:"lastAt"`
	Samples    int         `json:"samples"`
	Affected   int         `json:"affected,omitempty"`
	Duty       string      `json:"duty"`
	AnswerBy   time.Time   `json:"answerBy"`
	Escalation int         `json:"escalation"`
	Verdict    Verdict     `json:"verdict,omitempty"`
}

// compose makes the message of a delivery.
func (n *Notifier) compose(ctx context.Context, a *Alarm, c *Contact, d *Delivery) (*message, error) {
	org, simulated, err := n.orgs.OrgGlance(ctx, a.Org)
	if err != nil && fault.KindOf(err) != fault.NotFound {
		return nil, err
	}
	named, err := n.s.namer(n.s.st, actor.Nobody()).alarm(ctx, a) // as somebody who may not know stores
	if err != nil {
		return nil, err
	}
	w := writer{lang: c.Fields.Lang, org: org, simulated: simulated || a.Simulated, names: c.Fields.Names, step: d.Step, url: n.alarmURL(a.ID)}
	zone, err := n.zone(ctx, a.ZoneID)
	if err != nil {
		return nil, err
	}
	w.at = zone
	event := Event{ID: d.ID, Type: "alarm.raised", Step: d.Step, Simulated: w.simulated, Subject: w.subject(a), URL: w.url, Alarm: &EventAlarm{
		ID: a.ID, Org: a.Org, Kind: a.Kind, State: a.State, Severity: a.Severity, Certainty: a.Certainty, ZoneKind: named.Names.ZoneKind,
		OccurredAt: a.OccurredAt, RaisedAt: a.RaisedAt, LastAt: a.LastAt, Samples: a.Samples, Affected: a.Affected,
		Duty: a.Duty, AnswerBy: a.AnswerBy, Escalation: a.Escalation, Verdict: a.Verdict}}
	if d.Step > 0 {
		event.Type = "alarm.escalated"
	}
	if c.Fields.Names {
		event.Names = &named.Names
	}
	body, err := json.Marshal(event)
	if err != nil {
		return nil, err
	}
	return &message{ID: d.ID, Subject: event.Subject, Text: w.text(named), Body: body}, nil
}

// composeTest makes a message that only shows that it arrives.
func (n *Notifier) composeTest(ctx context.Context, c *Contact) (*message, error) {
	org, _, err := n.orgs.OrgGlance(ctx, c.Org)
	if err != nil && fault.KindOf(err) != fault.NotFound {
		return nil, err
	}
	w := writer{lang: c.Fields.Lang, org: org}
	event := Event{ID: "test." + ids.New(), Type: "alarm.test", Simulated: true, URL: n.url + "/console/alarms",
		Subject: w.line("【演练】报警通知测试", "[演练 TEST] alarm notice")}
	if name := w.say(org); name != "" {
		event.Subject += w.line("（"+name+"）", " ("+name+")")
	}
	body, err := json.Marshal(event)
	if err != nil {
		return nil, err
	}
	text := w.line("这是一条测试，没有发生报警。收到即说明通知可以送达。", "This is a test, there is no alarm. That you read it shows that notices arrive.") + "\n"
	return &message{ID: event.ID, Subject: event.Subject, Text: text, Body: body}, nil
}

// alarmURL is where the console shows an alarm.
func (n *Notifier) alarmURL(id string) string { return n.url + "/console/alarms/" + id }

// zone returns the time zone of a zone, China's when it has none.
func (n *Notifier) zone(ctx context.Context, id ZoneID) (*time.Location, error) {
	zone, err := found(zoneDocs.Get(ctx, n.s.st, string(id)))
	if err != nil {
		return nil, err
	}
	name := "Asia/Shanghai"
	if zone != nil && zone.Fields.TimeZone != "" {
		name = zone.Fields.TimeZone
	}
	at, err := time.LoadLocation(name)
	if err != nil {
		return nil, fmt.Errorf("sensors: time zone of a zone: %w", err)
	}
	return at, nil
}

// writer writes a message in one language.
type writer struct {
	lang      string
	org       heritage.Text
	simulated bool
	names     bool
	step      int
	url       string
	at        *time.Location
}

// say chooses the language of t; what has no English stays Chinese.
func (w writer) say(t heritage.Text) string {
	if w.lang == "en" && t.EN != "" {
		return t.EN
	}
	return t.ZH
}

func (w writer) line(zh, en string) string { return w.say(heritage.Text{ZH: zh, EN: en}) }

// subject is one line. What is simulated or a drill says so first, in Chinese in
// either language: it must not be mistaken for the real thing by anybody.
func (w writer) subject(a *Alarm) string {
	var b strings.Builder
	if w.simulated {
		b.WriteString(w.line("【模拟】", "[模拟 SIMULATED] "))
	}
	if a.Verdict == Drill {
		b.WriteString(w.line("【演练】", "[演练 DRILL] "))
	}
	if w.step > 0 {
		fmt.Fprintf(&b, w.line("【升级 %d】", "[escalation %d] "), w.step)
	}
	kind := w.say(kindWords[a.Kind])
	fmt.Fprintf(&b, w.line("%d 级报警：%s", "Severity %d alarm: %s"), a.Severity, kind)
	if org := w.say(w.org); org != "" {
		fmt.Fprintf(&b, w.line("（%s）", " (%s)"), org)
	}
	return b.String()
}

// text is the body of a mail.
func (w writer) text(a *NamedAlarm) string {
	var b strings.Builder
	row := func(zh, en, value string) {
		if value != "" {
			b.WriteString(w.line(zh+"：", en+": ") + value + "\n")
		}
	}
	if w.simulated {
		b.WriteString(w.line("模拟数据：以下内容属于示范单位，没有真实事件发生。", "模拟数据 / simulated: this belongs to a labelled example, nothing has really happened.") + "\n\n")
	}
	row("报警", "Alarm", w.say(kindWords[a.Kind]))
	row("单位", "Organisation", w.say(w.org))
	row("级别", "Severity", w.line(fmt.Sprintf("%d（1 最高，4 最低）", a.Severity), fmt.Sprintf("%d (1 highest, 4 lowest)", a.Severity)))
	row("发生时间", "Occurred", w.time(a.OccurredAt))
	row("地点", "Place", w.place(a))
	if w.names {
		row("藏品", "Relic", w.say(a.Names.Relic))
		row("设备", "Device", w.say(a.Names.Device))
		row("出库单", "Order", a.Names.Movement)
		row("原因", "Ground", w.say(a.Ground))
	}
	row("状态", "State", w.say(stateWords[a.State]))
	row("应答角色", "To be answered by", a.Duty)
	row("应答时限", "Until", w.time(a.AnswerBy))
	row("处理", "Answer it at", w.url)
	if !w.names {
		b.WriteString("\n" + w.line("为保密，本通知不写藏品名称。", "For confidentiality this notice does not name the relic.") + "\n")
	}
	return b.String()
}

func (w writer) time(t time.Time) string { return t.In(w.at).Format("2006-01-02 15:04:05 MST") }

// place is the name of the zone for those who are told names, what sort of zone
// for the others.
func (w writer) place(a *NamedAlarm) string {
	if w.names {
		return w.say(a.Names.Zone)
	}
	return w.say(zoneWords[a.Names.ZoneKind])
}
