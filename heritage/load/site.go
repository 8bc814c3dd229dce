package load

import (
	"strconv"
	"strings"

	"yijianyou/heritage"
	"yijianyou/heritage/vocab"
)

// siteColumns are the items of the census of immovable sites and of the
// notices of national units.
func siteColumns() []column[heritage.SiteFields] {
	type F = heritage.SiteFields
	return []column[F]{
		textColumn("officialNumber", "公布编号", "Official number", "officialNumber", func(f *F) *string { return &f.OfficialNumber }, "编号", "id", "文保单位编号", "国保编号"),
		textColumn("surveyNumber", "普查编号", "Survey number", "surveyNumber", func(f *F) *string { return &f.SurveyNumber }, "采集编号", "三普编号", "原三普编号"),
		textColumn("name", "名称", "Name", "name.zh", func(f *F) *string { return &f.Name.ZH }, "单位名称", "文物名称", "name", "name_zh", "不可移动文物名称"),
		textColumn("nameEN", "英文名称", "English name", "name.en", func(f *F) *string { return &f.Name.EN }, "英文名", "name_en"),
		listColumn("formerNames", "曾用名", "Former names", "formerNames", func(f *F) *[]string { return &f.FormerNames }, "原名"),
		listColumn("aliases", "别名", "Other names", "aliases", func(f *F) *[]string { return &f.Aliases }, "又名"),
		codeColumn("class", "类别", "Class", "class", "site-class", func(f *F) *vocab.Code { return &f.Class }, "category_zh", "文物类别", "class"),
		codeColumn("type", "类型", "Type", "type", "site-type", func(f *F) *vocab.Code { return &f.Type }, "子类", "细类"),
		codeColumn("level", "保护级别", "Level of protection", "level", "protection-level", func(f *F) *vocab.Code { return &f.Level }, "级别", "level"),
		{key: "batch", zh: "公布批次", en: "Batch", path: "batch", aliases: []string{"批次", "batch"},
			read: func(f *F, cell string) []doubt {
				n, ok := parseBatch(cell)
				if !ok {
					return wrong(ErrBatch)
				}
				f.Batch = &n
				return nil
			},
			write: func(f *F) string { return formatInt(f.Batch) }},
		{key: "listedOn", zh: "公布日期", en: "Date of the notice", path: "listedOn", aliases: []string{"公布时间"},
			read: func(f *F, cell string) []doubt {
				text := strings.Trim(strings.NewReplacer("年", "-", "月", "-", "日", "", "/", "-", ".", "-").Replace(plain(cell)), "- ")
				parts := strings.Split(text, "-")
				if len(parts) != 3 {
					return wrong(ErrDate)
				}
				d, err := heritage.ParseDay(pad(parts[0], 4) + "-" + pad(parts[1], 2) + "-" + pad(parts[2], 2))
				if err != nil {
					return wrong(ErrDate)
				}
				f.ListedOn = d
				return nil
			},
			write: func(f *F) string { return string(f.ListedOn) }},
		periodColumn("period", "时代", "Period", func(f *F) *heritage.Period { return &f.Period }, "年代", "朝代", "era", "period"),
		textColumn("province", "省", "Province", "division.province.zh", func(f *F) *string { return &f.Division.Province.ZH }, "省份", "province", "省（自治区、直辖市）"),
		textColumn("city", "市", "City", "division.city.zh", func(f *F) *string { return &f.Division.City.ZH }, "地市", "city", "市（地区、州）"),
		textColumn("county", "县", "County", "division.county.zh", func(f *F) *string { return &f.Division.County.ZH }, "区县", "县（区、市）", "district", "county"),
		textColumn("township", "乡镇", "Township", "division.township.zh", func(f *F) *string { return &f.Division.Township.ZH }, "乡（镇、街道）"),
		textColumn("address", "地址", "Address", "address.zh", func(f *F) *string { return &f.Address.ZH }, "详细地址", "address", "所在地"),
		coordinateColumn("lon", "经度", "Longitude", "location.lon", func(p *heritage.GeoPoint) *float64 { return &p.Lon }, "longitude", "lng", "东经"),
		coordinateColumn("lat", "纬度", "Latitude", "location.lat", func(p *heritage.GeoPoint) *float64 { return &p.Lat }, "latitude", "北纬"),
		{key: "datum", zh: "坐标系", en: "Datum", path: "location.datum", aliases: []string{"坐标系统", "datum"},
			read: func(f *F, cell string) []doubt {
				point(f).Datum = heritage.Datum(strings.ToUpper(strings.NewReplacer("-", "", " ", "").Replace(plain(cell))))
				return nil
			},
			write: func(f *F) string {
				if f.Location == nil {
					return ""
				}
				return string(heritage.WGS84)
			}},
		{key: "precision", zh: "坐标精度（米）", en: "Precision (m)", path: "location.precisionM", aliases: []string{"坐标精度", "精度", "precision_m"},
			read: func(f *F, cell string) []doubt {
				v, err := strconv.ParseFloat(strings.TrimRight(plain(cell), "m米 "), 64)
				if err != nil {
					return wrong(ErrDecimal)
				}
				point(f).PrecisionM = v
				return nil
			},
			write: func(f *F) string {
				if f.Location == nil {
					return ""
				}
				return formatFloat(&f.Location.PrecisionM)
			}},
		floatColumn("altitude", "海拔（米）", "Altitude (m)", "altitudeM", func(f *F) **float64 { return &f.AltitudeM }, "海拔"),
		floatColumn("area", "占地面积（平方米）", "Area (m²)", "areaM2", func(f *F) **float64 { return &f.AreaM2 }, "占地面积", "面积"),
		codeColumn("ownership", "权属", "Ownership", "ownership", "ownership", func(f *F) *vocab.Code { return &f.Ownership }, "所有权"),
		textColumn("user", "使用单位", "Used by", "user", func(f *F) *string { return &f.User }, "使用单位或人"),
		textColumn("keeper", "管理单位", "Kept by", "keeper", func(f *F) *string { return &f.Keeper }, "管理机构", "隶属"),
		codeColumn("condition", "保存现状", "Condition", "condition", "site-condition", func(f *F) *vocab.Code { return &f.Condition }, "现状评估"),
		codesColumn("threats", "威胁因素", "Threats", "threats", "site-threat", func(f *F) *[]vocab.Code { return &f.Threats }, "破坏因素"),
		boolColumn("protectionZone", "保护范围已公布", "Protection zone announced", "protectionZone", func(f *F) **bool { return &f.ProtectionZone }, "保护范围"),
		boolColumn("controlZone", "建控地带已公布", "Control zone announced", "controlZone", func(f *F) **bool { return &f.ControlZone }, "建设控制地带", "建控地带"),
		boolColumn("marker", "标志碑", "Marker stands", "marker", func(f *F) **bool { return &f.Marker }, "保护标志"),
		textColumn("description", "简介", "Description", "description.zh", func(f *F) *string { return &f.Description.ZH }, "描述", "说明", "description"),
		textColumn("descriptionEN", "英文简介", "English description", "description.en", func(f *F) *string { return &f.Description.EN }),
		textColumn("internalNotes", "备注", "Notes", "internalNotes", func(f *F) *string { return &f.InternalNotes }, "note"),
	}
}

