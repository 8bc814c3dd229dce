package mediahttp_test

import (
	"bytes"
	"net/http"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/prometheus/client_golang/prometheus"

	"yijianyou/web/httpkit"
	"yijianyou/web/httpkit/httpkittest"
)

// fields checks that headers, given as name, part, name, part, hold the parts; "" is
// an absent header.
func fields(t *testing.T, got *httpkittest.Answer, pairs ...string) {
	t.Helper()
	for i := 0; i+1 < len(pairs); i += 2 {
		v := strings.Join(got.Header.Values(pairs[i]), ", ")
		if !strings.Contains(v, pairs[i+1]) || pairs[i+1] == "" && v != "" {
			t.Errorf("%s: %q, want %q", pairs[i], v, pairs[i+1])
		}
	}
}

// The rows of §4 of the compliance page, and §5.1, §6 and §7 of the Image API 3.0.
func TestHTTPCompliesWithTheImageAPI(t *testing.T) {
	r := newRoom(t, public)
	service := "/iiif/image/3/" + r.board(t)
	c := r.Nobody()
	const ld = `application/ld+json;profile="http://iiif.io/api/image/3/context.json"`
	image, info := service+"/full/500,/0/default.jpg", service+"/info.json"
	t.Run("baseUriRedirect", func(t *testing.T) {
		for _, base := range []string{service, service + "/"} {
			fields(t, c.Get(base).Want(t, 303), "Location", public+info, "Access-Control-Allow-Origin", "*")
		}
	})
	t.Run("cors", func(t *testing.T) {
		for path, status := range map[string]int{image: 200, info: 200, service: 303, service + "/full/bad/0/default.jpg": 400, "/iiif/image/3/none/info.json": 404,
			"/iiif/none": 404, "/iiif/image/3/%zz/info.json": 400} {
			got := c.Get(path, "Origin", "https://viewer.example").Want(t, status)
			fields(t, got, "Access-Control-Allow-Origin", "*", "Access-Control-Expose-Headers", "Link", "Cross-Origin-Resource-Policy", "cross-origin", "Access-Control-Allow-Credentials", "")
		}
		fields(t, r.As(auditor).Get(service+"~staff/info.json", "Origin", "https://viewer.example").Want(t, 200), "Access-Control-Allow-Origin", "")
	})
	t.Run("cors preflight", func(t *testing.T) {
		for _, path := range []string{image, info, service, "/iiif/image/3/none/info.json"} {
			got := c.Do("OPTIONS", path, nil, "Origin", "https://viewer.example", "Access-Control-Request-Method", "GET", "Access-Control-Request-Headers", "if-none-match").Want(t, 204)
			fields(t, got, "Access-Control-Allow-Origin", "*", "Access-Control-Allow-Methods", "GET, HEAD", "Access-Control-Allow-Headers", "If-None-Match", "Access-Control-Max-Age", "86400")
		}
		fields(t, c.Do("OPTIONS", image, nil).Want(t, 204), "Allow", "GET, HEAD, OPTIONS")
	})
	t.Run("jsonldMediaType", func(t *testing.T) {
		for accept, want := range map[string]string{"": ld, "*/*": ld, "text/html": ld, "application/ld+json": ld, "application/ld+json, application/json;q=0.5": ld,
			"application/json, application/ld+json": ld, `application/ld+json;profile="http://iiif.io/api/image/3/context.json", application/json;q=0.9`: ld,
			"application/json": "application/json", "application/json;charset=utf-8": "application/json", "application/ld+json;q=0.4,application/json;q=0.9": "application/json",
			"application/json, */*;q=0.1": "application/json"} {
			if got := c.Get(info, "Accept", accept).Want(t, 200); got.Header.Get("Content-Type") != want {
				t.Errorf("Accept %q: %s", accept, got.Header.Get("Content-Type"))
			} else {
				fields(t, got, "Vary", "Accept")
			}
		}
	})
	t.Run("profileLinkHeader", func(t *testing.T) {
		for _, path := range []string{image, info} {
			fields(t, c.Get(path), "Link", `<http://iiif.io/api/image/3/level2.json>;rel="profile"`)
		}
	})
	t.Run("canonicalLinkHeader", func(t *testing.T) {
		for path, want := range map[string]string{
			"/0,0,1000,800/pct:50/360/color.jpg":            "/full/500,400/0/default.jpg",
			"/pct:0,0,100,100/max/0/default.jpg":            "/full/max/0/default.jpg",
			"/square/max/!022.50/default.png":               "/100,0,800,800/max/!22.5/default.png",
			"/300,200,400,300/!900,900/.5/bitonal.png":      "/300,200,400,300/max/0.5/bitonal.png",
			"/300,200,400,300/^pct:150/90.0/gray.jpg":       "/300,200,400,300/^600,450/90/gray.jpg",
			"/300,200,400,300/^4760,3571/0/default.jpg":     "/300,200,400,300/^max/0/default.jpg",
			"/pct%3A30%2C25%2C40%2C37.5/200,/0/default.jpg": "/300,200,400,300/200,150/0/default.jpg",
		} {
			got := c.Get(service+path).Want(t, 200)
			fields(t, got, "Link", "<"+public+service+want+`>;rel="canonical"`)
			if again := c.Get(service+want).Want(t, 200); again.Header.Get("ETag") != got.Header.Get("ETag") || !bytes.Equal(again.Body, got.Body) {
				t.Errorf("%s is not %s", path, want)
			}
		}
	})
	t.Run("7 HEAD", func(t *testing.T) {
		for _, path := range []string{image, info} {
			got, head := c.Get(path), c.Do("HEAD", path, nil).Want(t, 200)
			if len(head.Body) != 0 {
				t.Errorf("%s: %d bytes", path, len(head.Body))
			}
			for _, name := range []string{"ETag", "Content-Type", "Link", "Cache-Control", "Content-Length", "Access-Control-Allow-Origin"} {
				if v := got.Header.Get(name); name != "Content-Length" && v == "" || head.Header.Get(name) != v {
					t.Errorf("%s: %s is %q, of HEAD %q", path, name, v, head.Header.Get(name))
				}
			}
		}
	})
	t.Run("7.3 not found", func(t *testing.T) {
		for _, id := range []string{"nonsense", "01900000-0000-7000-8000-000000000000", "..%2f..%2fetc", "~staff", "a%2Fb", "[frob]"} {
			c.Get("/iiif/image/3/"+id+"/info.json").Want(t, 404)
		}
	})
	t.Run("9 escaped identifier", func(t *testing.T) {
		c.Get(strings.ReplaceAll(image, "-", "%2D")).Want(t, 200)
	})
}

