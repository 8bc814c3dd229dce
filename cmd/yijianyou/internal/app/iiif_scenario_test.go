package app

import (
	"bytes"
	"encoding/json"
	"fmt"
	"image"
	"image/color"
	"image/jpeg"
	"net/http"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/santhosh-tekuri/jsonschema/v6"

	"yijianyou/heritage"
	"yijianyou/internal/actor"
	"yijianyou/media"
	"yijianyou/tourism"
)

const guide = "http://guide.example"

// gallery is a museum with something of every kind that has a manifest.
type gallery struct {
	*program
	t                               *testing.T
	by                              actor.Actor
	museum, relic, site, story, exh string
	bare, draft                     string // a relic without pictures; one that is no more than a draft
	front, back, secret, unseen     string // pictures of relic, the third for staff only; the picture of draft
}

func publishRecord[F heritage.Content](g *gallery, r *heritage.Register[F], f F) string {
	g.t.Helper()
	rec, err := r.Create(g.t.Context(), g.by, heritage.NewRecord[F]{Org: testOrg, Fields: f})
	for _, step := range []heritage.ReviewStep{heritage.Submit, heritage.Approve} {
		if err == nil {
			_, err = r.Review(g.t.Context(), g.by, rec.ID, 0, step, "")
		}
	}
	if err == nil {
		_, err = r.Publish(g.t.Context(), g.by, rec.ID, 0)
	}
	if err != nil {
		g.t.Fatal(err)
	}
	return rec.ID
}

// picture brings in a picture of a width that tells it from the others.
func (g *gallery) picture(width int, terms media.Terms) string {
	g.t.Helper()
	m := image.NewGray(image.Rect(0, 0, width, 300))
	for i := range m.Pix {
		m.Pix[i] = color.Gray{Y: uint8(i % 253)}.Y
	}
	var file bytes.Buffer
	err := jpeg.Encode(&file, m, nil)
	var a *media.Asset
	if err == nil {
		a, _, err = g.Media.Upload(g.t.Context(), g.by, testOrg, "a.jpg", &file)
	}
	if err == nil && terms != (media.Terms{}) {
		g.until(g.t, "the picture is ready", func() bool {
			a, err = g.Media.See(g.t.Context(), g.by, a.ID)
			return err != nil || a.State == media.Ready
		})
		_, err = g.Media.SetTerms(g.t.Context(), g.by, a.ID, a.Rev, terms, "场景")
	}
	if err != nil {
		g.t.Fatal(err)
	}
	return a.ID
}

