package comfort

import (
	"fmt"
	"strconv"
	"strings"
	"time"
)

// Explain says in words what a figure is, of what it was made, how old that is, and
// by which formula.
func (f Figure) Explain() (zh, en string) {
	zh, en = f.Formula.ZH+"："+f.said(0), capital(f.Formula.EN)+": "+f.said(1)
	var zhs, ens []string
	for i, in := range f.Inputs {
		if _, ok := in.Value(); i >= len(f.Formula.Needs) && !ok {
			continue // one of many that need not be there
		}
		z, e := in.Explain(f.At)
		zhs, ens = append(zhs, z), append(ens, e)
	}
	zh += "。依据：" + strings.Join(zhs, "、") + "。公式：" + f.Formula.Source
	en += ". From: " + strings.Join(ens, ", ") + ". Formula: " + f.Formula.Source
	if !f.Formula.Verified {
		zh, en = zh+"（待核）", en+" (unverified)"
	}
	if f.Formula.Note[0] != "" {
		zh, en = zh+"；"+f.Formula.Note[0], en+"; "+f.Formula.Note[1]
	}
	return zh + "。", en + "."
}

// said is the result, in Chinese (0) or English (1).
func (f Figure) said(lang int) string {
	v, ok := f.Result.Value()
	if !ok {
		return stateWords[f.Result.state][lang]
	}
	out := number(v) + spaced(unitIn(f.Formula.Unit, lang))
	if g := gradeWords[f.Result.Grade][lang]; g != "" {
		out += [2]string{"（" + g + "）", " (" + g + ")"}[lang]
	}
	if f.Result.state == Stale {
		out += [2]string{"，依据已过时", ", from old figures"}[lang]
	}
	return out
}

// Explain says what an input is, how old at the moment at, and where it is from.
func (i Input) Explain(at time.Time) (zh, en string) {
	zh, en = i.quantity.Label()
	v, ok := i.Value()
	if !ok {
		zh, en = zh+" "+stateWords[i.state][0], en+" "+stateWords[i.state][1]
		if why := lackWords[i.lack]; why[0] != "" {
			zh, en = zh+"（"+why[0]+"）", en+" ("+why[1]+")"
		}
		return zh, en
	}
	zh, en = zh+" "+number(v)+spaced(unitIn(i.quantity.Unit(), 0)), en+" "+number(v)+spaced(unitIn(i.quantity.Unit(), 1))
	var more [2][]string
	if limitsOf(i.quantity).fresh < always {
		az, ae := age(at.Sub(i.at))
		more[0], more[1] = append(more[0], az), append(more[1], ae)
	}
	from, ok := fromWords[i.source]
	if !ok {
		from = [2]string{i.source, i.source} // a name or a number is the same in both
	}
	if i.source != "" {
		more[0], more[1] = append(more[0], from[0]), append(more[1], from[1])
	}
	if len(more[0]) > 0 {
		zh, en = zh+"（"+strings.Join(more[0], "，")+"）", en+" ("+strings.Join(more[1], ", ")+")"
	}
	return zh, en
}