// Conditional requests (RFC 9110 §13) and how long a picture may be kept.
func TestCachingOfPictures(t *testing.T) {
	r := newRoom(t, public)
	id := r.published(t, 1301, 777)
	plain := "/iiif/image/3/" + id
	c := r.Nobody()
	const rest = "/full/max/0/default.jpg"
	got := c.Get(plain+rest).Want(t, 200)
	tag := got.Header.Get("ETag")
	if tag == "" || strings.Contains(got.Header.Get("Vary"), "Accept") {
		t.Errorf("%v", got.Header)
	}
	fields(t, got, "Cache-Control", "public, max-age=600, must-revalidate")
	for header, status := range map[string]int{tag: 304, "W/" + tag: 304, `"x", ` + tag: 304, `"x",W/` + tag + `,"y"`: 304, "*": 304, `"x"`: 200, "": 200, strings.Trim(tag, `"`): 200} {
		for _, method := range []string{"GET", "HEAD"} {
			got := c.Do(method, plain+rest, nil, "If-None-Match", header).Want(t, status)
			fields(t, got, "ETag", tag, "Cache-Control", "max-age=600", "Access-Control-Allow-Origin", "*")
			if status == 304 && len(got.Body) != 0 {
				t.Errorf("%s: %d bytes", header, len(got.Body))
			}
		}
	}
	if other := c.Get(plain + "/full/600,/0/default.jpg"); other.Header.Get("ETag") == tag {
		t.Error("two pictures with one ETag")
	}
	in := c.Get(plain+"/info.json").Want(t, 200)
	fields(t, in, "Cache-Control", "public, no-cache")
	c.Get(plain+"/info.json", "If-None-Match", in.Header.Get("ETag")).Want(t, 304)

	fixed := r.latest(t, plain)
	if !strings.HasPrefix(fixed, plain+"~v") {
		t.Fatal(fixed)
	}
	kept := c.Get(fixed+rest).Want(t, 200)
	fields(t, kept, "Cache-Control", "public, max-age=31536000, s-maxage=600, immutable", "ETag", tag, "Link", "<"+public+fixed+rest+`>;rel="canonical"`)
	if !bytes.Equal(kept.Body, got.Body) {
		t.Error("another picture at the address with the version")
	}
	c.Get(fixed+"/info.json").Want(t, 200).Has(t, `"id":"`+public+fixed+`"`)
	fields(t, c.Get(fixed).Want(t, 303), "Location", public+fixed+"/info.json")
	fields(t, c.Get(fixed+"/info.json"), "Cache-Control", "public, no-cache")

	r.shows(t, id, "small") // the rights shrink
	r.work(t)
	smaller := r.latest(t, plain)
	if smaller == fixed {
		t.Fatal("the version stayed")
	}
	c.Get(plain+rest, "If-None-Match", tag).Want(t, 200)
	for _, path := range []string{rest, "/full/1301,/0/default.jpg", "/0,0,512,512/512,512/0/default.jpg"} {
		moved := c.Get(fixed+path, "If-None-Match", tag).Want(t, 302)
		fields(t, moved, "Location", public+smaller+path, "Cache-Control", "public, no-cache", "Access-Control-Allow-Origin", "*")
	}
	fields(t, c.Get(fixed+"/info.json").Want(t, 303), "Location", public+smaller+"/info.json")
	c.Get(smaller+"/full/1301,/0/default.jpg").Want(t, 400)

	r.shows(t, id) // withdrawn
	for _, service := range []string{plain, fixed, smaller} {
		for _, path := range []string{"", "/info.json", rest} {
			c.Get(service+path, "If-None-Match", tag).Want(t, 404)
			c.Get(service+path, "If-None-Match", "*").Want(t, 404)
		}
	}
	for _, service := range []string{fixed, smaller} { // staff have their own address
		r.As(auditor).Get(service+rest).Want(t, 404)
	}
	r.shows(t, id, "")
	c.Get(fixed+rest).Want(t, 200) // the same bytes under the same rights
	for _, service := range []string{plain + "~v", plain + "~", plain + "~vx~staff", plain + "~x"} {
		if got := c.Get(service + rest); got.Status == 200 {
			t.Errorf("%s: %d", service, got.Status)
		}
	}
}