func newGallery(t *testing.T) *gallery {
	t.Helper()
	g := &gallery{program: start(t, map[string]string{"public-url": guide}), t: t, by: actor.SystemPart("test")}
	text := func(zh, en string) heritage.Text { return heritage.Text{ZH: zh, EN: en} }
	year := -670
	found := 1923
	g.front = g.picture(700, media.Terms{Licence: media.CC0, Credit: media.Text{ZH: "示范摄影一", EN: "Model photographer one"}})
	g.back = g.picture(701, media.Terms{Licence: media.CCBY, Credit: media.Text{ZH: "示范摄影二"}})
	g.secret = g.picture(702, media.Terms{Audience: media.Staff})
	g.unseen = g.picture(703, media.Terms{})
	g.museum = publishRecord(g, g.Heritage.Museums, heritage.MuseumFields{Name: text("示范博物馆", "Model Museum"), Website: "https://museum.example/", Simulated: true,
		Images: []heritage.ImageRef{{AssetID: g.picture(704, media.Terms{}), Drawing: true}}})
	g.relic = publishRecord(g, g.Heritage.Relics, heritage.RelicFields{Name: text("示范方壶", "Model hu"), MuseumID: heritage.MuseumID(g.museum), Simulated: true, FoundYear: &found,
		Period: heritage.Period{Text: text("春秋", "Spring and Autumn"), FromYear: &year}, Dimensions: []heritage.Dimension{{Kind: "height", ValueMM: 1180}},
		Images: []heritage.ImageRef{{AssetID: g.front, Caption: text("正面", "Front")}, {AssetID: g.secret, Caption: text("机密", "Secret")}, {AssetID: g.back, Drawing: true}}})
	g.bare = publishRecord(g, g.Heritage.Relics, heritage.RelicFields{Name: text("示范无图", "Model without picture"), MuseumID: heritage.MuseumID(g.museum)})
	draft, err := g.Heritage.Relics.Create(t.Context(), g.by, heritage.NewRecord[heritage.RelicFields]{Org: testOrg,
		Fields: heritage.RelicFields{Name: text("示范草稿", "Model draft"), MuseumID: heritage.MuseumID(g.museum), Images: []heritage.ImageRef{{AssetID: g.unseen}}}})
	if err != nil {
		t.Fatal(err)
	}
	g.draft = draft.ID
	ming := 1400
	g.site = publishRecord(g, g.Heritage.Sites, heritage.SiteFields{Name: text("示范古塔", "Model pagoda"), Period: heritage.Period{Text: text("明", "Ming"), FromYear: &ming},
		Images: []heritage.ImageRef{{AssetID: g.picture(705, media.Terms{Licence: media.CCBYSA})}}})
	g.exh = publishRecord(g, g.Heritage.Exhibitions, heritage.ExhibitionFields{Title: text("示范展览", "Model exhibition"), Kind: "permanent", MuseumID: heritage.MuseumID(g.museum), From: "2025-05-01",
		Images:   []heritage.ImageRef{{AssetID: g.picture(706, media.Terms{})}},
		Sections: []heritage.Section{{Title: text("第一单元", "Part one"), Items: []heritage.SectionItem{{RelicID: heritage.RelicID(g.relic)}}}, {Title: text("空单元", "Empty part"), Items: []heritage.SectionItem{{RelicID: heritage.RelicID(g.bare)}}}}})
	story, err := g.Tourism.Stories.Create(t.Context(), g.by, tourism.NewRecord[tourism.StoryFields]{Org: testOrg, Fields: tourism.StoryFields{
		Subject: tourism.Subject{Kind: "museum", ID: g.museum}, Title: text("示范讲解", "Model story"), Text: text("讲解", "Told"), Images: []heritage.ImageRef{{AssetID: g.picture(707, media.Terms{})}}}})
	if err == nil {
		_, err = g.Tourism.Stories.Publish(t.Context(), g.by, story.ID, 0)
	}
	if err != nil {
		t.Fatal(err)
	}
	g.story = story.ID
	return g
}

// manifests are the addresses of those that the public has.
func (g *gallery) manifests() []string {
	list := []string{"relics/" + g.relic, "sites/" + g.site, "exhibitions/" + g.exh, "stories/" + g.story}
	for i := range list {
		list[i] = guide + "/iiif/manifest/3/" + list[i]
	}
	slices.Sort(list)
	return list
}

// presentationSchema is that of the validator of the IIIF community, which is no
// part of this program; nil, and a line in the log, where it is absent.
func presentationSchema(t *testing.T) *jsonschema.Schema {
	t.Helper()
	dir := os.Getenv("YJY_IIIF_SCHEMA_DIR")
	if dir == "" {
		dir = filepath.Join("..", "..", "..", "..", "..", "shared", "specs", "iiif_presentation")
	}
	name := filepath.Join(dir, "iiif_3_0.json")
	if _, err := os.Stat(name); err != nil {
		t.Skipf("SKIP: no IIIF Presentation schema at %s; name its folder in YJY_IIIF_SCHEMA_DIR", name)
	}
	schema, err := jsonschema.NewCompiler().Compile(name)
	if err != nil {
		t.Fatal(err)
	}
	return schema
}

// walk follows everything from a collection and returns the bodies by address.
func (g *gallery) walk(from string) map[string][]byte {
	g.t.Helper()
	bodies := make(map[string][]byte)
	visitor := g.visitor(g.t)
	for queue := []string{from}; len(queue) > 0; queue = queue[1:] {
		if _, had := bodies[queue[0]]; had {
			continue
		}
		got := visitor.do("GET", strings.TrimPrefix(queue[0], guide), nil, "Origin", "https://viewer.example").want(http.StatusOK)
		bodies[queue[0]] = got.body
		if kind := got.header.Get("Content-Type"); kind != `application/ld+json;profile="http://iiif.io/api/presentation/3/context.json"` {
			g.t.Errorf("%s is %s", queue[0], kind)
		}
		if cache, cors := got.header.Get("Cache-Control"), got.header.Get("Access-Control-Allow-Origin"); cache != "public, no-cache" || cors != "*" {
			g.t.Errorf("%s: Cache-Control %q, CORS %q", queue[0], cache, cors)
		}
		visitor.do("GET", strings.TrimPrefix(queue[0], guide), nil, "If-None-Match", got.header.Get("ETag")).want(http.StatusNotModified)
		if !bytes.HasPrefix(got.body, []byte(`{"@context":`)) {
			g.t.Errorf("%s does not begin with its context", queue[0])
		}
		var doc struct {
			ID    string
			Items []struct{ ID, Type string }
		}
		got.decode(&doc)
		if doc.ID != queue[0] {
			g.t.Errorf("%s calls itself %s", queue[0], doc.ID)
		}
		for _, it := range doc.Items {
			if it.Type == "Collection" || it.Type == "Manifest" {
				queue = append(queue, it.ID)
			}
		}
	}
	return bodies
}

