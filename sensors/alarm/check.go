package alarm

import (
	"math"
	"slices"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"yijianyou/internal/fault"
	"yijianyou/sensors/series"
)

// What can be wrong with a rule.
var (
	ErrKind = fault.Define(fault.Invalid, "alarm.kind",
		"没有这种规则。请选择：{kinds}。", "There is no such kind of rule. Choose one of {kinds}.")
	ErrQuantity = fault.Define(fault.Invalid, "alarm.quantity",
		"此类规则须写明一个量，且只有限值、变化率、波动、静默、卡死、尖峰可选量。", "Rules of a limit, rate, swing, silence, stuck or spike name one quantity; the others have theirs and name none.")
	ErrBound = fault.Define(fault.Invalid, "alarm.bound",
		"此类规则须填写（或不能填写）这个界限。下限不高于上限，数值须有限。", "A rule of this kind needs this bound, or has none. The low one is not above the high one, and both are finite.")
	ErrHysteresis = fault.Define(fault.Invalid, "alarm.hysteresis",
		"回差不能为负，也不能大于上下限之差的一半。", "A hysteresis is not below zero and at most half of what lies between the bounds.")
	ErrDuration = fault.Define(fault.Invalid, "alarm.duration",
		"时长应为 0 至 {max} 秒；静默和卡死须填写观察时长。", "A duration is 0 to {max} seconds; silence and stuck need their span.")
	ErrTimes = fault.Define(fault.Invalid, "alarm.times",
		"次数应为 1 至 {max}，只用于尖峰。", "A number of times is 1 to {max}, and only for spikes.")
	ErrClass = fault.Define(fault.Invalid, "alarm.class",
		"没有这个霉变敏感度等级，或此类规则没有这一项。", "There is no such class of sensitivity, or a rule of this kind has none.")
	ErrSurface = fault.Define(fault.Invalid, "alarm.surface",
		"表面低于空气的温差应为 0 至 30 K，只用于结露。", "How much colder the surface is than the air is 0 to 30 K, and only for the dew point.")
	ErrHours = fault.Define(fault.Invalid, "alarm.hours",
		"时段应写成“时:分”，星期为 1（周一）至 7（周日），最多 {max} 段。", "Hours are written HH:MM, days are 1 (Monday) to 7 (Sunday), in at most {max} spans.")
	ErrSeverity = fault.Define(fault.Invalid, "alarm.severity",
		"级别应为 1 至 4。", "A severity is 1 to 4.")
	ErrSource = fault.Define(fault.Invalid, "alarm.source",
		"请写明限值的依据（文件或决定），1 至 {max} 字。", "Say from where the limit is taken (document or decision), in 1 to {max} characters.")
)

const (
	maxDurationS = 366 * 86400
	maxHours     = 16
	maxSource    = 300 // characters
	maxBelowK    = 30
	farthest     = 1e9 // of a bound
)

// use says which fields a kind has.
type use struct {
	quantity, low, high bool // may be set
	needs               byte // bounds: 0 none, 1 at least one, 'h' High, 'l' Low
	span                bool
	needsSpan           bool
}

func (k Kind) use() (use, bool) {
	switch k {
	case Limit:
		return use{quantity: true, low: true, high: true, needs: 1}, true
	case Rate, Swing, Spike:
		return use{quantity: true, high: true, needs: 'h', span: true, needsSpan: k == Spike}, true
	case Silence:
		return use{quantity: true, span: true, needsSpan: true}, true
	case Stuck:
		return use{quantity: true, high: true, span: true, needsSpan: true}, true
	case Dew:
		return use{low: true, needs: 'l'}, true
	case Mould, Dose:
		return use{high: true, needs: 'h'}, true
	case Hours, Passage:
		return use{}, true
	}
	return use{}, false
}

