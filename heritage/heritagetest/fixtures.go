package heritagetest

import (
	"yijianyou/heritage"
	"yijianyou/heritage/vocab"
)

// Refs are the records and the picture that a full record names. They must
// exist in its organisation before it is saved.
type Refs struct {
	Museum heritage.MuseumID
	Site   heritage.SiteID
	Place  heritage.PlaceID
	Set    heritage.RelicID
	Asset  string
}

// Secret is in every member that no tourist may see.
const Secret = "绝密库位"

func p[T any](v T) *T { return &v }

func text(zh, en string) heritage.Text { return heritage.Text{ZH: zh, EN: en} }

func source() heritage.Source {
	return heritage.Source{Text: text("示范博物馆公告", "notice of the demo museum"), URL: "https://example.org/notice", CheckedOn: "2026-02-01", Confidence: heritage.Medium}
}

func images(r Refs) []heritage.ImageRef {
	return []heritage.ImageRef{{AssetID: r.Asset, Caption: text("正面", "front"), Drawing: true}}
}

func division() heritage.Division {
	return heritage.Division{Province: text("河南省", "Henan"), City: text("郑州市", "Zhengzhou"), County: text("登封市", "Dengfeng"), Township: text("嵩阳街道", "Songyang")}
}

// Relic returns a relic in which nothing is empty.
func Relic(r Refs) heritage.RelicFields {
	return heritage.RelicFields{
		Name: text("演示铜壶", "Demo bronze hu"), Category: "bronze", Grade: "grade-1",
		Period:    heritage.Period{Text: text("春秋中期", "middle Spring and Autumn"), Kind: "historic", FromYear: p(-670), ToYear: p(-570), Approx: true},
		Materials: []vocab.Code{"copper"}, Quantity: heritage.Quantity{Traditional: p(1), Actual: p(2), Unit: "pair"},
		Dimensions:   []heritage.Dimension{{Kind: "height", ValueMM: 1265, Approx: true, Note: "通盖", Source: p(source())}},
		Mass:         heritage.Mass{Grams: p(64280.0), Range: "50-100kg", Approx: true, Source: p(source())},
		Completeness: "complete", Defects: "口沿微残 " + Secret, Preservation: "stable",
		Acquisition: "excavation", AcquiredFrom: "考古队 " + Secret, PriceFen: p(int64(987654321)), AccessionedOn: "1953-05-01", AccessionRange: "1949-1965",
		Number: &heritage.Number{Kind: "register", Value: "ZD0001" + Secret}, OtherNumbers: []heritage.Number{{Kind: "ledger", Value: "F-1" + Secret}},
		MuseumID: r.Museum, Images: images(r), Aliases: []string{"演示方壶"}, FormerNames: []string{"旧称壶"}, Traditional: "演示銅壺", Reading: "yǎn shì tóng hú",
		FindPlace: text("示范遗址", "demo site"), FindSite: r.Site, FoundYear: p(1923),
		Description: text("一件演示藏品。", "A demo object."), Sources: []heritage.Source{source()}, Notable: 0.5, PartOf: r.Set,
		PlaceID: r.Place, InternalNotes: "勿外传 " + Secret, Simulated: true, Unverified: true,
		SortKey: "演示铜壶", AssetIDs: []string{r.Asset},
	}
}

// Site returns a site in which nothing is empty.
func Site(r Refs) heritage.SiteFields {
	return heritage.SiteFields{
		Name: text("演示古墓", "Demo tomb"), Aliases: []string{"演示大墓"}, FormerNames: []string{"无名冢"}, Traditional: "演示古墓", Reading: "yǎn shì gǔ mù",
		Class: "ancient-tomb", Type: "imperial-tomb", Level: "national", Batch: p(7), ListedOn: "2013-03-05", OfficialNumber: "7-9999-2-001", SurveyNumber: "410185" + Secret,
		MergedInto: r.Site, Supplements: r.Site, PartOf: r.Site,
		Period:   heritage.Period{Text: text("东汉", "Eastern Han"), Kind: "historic", FromYear: p(25), ToYear: p(220), Approx: true},
		Division: division(), AsListed: heritage.Division{Province: text("河南省", "Henan"), City: text("郑州市", "Zhengzhou"), County: text("登封县", "Dengfeng county"), Township: text("城关", "Chengguan")},
		Address:  text("某村北"+Secret, "north of a village "+Secret),
		Location: &heritage.GeoPoint{Lon: 113.012345, Lat: 34.456789, PrecisionM: 20, Confidential: true, Unverified: true}, AltitudeM: p(350.5), AreaM2: p(1200.0), Unopened: true,
		Ownership: "state", User: "村委会 " + Secret, Keeper: "文管所 " + Secret, Condition: "fair", Threats: []vocab.Code{"looting"}, ThreatNote: "有盗洞 " + Secret,
		Vanished: true, Moved: true, FateNote: "未迁移 " + Secret, ProtectionZone: p(true), ControlZone: p(false), Marker: p(true), OpenToPublic: p(false), Visiting: visiting(),
		Images: images(r), Description: text("一处演示古墓。", "A demo tomb."), Sources: []heritage.Source{source()}, Notable: 0.4,
		InternalNotes: "巡查路线 " + Secret, Simulated: true, Unverified: true, SortKey: "演示古墓", AssetIDs: []string{r.Asset},
	}
}