// TestEverythingThatIIIFTellsIsValid walks all collections and manifests from the
// top: the schema of the IIIF community accepts each, and what it cannot say holds.
func TestEverythingThatIIIFTellsIsValid(t *testing.T) {
	g := newGallery(t)
	g.until(t, "all pictures are ready", func() bool {
		for _, m := range g.manifests() {
			if g.visitor(t).get(strings.TrimPrefix(m, guide)).status != http.StatusOK {
				return false
			}
		}
		return strings.Count(string(g.visitor(t).get("/iiif/manifest/3/exhibitions/"+g.exh).body), `"type":"Image","format":"image/jpeg"`) > 0
	})
	bodies := g.walk(guide + "/iiif/collection/3/top")
	var found []string
	for address, body := range bodies {
		for what, id := range map[string]string{"a picture for staff": g.secret, "the picture of a draft": g.unseen, "a draft": g.draft, "a relic without pictures": g.bare} {
			if bytes.Contains(body, []byte(id)) {
				t.Errorf("%s names %s", address, what)
			}
		}
		if strings.Contains(address, "/manifest/") {
			found = append(found, address)
			g.checkManifest(address, body)
		}
	}
	slices.Sort(found)
	if !slices.Equal(found, g.manifests()) {
		t.Errorf("the collections lead to %v, want %v", found, g.manifests())
	}
	for _, c := range []string{"museums", "museums/" + g.museum, "museums/" + g.museum + "/relics", "museums/" + g.museum + "/exhibitions", "museums/" + g.museum + "/stories", "sites"} {
		if bodies[guide+"/iiif/collection/3/"+c] == nil {
			t.Errorf("no way leads to the collection %s", c)
		}
	}
	g.visitor(t).get("/iiif/collection/3/things").want(http.StatusNotFound)
	g.visitor(t).get("/iiif/collection/3/museums/" + g.draft).want(http.StatusNotFound)
	g.visitor(t).get("/iiif/collection/3/relics?after=x").want(http.StatusUnprocessableEntity)

	schema := presentationSchema(t) // last: it may skip
	for address, body := range bodies {
		doc, err := jsonschema.UnmarshalJSON(bytes.NewReader(body))
		if err == nil {
			err = schema.Validate(doc)
		}
		if err != nil {
			t.Errorf("%s: %v", address, err)
		}
	}
}

type canvasDoc struct {
	ID            string
	Width, Height int
	Rights        string
	Items         []struct {
		ID    string
		Items []struct {
			ID, Motivation, Target string
			Body                   struct {
				ID      string
				Service []struct{ ID, Type string }
			}
		}
	}
	RequiredStatement struct{ Value map[string][]string }
}

type rangeDoc struct {
	ID    string
	Type  string
	Label map[string][]string
	Items []rangeDoc
}

type manifestDoc struct {
	ID                string
	Rights, NavDate   string
	Metadata          []struct{ Label, Value map[string][]string }
	RequiredStatement struct{ Value map[string][]string }
	Provider          []struct {
		ID, Type string
		Homepage []struct{ ID string }
	}
	SeeAlso, Homepage, PartOf []struct{ ID string }
	Start                     struct{ ID string }
	Items                     []canvasDoc
	Structures                []rangeDoc
}