// Check returns what is wrong with a rule, by the paths of its JSON.
func (r *Rule) Check() []fault.Field {
	u, ok := r.Kind.use()
	if !ok {
		names := make([]string, len(Kinds))
		for i, k := range Kinds {
			names[i] = string(k)
		}
		return []fault.Field{ErrKind.At("kind", fault.P("kinds", strings.Join(names, ", ")))}
	}
	var wrong []fault.Field
	add := func(bad bool, code *fault.Code, path string, p ...fault.Param) {
		if bad {
			wrong = append(wrong, code.At(path, p...))
		}
	}
	add((r.Quantity != "") != u.quantity || len(r.Quantity) > 64, ErrQuantity, "quantity")
	wrong = append(wrong, r.checkBounds(u)...)
	for _, d := range []struct {
		path string
		s    int
		bad  bool
	}{{"holdS", r.HoldS, r.HoldS > 0 && (r.Kind == Silence || r.Kind == Stuck || r.Kind == Passage)}, {"clearS", r.ClearS, false}, {"gapS", r.GapS, false},
		{"spanS", r.SpanS, r.SpanS > 0 && !u.span || r.SpanS == 0 && u.needsSpan}} {
		add(d.s < 0 || d.s > maxDurationS || d.bad, ErrDuration, d.path, fault.P("max", maxDurationS))
	}
	add(r.Times < 0 || r.Times > series.MaxSpikes || r.Times > 0 && r.Kind != Spike, ErrTimes, "times", fault.P("max", series.MaxSpikes))
	add(!r.classFits(), ErrClass, "class")
	add(!(r.SurfaceBelowK >= 0 && r.SurfaceBelowK <= maxBelowK) || r.SurfaceBelowK > 0 && r.Kind != Dew, ErrSurface, "surfaceBelowK")
	add(r.Severity < 1 || r.Severity > 4, ErrSeverity, "severity")
	add(r.Source.Text == "" || !printable(r.Source.Text), ErrSource, "source.text", fault.P("max", maxSource))
	add(!printable(r.Source.EN), ErrSource, "source.en", fault.P("max", maxSource))
	add(len(r.Hours) > maxHours, ErrHours, "hours", fault.P("max", maxHours))
	for i := range r.Hours[:min(len(r.Hours), maxHours)] {
		_, ok := r.Hours[i].compile()
		add(!ok, ErrHours, "hours["+strconv.Itoa(i)+"]", fault.P("max", maxHours))
	}
	return wrong
}

// printable reports whether a source can be shown in a line.
func printable(s string) bool {
	return utf8.RuneCountInString(s) <= maxSource && utf8.ValidString(s) && !strings.ContainsFunc(s, unicode.IsControl)
}

func (r *Rule) classFits() bool {
	if r.Class == "" || r.Kind != Mould {
		return r.Class == ""
	}
	return slices.Contains(series.MouldClasses, r.Class)
}

func (r *Rule) checkBounds(u use) []fault.Field {
	var wrong []fault.Field
	bad := func(v *float64) bool { return v != nil && !(math.Abs(*v) <= farthest) }
	if bad(r.Low) || r.Low != nil && !u.low || r.Low == nil && u.needs == 'l' {
		wrong = append(wrong, ErrBound.At("low"))
	}
	lowest := r.Kind == Limit // the others have figures that are not below zero
	if bad(r.High) || r.High != nil && (!u.high || !lowest && *r.High < 0) || r.High == nil && u.needs == 'h' ||
		u.needs == 1 && r.Low == nil && r.High == nil || r.Low != nil && r.High != nil && *r.Low > *r.High {
		wrong = append(wrong, ErrBound.At("high"))
	}
	most := math.Inf(1)
	if r.Low != nil && r.High != nil {
		most = (*r.High - *r.Low) / 2
	} else if r.High != nil && !lowest {
		most = *r.High
	}
	if !(r.Hysteresis >= 0 && r.Hysteresis <= min(most, farthest)) || r.Hysteresis > 0 && u.needs == 0 {
		wrong = append(wrong, ErrHysteresis.At("hysteresis"))
	}
	return wrong
}