// Museum returns a museum in which nothing is empty.
func Museum(r Refs) heritage.MuseumFields {
	return heritage.MuseumFields{
		Name: text("示范博物馆", "Demo museum"), Aliases: []string{"示范馆"}, FormerNames: []string{"示范陈列馆"}, Traditional: "示範博物館", Reading: "shì fàn bó wù guǎn",
		Grade: "first", Nature: "museum", Division: division(), Address: text("示范路1号", "1 Demo Road"),
		Location: &heritage.GeoPoint{Lon: 113.665123, Lat: 34.788456, PrecisionM: 500, Confidential: true, Unverified: true}, TimeZone: "Asia/Shanghai",
		Phone: "0371-00000000", Website: "https://example.org", Visiting: visiting(),
		Images: images(r), Description: text("只用于演示。", "For demonstration only."), Sources: []heritage.Source{source()}, Notable: 0.3,
		InternalNotes: "值班电话 " + Secret, Simulated: true, Unverified: true, SortKey: "示范博物馆", AssetIDs: []string{r.Asset},
	}
}

// Place returns a place in which nothing is empty; it is a store.
func Place(r Refs) heritage.PlaceFields {
	return heritage.PlaceFields{
		Name: text("一号库"+Secret, "Store 1 "+Secret), Code: "K1" + Secret, Kind: "store", MuseumID: r.Museum, ParentID: r.Place, Store: true,
		Location: &heritage.GeoPoint{Lon: 113.665777, Lat: 34.788777, PrecisionM: 5, Confidential: true, Unverified: true}, Images: images(r),
		Description: text("恒温", "constant climate"), InternalNotes: "双人双锁 " + Secret, Simulated: true, Unverified: true, SortKey: "一号库" + Secret, AssetIDs: []string{r.Asset},
	}
}

// Exhibition returns an exhibition in which nothing is empty.
func Exhibition(r Refs) heritage.ExhibitionFields {
	return heritage.ExhibitionFields{
		Title: text("演示青铜展", "Demo bronzes"), Kind: "temporary", MuseumID: r.Museum, PlaceIDs: []heritage.PlaceID{r.Place}, From: "2026-02-01", Until: "2026-05-31",
		Summary: text("一次演示。", "A demonstration."), Text: text("前言。", "Opening remarks."), Organisers: []string{"示范博物馆"}, URL: "https://example.org/show",
		Sections: []heritage.Section{{Title: text("第一单元", "Part one"), Text: text("铸造。", "Casting."), Items: []heritage.SectionItem{{RelicID: r.Set, Label: text("成套铜器", "A set")}}}},
		Images:   images(r), Sources: []heritage.Source{source()}, Notable: 0.2, InternalNotes: "布展费用 " + Secret, Simulated: true, Unverified: true,
		SortKey: "演示青铜展", AssetIDs: []string{r.Asset}, RelicIDs: []string{string(r.Set)}, End: "2026-05-31",
	}
}

func visiting() *heritage.Visiting {
	return &heritage.Visiting{
		Hours: &heritage.OpeningHours{
			Seasons: []heritage.Season{{Name: text("夏季", "summer"), From: "04-01", To: "10-31", Week: []heritage.WeekDay{
				{Days: []int{2, 3, 4, 5, 6, 7}, Opens: "09:00", Closes: "17:30", LastEntry: "16:30"}, {Days: []int{1}, Closed: true}}}},
			Exceptions: []heritage.HoursDay{{Day: "2026-02-16", Closed: true, Note: text("除夕闭馆", "closed on New Year's Eve")}, {Day: "2026-05-04", Opens: "09:00", Closes: "16:00", LastEntry: "15:00", Note: text("假日", "holiday")}},
			Note:       text("法定节假日除外", "except public holidays"), Source: source()},
		Admission: &heritage.Admission{Free: p(true), Tickets: []heritage.Price{{Name: text("特展", "special exhibition"), Fen: 3000}}, Note: text("凭票", "ticket"), Source: source()},
		Booking: &heritage.Booking{Required: p(true), DaysAhead: p(5), Channels: []heritage.Channel{{Kind: "website", Name: text("官网", "website"), URL: "https://example.org/book", Phone: "0371-00000001"}},
			Note: text("实名", "by name"), Source: source()},
		Identity: &heritage.Identity{Documents: []vocab.Code{"resident-id", "passport"}, Note: text("原件", "originals"), Source: source()},
	}
}
