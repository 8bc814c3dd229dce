package comfort

import (
	"fmt"
	"slices"
	"strings"
)

// The words of levels, states and figures, Chinese and English.
var (
	levelWords = map[Level][2]string{NotAssessed: {"未核定", "not assessed"}, Clear: {"畅通", "clear"}, Comfortable: {"舒适", "comfortable"},
		Busy: {"较拥挤", "busy"}, Crowded: {"拥挤", "crowded"}, Packed: {"严重拥挤", "packed"}}
	stateWords = map[State][2]string{Unknown: {"暂无数据", "no data"}, Stale: {"数据已过时", "out of date"}, Closed: {"未开放", "closed"}, Live: {"实时", "live"}}
	lackWords  = map[Lack][2]string{NoSource: {"没有数据来源", "no source"}, TooFew: {"近24小时有效数据不足", "too few hours of the last 24 were measured"}, TooOld: {"数据过旧", "too old"}}
	fromWords  = map[string][2]string{Gates: {"闸机", "gates"}, ByHand: {"人工记录", "by hand"}}
	peakWords  = map[Peak][2]string{PeakIV: {"高峰Ⅳ级（蓝色，地方）", "peak level IV (blue, local)"}, PeakIII: {"高峰Ⅲ级（黄色）", "peak level III (yellow)"}, PeakII: {"高峰Ⅱ级（橙色）", "peak level II (orange)"}, PeakI: {"高峰Ⅰ级（红色）", "peak level I (red)"}}
	kindWords  = map[Kind][2]string{Instant: {"在园人数", "visitors inside"}, Daily: {"累计入园", "visitors entered today"}}
	limitWords = map[Kind][2]string{Instant: {"核定瞬时最大承载量", "approved instantaneous limit"}, Daily: {"核定日最大承载量", "approved daily limit"}}
)

// Label returns the words of a level in Chinese and in English.
func (l Level) Label() (zh, en string) { return levelWords[l][0], levelWords[l][1] }

// Label returns the words of a state in Chinese and in English.
func (s State) Label() (zh, en string) { return stateWords[s][0], stateWords[s][1] }

// Label returns in Chinese and in English why something is unknown, empty where that
// is not said.
func (l Lack) Label() (zh, en string) { return lackWords[l][0], lackWords[l][1] }

// Label returns the words of a peak level in Chinese and in English, empty for
// none.
func (p Peak) Label() (zh, en string) { return peakWords[p][0], peakWords[p][1] }

// Label returns what is counted, in Chinese and in English.
func (k Kind) Label() (zh, en string) { return kindWords[k][0], kindWords[k][1] }

// Limit returns what it is compared with, in Chinese and in English.
func (k Kind) Limit() (zh, en string) { return limitWords[k][0], limitWords[k][1] }

// Explain says in words how the judgement came about. numbers false leaves out
// the counts themselves, for readers who are shown a band only.
func (j Judgement) Explain(numbers bool) (zh, en string) {
	if j.State == Unknown || j.State == Closed {
		return j.State.Label()
	}
	var zhs, ens []string
	for _, f := range j.Compared {
		z, e := f.explain(numbers)
		zhs, ens = append(zhs, z), append(ens, e)
	}
	zh, en = strings.Join(zhs, "；"), strings.Join(ens, "; ")
	lz, le := j.Level.Label()
	if j.Level == NotAssessed {
		zh, en = zh+"。承载量未经核定，不判定等级", en+". No limit has been approved, so no level is given"
	} else if j.bothLimited() {
		zh, en = zh+"。两项取较差者："+lz, en+". The worse of the two decides: "+le
	} else {
		zh, en = zh+"。按已核定的一项判定："+lz, en+". The one that has a limit decides: "+le
	}
	if pz, pe := j.Peak.Label(); pz != "" {
		zh, en = zh+"，"+pz+"（LB/T 068-2017）", en+", "+pe+" (LB/T 068-2017)"
	}
	if j.State == Stale {
		zh, en = "数据已过时，以下为最后一次统计。"+zh, "Out of date; the last count was: "+en
	}
	return zh + "。", en + "."
}

// bothLimited reports whether each figure has a limit to compare it with.
func (j Judgement) bothLimited() bool {
	return !slices.ContainsFunc(j.Compared, func(f Compared) bool { return f.Percent == nil })
}

func (f Compared) explain(numbers bool) (zh, en string) {
	kz, ke := f.Kind.Label()
	lz, le := f.Kind.Limit()
	switch {
	case f.Percent == nil && numbers:
		return fmt.Sprintf("%s %d 人，%s未核定", kz, f.Value, lz), fmt.Sprintf("%d %s, no %s", f.Value, ke, le)
	case f.Percent == nil:
		return lz + "未核定", "no " + le
	case numbers:
		return fmt.Sprintf("%s %d 人，为%s %d 人的 %.1f%%", kz, f.Value, lz, *f.Limit, *f.Percent),
			fmt.Sprintf("%d %s, %.1f %% of the %s of %d", f.Value, ke, *f.Percent, le, *f.Limit)
	}
	bz, be := f.band()
	return fmt.Sprintf("%s为%s的%s", kz, lz, bz), fmt.Sprintf("%s at %s of the %s", ke, be, le)
}

// band says in which share of the limit the figure lies.
func (f Compared) band() (zh, en string) {
	switch {
	case f.BelowPercent == 0:
		return fmt.Sprintf("%.0f%%以上", f.FromPercent), fmt.Sprintf("%.0f %% or more", f.FromPercent)
	case f.FromPercent == 0:
		return fmt.Sprintf("%.0f%%以下", f.BelowPercent), fmt.Sprintf("less than %.0f %%", f.BelowPercent)
	}
	return fmt.Sprintf("%.0f%%至%.0f%%", f.FromPercent, f.BelowPercent), fmt.Sprintf("%.0f to %.0f %%", f.FromPercent, f.BelowPercent)
}
