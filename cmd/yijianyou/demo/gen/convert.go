package main

import (
	"fmt"
	"regexp"
	"sort"
	"strings"
	"unicode"

	"yijianyou/search/chinese"
)

// Header names the columns of sites.csv. name_en_basis is "given" when names.csv
// has the English name, "rule" when it is made of pinyin and a generic word.
var Header = []string{"number", "name", "name_en", "name_en_basis", "aliases", "reading", "class", "batch",
	"listed_city", "listed_county", "city", "city_en", "county", "county_en", "change", "era", "note"}

var cityAndCounty = regexp.MustCompile(`^(.+?市)(.+[市县区])$`)

// Convert makes the rows of sites.csv, header first, ordered by number.
func Convert(national, divisions, names [][]string) ([][]string, error) {
	col := columns(national[0])
	today := make(map[string][]string)
	for _, r := range divisions[1:] {
		today[r[0]] = r
	}
	stems := make(map[string]bool)
	for _, r := range divisions[1:] {
		for _, place := range []string{r[0], r[1], r[3]} {
			if runes := []rune(place); len(runes) > 2 {
				stems[string(runes[:len(runes)-1])] = true
			}
		}
	}
	given := make(map[string][]string)
	for _, r := range names[1:] {
		given[r[0]] = r
	}
	out := [][]string{}
	for _, r := range national[1:] {
		if r[col["province"]] != "河南省" {
			continue
		}
		number, name, place := r[col["id"]], r[col["name"]], r[col["city"]]
		city, county := "", place
		if m := cityAndCounty.FindStringSubmatch(place); m != nil {
			city, county = m[1], m[2]
		}
		d, ok := today[county]
		if !ok {
			return nil, fmt.Errorf("%s: divisions.csv lacks %s", number, county)
		}
		if county == d[1] && d[3] == "" && city == "" { // the list names the city only
			city, county = place, ""
		}
		en, basis, aliases, reading, note := Transliterate(name, stems), "rule", "", "", ""
		if g, ok := given[number]; ok {
			en, basis, aliases, reading, note = g[1], "given", g[2], g[3], g[4]
			delete(given, number)
		}
		out = append(out, []string{number, name, en, basis, aliases, reading, r[col["category"]], r[col["batch"]],
			city, county, d[1], d[2], d[3], d[4], d[5], r[col["era"]], note})
	}
	for number := range given {
		return nil, fmt.Errorf("names.csv names %s, which is no unit of Henan", number)
	}
	sort.Slice(out, func(i, j int) bool { return out[i][0] < out[j][0] })
	return append([][]string{Header}, out...), nil
}

func columns(header []string) map[string]int {
	col := make(map[string]int)
	for i, name := range header {
		col[strings.TrimPrefix(name, "\ufeff")] = i
	}
	return col
}

