package load

import (
	"regexp"
	"strconv"
	"strings"

	"yijianyou/heritage"
	"yijianyou/heritage/dating"
	"yijianyou/heritage/vocab"
	"yijianyou/internal/fault"
)

// relicColumns are the items of the census form of movable relics (WW/T
// 0017-2013) and what registers add to them, in the order of the form.
func relicColumns() []column[heritage.RelicFields] {
	type F = heritage.RelicFields
	return []column[F]{
		{key: "number", zh: "藏品编号", en: "Number", path: "number.value",
			aliases: []string{"编号", "总登记号", "藏品总登记号", "登记号", "藏品号", "文物编号", "博物馆博物编号", "accession number", "accession_number", "inventory number"},
			read: func(f *F, cell string) []doubt {
				kind := vocab.Code("register")
				if f.Number != nil {
					kind = f.Number.Kind
				}
				f.Number = &heritage.Number{Kind: kind, Value: cell}
				return nil
			},
			write: func(f *F) string {
				if f.Number == nil {
					return ""
				}
				return f.Number.Value
			}},
		{key: "numberKind", zh: "编号类型", en: "Kind of number", path: "number.kind", aliases: []string{"藏品编号类型"},
			read: func(f *F, cell string) []doubt {
				t, ok := vocab.Must("number-kind").Find(plain(cell))
				if !ok {
					l := vocab.Must("number-kind")
					return wrong(ErrTerm, fault.P("list", l.ZH), fault.P("examples", examples(l)))
				}
				if f.Number == nil {
					f.Number = &heritage.Number{}
				}
				f.Number.Kind = t.Code
				return nil
			},
			write: func(f *F) string {
				if f.Number == nil {
					return ""
				}
				t, _ := vocab.Must("number-kind").Term(f.Number.Kind)
				return t.ZH
			}},
		textColumn("name", "名称", "Name", "name.zh", func(f *F) *string { return &f.Name.ZH }, "文物名称", "藏品名称", "器名", "title", "中文名称"),
		textColumn("nameEN", "英文名称", "English name", "name.en", func(f *F) *string { return &f.Name.EN }, "英文名", "name_en", "english title"),
		listColumn("formerNames", "原名", "Former names", "formerNames", func(f *F) *[]string { return &f.FormerNames }, "曾用名", "旧名"),
		listColumn("aliases", "别名", "Other names", "aliases", func(f *F) *[]string { return &f.Aliases }, "又名", "俗称"),
		textColumn("traditional", "繁体名称", "Traditional name", "traditional", func(f *F) *string { return &f.Traditional }, "name_trad"),
		textColumn("reading", "拼音", "Pinyin", "reading", func(f *F) *string { return &f.Reading }, "pinyin", "读音"),
		codeColumn("category", "文物类别", "Category", "category", "relic-category", func(f *F) *vocab.Code { return &f.Category }, "类别", "藏品类别", "classification", "category_wwt0017"),
		codeColumn("grade", "文物级别", "Grade", "grade", "relic-grade", func(f *F) *vocab.Code { return &f.Grade }, "级别", "等级", "定级", "grade_public"),
		periodColumn("period", "年代", "Period", func(f *F) *heritage.Period { return &f.Period }, "时代", "朝代", "文物年代", "具体年代", "period", "era", "era_zh", "dynasty"),
		codesColumn("materials", "质地", "Materials", "materials", "material", func(f *F) *[]vocab.Code { return &f.Materials }, "材质", "文物质地", "material"),
		{key: "quantity", zh: "数量", en: "Quantity", path: "quantity", aliases: []string{"件数", "件（套）数", "件套数"},
			read: func(f *F, cell string) []doubt {
				q, setOnly, ok := parseQuantity(cell)
				if !ok {
					return wrong(ErrQuantity)
				}
				f.Quantity = q
				if setOnly {
					return unsure(DoubtSet)
				}
				return nil
			},
			write: func(f *F) string { return formatQuantity(f.Quantity) }},
		countColumn("quantityTraditional", "传统数量", "Traditional quantity", "quantity.traditional", func(f *F) **int { return &f.Quantity.Traditional }),
		countColumn("quantityActual", "实际数量", "Actual quantity", "quantity.actual", func(f *F) **int { return &f.Quantity.Actual }),
		codeColumn("unit", "计量单位", "Unit", "quantity.unit", "quantity-unit", func(f *F) *vocab.Code { return &f.Quantity.Unit }, "数量单位"),
		{key: "dimensions", zh: "外形尺寸", en: "Dimensions", path: "dimensions", aliases: []string{"尺寸", "具体尺寸", "外形尺寸（厘米）", "尺寸(cm)", "外形尺寸(cm)", "dimensions"},
			read: func(f *F, cell string) []doubt {
				dims, doubts, ok := parseDimensions(cell)
				if !ok {
					f.InternalNotes = strings.TrimSpace(f.InternalNotes + "\n外形尺寸原文：" + cell)
					return unsure(ErrDimensions)
				}
				f.Dimensions = append(f.Dimensions, dims...)
				return doubts
			},
			write: func(f *F) string { return formatDimensions(f.Dimensions) }},
		sideColumn("length", "通长", "Length", "length"),
		sideColumn("width", "通宽", "Width", "width"),
		sideColumn("height", "通高", "Height", "height"),
		{key: "mass", zh: "质量", en: "Mass", path: "mass.grams", aliases: []string{"重量", "具体质量", "重", "质量（千克）", "mass", "weight"},
			read: func(f *F, cell string) []doubt {
				if t, ok := vocab.Must("mass-range").Find(plain(cell)); ok {
					f.Mass.Range = t.Code
					return nil
				}
				g, approx, hasUnit, ok := parseMass(cell)
				if !ok {
					return wrong(ErrMass)
				}
				f.Mass.Grams, f.Mass.Approx = &g, approx
				if !hasUnit {
					return unsure(DoubtMassUnit)
				}
				return nil
			},
			write: func(f *F) string {
				if f.Mass.Grams == nil {
					return ""
				}
				about := ""
				if f.Mass.Approx {
					about = "约"
				}
				return about + strconv.FormatFloat(*f.Mass.Grams/1000, 'f', -1, 64) + "千克"
			}},
		codeColumn("massRange", "质量范围", "Range of mass", "mass.range", "mass-range", func(f *F) *vocab.Code { return &f.Mass.Range }),
		codeColumn("completeness", "完残程度", "Completeness", "completeness", "completeness", func(f *F) *vocab.Code { return &f.Completeness }, "完残"),
		textColumn("defects", "完残状况", "Defects", "defects", func(f *F) *string { return &f.Defects }, "残损情况"),
		codeColumn("preservation", "保存状态", "State of preservation", "preservation", "preservation", func(f *F) *vocab.Code { return &f.Preservation }, "保存状况"),
		codeColumn("acquisition", "文物来源", "Acquisition", "acquisition", "acquisition", func(f *F) *vocab.Code { return &f.Acquisition }, "来源", "来源方式"),
		textColumn("acquiredFrom", "来源单位或个人", "Acquired from", "acquiredFrom", func(f *F) *string { return &f.AcquiredFrom }, "credit_line"),
		{key: "accessioned", zh: "入藏时间", en: "Accessioned", path: "accessionedOn", aliases: []string{"入藏日期", "入藏年代", "入藏年度", "入藏时间范围", "date_acquired"},
			read:  readAccession,
			write: writeAccession},
		{key: "holder", zh: "收藏单位", en: "Holder", path: "museumId", aliases: []string{"收藏单位名称", "馆藏单位", "holder", "博物馆"},
			read:  func(*F, string) []doubt { return nil }, // the name is looked up by the service
			write: func(*F) string { return "" }},
		textColumn("findPlace", "出土地点", "Find place", "findPlace.zh", func(f *F) *string { return &f.FindPlace.ZH }, "发现地点", "find_place", "出土（采集）地点"),
		{key: "foundYear", zh: "出土时间", en: "Year found", path: "foundYear", aliases: []string{"发现时间", "出土年份", "year_found"},
			read: func(f *F, cell string) []doubt {
				m := fourDigits.FindString(plain(cell))
				if m == "" {
					return wrong(ErrInteger)
				}
				y, _ := strconv.Atoi(m)
				f.FoundYear = &y
				return nil
			},
			write: func(f *F) string { return formatInt(f.FoundYear) }},
		textColumn("description", "描述", "Description", "description.zh", func(f *F) *string { return &f.Description.ZH }, "简介", "说明", "文物描述", "形态特征", "文物详细信息"),
		textColumn("descriptionEN", "英文描述", "English description", "description.en", func(f *F) *string { return &f.Description.EN }),
		textColumn("internalNotes", "备注", "Notes", "internalNotes", func(f *F) *string { return &f.InternalNotes }, "note", "内部备注"),
	}
}

