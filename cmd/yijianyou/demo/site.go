package demo

import (
	"fmt"
	"strconv"
	"strings"

	"yijianyou/heritage"
	"yijianyou/heritage/dating"
	"yijianyou/heritage/vocab"
	"yijianyou/internal/fault"
)

// listedOn are the dates of the notices of the State Council by batch.
var listedOn = map[int]heritage.Day{1: "1961-03-04", 2: "1982-02-23", 3: "1988-01-13", 4: "1996-11-20", 5: "2001-06-25", 6: "2006-05-25", 7: "2013-03-05", 8: "2019-10-07"}

var listSource = heritage.Source{
	Text: heritage.Text{
		ZH: "国务院公布的全国重点文物保护单位名单，转录自 lingdian1226/china-cultural-heritage（CC BY 4.0）；全国 5,058 处，名单 5,109 行",
		EN: "Lists of national key units by the State Council, as transcribed by lingdian1226/china-cultural-heritage (CC BY 4.0); 5,058 units in 5,109 rows"},
	URL: "https://github.com/lingdian1226/china-cultural-heritage", Confidence: heritage.Medium}

// fame lifts the best known sites a little in search.
var fame = map[string]float64{"1-0037-4-004": 1, "1-0142-1-007": 1, "7-1162-3-460": 0.95, "1-0061-3-014": 0.8, "1-0097-3-050": 0.8, "1-0092-3-045": 0.85,
	"5-0357-3-163": 0.75, "1-0138-1-003": 0.75, "3-0197-1-017": 0.85, "1-0141-1-006": 0.75, "1-0069-3-022": 0.8, "6-0990-5-117": 0.8, "7-0613-2-097": 0.75,
	"4-0177-3-099": 0.65, "7-1203-3-501": 0.7, "6-0639-3-342": 0.65, "5-0065-1-065": 0.7, "2-0058-2-003": 0.65, "3-0078-3-026": 0.65}

// Sites returns the national units of Henan.
func Sites() ([]heritage.NewRecord[heritage.SiteFields], error) {
	list, err := rows("data/henan/sites.csv")
	if err != nil {
		return nil, err
	}
	at, err := sitePositions()
	if err != nil {
		return nil, err
	}
	out := make([]heritage.NewRecord[heritage.SiteFields], 0, len(list))
	for _, r := range list {
		f, err := siteOf(r)
		if err != nil {
			return nil, fmt.Errorf("data/henan/sites.csv: %s: %w", r["number"], err)
		}
		if p, ok := at[r["number"]]; ok && f.Class != tombs {
			f.Location, f.Sources = &p.point, append(f.Sources, p.source)
		}
		out = append(out, heritage.NewRecord[heritage.SiteFields]{ID: SiteID(r["number"]), Org: Henan, Fields: f})
	}
	return out, nil
}

// tombs is the class whose sites have no position here: which of the mounds of a
// group are guarded and opened no source of ours says, and what is not must not be
// found by its position.
const tombs vocab.Code = "ancient-tomb"

// SiteID returns the identifier of the site with an official number.
func SiteID(number string) string { return ID("site", number) }

func siteOf(r map[string]string) (heritage.SiteFields, error) {
	batch, err := strconv.Atoi(r["batch"])
	if err != nil {
		return heritage.SiteFields{}, err
	}
	class, ok := vocab.Must("site-class").Find(r["class"])
	if !ok {
		return heritage.SiteFields{}, fmt.Errorf("unknown class %q", r["class"])
	}
	henan := heritage.Text{ZH: "河南省", EN: "Henan"}
	f := heritage.SiteFields{
		Name: heritage.Text{ZH: r["name"], EN: r["name_en"]}, Reading: r["reading"], Class: class.Code, Level: "national", Batch: &batch,
		ListedOn: listedOn[batch], OfficialNumber: r["number"], Period: PeriodOf(r["era"]),
		Division: heritage.Division{Province: henan, City: heritage.Text{ZH: r["city"], EN: r["city_en"]}, County: heritage.Text{ZH: r["county"], EN: r["county_en"]}},
		AsListed: heritage.Division{Province: henan, City: heritage.Text{ZH: r["listed_city"]}, County: heritage.Text{ZH: r["listed_county"]}},
		Sources:  []heritage.Source{listSource}, Notable: max(fame[r["number"]], 0.2),
	}
	if r["aliases"] != "" {
		f.Aliases = strings.Split(r["aliases"], ";")
	}
	if r["name_en_basis"] == "rule" {
		f.Sources = append(f.Sources, heritage.Source{Text: heritage.Text{ZH: "英文名由本项目按拼音和通名规则译写，非官方译名", EN: "English name made by rule from pinyin and a generic word; not official"}, Confidence: heritage.Low})
	}
	if r["change"] != "" {
		f.Sources = append(f.Sources, heritage.Source{Text: heritage.Text{ZH: "今政区：" + r["change"] + "；今名与统计用区划代码（2023）核对", EN: "Present division checked against the statistical division codes of 2023"}, Confidence: heritage.Medium})
	}
	if r["note"] != "" {
		f.InternalNotes = r["note"]
	}
	f.Unverified = f.Period.FromYear == nil && f.Period.ToYear == nil // a slip in the list that is not mended by guessing
	f.Description = describe(f, class, batch)
	return f, nil
}

// describe says in a sentence what the list says.
func describe(f heritage.SiteFields, class vocab.Term, batch int) heritage.Text {
	where := f.Division.Province.ZH + f.Division.City.ZH + f.Division.County.ZH
	zh := fmt.Sprintf("%s是第%d批全国重点文物保护单位，类别为%s，编号%s，位于%s。", f.Name.ZH, batch, class.ZH, f.OfficialNumber, where)
	if f.Unverified {
		zh += "名单所列时代“" + f.Period.Text.ZH + "”疑有讹误，待核。"
	} else {
		zh += "名单所列时代为" + f.Period.Text.ZH + "。"
	}
	if was := f.AsListed.City.ZH + f.AsListed.County.ZH; was != "" && was != f.Division.City.ZH+f.Division.County.ZH && was != f.Division.County.ZH && was != f.Division.City.ZH {
		zh += "公布时所在地写作“" + was + "”。"
	}
	place := f.Division.City.EN
	if f.Division.County.EN != "" {
		place = f.Division.County.EN + ", " + place
	}
	en := fmt.Sprintf("%s is a national key unit of the %s batch, no. %s, listed under %s, in %s, Henan.", f.Name.EN, ordinal(batch), f.OfficialNumber, strings.ToLower(class.EN), place)
	if f.Period.Text.EN != "" {
		en += " Period as listed: " + f.Period.Text.EN + "."
	}
	return heritage.Text{ZH: zh, EN: en}
}

func ordinal(n int) string {
	return [...]string{"", "first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth"}[n]
}

// PeriodOf reads a period in Chinese words: years and, when every piece was
// understood, English words.
func PeriodOf(zh string) heritage.Period {
	read := dating.Parse(zh)
	p := heritage.Period{Text: heritage.Text{ZH: zh}, Kind: "historic", Approx: read.Approx()}
	p.FromYear, p.ToYear = read.Extent()
	if len(read.Unknown) > 0 || len(read.Spans) == 0 {
		return p
	}
	var parts []string
	for _, s := range read.Spans {
		words := s.Name(fault.English)
		if words == "" {
			p.Kind = "calendar"
			words = s.In(fault.English)
		}
		parts = append(parts, words)
	}
	p.Text.EN = strings.Join(parts, ", ")
	return p
}
