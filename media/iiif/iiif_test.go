package iiif_test

import (
	"encoding/json"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/santhosh-tekuri/jsonschema/v6"

	"yijianyou/internal/fault"
	"yijianyou/media/iiif"
)

// The rows of the compliance page (https://iiif.io/api/image/3.0/compliance/)
// and of §4 of the Image API 3.0, on an image of 6000 × 4000 with the limits
// 5000 per side and 16,000,000 pixels.
func TestComplianceOfRequests(t *testing.T) {
	lim := iiif.Limits{MaxSide: 5000, MaxArea: 16_000_000}
	type plan = iiif.Plan
	full := plan{W: 6000, H: 4000, Width: 4898, Height: 3266, Quality: iiif.Default, Format: iiif.JPG}
	with := func(p plan, change func(*plan)) plan { change(&p); return p }
	part := plan{X: 100, Y: 200, W: 300, H: 400, Width: 300, Height: 400, Quality: iiif.Default, Format: iiif.JPG}
	for _, tc := range []struct {
		rule, path string
		want       plan
		canonical  string
	}{
		{"region full, size max: level 0", "full/max/0/default.jpg", full, "full/max/0/default.jpg"},
		{"region square: level 1", "square/max/0/default.jpg", with(full, func(p *plan) { p.X, p.W, p.Width, p.Height = 1000, 4000, 4000, 4000 }), "1000,0,4000,4000/max/0/default.jpg"},
		{"regionByPx: level 1", "100,200,300,400/max/0/default.jpg", part, "100,200,300,400/max/0/default.jpg"},
		{"regionByPx is cropped at the edge", "5900,3900,300,300/max/0/default.jpg", plan{X: 5900, Y: 3900, W: 100, H: 100, Width: 100, Height: 100, Quality: iiif.Default, Format: iiif.JPG}, "5900,3900,100,100/max/0/default.jpg"},
		{"regionByPct: level 2", "pct:10,10.5,50,.5/max/0/default.jpg", plan{X: 600, Y: 420, W: 3000, H: 20, Width: 3000, Height: 20, Quality: iiif.Default, Format: iiif.JPG}, "600,420,3000,20/max/0/default.jpg"},
		{"regionByPct of everything is full", "pct:0,0,100,100/max/0/default.jpg", full, "full/max/0/default.jpg"},
		{"regionByPx of everything is full", "0,0,6000,4000/max/0/default.jpg", full, "full/max/0/default.jpg"},
		{"sizeByW: level 1", "full/600,/0/default.jpg", with(full, func(p *plan) { p.Width, p.Height = 600, 400 }), "full/600,400/0/default.jpg"},
		{"sizeByH: level 1", "full/,500/0/default.jpg", with(full, func(p *plan) { p.Width, p.Height = 750, 500 }), "full/750,500/0/default.jpg"},
		{"sizeByWh: level 1", "full/600,100/0/default.jpg", with(full, func(p *plan) { p.Width, p.Height = 600, 100 }), "full/600,100/0/default.jpg"},
		{"sizeByPct: level 2", "full/pct:10/0/default.jpg", with(full, func(p *plan) { p.Width, p.Height = 600, 400 }), "full/600,400/0/default.jpg"},
		{"sizeByConfinedWh: level 2", "full/!600,600/0/default.jpg", with(full, func(p *plan) { p.Width, p.Height = 600, 400 }), "full/600,400/0/default.jpg"},
		{"sizeByConfinedWh does not enlarge", "100,200,300,400/!900,900/0/default.jpg", part, "100,200,300,400/max/0/default.jpg"},
		{"sizeByConfinedWh stays within the limits", "full/!9000,9000/0/default.jpg", full, "full/max/0/default.jpg"},
		{"sizeUpscaling by width", "100,200,300,400/^600,/0/default.jpg", with(part, func(p *plan) { p.Width, p.Height = 600, 800 }), "100,200,300,400/^600,800/0/default.jpg"},
		{"sizeUpscaling by height", "100,200,300,400/^,800/0/default.jpg", with(part, func(p *plan) { p.Width, p.Height = 600, 800 }), "100,200,300,400/^600,800/0/default.jpg"},
		{"sizeUpscaling by percent", "100,200,300,400/^pct:200/0/default.jpg", with(part, func(p *plan) { p.Width, p.Height = 600, 800 }), "100,200,300,400/^600,800/0/default.jpg"},
		{"sizeUpscaling exactly", "100,200,300,400/^600,100/0/default.jpg", with(part, func(p *plan) { p.Width, p.Height = 600, 100 }), "100,200,300,400/^600,100/0/default.jpg"},
		{"sizeUpscaling confined", "100,200,300,400/^!900,800/0/default.jpg", with(part, func(p *plan) { p.Width, p.Height = 600, 800 }), "100,200,300,400/^600,800/0/default.jpg"},
		{"sizeUpscaling max is the limit", "100,200,300,400/^max/0/default.jpg", with(part, func(p *plan) { p.Width, p.Height = 3464, 4618 }), "100,200,300,400/^max/0/default.jpg"},
		{"^ without enlarging is left out", "full/^600,/0/default.jpg", with(full, func(p *plan) { p.Width, p.Height = 600, 400 }), "full/600,400/0/default.jpg"},
		{"rotationBy90s: level 2", "full/600,/90/default.jpg", with(full, func(p *plan) { p.Width, p.Height, p.Degrees = 600, 400, 90 }), "full/600,400/90/default.jpg"},
		{"rotation 360 is 0", "full/600,/360/default.jpg", with(full, func(p *plan) { p.Width, p.Height = 600, 400 }), "full/600,400/0/default.jpg"},
		{"rotation 90.0 is 90", "full/600,/90.0/default.jpg", with(full, func(p *plan) { p.Width, p.Height, p.Degrees = 600, 400, 90 }), "full/600,400/90/default.jpg"},
		{"mirroring", "full/600,/!180/default.jpg", with(full, func(p *plan) { p.Width, p.Height, p.Degrees, p.Mirror = 600, 400, 180, true }), "full/600,400/!180/default.jpg"},
		{"rotationArbitrary", "full/600,/22.5/default.png", with(full, func(p *plan) { p.Width, p.Height, p.Degrees, p.Format = 600, 400, 22.5, iiif.PNG }), "full/600,400/22.5/default.png"},
		{"rotationArbitrary without trailing zeros", "full/600,/!022.50/default.jpg", with(full, func(p *plan) { p.Width, p.Height, p.Degrees, p.Mirror = 600, 400, 22.5, true }), "full/600,400/!22.5/default.jpg"},
		{"rotationArbitrary: max is the size whose frame is within the limits", "full/max/45/default.jpg", with(full, func(p *plan) { p.Width, p.Height, p.Degrees = 3394, 2262, 45 }), "full/max/45/default.jpg"},
		{"quality bitonal", "full/600,/0/bitonal.png", with(full, func(p *plan) { p.Width, p.Height, p.Quality, p.Format = 600, 400, iiif.Bitonal, iiif.PNG }), "full/600,400/0/bitonal.png"},
		{"quality color is the default", "full/600,/0/color.jpg", with(full, func(p *plan) { p.Width, p.Height = 600, 400 }), "full/600,400/0/default.jpg"},
		{"quality gray", "full/600,/0/gray.jpg", with(full, func(p *plan) { p.Width, p.Height, p.Quality = 600, 400, iiif.Gray }), "full/600,400/0/gray.jpg"},
		{"format png: level 2", "full/600,/0/default.png", with(full, func(p *plan) { p.Width, p.Height, p.Format = 600, 400, iiif.PNG }), "full/600,400/0/default.png"},
	} {
		t.Run(tc.rule, func(t *testing.T) {
			r, err := iiif.Parse(tc.path)
			if err != nil {
				t.Fatal(err)
			}
			got, err := r.Resolve(6000, 4000, false, lim)
			if err != nil {
				t.Fatal(err)
			}
			tc.want.Canonical = tc.canonical
			if diff := cmp.Diff(tc.want, got); diff != "" {
				t.Error(diff)
			}
		})
	}
}

