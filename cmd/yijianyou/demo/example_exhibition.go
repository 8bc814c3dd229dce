package demo

import (
	"fmt"
	"slices"
	"strconv"

	"yijianyou/heritage"
	"yijianyou/heritage/vocab"
)

// ExhibitionID returns the id of an exhibition of the data set.
func ExhibitionID(key string) heritage.ExhibitionID {
	return heritage.ExhibitionID(ID("exhibition", key))
}

// temporaryGallery is where the temporary exhibition is: most of what stands there
// is drawn. The permanent one is in the others.
const temporaryGallery = 0

// ExampleExhibitions returns the permanent and the temporary exhibition of
// 示范博物馆, of what stands in its galleries. No exhibition of a real museum is in
// the data: none is there with its days and a source.
func ExampleExhibitions(items []Item) []heritage.NewRecord[heritage.ExhibitionFields] {
	always := exampleExhibition("permanent", "示范·中原物华（模拟数据）", "Model: Treasures of the plain (simulated)",
		"示范博物馆的基本陈列，按展厅分三个单元，展品均为演示藏品。", "The permanent exhibition of the Model Museum in three parts, one to a gallery; everything in it is an example.")
	for g := range galleries {
		if g == temporaryGallery {
			continue
		}
		part := len(always.Fields.Sections)
		always.Fields.PlaceIDs = append(always.Fields.PlaceIDs, galleryID(g))
		always.Fields.Sections = append(always.Fields.Sections, heritage.Section{
			Title: heritage.Text{ZH: "示范单元" + string([]rune("一二三")[part]), EN: "Model part " + strconv.Itoa(part+1)},
			Text:  heritage.Text{ZH: "本单元的展品陈列在" + galleries[g].ZH + "。模拟数据。", EN: "What is in this part stands in " + galleries[g].EN + ". Simulated."},
			Items: inGallery(items, g)})
	}
	now := exampleExhibition("temporary", "示范·纹样之美特展（模拟数据）", "Model: The beauty of ornament (simulated)",
		"示范博物馆的临时展览，从纹样看演示藏品。", "A temporary exhibition of the Model Museum: its examples seen through their ornaments.")
	now.Fields.From, now.Fields.Until = "2026-10-01", "2027-10-07"
	now.Fields.PlaceIDs = []heritage.PlaceID{galleryID(temporaryGallery)}
	shown := inGallery(items, temporaryGallery)
	half := (len(shown) + 1) / 2
	now.Fields.Sections = []heritage.Section{
		{Title: heritage.Text{ZH: "示范单元·近看", EN: "Model part: close by"}, Text: heritage.Text{ZH: "近看一件器物。模拟数据。", EN: "One thing seen closely. Simulated."}, Items: slices.Clone(shown[:half])},
		{Title: heritage.Text{ZH: "示范单元·远观", EN: "Model part: from afar"}, Text: heritage.Text{ZH: "放在一起看。模拟数据。", EN: "Things seen together. Simulated."}, Items: slices.Clone(shown[half:])}}
	now.Fields.Sections[0].Items[0].Label = heritage.Text{ZH: "请留意器身的纹样。（模拟展签）", EN: "Mind the ornament on the body. (Simulated label)"}
	return []heritage.NewRecord[heritage.ExhibitionFields]{always, now}
}

func exampleExhibition(kind vocab.Code, zh, en, summaryZH, summaryEN string) heritage.NewRecord[heritage.ExhibitionFields] {
	return heritage.NewRecord[heritage.ExhibitionFields]{ID: string(ExhibitionID("demo-museum/" + string(kind))), Org: MuseumOrg, Fields: heritage.ExhibitionFields{
		Title: heritage.Text{ZH: zh, EN: en}, Kind: kind, MuseumID: MuseumID("demo-museum"),
		Summary:    heritage.Text{ZH: summaryZH, EN: summaryEN},
		Text:       heritage.Text{ZH: "本展览为演示系统而虚构，展品、展期与文字均为模拟数据。", EN: "This exhibition is invented to show the system; its objects, dates and words are simulated."},
		Organisers: []string{"示范博物馆"}, Sources: simulated(), Notable: 0.2, Simulated: true}}
}

func galleryID(g int) heritage.PlaceID { return placeID("G" + strconv.Itoa(g+1)) }

// caseID is the c-th case of a gallery; cases count from 1.
func caseID(g, c int) heritage.PlaceID { return placeID(fmt.Sprintf("G%d-C%02d", g+1, c)) }

// inGallery returns the published examples that stand in a gallery, in their order.
func inGallery(items []Item, g int) []heritage.SectionItem {
	cases := make(map[heritage.PlaceID]bool)
	for c := 1; c <= casesPerGallery; c++ {
		cases[caseID(g, c)] = true
	}
	var out []heritage.SectionItem
	for _, it := range items {
		if it.Stage == AsPublished && cases[it.Fields.PlaceID] {
			out = append(out, heritage.SectionItem{RelicID: heritage.RelicID(it.ID)})
		}
	}
	return out
}
