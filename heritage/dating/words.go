package dating

// part is a share of a period.
type part struct {
	early, middle, late bool    // a third, or what the table says
	lo, hi              float64 // else a share, 0 to 1
}

var (
	early   = part{early: true, lo: 0, hi: 1.0 / 3}
	middle  = part{middle: true, lo: 1.0 / 3, hi: 2.0 / 3}
	late    = part{late: true, lo: 2.0 / 3, hi: 1}
	outset  = part{lo: 0, hi: 0.25}
	ending  = part{lo: 0.75, hi: 1}
	first   = part{lo: 0, hi: 0.5}
	second  = part{lo: 0.5, hi: 1}
	quarter = [4]part{{lo: 0, hi: 0.25}, {lo: 0.25, hi: 0.5}, {lo: 0.5, hi: 0.75}, {lo: 0.75, hi: 1}}
	third   = [3]part{{lo: 0, hi: 1.0 / 3}, {lo: 1.0 / 3, hi: 2.0 / 3}, {lo: 2.0 / 3, hi: 1}}
)

// word is a fixed word that is no period.
type word struct {
	text   string
	kind   kind
	parts  []part
	prefix bool   // a part that stands before its period
	zh     string // how a part is printed; empty: as text
}

// label returns how Chinese prints a part.
func (w *word) label() string {
	if w.zh == "" && !w.prefix {
		return w.text
	}
	return w.zh
}

// words are the fixed words. The longest that fits at a place is taken.
var words = concat(partWords, each(tRange, "至", "到", "~", "迄", "through", "thru", "until", "till", "to"),
	each(tList, "、", ",", ";", "/", "及", "和", "与", "暨", "and", "&", "+", "兼"),
	each(tOr, "或", "或者", "or"),
	each(tOpen, "("), each(tClose, ")"), each(tDot, "·", ":"),
	each(tApprox, "大约", "约", "约为", "大概", "大概是", "circa", "about", "around", "approximately", "approx", "approx.", "ca.", "ca", "c.", "c", "左右", "前后", "上下"),
	each(tDoubt, "?", "疑", "疑为", "疑似", "可能", "可能为", "可能是", "或为", "应为", "相当于", "probably", "possibly", "perhaps", "likely", "presumably", "style", "in the style of", "风格", "attributed to", "(?)", "?)", "相传为"),
	each(tMark, "款", "年款", "年制", "年造", "御制", "款识", "mark", "marks", "mark of"),
	each(tAndPeriod, "mark and period", "marks and period", "mark and of the period", "and of the period", "of the period", "本朝", "寄托款本朝"),
	each(tNow, "今", "现在", "present", "today", "now", "the present", "present day"),
	each(tBefore, "以前", "之前", "及以前", "或以前", "更早", "前"), each(tAfter, "以后", "之后", "以来", "以降", "起", "始", "及以后", "或以后", "后"),
	each(tUpTo, "不晚于", "不迟于", "至迟", "下限", "no later than", "not later than", "not after", "by"),
	each(tFromOn, "不早于", "上限", "最早", "no earlier than", "not earlier than", "not before", "after", "since", "post~"),
	each(tPrior, "before", "prior to", "pre~"),
	each(tOrLater, "or later", "and later", "or after", "onward", "onwards", "及更晚", "或更晚", "或之后", "或稍晚", "或稍后", "年或之后", "或者之后", "or slightly later", "及其后"),
	each(tOrEarlier, "or earlier", "and earlier", "or before", "或更早", "或稍早", "及更早", "或之前"),
	each(tTurn, "之际", "之交", "turn of the", "turn of"),
	each(tYearOf, "year of", "year of the", "year in the", "year in"),
	each(tUndated, "年代不详", "年代未详", "年代不明", "时代不详", "时代不明", "时代未详", "不详", "未详", "不明", "待考", "无纪年", "无年款", "no date", "not dated", "undated", "n.d.", "n.d", "date unknown", "unknown", "unknown date", "未知"),
	each(tIgnored, "重修", "重建", "迁建", "始建", "始建于", "建于", "重修于", "重建于", "初建", "创建", "新建", "扩建", "改建", "增建", "续建", "修建", "兴建", "修缮", "建", "修", "墓", "墓葬", "遗址", "刻", "铸", "造", "书", "立", "刊", "初刊",
		"printed", "designed", "manufactured", "patented", "published", "issued", "cast", "made", "executed", "completed", "begun", "founded", "carved", "dated", "dated by inscription to", "inscription", "inscribed", "modeled", "modelled", "produced", "drawn", "impression", "block", "plate", "print", "retouched", "reworked", "reprint", "conceived", "revised", "memorial edition", "project", "project date", "printed later", "cast later", "later impression", "printed posthumously",
		"spring", "summer", "autumn", "fall", "winter"),
	each(tNoise, "时代", "时期", "年间", "王朝", "文化", "类型", "阶段", "朝", "代", "期", "年", "世", "国", "之", "的", "时", "岁", "岁次", "岁在", "在位", "历史时期",
		"dynasties", "dynasty", "dyn.", "periods", "period", "cultures", "culture", "reign", "reign of", "r", "r.", "era", "age", "phase", "the", "of", "from", "in", "its", "emperor", ".", "!", "\"", "'s", "中国", "china", "chinese", "年代", "公历", "民间"),
)