func TestRequestsThatAreRefused(t *testing.T) {
	lim := iiif.Limits{MaxSide: 5000, MaxArea: 16_000_000}
	for path, want := range map[string]*fault.Code{
		"full/max/0":                                      iiif.ErrSyntax,
		"full/max/0/default":                              iiif.ErrSyntax,
		"full/max/0/default.jpg/x":                        iiif.ErrSyntax,
		"/full/max/0/default.jpg":                         iiif.ErrSyntax,
		"full/max/0/" + strings.Repeat("a", 300) + ".jpg": iiif.ErrSyntax,
		"FULL/max/0/default.jpg":                          iiif.ErrRegion,
		"1,2,3/max/0/default.jpg":                         iiif.ErrRegion,
		"1,2,3,4,5/max/0/default.jpg":                     iiif.ErrRegion,
		"-1,2,3,4/max/0/default.jpg":                      iiif.ErrRegion,
		"1.5,2,3,4/max/0/default.jpg":                     iiif.ErrRegion,
		"1,2,0,4/max/0/default.jpg":                       iiif.ErrRegion,
		"pct:1,2,3,0/max/0/default.jpg":                   iiif.ErrRegion,
		"pct:1e1,2,3,4/max/0/default.jpg":                 iiif.ErrRegion,
		"pct:NaN,2,3,4/max/0/default.jpg":                 iiif.ErrRegion,
		"9999999999,2,3,4/max/0/default.jpg":              iiif.ErrRegion,
		"6000,0,10,10/max/0/default.jpg":                  iiif.ErrRegionOutside,
		"0,4000,10,10/max/0/default.jpg":                  iiif.ErrRegionOutside,
		"pct:100,0,10,10/max/0/default.jpg":               iiif.ErrRegionOutside,
		"pct:0,0,0.001,50/max/0/default.jpg":              iiif.ErrRegionOutside,
		"full/full/0/default.jpg":                         iiif.ErrSize,
		"full/,/0/default.jpg":                            iiif.ErrSize,
		"full/0,/0/default.jpg":                           iiif.ErrSize,
		"full/!5,/0/default.jpg":                          iiif.ErrSize,
		"full/^^max/0/default.jpg":                        iiif.ErrSize,
		"full/!^5,5/0/default.jpg":                        iiif.ErrSize,
		"full/pct:0/0/default.jpg":                        iiif.ErrSize,
		"full/-5,/0/default.jpg":                          iiif.ErrSize,
		"full/600/0/default.jpg":                          iiif.ErrSize,
		"0,0,100,100/101,/0/default.jpg":                  iiif.ErrUpscale,
		"0,0,100,100/,101/0/default.jpg":                  iiif.ErrUpscale,
		"0,0,100,100/50,101/0/default.jpg":                iiif.ErrUpscale,
		"0,0,100,100/pct:100.1/0/default.jpg":             iiif.ErrUpscale,
		"full/pct:0.001/0/default.jpg":                    iiif.ErrTooSmall,
		"0,0,6000,1/10,/0/default.jpg":                    iiif.ErrTooSmall,
		"full/5001,/0/default.jpg":                        iiif.ErrTooBig,
		"full/4950,3300/0/default.jpg":                    iiif.ErrTooBig,
		"full/pct:100/0/default.jpg":                      iiif.ErrTooBig,
		"full/^999999999,/0/default.jpg":                  iiif.ErrTooBig,
		"full/^pct:999999999/0/default.jpg":               iiif.ErrTooBig,
		"full/max/-90/default.jpg":                        iiif.ErrRotation,
		"full/max/361/default.jpg":                        iiif.ErrRotation,
		"full/max//default.jpg":                           iiif.ErrRotation,
		"full/max/90!/default.jpg":                        iiif.ErrRotation,
		"full/max/3e1/default.jpg":                        iiif.ErrRotation,
		"full/4000,/45/default.jpg":                       iiif.ErrTooBig,
		"full/max/0/native.jpg":                           iiif.ErrQuality,
		"full/max/0/default.exe":                          iiif.ErrFormat,
		"full/max/0/default.webp":                         iiif.ErrFormat,
		"full/max/0/default.JPG":                          iiif.ErrFormat,
		"full/max/0/default.":                             iiif.ErrFormat,
	} {
		t.Run(path, func(t *testing.T) {
			r, err := iiif.Parse(path)
			if err == nil {
				_, err = r.Resolve(6000, 4000, false, lim)
			}
			if !errors.Is(err, want) {
				t.Errorf("got %v, want %s", err, want.ID())
			}
		})
	}
}

