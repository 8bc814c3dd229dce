package sensors

import (
	"fmt"
	"math"
	"strings"
	"time"

	"yijianyou/heritage"
)

// words joins sentences in both languages.
type words struct{ zh, en []string }

func (w *words) say(zh, en string) {
	w.zh, w.en = append(w.zh, zh), append(w.en, en)
}

func (w *words) text() heritage.Text {
	return heritage.Text{ZH: strings.Join(w.zh, ""), EN: strings.Join(w.en, " ")}
}

// exitGround says why a passage is an alarm.
func (t *tracker) exitGround(doc *Passage, p passing, cover heritage.Cover) (heritage.Text, error) {
	exit, from, device, err := t.named(doc.ZoneID, doc.FromZoneID, doc.DeviceID)
	if err != nil {
		return heritage.Text{}, err
	}
	var w words
	zh, en := seenWords(device, p.Sightings, p.Strongest)
	w.say("标签在出口"+exit.ZH+zh+"。", "At the exit "+exit.EN+" the tag was "+en+".")
	w.camefrom(doc.FromZoneID, from)
	switch {
	case cover.Overdue:
		w.say("出库单已过归还期限，不再准许离馆。", "The order under which it was handed out is overdue and lets nothing leave any more.")
	case cover.Movement != "":
		w.say("出库单只准在馆内移动，不准离馆。", "The order under which it was handed out allows moves inside the house only.")
	default:
		w.say("当时没有准许其离馆的出库单。", "No order let it leave at that moment.")
	}
	w.proof(doc.Carrier)
	w.lateness(t.now.Sub(doc.At))
	return w.text(), nil
}

// moveGround says why a change of zone is an alarm.
func (t *tracker) moveGround(stay *Stay, m move, id DeviceID) (heritage.Text, error) {
	here, from, device, err := t.named(stay.ZoneID, stay.FromZoneID, id)
	if err != nil {
		return heritage.Text{}, err
	}
	var w words
	zh, en := seenWords(device, m.Sightings, m.Strongest)
	seconds := int(m.At.Sub(m.Since).Seconds())
	w.say(fmt.Sprintf("标签在%s%s，%d 秒内未在别处读到。", here.ZH, zh, seconds),
		fmt.Sprintf("In %s the tag was %s, and nowhere else for %d s.", here.EN, en, seconds))
	w.camefrom(stay.FromZoneID, from)
	w.say("当时没有准许其移动的出库单。", "No order let it move at that moment.")
	w.proof(stay.Carrier)
	w.lateness(t.now.Sub(stay.ConfirmedAt))
	return w.text(), nil
}

// named returns what to call a zone, the one before it and a device.
func (t *tracker) named(here, from ZoneID, id DeviceID) (hereName, fromName, device heritage.Text, err error) {
	z, err := t.zone(here)
	if err != nil {
		return
	}
	before, err := t.zone(from)
	if err != nil {
		return
	}
	d, err := t.device(id)
	if err != nil {
		return
	}
	device, err = t.deviceName(d)
	return z.name(), before.name(), device, err
}

// deviceName returns what to call a device, which may be nil, where everybody may
// read it: that of a store may be named after it.
func (t *tracker) deviceName(d *Device) (heritage.Text, error) {
	if d == nil {
		return heritage.Text{ZH: "读写器", EN: "a reader"}, nil
	}
	z, err := t.zone(d.Fields.ZoneID)
	if z.kind() == Store {
		return heritage.Text{ZH: "库房读写器", EN: "a reader of the store"}, err
	}
	return inQuotes(d.Fields.Name), err
}

// seenWords says by whom, how often and how strongly.
func seenWords(device heritage.Text, n int, strongest float64) (zh, en string) {
	zhN, enN := count(n)
	zh = "被" + device.ZH + "读到 " + zhN
	en = "seen " + enN + " by " + device.EN
	if !math.IsNaN(strongest) {
		zh += fmt.Sprintf("（最强 %.0f dBm）", strongest)
		en += fmt.Sprintf(" (strongest %.0f dBm)", strongest)
	}
	return zh, en
}

func (w *words) camefrom(id ZoneID, from heritage.Text) {
	if id == "" {
		w.say("此前在馆内没有确定的位置。", "Before that its place inside was not settled.")
		return
	}
	w.say("此前在"+from.ZH+"。", "Before that it was in "+from.EN+".")
}

func (w *words) proof(c Carrier) {
	p := c.Proves()
	w.say(p.ZH+"。", p.EN+".")
}

func (w *words) lateness(d time.Duration) {
	if d <= lateAfter {
		return
	}
	minutes := int(d.Round(time.Minute).Minutes())
	w.say(fmt.Sprintf("样本迟到约 %d 分钟。", minutes), fmt.Sprintf("The sample came about %d min late.", minutes))
}
