package mediahttp_test

import (
	"bytes"
	"fmt"
	"image"
	"image/color"
	"image/jpeg"
	"math"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

const (
	boardW, boardH = 1000, 800 // pixels of the board
	squareSide     = 100
)

// squareColour is the colour of a square of the board: no two neighbours are alike,
// so that a picture that is shifted, mirrored or turned wrongly is seen.
func squareColour(column, row int) color.NRGBA {
	n := column*37 + row*101 + column*row*13
	return color.NRGBA{byte(40 + n*67%176), byte(40 + n*29%176), byte(40 + n*113%176), 255}
}

// board is a JPEG of 10 × 8 coloured squares.
func board(t testing.TB) []byte {
	t.Helper()
	m := image.NewNRGBA(image.Rect(0, 0, boardW, boardH))
	for y := range boardH {
		for x := range boardW {
			m.SetNRGBA(x, y, squareColour(x/squareSide, y/squareSide))
		}
	}
	var b bytes.Buffer
	if err := jpeg.Encode(&b, m, &jpeg.Options{Quality: 95}); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func (r *room) board(t testing.TB) string {
	t.Helper()
	id := r.upload(t, board(t)).ID
	r.work(t)
	r.shows(t, id, "")
	return id
}

// shown is a picture as the specification says it must come out.
type shown struct {
	x, y, w, h    int // region
	width, height int // after scaling
	degrees       float64
	mirror        bool
	quality       string // "" is in colour
}

// frame is the size of the whole answer (§4.3).
func (s shown) frame() (int, int) {
	sin, cos := math.Sincos(s.degrees * math.Pi / 180)
	sin, cos = math.Abs(sin), math.Abs(cos)
	w, h := float64(s.width), float64(s.height)
	return int(math.Ceil(w*cos + h*sin - 1e-6)), int(math.Ceil(w*sin + h*cos - 1e-6))
}

// place is where the middle of a square comes to lie; ok is false when the square is
// not whole in the region.
func (s shown) place(column, row int) (x, y int, ok bool) {
	left, top := column*squareSide, row*squareSide
	if left < s.x || top < s.y || left+squareSide > s.x+s.w || top+squareSide > s.y+s.h {
		return 0, 0, false
	}
	u := (float64(left-s.x) + squareSide/2.0) / float64(s.w)
	v := (float64(top-s.y) + squareSide/2.0) / float64(s.h)
	if s.mirror {
		u = 1 - u
	}
	dx, dy := (u-0.5)*float64(s.width), (v-0.5)*float64(s.height)
	sin, cos := math.Sincos(s.degrees * math.Pi / 180)
	fw, fh := s.frame()
	return int(float64(fw)/2 + dx*cos - dy*sin), int(float64(fh)/2 + dx*sin + dy*cos), true
}

func (s shown) colour(column, row int) color.NRGBA {
	c := squareColour(column, row)
	luma := byte((299*int(c.R) + 587*int(c.G) + 114*int(c.B)) / 1000)
	switch s.quality {
	case "gray":
		return color.NRGBA{luma, luma, luma, 255}
	case "bitonal":
		v := 255 * (luma >> 7)
		return color.NRGBA{v, v, v, 255}
	}
	return c
}

func (s shown) check(t *testing.T, body []byte, format string) {
	t.Helper()
	m, kind, err := image.Decode(bytes.NewReader(body))
	if err != nil || kind != format {
		t.Fatalf("a %s is no %s: %v", kind, format, err)
	}
	fw, fh := s.frame()
	if m.Bounds().Dx() != fw || m.Bounds().Dy() != fh {
		t.Fatalf("%v, want %d×%d", m.Bounds().Size(), fw, fh)
	}
	seen := 0
	for row := range boardH / squareSide {
		for column := range boardW / squareSide {
			x, y, ok := s.place(column, row)
			if !ok {
				continue
			}
			seen++
			want := s.colour(column, row)
			if s.quality == "bitonal" {
				if luma := s.luma(column, row); luma > 116 && luma < 140 {
					continue // too near to the bound to say
				}
			}
			r, g, b, a := m.At(x, y).RGBA()
			got := [4]int{int(r >> 8), int(g >> 8), int(b >> 8), int(a >> 8)}
			for i, v := range [4]byte{want.R, want.G, want.B, want.A} {
				if d := got[i] - int(v); d < -10 || d > 10 {
					t.Fatalf("square %d,%d at %d,%d is %v, want %v", column, row, x, y, got, want)
				}
			}
		}
	}
	if seen == 0 {
		t.Fatal("no square was compared")
	}
	if s.degrees != math.Trunc(s.degrees/90)*90 {
		r, _, _, a := m.At(0, 0).RGBA()
		if format == "png" && a != 0 || format == "jpeg" && (a != 0xffff || r>>8 < 250) {
			t.Errorf("beside the picture: red %d, opacity %d", r>>8, a>>8)
		}
	}
}

func (s shown) luma(column, row int) int {
	c := squareColour(column, row)
	return (299*int(c.R) + 587*int(c.G) + 114*int(c.B)) / 1000
}

// The rows of §3 of https://iiif.io/api/image/3.0/compliance/ and of §4 of the Image
// API 3.0, by the name of the feature there. What comes back is decoded, and the
// middle of each square that must be in it has its colour.
func TestPicturesComplyWithTheImageAPI(t *testing.T) {
	r := newRoom(t, public)
	service := "/iiif/image/3/" + r.board(t)
	c := r.Nobody()
	full := shown{w: boardW, h: boardH, width: boardW, height: boardH}
	part := shown{x: 300, y: 200, w: 400, h: 300, width: 400, height: 300}
	sized := func(s shown, w, h int) shown { s.width, s.height = w, h; return s }
	turned := func(s shown, degrees float64, mirror bool) shown { s.degrees, s.mirror = degrees, mirror; return s }
	in := func(s shown, quality string) shown { s.quality = quality; return s }
	const partAt = "300,200,400,300/"
	for _, tc := range []struct {
		feature, path string
		want          shown
	}{
		{"full", "full/max/0/default.jpg", full},
		{"regionSquare", "square/max/0/default.jpg", shown{x: 100, w: 800, h: 800, width: 800, height: 800}},
		{"regionByPx", partAt + "max/0/default.jpg", part},
		{"regionByPx cropped at the edge", "700,500,999,999/max/0/default.jpg", shown{x: 700, y: 500, w: 300, h: 300, width: 300, height: 300}},
		{"regionByPct", "pct:30,25,40,37.5/max/0/default.jpg", part},
		{"regionByPct cropped at the edge", "pct:70,62.5,66.6,100/max/0/default.jpg", shown{x: 700, y: 500, w: 300, h: 300, width: 300, height: 300}},
		{"max", partAt + "max/0/default.png", part},
		{"sizeByW", "full/500,/0/default.jpg", sized(full, 500, 400)},
		{"sizeByH", "full/,200/0/default.jpg", sized(full, 250, 200)},
		{"sizeByPct", "full/pct:37.5/0/default.jpg", sized(full, 375, 300)},
		{"sizeByWh", "full/500,300/0/default.jpg", sized(full, 500, 300)},
		{"sizeByWh of a region", partAt + "100,300/0/default.jpg", sized(part, 100, 300)},
		{"sizeByConfinedWh", "full/!400,400/0/default.jpg", sized(full, 400, 320)},
		{"sizeByConfinedWh is not enlarged", partAt + "!900,900/0/default.jpg", part},
		{"sizeUpscaling ^w,", partAt + "^800,/0/default.jpg", sized(part, 800, 600)},
		{"sizeUpscaling ^,h", partAt + "^,450/0/default.jpg", sized(part, 600, 450)},
		{"sizeUpscaling ^pct:n", partAt + "^pct:150/0/default.jpg", sized(part, 600, 450)},
		{"sizeUpscaling ^w,h", partAt + "^800,300/0/default.jpg", sized(part, 800, 300)},
		{"sizeUpscaling ^!w,h", partAt + "^!1600,600/0/default.jpg", sized(part, 800, 600)},
		{"sizeUpscaling ^max", partAt + "^max/0/default.jpg", sized(part, 4760, 3571)},
		{"sizeUpscaling of a size that is no larger", "full/^500,/0/default.jpg", sized(full, 500, 400)},
		{"rotation 0", partAt + "max/0/default.jpg", part},
		{"rotationBy90s 90", "full/500,/90/default.jpg", turned(sized(full, 500, 400), 90, false)},
		{"rotationBy90s 180", "full/500,/180/default.jpg", turned(sized(full, 500, 400), 180, false)},
		{"rotationBy90s 270", partAt + "max/270/default.png", turned(part, 270, false)},
		{"rotationBy90s 360", partAt + "max/360/default.jpg", part},
		{"rotationArbitrary 22.5", "full/500,/22.5/default.png", turned(sized(full, 500, 400), 22.5, false)},
		{"rotationArbitrary 200", partAt + "max/200/default.jpg", turned(part, 200, false)},
		{"rotationArbitrary 345 mirrored", partAt + "200,/!345/default.png", turned(sized(part, 200, 150), 345, true)},
		{"mirroring", "full/500,/!0/default.jpg", turned(sized(full, 500, 400), 0, true)},
		{"mirroring and rotation by 180", "full/500,/!180/default.jpg", turned(sized(full, 500, 400), 180, true)},
		{"mirroring comes before rotation", partAt + "max/!90/default.jpg", turned(part, 90, true)},
		{"default", "full/500,/0/default.png", sized(full, 500, 400)},
		{"color", "full/500,/0/color.jpg", sized(full, 500, 400)},
		{"gray", "full/500,/0/gray.jpg", in(sized(full, 500, 400), "gray")},
		{"gray turned", partAt + "max/30/gray.png", in(turned(part, 30, false), "gray")},
		{"bitonal", "full/500,/0/bitonal.png", in(sized(full, 500, 400), "bitonal")},
		{"bitonal turned", partAt + "max/300/bitonal.png", in(turned(part, 300, false), "bitonal")},
		{"jpg", "full/max/0/default.jpg", full},
		{"png", "full/max/0/default.png", full},
		{"order of implementation", partAt + "200,/!345/gray.jpg", in(turned(sized(part, 200, 150), 345, true), "gray")},
		{"percent-encoded characters", "pct%3A30%2C25%2C40%2C37.5/%5E800%2C/%210/default.jpg", turned(sized(part, 800, 600), 0, true)},
	} {
		t.Run(tc.feature, func(t *testing.T) {
			got := c.Get(service+"/"+tc.path).Want(t, 200)
			format := strings.TrimPrefix(got.Header.Get("Content-Type"), "image/")
			if ext := tc.path[len(tc.path)-3:]; format[:1] != ext[:1] {
				t.Errorf("Content-Type %s of .%s", format, ext)
			}
			tc.want.check(t, got.Body, format)
		})
	}
}

// Requests that §4 and §7.3 want refused with 400, with a body that says why.
func TestRequestsThatAreNoneAreRefused(t *testing.T) {
	r := newRoom(t, public)
	service := "/iiif/image/3/" + r.board(t)
	for rule, paths := range map[string][]string{
		"4 syntax":                        {"/full/max/0/default", "/full%2Fmax/0/default.jpg/x"},
		"4.1 region":                      {"/x/max/0/default.jpg", "/-1,0,5,5/max/0/default.jpg", "/0.5,0,5,5/max/0/default.jpg", "/pct:101/max/0/default.jpg"},
		"4.1 a region of no pixels":       {"/0,0,0,5/max/0/default.jpg", "/pct:0,0,0,5/max/0/default.jpg"},
		"4.1 a region outside":            {"/1000,0,5,5/max/0/default.jpg", "/pct:100,0,5,5/max/0/default.jpg"},
		"4.2 size":                        {"/full/full/0/default.jpg", "/full/,/0/default.jpg", "/full/0,/0/default.jpg", "/full/^/0/default.jpg"},
		"4.2 enlarged without ^":          {"/full/1001,/0/default.jpg", "/full/,801/0/default.jpg", "/full/1000,801/0/default.jpg", "/full/pct:100.5/0/default.jpg"},
		"4.2 less than a pixel":           {"/full/pct:0.01/0/default.jpg", "/0,0,1000,1/10,/0/default.jpg"},
		"4.2 beyond the limits":           {"/full/^9000,/0/default.jpg", "/full/^8000,8000/0/default.jpg", "/full/^pct:99999/0/default.jpg"},
		"4.2 a frame beyond the limits":   {"/full/^4000,4000/45/default.jpg"},
		"4.3 rotation":                    {"/full/max/-1/default.jpg", "/full/max/361/default.jpg", "/full/max/abc/default.jpg", "/full/max/+9/default.jpg", "/full/max/9e1/default.jpg"},
		"4.4 quality":                     {"/full/max/0/native.jpg", "/full/max/0/grey.jpg"},
		"4.5 a format that is not known":  {"/full/max/0/default.exe", "/full/max/0/default.JPG"},
		"4.5 a format that is not spoken": {"/full/max/0/default.webp", "/full/max/0/default.tif", "/full/max/0/default.gif", "/full/max/0/default.jp2", "/full/max/0/default.pdf"},
	} {
		t.Run(rule, func(t *testing.T) {
			for _, path := range paths {
				got := r.Nobody().Get(service+path).Want(t, 400)
				if p := got.Problem(t); p.Status != 400 || !strings.HasPrefix(p.Code, "iiif.") || p.Detail == "" {
					t.Errorf("%s: %+v", path, p)
				}
				if got.Header.Get("Access-Control-Allow-Origin") != "*" {
					t.Errorf("%s: cors: not on an error", path)
				}
			}
		})
	}
}

// The info.json promises what is so: each feature of §5.7 that it names, by the
// profile or beside it, is a row of the tests of this file; sizes and tiles come as
// stored bytes; and the limits are those at which requests are refused.
func TestInfoIsHonest(t *testing.T) {
	r := newRoom(t, public)
	service := "/iiif/image/3/" + r.published(t, 2401, 1777)
	c := r.Nobody()
	var in struct {
		Context, ID, Type, Protocol, Profile        string
		Width, Height, MaxWidth, MaxHeight, MaxArea int
		Sizes                                       []struct{ Width, Height int }
		Tiles                                       []struct {
			Width, Height int
			ScaleFactors  []int
		}
		ExtraFormats, ExtraQualities, ExtraFeatures, PreferredFormats []string
	}
	c.Get(service+"/info.json").Want(t, 200).JSON(t, &in)
	if in.ID != public+service || in.Type != "ImageService3" || in.Protocol != "http://iiif.io/api/image" || in.Profile != "level2" ||
		in.Width != 2401 || in.Height != 1777 || in.MaxHeight != 0 || in.ExtraFormats != nil || in.PreferredFormats != nil {
		t.Errorf("%+v", in)
	}
	if !slices.Equal(in.ExtraFeatures, []string{"canonicalLinkHeader", "mirroring", "profileLinkHeader", "rotationArbitrary", "sizeUpscaling"}) ||
		!slices.Equal(in.ExtraQualities, []string{"color", "gray", "bitonal"}) {
		t.Errorf("%v %v", in.ExtraFeatures, in.ExtraQualities)
	}
	if len(in.Sizes) != 4 || in.Sizes[3].Width != 1201 { // 2401 is not kept whole
		t.Errorf("sizes %v", in.Sizes)
	}
	packed := r.packed(t)
	stored := func(w, h int, path string) {
		t.Helper()
		got := c.Get(service+path).Want(t, 200)
		m, _, err := image.Decode(bytes.NewReader(got.Body))
		if err != nil || m.Bounds().Dx() != w || m.Bounds().Dy() != h {
			t.Errorf("%s: %v %v", path, m.Bounds(), err)
		}
		if !bytes.Contains(packed, got.Body) {
			t.Errorf("%s was computed", path)
		}
	}
	for _, s := range in.Sizes {
		stored(s.Width, s.Height, fmt.Sprintf("/full/%d,%d/0/default.jpg", s.Width, s.Height))
	}
	for _, f := range in.Tiles[0].ScaleFactors {
		side := in.Tiles[0].Width * f
		for y := 0; y < in.Height; y += side {
			for x := 0; x < in.Width; x += side {
				w, h := min(side, in.Width-x), min(side, in.Height-y)
				tw, th := (w+f-1)/f, (h+f-1)/f
				stored(tw, th, fmt.Sprintf("/%d,%d,%d,%d/%d,%d/0/default.jpg", x, y, w, h, tw, th))
			}
		}
	}
	for path, status := range map[string]int{
		fmt.Sprintf("/0,0,100,100/^%d,1/0/default.jpg", in.MaxWidth):                                  200,
		fmt.Sprintf("/0,0,100,100/^%d,1/0/default.jpg", in.MaxWidth+1):                                400,
		fmt.Sprintf("/0,0,100,100/^1,%d/0/default.jpg", in.MaxWidth):                                  200,
		fmt.Sprintf("/0,0,100,100/^1,%d/0/default.jpg", in.MaxWidth+1):                                400,
		fmt.Sprintf("/0,0,10,10/^%d,%d/0/default.jpg", in.MaxWidth, in.MaxArea/in.MaxWidth):           200,
		fmt.Sprintf("/0,0,10,10/^%d,%d/0/default.jpg", in.MaxWidth, (in.MaxArea+8191)/in.MaxWidth+1):  400,
		fmt.Sprintf("/0,0,10,10/^%d,%d/10/default.jpg", in.MaxWidth, (in.MaxArea+8191)/in.MaxWidth-1): 400,
	} {
		if got := c.Get(service + path); got.Status != status {
			t.Errorf("%s: %d, want %d", path, got.Status, status)
		}
	}
}

// packed returns the packed file of the only picture.
func (r *room) packed(t *testing.T) []byte {
	t.Helper()
	names, err := filepath.Glob(filepath.Join(r.dir, "*", "*.tiles"))
	if err != nil || len(names) != 1 {
		t.Fatalf("%v %v", names, err)
	}
	b, err := os.ReadFile(names[0])
	if err != nil {
		t.Fatal(err)
	}
	return b
}