func TestGrayIsTheDefaultOfAGreyImage(t *testing.T) {
	r, err := iiif.Parse("full/max/0/gray.jpg")
	if err != nil {
		t.Fatal(err)
	}
	p, err := r.Resolve(10, 10, true, iiif.Limits{})
	if err != nil || p.Canonical != "full/max/0/default.jpg" {
		t.Errorf("%+v %v", p, err)
	}
}

func TestInfoPromisesOnlyWhatResolves(t *testing.T) {
	lim := iiif.Limits{MaxSide: 5000, MaxArea: 16_000_000}
	sizes := []iiif.WH{{6001, 4001}, {3001, 2001}, {1501, 1001}, {751, 501}, {376, 251}, {188, 126}}
	info := iiif.NewInfo(iiif.Image{ID: "https://example.org/iiif/image/3/a", Levels: sizes, Stored: 2, Tile: 512}, lim)
	if len(info.Sizes) != 4 || info.Sizes[0] != (iiif.WH{188, 126}) {
		t.Errorf("sizes %v", info.Sizes)
	}
	for _, s := range info.Sizes {
		r := iiif.Request{Size: iiif.Size{Kind: iiif.SizeExact, W: s.Width, H: s.Height}, Quality: iiif.Default, Format: iiif.JPG}
		if _, err := r.Resolve(info.Width, info.Height, false, lim); err != nil {
			t.Errorf("size %v: %v", s, err)
		}
	}
	for _, f := range info.Tiles[0].ScaleFactors {
		side := 512 * f
		for y := 0; y < info.Height; y += side {
			for x := 0; x < info.Width; x += side {
				w, h := min(side, info.Width-x), min(side, info.Height-y)
				r := iiif.Request{Region: iiif.Region{Kind: iiif.RegionPixels, X: float64(x), Y: float64(y), W: float64(w), H: float64(h)},
					Size: iiif.Size{Kind: iiif.SizeExact, W: (w + f - 1) / f, H: (h + f - 1) / f}, Quality: iiif.Default, Format: iiif.JPG}
				if _, err := r.Resolve(info.Width, info.Height, false, lim); err != nil {
					t.Fatalf("tile %d,%d of factor %d: %v", x, y, f, err)
				}
			}
		}
	}
}