// checkManifest holds the rules that a schema cannot say.
func (g *gallery) checkManifest(address string, body []byte) {
	g.t.Helper()
	var m manifestDoc
	if err := json.Unmarshal(body, &m); err != nil {
		g.t.Fatal(err)
	}
	ids, canvases := map[string]bool{}, map[string]bool{}
	once := func(id string) {
		if ids[id] || !strings.HasPrefix(id, guide) {
			g.t.Errorf("%s: id %q is not absolute or not the only one", address, id)
		}
		ids[id] = true
	}
	once(m.ID)
	visitor := g.visitor(g.t)
	for _, c := range m.Items {
		once(c.ID)
		canvases[c.ID] = true
		if c.Width <= 0 || c.Height <= 0 {
			g.t.Errorf("%s: canvas of %d × %d", address, c.Width, c.Height)
		}
		for _, page := range c.Items {
			once(page.ID)
			for _, a := range page.Items {
				once(a.ID)
				if a.Target != c.ID || a.Motivation != "painting" {
					g.t.Errorf("%s: %s on %s", address, a.Motivation, a.Target)
				}
				visitor.get(strings.TrimPrefix(a.Body.ID, guide)).want(http.StatusOK)
				var info struct{ ID string }
				visitor.get(strings.TrimPrefix(a.Body.Service[0].ID, guide) + "/info.json").want(http.StatusOK).decode(&info)
				if info.ID != a.Body.Service[0].ID {
					g.t.Errorf("the service %s calls itself %s", a.Body.Service[0].ID, info.ID)
				}
			}
		}
	}
	if !canvases[m.Start.ID] {
		g.t.Errorf("%s starts at %s", address, m.Start.ID)
	}
	var check func([]rangeDoc)
	check = func(list []rangeDoc) {
		for _, r := range list {
			if r.Type == "Canvas" {
				if !canvases[r.ID] {
					g.t.Errorf("%s: a range names the canvas %s", address, r.ID)
				}
				continue
			}
			once(r.ID)
			if len(r.Items) == 0 {
				g.t.Errorf("%s: the range %v is empty", address, r.Label)
			}
			check(r.Items)
		}
	}
	check(m.Structures)
	for _, l := range append(m.SeeAlso, m.PartOf...) {
		visitor.get(strings.TrimPrefix(l.ID, guide)).want(http.StatusOK)
	}
	switch {
	case strings.HasSuffix(address, g.relic):
		g.checkRelic(&m)
	case strings.HasSuffix(address, g.exh):
		if len(m.Structures) != 1 || m.Structures[0].Label["en"][0] != "Part one" || len(m.Structures[0].Items) != 1 || len(m.Items) != 2 || m.NavDate != "2025-01-01T00:00:00Z" {
			g.t.Errorf("exhibition: %+v", m)
		}
	case strings.HasSuffix(address, g.site):
		if m.Rights != string(media.CCBYSA) || m.NavDate != "1400-01-01T00:00:00Z" || len(m.Provider) != 0 {
			g.t.Errorf("site: %+v", m)
		}
	}
}

// checkRelic: two pictures under different terms, of which one is a drawing.
func (g *gallery) checkRelic(m *manifestDoc) {
	g.t.Helper()
	said := fmt.Sprint(m.RequiredStatement.Value)
	for _, want := range []string{"模拟数据", "示意图，非文物照片", "示范摄影一", "Model photographer one", "示范摄影二"} {
		if !strings.Contains(said, want) {
			g.t.Errorf("the required statement lacks %s: %s", want, said)
		}
	}
	if len(m.Items) != 2 || m.Rights != "" || m.Items[0].Rights != string(media.CC0) || m.Items[1].Rights != string(media.CCBY) {
		g.t.Errorf("rights: %q, canvases %+v", m.Rights, m.Items)
	}
	if own := fmt.Sprint(m.Items[0].RequiredStatement.Value); strings.Contains(own, "示意图") || !strings.Contains(own, "示范摄影一") {
		g.t.Errorf("a photograph is called a drawing: %s", own)
	}
	if len(m.Provider) != 1 || m.Provider[0].Type != "Agent" || m.Provider[0].Homepage[0].ID != "https://museum.example/" || m.NavDate != "" || len(m.PartOf) != 2 {
		g.t.Errorf("%+v", m)
	}
	none := slices.ContainsFunc(m.Metadata, func(p struct{ Label, Value map[string][]string }) bool {
		return slices.Equal(p.Value["none"], []string{"118 cm"})
	})
	if !none {
		g.t.Errorf("a measure is in no language: %+v", m.Metadata)
	}
}