var fourDigits = regexp.MustCompile(`\b1[89]\d\d|20\d\d`)

// periodColumn reads a period: its words are kept as they are, its years are
// what dating makes of them.
func periodColumn[F heritage.Content](key, zh, en string, at func(*F) *heritage.Period, aliases ...string) column[F] {
	return column[F]{key: key, zh: zh, en: en, path: "period.text", aliases: aliases,
		read: func(f *F, cell string) []doubt {
			p := at(f)
			p.Text.ZH = strings.TrimSpace(cell)
			read := dating.Parse(cell)
			p.Take(read)
			return datingDoubts(read)
		},
		write: func(f *F) string { return at(f).Text.ZH }}
}

// datingDoubts says what was not understood of a period, and what speaks against the
// way it was read.
func datingDoubts(read dating.Period) (out []doubt) {
	if len(read.Unknown) > 0 {
		out = unsure(DoubtPeriod, fault.P("piece", clip(strings.Join(read.Unknown, " "))))
	}
	for _, d := range read.Doubts {
		code := map[dating.DoubtKind]*fault.Code{dating.Ambiguous: DoubtReading, dating.Contradicted: DoubtContradiction, dating.MarkOnly: DoubtMark, dating.BeyondReign: DoubtBeyond}[d.Kind]
		var others []string
		for _, r := range d.Readings {
			others = append(others, bareYears(r))
		}
		out = append(out, unsure(code, fault.P("piece", clip(d.Piece)), fault.P("read", bareYears(d.Chosen)), fault.P("others", strings.Join(others, ", ")))...)
	}
	return out
}