// What OpenSeadragon (IIIFTileSource.configure) and Mirador read.
func TestInfoHasTheMembersThatViewersNeed(t *testing.T) {
	b, err := json.Marshal(iiif.NewInfo(iiif.Image{ID: "https://example.org/iiif/image/3/a", Levels: []iiif.WH{{800, 600}, {400, 300}}, Tile: 512,
		Rights: "http://creativecommons.org/publicdomain/zero/1.0/"}, iiif.Limits{MaxSide: 4096}))
	if err != nil {
		t.Fatal(err)
	}
	var got map[string]any
	if err := json.Unmarshal(b, &got); err != nil {
		t.Fatal(err)
	}
	want := map[string]any{
		"@context": "http://iiif.io/api/image/3/context.json", "id": "https://example.org/iiif/image/3/a", "type": "ImageService3",
		"protocol": "http://iiif.io/api/image", "profile": "level2", "width": 800.0, "height": 600.0, "maxWidth": 4096.0,
		"sizes":          []any{map[string]any{"width": 400.0, "height": 300.0}, map[string]any{"width": 800.0, "height": 600.0}},
		"tiles":          []any{map[string]any{"width": 512.0, "scaleFactors": []any{1.0, 2.0}}},
		"rights":         "http://creativecommons.org/publicdomain/zero/1.0/",
		"extraQualities": []any{"color", "gray", "bitonal"},
		"extraFeatures":  []any{"canonicalLinkHeader", "mirroring", "profileLinkHeader", "rotationArbitrary", "sizeUpscaling"},
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
}

func sample() *iiif.Manifest {
	m := iiif.NewManifest("https://example.org/iiif/manifest/3/relics/1", iiif.Words("莲鹤方壶", "Square hu with lotus and crane"))
	m.Summary = iiif.Words("春秋中期青铜器。", "")
	m.Metadata = []iiif.LabelValue{{Label: iiif.Words("年代", "Period"), Value: iiif.Words("春秋中期", "Middle Spring and Autumn")}}
	m.RequiredStatement = &iiif.LabelValue{Label: iiif.Words("说明", "Note"), Value: iiif.Words("示意图，非文物照片", "Schematic drawing, not a photograph")}
	m.Rights = "http://creativecommons.org/publicdomain/zero/1.0/"
	m.Homepage = []iiif.Link{{ID: "https://example.org/relics/1", Type: "Text", Label: iiif.Words("莲鹤方壶", "Square hu"), Format: "text/html"}}
	service := "https://example.org/iiif/image/3/a"
	c := m.Paint("a", iiif.Words("正面", "Front"), iiif.Link{ID: service + "/full/max/0/default.jpg", Type: "Image", Format: "image/jpeg", Width: 4000, Height: 6000, Service: []iiif.ImageService{iiif.ServiceOf(service)}})
	c.Thumbnail = []iiif.Link{{ID: service + "/full/250,375/0/default.jpg", Type: "Image", Format: "image/jpeg", Width: 250, Height: 375, Service: []iiif.ImageService{iiif.ServiceOf(service)}}}
	film := m.Paint("b", iiif.Words("讲解", "Told"), iiif.Link{ID: "https://example.org/film.mp4", Type: "Video", Format: "video/mp4", Width: 640, Height: 360, Duration: 61.5})
	film.Supplement(iiif.Link{ID: "https://example.org/film.vtt", Type: "Text", Format: "text/vtt", Language: "zh-Hans", Label: iiif.Words("字幕", "Captions")})
	sound := m.Paint("c", nil, iiif.Link{ID: "https://example.org/sound.mp3", Type: "Sound", Format: "audio/mpeg", Duration: 30})
	sound.Rendering = []iiif.Link{{ID: "https://example.org/sound.txt", Type: "Text", Format: "text/plain", Label: iiif.Words("文字稿", "Transcript")}}
	m.Structures = []iiif.Range{{ID: m.Below("/range/1"), Type: "Range", Label: iiif.Words("图像", "Pictures"), Items: []any{iiif.Ref{ID: m.Canvas("a"), Type: "Canvas"}}}}
	return m
}

// schemaFile finds the schema of the presentation validator of the IIIF
// community; it is not part of this program.
func schemaFile(t *testing.T) string {
	t.Helper()
	dir := os.Getenv("YJY_IIIF_SCHEMA_DIR")
	if dir == "" {
		dir = filepath.Join("..", "..", "..", "shared", "specs", "iiif_presentation")
	}
	name := filepath.Join(dir, "iiif_3_0.json")
	if _, err := os.Stat(name); err != nil {
		t.Skipf("SKIP: no IIIF Presentation schema at %s; name its folder in YJY_IIIF_SCHEMA_DIR", name)
	}
	return name
}

func TestManifestIsValidAgainstTheSchema(t *testing.T) {
	schema, err := jsonschema.NewCompiler().Compile(schemaFile(t))
	if err != nil {
		t.Fatal(err)
	}
	check := func(m *iiif.Manifest) error {
		b, err := json.Marshal(m)
		if err != nil {
			t.Fatal(err)
		}
		doc, err := jsonschema.UnmarshalJSON(strings.NewReader(string(b)))
		if err != nil {
			t.Fatal(err)
		}
		return schema.Validate(doc)
	}
	if err := check(sample()); err != nil {
		t.Errorf("%v", err)
	}
	for name, spoil := range map[string]func(*iiif.Manifest){ // the schema must be able to refuse
		"no label":      func(m *iiif.Manifest) { m.Label = nil },
		"bad canvas id": func(m *iiif.Manifest) { m.Items[0].ID = "a" },
		"no width":      func(m *iiif.Manifest) { m.Items[0].Width = 0 },
	} {
		m := sample()
		spoil(m)
		if check(m) == nil {
			t.Errorf("%s: accepted", name)
		}
	}
}

// Viewers that choose no language show the first one.
func TestChineseIsTheFirstLanguageOfAText(t *testing.T) {
	for want, m := range map[string]iiif.LangMap{
		`{"zh-Hans":["莲鹤方壶"],"en":["Square pot"]}`:                    iiif.Words("莲鹤方壶", "Square pot"),
		`{"zh-Hans":["\u003c一\u003e","高"],"en":["one"],"none":["3"]}`: iiif.Lines([2]string{"<一>", "one"}, [2]string{"3", "3"}, [2]string{"高", ""}),
		`{"en":["only"]}`: iiif.Words("", "only"),
		`{}`:              {},
		`null`:            nil,
	} {
		got, err := json.Marshal(m)
		if err != nil || string(got) != want {
			t.Errorf("%s %v, want %s", got, err, want)
		}
		var back iiif.LangMap
		if err := json.Unmarshal(got, &back); err != nil || len(back) != len(m) {
			t.Errorf("%s reads back as %v, %v", got, back, err)
		}
	}
}
