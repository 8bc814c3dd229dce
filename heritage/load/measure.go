package load

import (
	"regexp"
	"strconv"
	"strings"

	"yijianyou/heritage"
	"yijianyou/heritage/vocab"
)

// unitMM are lengths in millimetres.
var unitMM = map[string]float64{"mm": 1, "毫米": 1, "cm": 10, "厘米": 10, "公分": 10, "m": 1000, "米": 1000}

var (
	sidePattern  = regexp.MustCompile(`^(.*?)\s*[:=]?\s*(约|残)?\s*([0-9]+(?:\.[0-9]+)?)\s*(毫米|厘米|公分|米|mm|cm|m)?\s*$`)
	inchNote     = regexp.MustCompile(`\([^()]*(?:英寸|in\.?)\)`)
	massPattern  = regexp.MustCompile(`^(?:重|质量|重量)?\s*[:=]?\s*(约)?\s*([0-9]+(?:\.[0-9]+)?)\s*(千克|公斤|kg|克|g|吨|t)?$`)
	setPattern   = regexp.MustCompile(`^([0-9]+)\s*(套|组|对|副)?\s*\(?\s*(?:共)?([0-9]+)\s*(?:件|个|枚|片)\)?$`)
	countPattern = regexp.MustCompile(`^([0-9]+)\s*(\p{Han}|[A-Za-z]+)?$`)
	slashPattern = regexp.MustCompile(`^([0-9]+)\s*/\s*([0-9]+)$`)
)

// parseDimensions reads lengths such as "通高126.5、宽54厘米" or "8 x 18.9 cm".
// ok is false when a piece of it cannot be read; nothing is then taken.
func parseDimensions(cell string) (dims []heritage.Dimension, doubts []doubt, ok bool) {
	text := inchNote.ReplaceAllString(strings.ToLower(plain(cell)), "")
	text = strings.NewReplacer("，", ",", "、", ",", "；", ",", ";", ",", "\n", ",", "*", "×", "：", ":").Replace(text)
	kinds := vocab.Must("dimension-kind")
	bySize := []vocab.Code{"length", "width", "height"}
	type side struct {
		kind   vocab.Code
		note   string
		value  float64
		unit   float64
		approx bool
	}
	var sides []side
	unnamed := false
	for _, piece := range strings.Split(text, ",") {
		if piece = strings.TrimSpace(piece); piece == "" {
			continue
		}
		for i, part := range splitSides(piece) {
			m := sidePattern.FindStringSubmatch(part)
			if m == nil {
				return nil, nil, false
			}
			value, err := strconv.ParseFloat(m[3], 64)
			if err != nil || value <= 0 {
				return nil, nil, false
			}
			s := side{value: value, unit: unitMM[m[4]], approx: m[2] != ""}
			label := strings.Trim(m[1], " .:")
			label = strings.TrimPrefix(strings.TrimPrefix(label, "总尺寸"), ":")
			switch t, found := kinds.Find(label); {
			case found:
				s.kind = t.Code
			case label == "" && i < len(bySize):
				s.kind, unnamed = bySize[i], true
			case label != "" && !strings.ContainsAny(label, "0123456789"):
				s.kind, s.note = "other", label
			default:
				return nil, nil, false
			}
			sides = append(sides, s)
		}
	}
	// A unit stands for what comes before it without one.
	unit := 0.0
	for i := len(sides) - 1; i >= 0; i-- {
		if sides[i].unit == 0 {
			sides[i].unit = unit
		}
		unit = sides[i].unit
	}
	if len(sides) > 0 && sides[len(sides)-1].unit == 0 {
		doubts = append(doubts, doubt{code: DoubtUnit})
	}
	if unnamed {
		doubts = append(doubts, doubt{code: DoubtSides})
	}
	for _, s := range sides {
		if s.unit == 0 {
			s.unit = unitMM["cm"]
		}
		dims = append(dims, heritage.Dimension{Kind: s.kind, ValueMM: round3(s.value * s.unit), Approx: s.approx, Note: s.note})
	}
	return dims, doubts, len(dims) > 0
}

// between finds an x that stands between two lengths and is no letter.
var between = regexp.MustCompile(`([0-9]|mm|cm|m|米)\s*x\s*([0-9])`)

// splitSides splits "8 x 18.9 cm" and "长30×宽20".
func splitSides(piece string) []string {
	for between.MatchString(piece) { // matches share a digit, so once is not enough
		piece = between.ReplaceAllString(piece, "$1×$2")
	}
	out := strings.Split(piece, "×")
	for i := range out {
		out[i] = strings.TrimSpace(out[i])
	}
	return out
}

func round3(v float64) float64 {
	r, _ := strconv.ParseFloat(strconv.FormatFloat(v, 'f', 3, 64), 64)
	return r
}

// formatDimensions writes what parseDimensions reads.
func formatDimensions(dims []heritage.Dimension) string {
	kinds := vocab.Must("dimension-kind")
	var out []string
	for _, d := range dims {
		label := d.Note
		if d.Kind != "other" || label == "" {
			t, _ := kinds.Term(d.Kind)
			label = t.ZH
		}
		if d.Approx {
			label += "约"
		}
		out = append(out, label+strconv.FormatFloat(d.ValueMM/10, 'f', -1, 64)+"厘米")
	}
	return strings.Join(out, "，")
}

// parseMass reads a mass in grams; hasUnit tells whether it named its unit.
func parseMass(cell string) (grams float64, approx, hasUnit, ok bool) {
	m := massPattern.FindStringSubmatch(strings.ToLower(plain(cell)))
	if m == nil {
		return 0, false, false, false
	}
	v, err := strconv.ParseFloat(m[2], 64)
	if err != nil || v <= 0 {
		return 0, false, false, false
	}
	switch m[3] {
	case "克", "g":
	case "吨", "t":
		v *= 1e6
	default:
		v *= 1e3
	}
	return round3(v), m[1] != "", m[3] != "", true
}

// parseQuantity reads "1件", "1套（26件）", "1/26" or "3". setOnly tells that sets
// were counted without their pieces.
func parseQuantity(cell string) (q heritage.Quantity, setOnly, ok bool) {
	text := strings.NewReplacer("（", "(", "）", ")").Replace(plain(cell))
	units := vocab.Must("quantity-unit")
	number := func(s string) *int {
		n, err := strconv.Atoi(s)
		if err != nil || n < 1 {
			return nil
		}
		return &n
	}
	if m := slashPattern.FindStringSubmatch(text); m != nil {
		q = heritage.Quantity{Traditional: number(m[1]), Actual: number(m[2])}
		return q, false, q.Traditional != nil && q.Actual != nil
	}
	if m := setPattern.FindStringSubmatch(text); m != nil && (m[2] != "" || strings.Contains(text, "(")) {
		q = heritage.Quantity{Traditional: number(m[1]), Actual: number(m[3])}
		if t, found := units.Find(m[2]); found {
			q.Unit = t.Code
		}
		return q, false, q.Traditional != nil && q.Actual != nil
	}
	m := countPattern.FindStringSubmatch(text)
	if m == nil {
		return q, false, false
	}
	q.Traditional = number(m[1])
	if m[2] != "" {
		t, found := units.Find(m[2])
		if !found {
			return q, false, false
		}
		q.Unit = t.Code
	}
	setOnly = q.Unit == "set"
	if !setOnly && q.Unit != "pair" {
		q.Actual = q.Traditional
	}
	return q, setOnly, q.Traditional != nil
}