// point returns the location of f, making an empty one.
func point(f *heritage.SiteFields) *heritage.GeoPoint {
	if f.Location == nil {
		f.Location = &heritage.GeoPoint{}
	}
	return f.Location
}

func coordinateColumn(key, zh, en, path string, at func(*heritage.GeoPoint) *float64, aliases ...string) column[heritage.SiteFields] {
	return column[heritage.SiteFields]{key: key, zh: zh, en: en, path: path, aliases: aliases,
		read: func(f *heritage.SiteFields, cell string) []doubt {
			v, ok := parseDegrees(cell)
			if !ok {
				return wrong(ErrDecimal)
			}
			*at(point(f)) = v
			return nil
		},
		write: func(f *heritage.SiteFields) string {
			if f.Location == nil {
				return ""
			}
			return formatFloat(at(f.Location))
		}}
}

// parseDegrees reads 113.0678 or 113°04′04.1″.
func parseDegrees(cell string) (float64, bool) {
	text := strings.TrimLeft(strings.TrimRight(plain(cell), "EeNn "), "东经北纬EeNn ")
	if v, err := strconv.ParseFloat(text, 64); err == nil {
		return v, true
	}
	parts := strings.FieldsFunc(text, func(r rune) bool { return strings.ContainsRune("°度′'分″\"秒 ", r) })
	if len(parts) < 2 || len(parts) > 3 {
		return 0, false
	}
	sum, scale := 0.0, 1.0
	for _, p := range parts {
		v, err := strconv.ParseFloat(p, 64)
		if err != nil || v < 0 || (scale > 1 && v >= 60) {
			return 0, false
		}
		sum += v / scale
		scale *= 60
	}
	return sum, true
}

func floatColumn(key, zh, en, path string, at func(*heritage.SiteFields) **float64, aliases ...string) column[heritage.SiteFields] {
	return column[heritage.SiteFields]{key: key, zh: zh, en: en, path: path, aliases: aliases,
		read: func(f *heritage.SiteFields, cell string) []doubt {
			v, err := strconv.ParseFloat(strings.ReplaceAll(strings.TrimRight(plain(cell), "m米²平方 "), ",", ""), 64)
			if err != nil {
				return wrong(ErrDecimal)
			}
			*at(f) = &v
			return nil
		},
		write: func(f *heritage.SiteFields) string { return formatFloat(*at(f)) }}
}

func formatFloat(v *float64) string {
	if v == nil {
		return ""
	}
	return strconv.FormatFloat(*v, 'f', -1, 64)
}

var chineseDigits = map[string]int{"一": 1, "二": 2, "三": 3, "四": 4, "五": 5, "六": 6, "七": 7, "八": 8, "九": 9, "十": 10}

// parseBatch reads 3 or 第三批.
func parseBatch(cell string) (int, bool) {
	text := strings.TrimSuffix(strings.TrimPrefix(plain(cell), "第"), "批")
	if n, ok := chineseDigits[text]; ok {
		return n, true
	}
	n, err := strconv.Atoi(text)
	return n, err == nil && n > 0
}