// latest follows the link of an info.json to the address that carries the version.
func (r *room) latest(t *testing.T, plain string) string {
	t.Helper()
	link := strings.Join(r.Nobody().Get(plain+"/info.json").Want(t, 200).Header.Values("Link"), ", ")
	for one := range strings.SplitSeq(link, ", ") {
		if address, ok := strings.CutSuffix(one, `>;rel="latest-version"`); ok {
			return strings.TrimPrefix(address, "<"+public)
		}
	}
	t.Fatalf("no latest version in %s", link)
	return ""
}

// What is answered from memory before a route is looked for is the answer of the
// route, and it is counted, limited and logged like every other.
func TestAnAnswerFromMemoryIsTheAnswerOfTheRoute(t *testing.T) {
	metrics := prometheus.NewRegistry()
	r := newRoomWith(t, httpkit.Options{PublicURL: public, Metrics: metrics, Rate: httpkit.Rate{PerSecond: 0.001, Burst: 13}})
	id := r.published(t, 1301, 777)
	const rest = "/0,0,512,512/512,512/0/default.jpg"
	c := r.Nobody()
	for _, service := range []string{"/iiif/image/3/" + id, r.latest(t, "/iiif/image/3/"+id)} {
		first := c.Get(service+rest).Want(t, 200)
		for _, query := range []string{"", "?takes=the-route", ""} {
			again := c.Get(service+rest+query).Want(t, 200)
			for _, h := range []http.Header{first.Header, again.Header} {
				h.Del("X-Request-Id")
				h.Del("Date")
			}
			if diff := cmp.Diff(first.Header, again.Header); diff != "" || !bytes.Equal(first.Body, again.Body) {
				t.Errorf("%q: %s", query, diff)
			}
		}
		fields(t, c.Get(service+rest, "If-None-Match", first.Header.Get("ETag")).Want(t, 304), "ETag", first.Header.Get("ETag"), "Content-Type", "", "Access-Control-Allow-Origin", "*")
	}
	c.Get("/iiif/image/3/"+id+rest).Want(t, 200)
	c.Get("/iiif/image/3/"+id+rest).Want(t, 429) // counted like every other
	all, err := metrics.Gather()
	if err != nil {
		t.Fatal(err)
	}
	counted := 0.0
	for _, family := range all {
		for _, m := range family.GetMetric() {
			for _, l := range m.GetLabel() {
				if l.GetName() == "route" && l.GetValue() == "/iiif/image/3/{id}/{region}/{size}/{rotation}/{file}" && m.GetCounter() != nil {
					counted += m.GetCounter().GetValue()
				}
			}
		}
	}
	if counted < 9 {
		t.Errorf("%v pictures counted", counted)
	}
}

// However often it was asked for: the answer is gone when the withdrawal returns.
func TestWhatIsWithdrawnIsRefusedAtOnce(t *testing.T) {
	r := newRoom(t, public)
	id := r.published(t, 700, 600)
	c := r.Nobody()
	path := "/iiif/image/3/" + id + "/full/max/0/default.jpg"
	for range 20 {
		for range 3 {
			c.Get(path).Want(t, 200)
		}
		r.shows(t, id)
		c.Get(path).Want(t, 404)
		r.shows(t, id, "")
	}
}
