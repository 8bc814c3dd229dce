package app

import (
	"bytes"
	"image"
	_ "image/jpeg"
	_ "image/png"
	"net/http"
	"strings"
	"testing"
)

// walkForm is a form of an image request: region/size/rotation/quality.format.
type walkForm struct {
	path string
	free bool // neither the size nor the mark can be told: enlarged on purpose, or cut very small
	lone bool // two colours or a slant: the mark is not looked for
}

// forms are all kinds of image requests, in the coordinates of the whole picture
// and of the smaller ones alike: what lies outside of the smaller is refused.
var forms = walkForms()

func walkForms() []walkForm {
	var out []walkForm
	sizes := []string{"max", "512,", "pct:100", "1500,1100", "pct:50", ",512", "300,300", "!1500,1500", "750,550"}
	for i, region := range []string{"full", "0,0,512,512", "pct:10,10,60,60", "square", "37,53,301,297", "512,0,388,512", "512,512,512,512", "0,0,1024,1024", "1024,0,476,1024", "0,0,1500,1100"} {
		if i == 3 { // from here on the most telling ones
			sizes = sizes[:4]
		}
		for _, size := range sizes {
			out = append(out, walkForm{path: region + "/" + size + "/0/default.jpg"})
		}
		for _, tail := range []string{"90/default.jpg", "!180/default.jpg", "0/default.png", "0/color.png", "0/gray.jpg"} {
			out = append(out, walkForm{path: region + "/max/" + tail})
		}
		for _, tail := range []string{"31.5/default.png", "0/bitonal.png"} {
			out = append(out, walkForm{path: region + "/max/" + tail, lone: true})
		}
		out = append(out, walkForm{path: region + "/^1600,/0/default.jpg", free: true})
	}
	return append(out, walkForm{path: "full/^max/0/default.jpg", free: true}, walkForm{path: "10,10,90,90/max/0/default.png", free: true},
		walkForm{path: "full/^!1300,1300/270/default.png", free: true}, walkForm{path: "full/max/0/default.webp"}, walkForm{path: "full/full/0/native.jpg"})
}

// metrics are what the walk measures of a picture.
type metrics struct {
	width, height int
	detail        int  // mean difference of neighbours in luma: the chequer of the whole picture
	strokes       int  // pixels far from the luma of the ground: strokes of the mark
	bare          bool // a square of 256 pixels has no stroke
}

// measure looks at a picture whose ground has a luma of 128.
func measure(m image.Image) metrics {
	b := m.Bounds()
	out := metrics{width: b.Dx(), height: b.Dy()}
	luma := lumaOf(m)
	sum, n := 0, 0
	stroke := func(x, y int) int {
		if d := luma[y*out.width+x] - 128; d > 18 || d < -18 {
			return 1
		}
		return 0
	}
	for y := range out.height {
		for x := range out.width {
			if x > 0 {
				d := luma[y*out.width+x] - luma[y*out.width+x-1]
				sum, n = sum+max(d, -d), n+1
			}
			out.strokes += stroke(x, y)
		}
	}
	out.detail = sum / max(1, n)
	for y := 0; y+256 <= out.height; y += 128 {
		for x := 0; x+256 <= out.width; x += 128 {
			has := 0
			for v := y; v < y+256; v++ {
				for u := x; u < x+256; u++ {
					has += stroke(u, v)
				}
			}
			out.bare = out.bare || has < 100
		}
	}
	return out
}

// lumaOf returns the luma of each pixel, row by row.
func lumaOf(m image.Image) []int {
	b := m.Bounds()
	out := make([]int, 0, b.Dx()*b.Dy())
	for y := b.Min.Y; y < b.Max.Y; y++ {
		for x := b.Min.X; x < b.Max.X; x++ {
			switch m := m.(type) {
			case *image.YCbCr:
				out = append(out, int(m.Y[m.YOffset(x, y)]))
			case *image.Gray:
				out = append(out, int(m.GrayAt(x, y).Y))
			case *image.RGBA:
				c := m.RGBAAt(x, y)
				out = append(out, (299*int(c.R)+587*int(c.G)+114*int(c.B))/1000)
			default:
				r, g, bl, _ := m.At(x, y).RGBA()
				out = append(out, int(299*(r>>8)+587*(g>>8)+114*(bl>>8))/1000)
			}
		}
	}
	return out
}

// wholeDetail is the least detail of a picture that was not made smaller.
const wholeDetail = 30

// checkImage checks one answer to a request for a picture.
func (w *walk) checkImage(pic *walked, form walkForm, got *reply) {
	w.t.Helper()
	if strings.HasPrefix(got.header.Get("Content-Type"), "image/") != (got.status == http.StatusOK || got.status == http.StatusPartialContent) && got.status != http.StatusNotModified {
		w.t.Errorf("%s: %d and %s", got.asked, got.status, got.header.Get("Content-Type"))
	}
	if pic.side == 0 {
		w.hidden(pic, got)
		return
	}
	switch got.status {
	case http.StatusOK, http.StatusPartialContent:
	case http.StatusBadRequest, http.StatusNotImplemented: // outside, too large, not spoken
		return
	default:
		w.t.Errorf("%s: %d", got.asked, got.status)
		return
	}
	m, _, err := image.Decode(bytes.NewReader(got.body))
	if err != nil {
		w.t.Errorf("%s: %v", got.asked, err)
		return
	}
	is := measure(m)
	if pic.side < walkedWidth && !strings.Contains(form.path, "bitonal") && is.detail >= wholeDetail {
		w.t.Errorf("%s shows the details of the whole picture: %+v", got.asked, is)
	}
	most := pic.side
	if form.lone { // a turned picture stands in a larger box
		most = most * 3 / 2
	}
	if !form.free && max(is.width, is.height) > most {
		w.t.Errorf("%s: %d × %d, at most %d", got.asked, is.width, is.height, pic.side)
	}
	switch {
	case form.lone || form.free && min(is.width, is.height) < 256:
	case pic.marked && (is.strokes < 100 || !form.free && is.bare):
		w.t.Errorf("%s lacks the mark: %+v", got.asked, is)
	case !pic.marked && pic.side < walkedWidth && is.strokes > is.width*is.height/500:
		w.t.Errorf("%s is marked, or the walk cannot tell: %+v", got.asked, is)
	}
}

func decodeImage(t testing.TB, b []byte) image.Image {
	t.Helper()
	m, _, err := image.Decode(bytes.NewReader(b))
	if err != nil {
		t.Fatal(err)
	}
	return m
}

// hidden checks that an answer tells nothing of a picture that it may not show.
func (w *walk) hidden(pic *walked, got *reply) {
	w.t.Helper()
	if got.status != http.StatusNotFound {
		w.t.Errorf("%s, which is %s: %d", got.asked, pic.name, got.status)
	}
	w.silent(pic, got)
}

// silent checks that an answer says nothing that only staff know of a picture.
func (w *walk) silent(pic *walked, got *reply) {
	w.t.Helper()
	for _, secret := range []string{"secret-" + pic.name, pic.sha256, pic.sha256[:16]} {
		if strings.Contains(string(got.body), secret) {
			w.t.Errorf("%s tells %s of %s: %.300s", got.asked, secret, pic.name, got.body)
		}
		for name, values := range got.header {
			if strings.Contains(strings.Join(values, " "), secret) {
				w.t.Errorf("%s tells %s of %s in %s", got.asked, secret, pic.name, name)
			}
		}
	}
}

// silentAll checks an answer for what only staff know of all pictures.
func (w *walk) silentAll(got *reply) {
	for _, pic := range w.pictures {
		w.silent(pic, got)
	}
}
