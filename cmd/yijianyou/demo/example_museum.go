package demo

import (
	"fmt"
	"math/rand/v2"

	"yijianyou/cmd/yijianyou/demo/drawing"
	"yijianyou/heritage"
	"yijianyou/heritage/vocab"
)

const (
	exampleItems = 200 // 演示藏品 of 示范博物馆
	secondItems  = 10  // drafts of 示范二馆
)

// itemTypes is data/demo-museum/types.json.
type itemTypes struct {
	Types     []itemType      `json:"types"`
	Ornaments []heritage.Text `json:"ornaments"`
}

// itemType is a sort of thing with the ranges within which examples lie.
type itemType struct {
	Category   vocab.Code      `json:"category"`
	Ware       heritage.Text   `json:"ware"`
	Nouns      []heritage.Text `json:"nouns"`
	Materials  []vocab.Code    `json:"materials"`
	Periods    []heritage.Text `json:"periods"`
	Dimensions []struct {
		Kind vocab.Code `json:"kind"`
		Min  int        `json:"min"` // mm
		Max  int        `json:"max"`
	} `json:"dimensions"`
	MassG []int `json:"massG"` // min and max; empty is not weighed
	Plain bool  `json:"plain"` // bears no ornament in its name
}

// Stage is how far a record goes in its lives.
type Stage uint8

const (
	AsDraft     Stage = iota // a hidden draft
	AsReviewed               // reviewed and hidden
	AsPublished              // reviewed and published
)

// Item is an example relic with the stage that it is given.
type Item struct {
	heritage.NewRecord[heritage.RelicFields]
	Stage   Stage
	Drawing drawing.Kind // "" none
}

// ExampleMuseums returns 示范博物馆 and 示范二馆.
func ExampleMuseums() []heritage.NewRecord[heritage.MuseumFields] {
	one := func(key, zh, en, descZH, descEN string) heritage.NewRecord[heritage.MuseumFields] {
		free := true
		week := func(days []int) heritage.WeekDay {
			return heritage.WeekDay{Days: days, Opens: "09:00", Closes: "17:00", LastEntry: "16:00"}
		}
		src := simulated()[0]
		f := heritage.MuseumFields{Name: heritage.Text{ZH: zh, EN: en}, Nature: "museum", Grade: "none",
			Division: heritage.Division{Province: heritage.Text{ZH: "河南省"}, City: heritage.Text{ZH: "郑州市"}},
			Location: &heritage.GeoPoint{Lon: 113.62, Lat: 34.75, PrecisionM: 5000, Unverified: true},
			Visiting: &heritage.Visiting{
				Hours: &heritage.OpeningHours{Seasons: []heritage.Season{{Name: heritage.Text{ZH: "全年", EN: "All year"},
					Week: []heritage.WeekDay{{Days: []int{1}, Closed: true}, week([]int{2, 3, 4, 5, 6, 7})}}}, Note: heritage.Text{ZH: "模拟数据", EN: "Simulated"}, Source: src},
				Admission: &heritage.Admission{Free: &free, Note: heritage.Text{ZH: "模拟数据", EN: "Simulated"}, Source: src},
				Booking: &heritage.Booking{Required: ptr(false), Channels: []heritage.Channel{{Kind: "window", Name: heritage.Text{ZH: "人工窗口", EN: "Ticket window"}}},
					Note: heritage.Text{ZH: "模拟数据", EN: "Simulated"}, Source: src},
				Identity: &heritage.Identity{Documents: []vocab.Code{"resident-id", "passport", "hk-macao-permit", "taiwan-permit"}, Note: heritage.Text{ZH: "模拟数据", EN: "Simulated"}, Source: src},
			},
			Description: heritage.Text{ZH: descZH, EN: descEN}, Sources: simulated(), Notable: 0.2, Simulated: true}
		return heritage.NewRecord[heritage.MuseumFields]{ID: string(MuseumID(key)), Org: MuseumOrg, Fields: f}
	}
	a := one("demo-museum", "示范博物馆", "Model Museum", "示范博物馆是为演示本系统而虚构的博物馆，藏品、位置、记录均为模拟数据。", "The Model Museum is invented to show this system; its collection, places and records are simulated.")
	b := one("demo-museum-b", "示范二馆", "Second Model Museum", "示范二馆用来演示不同单位之间的数据隔离，内容均为模拟数据。", "The Second Model Museum shows how the data of organisations are kept apart; all of it is simulated.")
	b.Org = SecondOrg
	return []heritage.NewRecord[heritage.MuseumFields]{a, b}
}