// bareYears writes a reading without words, so that it serves both languages.
func bareYears(r dating.Reading) string {
	switch {
	case r.OpenFrom && r.OpenTo:
		return "…"
	case r.OpenFrom:
		return "… " + strconv.Itoa(r.To)
	case r.OpenTo:
		return strconv.Itoa(r.From) + " …"
	case r.From == r.To:
		return strconv.Itoa(r.From)
	}
	return strconv.Itoa(r.From) + " … " + strconv.Itoa(r.To)
}

// clip shortens a quoted piece of a cell.
func clip(s string) string {
	if r := []rune(s); len(r) > 20 {
		return string(r[:20]) + "…"
	}
	return s
}

func countColumn(key, zh, en, path string, at func(*heritage.RelicFields) **int) column[heritage.RelicFields] {
	return column[heritage.RelicFields]{key: key, zh: zh, en: en, path: path,
		read: func(f *heritage.RelicFields, cell string) []doubt {
			n, err := strconv.Atoi(strings.TrimRight(plain(cell), "件套个"))
			if err != nil {
				return wrong(ErrInteger)
			}
			*at(f) = &n
			return nil
		},
		write: func(f *heritage.RelicFields) string { return formatInt(*at(f)) }}
}

// sideColumn reads one length in centimetres, the unit of the census form.
func sideColumn(key, zh, en string, kind vocab.Code) column[heritage.RelicFields] {
	return column[heritage.RelicFields]{key: key, zh: zh + "（厘米）", en: en + " (cm)", path: "dimensions", aliases: []string{zh, zh + "(cm)", zh + "cm", "item_" + key, strings.TrimPrefix(zh, "通")},
		read: func(f *heritage.RelicFields, cell string) []doubt {
			v, err := strconv.ParseFloat(strings.TrimRight(strings.ToLower(plain(cell)), "cm厘米 "), 64)
			if err != nil || v < 0 {
				return wrong(ErrDecimal)
			}
			if v > 0 {
				f.Dimensions = append(f.Dimensions, heritage.Dimension{Kind: kind, ValueMM: round3(v * 10)})
			}
			return nil
		},
		write: func(*heritage.RelicFields) string { return "" }} // written by the column of all dimensions
}

func readAccession(f *heritage.RelicFields, cell string) []doubt {
	if t, ok := vocab.Must("accession-range").Find(plain(cell)); ok {
		f.AccessionRange = t.Code
		return nil
	}
	text := strings.NewReplacer("年", "-", "月", "-", "日", "", "/", "-", ".", "-").Replace(plain(cell))
	text = strings.Trim(text, "- ")
	parts := strings.Split(text, "-")
	year, err := strconv.Atoi(parts[0])
	if err != nil || year < 1800 || year > 2200 || len(parts) > 3 {
		return wrong(ErrDate)
	}
	if len(parts) == 3 {
		d, err := heritage.ParseDay(pad(parts[0], 4) + "-" + pad(parts[1], 2) + "-" + pad(parts[2], 2))
		if err != nil {
			return wrong(ErrDate)
		}
		f.AccessionedOn = d
		return nil
	}
	f.AccessionRange = rangeOfYear(year)
	f.InternalNotes = strings.TrimSpace(f.InternalNotes + "\n入藏时间原文：" + cell)
	return nil
}

// rangeOfYear returns the range of the census form in which a year lies. In
// 1949 the day decides; a year alone counts as before.
func rangeOfYear(y int) vocab.Code {
	switch {
	case y <= 1949:
		return "before-1949"
	case y <= 1965:
		return "1949-1965"
	case y <= 1976:
		return "1966-1976"
	case y <= 2000:
		return "1977-2000"
	}
	return "since-2001"
}

func writeAccession(f *heritage.RelicFields) string {
	if f.AccessionedOn != "" {
		return string(f.AccessionedOn)
	}
	t, _ := vocab.Must("accession-range").Term(f.AccessionRange)
	return t.ZH
}

func pad(s string, n int) string { return strings.Repeat("0", max(0, n-len(s))) + s }

func formatInt(n *int) string {
	if n == nil {
		return ""
	}
	return strconv.Itoa(*n)
}

func formatQuantity(q heritage.Quantity) string {
	if q.Traditional == nil {
		return ""
	}
	t, _ := vocab.Must("quantity-unit").Term(q.Unit)
	unit := t.ZH
	if unit == "" {
		unit = "件"
	}
	out := strconv.Itoa(*q.Traditional) + unit
	if q.Actual != nil && *q.Actual != *q.Traditional {
		return out + "（" + strconv.Itoa(*q.Actual) + "件）"
	}
	return out
}