// Explain says how the index came about: the parts with their weights, what is
// missing, and how far it can be trusted. numbers false tells words instead of
// scores and quantities, for readers who are shown a band only. Where there is no
// index nothing is said of its range and confidence, and of a closed place not what is
// missing either: there is nothing that it would be missing for.
func (x Index) Explain(numbers bool) (zh, en string) {
	v, ok := x.Value()
	switch {
	case !ok:
		zh, en = "安全舒适指数："+stateWords[x.State][0], "Safety and comfort index: "+stateWords[x.State][1]
		if x.State != Closed {
			z, e := Share.Label()
			zh, en = zh+"。没有「"+z+"」，得不出指数", en+". Without the "+e+" there is none"
		}
		return zh + "。", en + "."
	case !numbers:
		return x.explainWords()
	}
	gz, ge := x.Grade.Label()
	zh = fmt.Sprintf("安全舒适指数 %s（%s）：舒适 %s，安全 %s，取较低者", number(v), gz, number(x.Comfort.Value), number(x.Safety.Value))
	en = fmt.Sprintf("Safety and comfort index %s (%s): comfort %s, safety %s, the lower counts", number(v), ge, number(x.Comfort.Value), number(x.Safety.Value))
	var known [2][]string
	for _, p := range x.Comfort.Parts {
		z, e := p.Quantity.Label()
		v, ok := p.Input.Value()
		if !ok {
			continue
		}
		known[0] = append(known[0], fmt.Sprintf("%s %s%s 得 %s 分（权重 %s%%）", z, number(v), spaced(unitIn(p.Quantity.Unit(), 0)), number(p.Score), number(p.Weight)))
		known[1] = append(known[1], fmt.Sprintf("%s %s%s scores %s (weight %s %%)", e, number(v), spaced(unitIn(p.Quantity.Unit(), 1)), number(p.Score), number(p.Weight)))
	}
	if len(known[0]) > 0 {
		zh, en = zh+"。"+strings.Join(known[0], "；"), en+". "+capital(strings.Join(known[1], "; "))
	}
	zh, en = x.without(zh, en)
	zh += fmt.Sprintf("。可信度 %s%%，缺项最差至最好时为 %s 至 %s。权重版本 %s。", number(round(100*x.Confidence, 0)), number(x.Low), number(x.High), x.Weights.Version)
	en += fmt.Sprintf(". Confidence %s %%; with the missing at its worst and best it is %s to %s. Weights %s.", number(round(100*x.Confidence, 0)), number(x.Low), number(x.High), x.Weights.Version)
	return zh, en
}

// explainWords says it without a number that would tell how many people there are.
func (x Index) explainWords() (zh, en string) {
	gz, ge := x.Grade.Label()
	zh, en = x.without("安全舒适指数："+gz, "Safety and comfort index: "+ge)
	return zh + "。可信度 " + number(round(100*x.Confidence, 0)) + "%。权重版本 " + x.Weights.Version + "。",
		en + ". Confidence " + number(round(100*x.Confidence, 0)) + " %. Weights " + x.Weights.Version + "."
}

// without adds what is missing.
func (x Index) without(zh, en string) (string, string) {
	var missing [2][]string
	for _, p := range x.Comfort.Parts {
		if _, ok := p.Input.Value(); !ok {
			z, e := p.Quantity.Label()
			if why := lackWords[p.Input.lack]; why[0] != "" {
				z, e = z+"（"+why[0]+"）", e+" ("+why[1]+")"
			}
			missing[0], missing[1] = append(missing[0], z), append(missing[1], e)
		}
	}
	if len(missing[0]) == 0 {
		return zh, en
	}
	return zh + "。缺少：" + strings.Join(missing[0], "、") + "，不计入指数，只降低可信度",
		en + ". Missing: " + strings.Join(missing[1], ", ") + "; left out of the index, at the cost of confidence"
}

// number writes v for readers: at most two digits after the point.
func number(v float64) string { return strconv.FormatFloat(round(v, 2), 'f', -1, 64) }

func spaced(unit string) string {
	if unit == "" || unit == "%" {
		return unit
	}
	return " " + unit
}

// unitIn writes a unit for readers of a language; only people are a word.
func unitIn(unit string, lang int) string {
	if lang == 1 {
		return strings.ReplaceAll(strings.ReplaceAll(unit, "/人", "/person"), "人", "people")
	}
	return unit
}

func age(d time.Duration) (zh, en string) {
	switch {
	case d < time.Minute:
		return "刚刚", "just now"
	case d < time.Hour:
		return fmt.Sprintf("%d 分钟前", int(d.Minutes())), fmt.Sprintf("%d min ago", int(d.Minutes()))
	}
	return fmt.Sprintf("%d 小时前", int(d.Hours())), fmt.Sprintf("%d h ago", int(d.Hours()))
}

func capital(s string) string {
	if s == "" {
		return s
	}
	return strings.ToUpper(s[:1]) + s[1:]
}