// ExamplePlace is a place of 示范博物馆.
type ExamplePlace struct {
	heritage.NewRecord[heritage.PlaceFields]
	Published bool
}

// ExamplePlaces returns the building of 示范博物馆 from the top down: galleries
// with cases, and a store with rooms and shelves.
func ExamplePlaces() []ExamplePlace {
	var out []ExamplePlace
	add := func(code, parent, zh, en string, kind vocab.Code, store bool) {
		f := heritage.PlaceFields{Name: heritage.Text{ZH: zh, EN: en}, Code: code, Kind: kind, MuseumID: MuseumID("demo-museum"), Store: store, Simulated: true}
		if parent != "" {
			f.ParentID = placeID(parent)
		}
		out = append(out, ExamplePlace{heritage.NewRecord[heritage.PlaceFields]{ID: string(placeID(code)), Org: MuseumOrg, Fields: f}, !store})
	}
	add("B", "", "示范馆舍", "Model building", "building", false)
	for g, name := range galleries {
		gallery := fmt.Sprintf("G%d", g+1)
		add(gallery, "B", name.ZH, name.EN, "gallery", false)
		for c := 1; c <= casesPerGallery; c++ {
			add(fmt.Sprintf("%s-C%02d", gallery, c), gallery, fmt.Sprintf("%s%d号展柜", name.ZH, c), fmt.Sprintf("%s, case %d", name.EN, c), "case", false)
		}
	}
	add("S", "B", "示范库区", "Model store", "store", true)
	for r := 1; r <= storeRooms; r++ {
		room := fmt.Sprintf("S%d", r)
		add(room, "S", fmt.Sprintf("示范库房%d", r), fmt.Sprintf("Model store room %d", r), "room", true)
		for s := 1; s <= shelvesPerRoom; s++ {
			add(fmt.Sprintf("%s-R%02d", room, s), room, fmt.Sprintf("示范库房%d第%d架", r, s), fmt.Sprintf("Store room %d, shelf %d", r, s), "shelf", true)
		}
	}
	return out
}

var galleries = []heritage.Text{{ZH: "示范一展厅", EN: "Model gallery 1"}, {ZH: "示范二展厅", EN: "Model gallery 2"}, {ZH: "示范三展厅", EN: "Model gallery 3"}, {ZH: "示范四展厅", EN: "Model gallery 4"}}

const (
	casesPerGallery = 6
	storeRooms      = 3
	shelvesPerRoom  = 12
)

func placeID(code string) heritage.PlaceID {
	return heritage.PlaceID(ID("place", "demo-museum/"+code))
}

// ExampleItems returns the examples of 示范博物馆 and, after them, the drafts of
// 示范二馆: always the same ones.
func ExampleItems() ([]Item, error) {
	types, err := decode[itemTypes]("data/demo-museum/types.json")
	if err != nil {
		return nil, err
	}
	var out []Item
	for i := range exampleItems {
		it := types.item(i, "demo-museum")
		it.Org, it.Fields.MuseumID = MuseumOrg, MuseumID("demo-museum")
		switch {
		case i%20 < 14:
			it.Stage = AsPublished
		case i%20 < 17:
			it.Stage = AsReviewed
		}
		it.Ledger = heritage.Held
		if it.Stage == AsDraft && i%2 == 0 {
			it.Ledger = heritage.Pending
		}
		if it.Stage == AsPublished && i%2 == 0 {
			it.Fields.PlaceID = caseID(i/2%len(galleries), i/8%casesPerGallery+1)
		} else {
			it.Fields.PlaceID = placeID(fmt.Sprintf("S%d-R%02d", i%storeRooms+1, i/3%shelvesPerRoom+1))
		}
		out = append(out, it)
	}
	for i := range secondItems {
		it := types.item(i*7+3, "demo-museum-b")
		it.Org, it.Fields.MuseumID, it.Ledger = SecondOrg, MuseumID("demo-museum-b"), heritage.Pending
		out = append(out, it)
	}
	return out, nil
}