var partWords = []word{
	{text: "早中期", parts: []part{early, middle}}, {text: "早、中期", parts: []part{early, middle}, zh: "早中期"}, {text: "早期至中期", parts: []part{early, middle}, zh: "早中期"},
	{text: "中晚期", parts: []part{middle, late}}, {text: "中、晚期", parts: []part{middle, late}, zh: "中晚期"}, {text: "中期至晚期", parts: []part{middle, late}, zh: "中晚期"},
	{text: "中后期", parts: []part{middle, late}}, {text: "中末期", parts: []part{middle, late}},
	{text: "早期", parts: []part{early}}, {text: "早段", parts: []part{early}}, {text: "早叶", parts: []part{early}}, {text: "前叶", parts: []part{early}}, {text: "偏早", parts: []part{first}},
	{text: "初期", parts: []part{outset}}, {text: "前期", parts: []part{first}}, {text: "前半期", parts: []part{first}}, {text: "前半", parts: []part{first}},
	{text: "上半期", parts: []part{first}}, {text: "上半", parts: []part{first}}, {text: "上半叶", parts: []part{first}}, {text: "前半叶", parts: []part{first}}, {text: "前段", parts: []part{first}},
	{text: "中期", parts: []part{middle}}, {text: "中叶", parts: []part{middle}}, {text: "中段", parts: []part{middle}}, {text: "中", parts: []part{middle}, prefix: true},
	{text: "晚期", parts: []part{late}}, {text: "晚段", parts: []part{late}}, {text: "晚叶", parts: []part{late}}, {text: "后叶", parts: []part{late}}, {text: "偏晚", parts: []part{second}},
	{text: "后期", parts: []part{second}}, {text: "后半期", parts: []part{second}}, {text: "后半", parts: []part{second}}, {text: "下半", parts: []part{second}}, {text: "后段", parts: []part{second}},
	{text: "下半叶", parts: []part{second}}, {text: "后半叶", parts: []part{second}}, {text: "末期", parts: []part{ending}}, {text: "末叶", parts: []part{ending}},
	{text: "末年", parts: []part{ending}}, {text: "晚年", parts: []part{ending}}, {text: "初年", parts: []part{outset}}, {text: "早年", parts: []part{outset}}, {text: "初", parts: []part{outset}}, {text: "初叶", parts: []part{outset}}, {text: "末", parts: []part{ending}},
	{text: "早", parts: []part{early}, prefix: true, zh: "早期"}, {text: "晚", parts: []part{late}, prefix: true, zh: "晚期"},
	english("first half", first, "前半"), english("1st half", first, "前半"), english("second half", second, "后半"), english("2nd half", second, "后半"), english("last half", second, "后半"), english("latter half", second, "后半"),
	english("first quarter", quarter[0], "初"), english("1st quarter", quarter[0], "初"), english("second quarter", quarter[1], ""), english("2nd quarter", quarter[1], ""),
	english("third quarter", quarter[2], ""), english("3rd quarter", quarter[2], ""), english("fourth quarter", quarter[3], "末"), english("4th quarter", quarter[3], "末"), english("last quarter", quarter[3], "末"), english("final quarter", quarter[3], "末"),
	english("first third", third[0], ""), english("1st third", third[0], ""), english("middle third", third[1], ""), english("second third", third[1], ""), english("last third", third[2], ""), english("final third", third[2], ""),
	english("beginning", outset, "初"), english("start", outset, "初"), english("end", ending, "末"), english("very end", ending, "末"), english("very late", ending, "末"),
	english("early", early, "早期"), english("early~", early, "早期"), english("earlier", early, "早期"), english("middle", middle, "中期"), english("mid~", middle, "中期"), english("mid", middle, "中期"), english("mid.", middle, "中期"),
	{text: "early to middle", parts: []part{early, middle}, prefix: true, zh: "早中期"}, {text: "early to mid", parts: []part{early, middle}, prefix: true, zh: "早中期"}, {text: "early~mid", parts: []part{early, middle}, prefix: true, zh: "早中期"},
	{text: "middle to late", parts: []part{middle, late}, prefix: true, zh: "中晚期"}, {text: "mid to late", parts: []part{middle, late}, prefix: true, zh: "中晚期"}, {text: "mid~ to late", parts: []part{middle, late}, prefix: true, zh: "中晚期"}, {text: "mid~ to late~", parts: []part{middle, late}, prefix: true, zh: "中晚期"},
	english("late", late, "晚期"), english("late~", late, "晚期"), english("later", late, "晚期"), english("latter", late, "晚期"),
}

// english is a part that stands before its period; zh is how it is printed.
func english(text string, p part, zh string) word {
	return word{text: text, parts: []part{p}, prefix: true, zh: zh}
}

func each(k kind, texts ...string) []word {
	out := make([]word, len(texts))
	for i, t := range texts {
		out[i] = word{text: t, kind: k}
	}
	return out
}

func concat(parts []word, lists ...[]word) []word {
	out := make([]word, 0, 400)
	for _, w := range parts {
		w.kind = tPart
		out = append(out, w)
	}
	for _, l := range lists {
		out = append(out, l...)
	}
	return out
}

// partNames are the English names of parts as Chinese writes them.
var partNames = map[string]string{
	"早期": "early", "中期": "middle", "晚期": "late", "早中期": "early to middle", "中晚期": "middle to late", "中后期": "middle to late", "前期": "first half of", "后期": "second half of",
	"初": "beginning of", "初期": "beginning of", "初年": "beginning of", "末": "end of", "末期": "end of", "末年": "end of", "中叶": "middle", "前半": "first half of", "后半": "second half of",
	"前半期": "first half of", "后半期": "second half of", "上半叶": "first half of", "下半叶": "second half of",
}