// generic are the words at the end of a name that have an English word; longer
// ones stand before those that they end in.
var generic = []struct{ zh, en string }{
	{"国故城遗址", "State Ancient City Site"}, {"国故城", "State Ancient City"}, {"国墓地", "State Cemetery"}, {"故城遗址", "Ancient City Site"}, {"古城遗址", "Ancient City Site"}, {"古城址", "Ancient City Site"}, {"冶铁遗址群", "Iron-smelting Sites"},
	{"冶铁遗址", "Iron-smelting Site"}, {"三彩窑址", "Sancai Kiln Site"}, {"瓷窑遗址", "Porcelain Kiln Site"}, {"窑遗址", "Kiln Site"}, {"窑址", "Kiln Site"},
	{"码头遗址", "Wharf Site"}, {"封祀坛遗址", "Sacrificial Altar Site"}, {"汉代礼制建筑基址", "Han Ritual Building Site"}, {"遗址群", "Sites"}, {"采石场", "Quarries"},
	{"遗址", "Site"}, {"故城", "Ancient City"}, {"城址", "City Site"}, {"贵族墓地", "Aristocratic Cemetery"}, {"壁画墓", "Mural Tomb"},
	{"汉墓", "Han Tomb"}, {"墓群", "Tombs"}, {"墓地", "Cemetery"}, {"墓", "Tomb"},
	{"摩崖造像", "Cliff Sculptures"}, {"摩崖", "Cliff Inscriptions"}, {"造像碑", "Votive Steles"}, {"造像", "Votive Sculptures"}, {"陀罗尼经幢", "Dharani Pillar"},
	{"寺石窟", "Temple Grottoes"}, {"石窟", "Grottoes"}, {"寺石刻", "Temple Stone Carvings"}, {"石刻", "Stone Carvings"}, {"寺碑", "Temple Stele"}, {"铭碑", "Inscribed Stele"}, {"碑", "Stele"},
	{"寺塔林", "Temple Pagoda Forest"}, {"塔林", "Pagoda Forest"}, {"寺双石塔", "Temple Twin Stone Pagodas"}, {"寺双塔", "Temple Twin Pagodas"}, {"双塔", "Twin Pagodas"},
	{"寺塔", "Temple Pagoda"}, {"庵塔", "Nunnery Pagoda"}, {"石塔", "Stone Pagoda"}, {"塔", "Pagoda"}, {"寺大殿", "Temple Main Hall"}, {"庙大殿", "Temple Main Hall"},
	{"清真寺", "Mosque"}, {"北大寺", "North Great Mosque"}, {"禅寺", "Chan Temple"}, {"寺", "Temple"}, {"文庙", "Confucian Temple"}, {"城隍庙", "City God Temple"},
	{"关帝庙", "Guandi Temple"}, {"二仙庙", "Temple of the Two Immortals"}, {"山陕会馆", "Shanxi-Shaanxi Guildhall"}, {"会馆", "Guildhall"}, {"周公庙", "Temple of the Duke of Zhou"},
	{"轩辕庙", "Xuanyuan Temple"}, {"泰山庙", "Taishan Temple"}, {"祖师庙", "Zushi Temple"}, {"祖祠", "Ancestral Shrine"}, {"庙", "Temple"},
	{"书院", "Academy"}, {"县县衙", "County Yamen"}, {"县衙", "County Yamen"}, {"古城墙及文治阁", "Ancient City Wall and Wenzhi Pavilion"}, {"城墙", "City Wall"},
	{"石桥", "Stone Bridge"}, {"桥", "Bridge"}, {"氏庄园", " Family Manor"}, {"庄园", "Manor"}, {"古民居", "Ancient Dwellings"}, {"寨", "Fortified Village"},
	{"佛阁", "Buddha Pavilion"}, {"阁", "Pavilion"}, {"楼", "Tower"}, {"观", "Taoist Temple"}, {"宫", "Taoist Palace"}, {"古城", "Ancient City"},
}

// Transliterate makes an English name by rule: the pinyin of the proper name
// and the English word for the generic end. A division at the beginning, one of
// stems, stands as a word of its own. It is no official name.
func Transliterate(name string, stems map[string]bool) string {
	end := ""
	for _, g := range generic {
		if head, ok := strings.CutSuffix(name, g.zh); ok && head != "" {
			name, end = head, " "+strings.TrimSpace(g.en)
			break
		}
	}
	runes := []rune(name)
	for n := 3; n >= 2; n-- {
		if len(runes) > n && stems[string(runes[:n])] {
			return joined(string(runes[:n])) + " " + joined(string(runes[n:])) + end
		}
	}
	return joined(name) + end
}

// joined is the pinyin of a name written as one word, its parts between
// punctuation as several.
func joined(name string) string {
	var words []string
	var word strings.Builder
	flush := func() {
		if word.Len() > 0 {
			r := []rune(word.String())
			r[0] = unicode.ToUpper(r[0])
			words = append(words, string(r))
			word.Reset()
		}
	}
	for _, s := range chinese.Pinyin(name) {
		if s.Rune == 0 || s.Text == "" {
			flush()
			continue
		}
		if word.Len() > 0 && strings.ContainsRune("aeo", rune(s.Text[0])) {
			word.WriteByte('\'')
		}
		word.WriteString(strings.ReplaceAll(s.Text, "v", "ü"))
	}
	flush()
	return strings.Join(words, " ")
}