// item makes the i-th example of a museum.
func (t itemTypes) item(i int, museum string) Item {
	rng := rand.New(rand.NewPCG(uint64(i)+1, uint64(len(museum))))
	ty := t.Types[i%len(t.Types)]
	noun := ty.Nouns[rng.IntN(len(ty.Nouns))]
	period := ty.Periods[rng.IntN(len(ty.Periods))]
	name := heritage.Text{ZH: "演示·" + ty.Ware.ZH + noun.ZH, EN: "Example: " + ty.Ware.EN + " " + noun.EN}
	if !ty.Plain {
		o := t.Ornaments[rng.IntN(len(t.Ornaments))]
		name = heritage.Text{ZH: "演示·" + o.ZH + ty.Ware.ZH + noun.ZH, EN: "Example: " + ty.Ware.EN + " " + noun.EN + ", " + o.EN}
	}
	number := fmt.Sprintf("演%05d", i+1)
	f := heritage.RelicFields{
		Name: name, Category: ty.Category, Materials: ty.Materials, Number: &heritage.Number{Kind: "register", Value: number},
		Quantity:     heritage.Quantity{Traditional: ptr(1), Actual: ptr(1), Unit: "piece"},
		Grade:        []vocab.Code{"general", "general", "grade-3", "ungraded", "grade-3", "general", "grade-2", "ungraded", "general", "grade-1"}[rng.IntN(10)],
		Completeness: []vocab.Code{"complete", "nearly-complete", "nearly-complete", "damaged", "badly-damaged"}[rng.IntN(5)],
		Preservation: []vocab.Code{"stable", "stable", "stable", "partly-decayed", "treated"}[rng.IntN(5)],
		Acquisition:  []vocab.Code{"old-collection", "purchase", "donation", "allocation", "excavation"}[rng.IntN(5)],
		Sources:      simulated(), Simulated: true,
	}
	f.Period = PeriodOf(period.ZH)
	f.Period.Text.EN = period.EN
	for _, d := range ty.Dimensions {
		f.Dimensions = append(f.Dimensions, heritage.Dimension{Kind: d.Kind, ValueMM: float64(d.Min + rng.IntN(d.Max-d.Min+1))})
	}
	if len(ty.MassG) == 2 {
		f.Mass.Grams = ptr(float64(ty.MassG[0] + rng.IntN(ty.MassG[1]-ty.MassG[0]+1)))
	}
	year := 1955 + rng.IntN(68)
	f.AccessionedOn = heritage.Day(fmt.Sprintf("%d-%02d-%02d", year, rng.IntN(12)+1, rng.IntN(28)+1))
	f.Description = heritage.Text{
		ZH: fmt.Sprintf("演示藏品，并无实物。按%s%s的一般特征编写，用来演示登记、检索和出入库。", period.ZH, ty.Ware.ZH+noun.ZH),
		EN: fmt.Sprintf("An example without a real thing behind it, written after the general character of a %s %s of the %s, to show registration, search and movement.", ty.Ware.EN, noun.EN, period.EN)}
	return Item{NewRecord: heritage.NewRecord[heritage.RelicFields]{ID: string(RelicID(fmt.Sprintf("%s/%03d", museum, i+1))), Fields: f}, Drawing: exampleDrawings[noun.ZH]}
}

// exampleDrawings are the kinds of drawing that fit a noun.
var exampleDrawings = map[string]drawing.Kind{"碗": drawing.Bowl, "盏": drawing.Bowl, "钵": drawing.Bowl, "罐": drawing.Jar, "瓶": drawing.Vase, "马": drawing.SancaiHorse,
	"女俑": drawing.Figurine, "爵": drawing.Jue, "鼎": drawing.RoundDing, "簋": drawing.Gui, "镜": drawing.Mirror, "璧": drawing.Bi, "钱": drawing.Coin,
	"山水图轴": drawing.Scroll, "花鸟图轴": drawing.Scroll}
