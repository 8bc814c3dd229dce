package app

import (
	"bytes"
	"encoding/base64"
	"encoding/hex"
	"mime/multipart"
	"net/http"
	"regexp"
	"strings"

	"yijianyou/internal/actor"
)

// ways are the walkers of all routes that give pictures or tell of them, by
// method and path.
func (w *walk) ways() map[string]func(by *caller) {
	denied := func(method, path string) func(*caller) { return func(by *caller) { w.denied(by, method, path) } }
	foreign := func(method, path, body string) func(*caller) {
		return func(by *caller) { w.foreign(by, method, path+string(testOrg), body) }
	}
	return map[string]func(*caller){
		"GET /api/v1/media/fixity":                                 foreign("GET", "/api/v1/media/fixity?org=", ""),
		"GET /iiif/image/3/{id}":                                   w.walkBase,
		"GET /iiif/image/3/{id}/info.json":                         w.walkInfo,
		"GET /iiif/image/3/{id}/{region}/{size}/{rotation}/{file}": w.walkImages,
		"GET /iiif/collection/3/top":                               func(by *caller) { w.crawl(by, "/iiif/collection/3/top", 10) },
		"GET /iiif/collection/3/{kind}":                            func(by *caller) { w.crawl(by, "/iiif/collection/3/relics", 5) },
		"GET /iiif/collection/3/museums/{id}":                      func(by *caller) { w.crawl(by, "/iiif/collection/3/museums/"+w.museum, 5) },
		"GET /iiif/collection/3/museums/{id}/{kind}":               func(by *caller) { w.crawl(by, "/iiif/collection/3/museums/"+w.museum+"/relics", 5) },
		"GET /iiif/discovery/3/activity.json":                      func(by *caller) { w.crawl(by, "/iiif/discovery/3/activity.json", 1) },
		"GET /iiif/discovery/3/pages/{page}": func(by *caller) {
			for _, page := range []string{"0", "1", "2"} {
				w.crawl(by, "/iiif/discovery/3/pages/"+page, 1)
			}
		},
		"GET /iiif/manifest/3/{kind}/{id}":   w.walkManifests,
		"GET /api/v1/media":                  w.walkList,
		"POST /api/v1/media":                 w.walkUpload,
		"GET /api/v1/media/{id}":             denied("GET", ""),
		"DELETE /api/v1/media/{id}":          denied("DELETE", "?reason=x"),
		"GET /api/v1/media/{id}/metadata":    denied("GET", "/metadata"),
		"PUT /api/v1/media/{id}/terms":       denied("PUT", "/terms"),
		"GET /api/v1/media/{id}/attribution": w.walkAttribution,
		"GET /api/v1/media/{id}/content":     func(by *caller) { w.walkPlayed(by, "/content") },
		"GET /api/v1/media/{id}/tracks/{kind}/{lang}": func(by *caller) {
			w.walkPlayed(by, "/tracks/captions/zh")
			w.walkPlayed(by, "/tracks/transcript/en")
		},
		"PUT /api/v1/media/{id}/tracks/{kind}/{lang}":    func(by *caller) { w.deniedText(by) },
		"DELETE /api/v1/media/{id}/tracks/{kind}/{lang}": denied("DELETE", "/tracks/captions/zh"),
		"GET /api/v1/media/policies/{org}":               foreign("GET", "/api/v1/media/policies/", ""),
		"PUT /api/v1/media/policies/{org}":               foreign("PUT", "/api/v1/media/policies/", `{"rules":[],"reason":"x"}`),
		"OPTIONS /api/v1/uploads":                        func(by *caller) { w.silentAll(w.fetch(by, "OPTIONS", "/api/v1/uploads")) },
		"POST /api/v1/uploads":                           w.walkPieces,
		"HEAD /api/v1/uploads/{id}":                      func(by *caller) { w.walkPiece(by, "HEAD") },
		"PATCH /api/v1/uploads/{id}":                     func(by *caller) { w.walkPiece(by, "PATCH") },
		"POST /api/v1/uploads/{id}":                      func(by *caller) { w.walkPiece(by, "POST") },
		"DELETE /api/v1/uploads/{id}":                    func(by *caller) { w.walkPiece(by, "DELETE") },
	}
}

// own reports whether by is staff of the organisation of pic.
func (w *walk) own(by *caller, pic *walked) bool { return by == w.outsider && pic.org == otherOrg }

// services are all names of a picture in addresses that by may try.
func (w *walk) services(pic *walked) []string {
	base := "/iiif/image/3/" + pic.id
	out := []string{base}
	for _, old := range pic.old {
		out = append(out, base+old)
	}
	return out
}

func (w *walk) walkBase(by *caller) {
	for _, pic := range w.pictures {
		for _, service := range append(w.services(pic), "/iiif/image/3/"+strings.ToUpper(pic.id)) {
			for _, method := range []string{"GET", "HEAD"} {
				got := w.fetch(by, method, service)
				w.silent(pic, got)
				if pic.side == 0 && got.status != http.StatusNotFound || got.status == http.StatusOK {
					w.t.Errorf("%s, which is %s: %d", got.asked, pic.name, got.status)
				}
			}
		}
		w.staffOnly(by, pic, "", "/", "/info.json")
	}
}

// staffOnly walks the address of the picture itself.
func (w *walk) staffOnly(by *caller, pic *walked, rests ...string) {
	for _, rest := range rests {
		for _, staff := range []string{"~staff", "%7Estaff", "~STAFF", "~staff~v", "~v~staff"} {
			got := w.fetch(by, "GET", "/iiif/image/3/"+pic.id+staff+rest)
			if own := w.own(by, pic) && staff != "~STAFF" && !strings.Contains(staff, "~v"); own || got.status >= 400 {
				continue
			}
			if to := got.header.Get("Location"); got.status == http.StatusOK || to == "" || strings.Contains(to, "staff") { // else to what everybody may have
				w.t.Errorf("%s: %d to %q", got.asked, got.status, to)
			}
		}
	}
}

func (w *walk) walkInfo(by *caller) {
	for _, pic := range w.pictures {
		for _, service := range w.services(pic) {
			for _, headers := range [][]string{nil, {"If-None-Match", "*"}, {"Accept", "application/json"}} {
				got := w.fetch(by, "GET", service+"/info.json", headers...)
				w.silent(pic, got)
				if pic.side == 0 {
					w.hidden(pic, got)
					continue
				}
				if got.status != http.StatusOK {
					continue // an old version leads elsewhere
				}
				var info struct {
					Width, Height int
					Rights        string
					Sizes         []struct{ Width, Height int }
				}
				got.decode(&info)
				for _, size := range append(info.Sizes, struct{ Width, Height int }{info.Width, info.Height}) {
					if max(size.Width, size.Height) > pic.side {
						w.t.Errorf("%s promises %+v, at most %d", got.asked, size, pic.side)
					}
				}
				if want := map[bool]string{true: "http://creativecommons.org/licenses/by/4.0/"}[pic.name == "licensed"]; info.Rights != want {
					w.t.Errorf("%s: rights %q, want %q", got.asked, info.Rights, want)
				}
			}
		}
	}
}

func (w *walk) walkImages(by *caller) {
	for _, pic := range w.pictures {
		base := "/iiif/image/3/" + pic.id
		for i, form := range forms {
			// Staff of another museum go the same way, and what is open needs no proof.
			if by == w.outsider && i%7 != 0 || pic.side == walkedWidth && i%4 != 0 {
				continue
			}
			got := w.fetch(by, "GET", base+"/"+form.path)
			w.checkImage(pic, form, got)
			if i%5 == 0 {
				w.variants(by, pic, form, got)
			}
			for _, old := range pic.old {
				again := w.fetch(by, "GET", base+old+"/"+form.path, "If-None-Match", pic.tags[form.path])
				if pic.side == 0 {
					w.hidden(pic, again)
				} else if pic.side < walkedWidth && (again.status == http.StatusOK || again.status == http.StatusNotModified) {
					w.t.Errorf("%s gives the whole picture of before: %d", again.asked, again.status)
				}
			}
		}
		w.staffOnly(by, pic, "/full/max/0/default.jpg", "/0,0,512,512/512,512/0/default.jpg", "/full/300,/0/default.png")
	}
	// The walk can tell a whole picture, and the staff of the house have it.
	for _, pic := range w.pictures {
		if pic.org == testOrg {
			got := w.fetch(w.clerk, "GET", "/iiif/image/3/"+pic.id+"~staff/full/max/0/default.jpg").want(http.StatusOK)
			if is := measure(decodeImage(w.t, got.body)); is.width != walkedWidth || is.detail < wholeDetail {
				w.t.Errorf("staff do not see %s whole: %+v", pic.name, is)
			}
		}
	}
}

// variants asks for what was answered in other ways: HEAD, a part, with the tag of
// before and with no tag at all.
func (w *walk) variants(by *caller, pic *walked, form walkForm, got *reply) {
	path := "/iiif/image/3/" + pic.id + "/" + form.path
	head := w.fetch(by, "HEAD", path)
	if head.status != got.status || len(head.body) > 0 {
		w.t.Errorf("%s: %d and %d bytes, GET %d", head.asked, head.status, len(head.body), got.status)
	}
	w.silent(pic, head)
	if part := w.fetch(by, "GET", path, "Range", "bytes=0-99999999"); !bytes.Equal(part.body, got.body) && part.status < 400 {
		w.t.Errorf("%s in part differs", part.asked)
	}
	if tag := pic.tags[form.path]; tag != "" {
		again := w.fetch(by, "GET", path, "If-None-Match", tag)
		if again.status == http.StatusNotModified && pic.side < walkedWidth {
			w.t.Errorf("%s: the tag of the whole picture still holds", again.asked)
		}
		w.silent(pic, again)
	}
	if star := w.fetch(by, "GET", path, "If-None-Match", "*"); pic.side == 0 {
		w.hidden(pic, star)
	}
}

var imageAddress = regexp.MustCompile(`"http://guide\.example(/iiif/image/3/[^"]+)"`)

func (w *walk) walkManifests(by *caller) {
	for _, pic := range w.pictures {
		for _, kind := range []string{"relics", "sites", "stories", "exhibitions", "assets"} {
			w.harvest(by, "/iiif/manifest/3/"+kind+"/"+pic.relic)
			w.harvest(by, "/iiif/manifest/3/"+kind+"/"+pic.id)
		}
		got := w.fetch(by, "GET", "/iiif/manifest/3/relics/"+pic.relic+"?view=staff")
		if w.own(by, pic) != (got.status == http.StatusOK) {
			w.t.Errorf("%s: %d", got.asked, got.status)
		}
	}
}

// crawl harvests a document and every collection and manifest that it leads to.
func (w *walk) crawl(by *caller, path string, least int) {
	seen, todo := map[string]bool{path: true}, []string{path}
	for ; len(todo) > 0 && len(seen) < 300; todo = todo[1:] {
		got := w.harvest(by, todo[0])
		for _, m := range documentAddress.FindAllStringSubmatch(string(got.body), -1) {
			if next := m[1]; !seen[next] && !strings.Contains(next, "/canvas/") {
				seen[next] = true
				todo = append(todo, next)
			}
		}
	}
	if len(seen) < least {
		w.t.Errorf("%s leads to %d documents, at least %d", path, len(seen), least)
	}
}

var documentAddress = regexp.MustCompile(`"http://guide\.example(/iiif/(?:collection|manifest|discovery)/[^"#]+)"`)

// harvest reads a document and fetches every picture that it names. No hidden
// picture may be among them.
func (w *walk) harvest(by *caller, path string) *reply {
	got := w.fetch(by, "GET", path)
	w.silentAll(got)
	for _, pic := range w.pictures {
		if pic.side == 0 && strings.Contains(string(got.body), pic.id) {
			w.t.Errorf("%s names %s", got.asked, pic.name)
		}
	}
	for _, m := range imageAddress.FindAllStringSubmatch(string(got.body), -1) {
		for _, pic := range w.pictures {
			if rest, ok := strings.CutPrefix(m[1], "/iiif/image/3/"+pic.id); ok && strings.Contains(rest, "default.") {
				form := walkForm{free: strings.Contains(rest, "^")}
				w.checkImage(pic, form, w.fetch(by, "GET", m[1]))
			}
		}
	}
	return got
}

func (w *walk) walkList(by *caller) {
	for _, query := range []string{"", "?org=", "?org=*", "?org=scenario-museum", "?org=scenario-museum&type=image", "?org=scenario-museum&state=ready", "?org=scenario-museum&q=secret"} {
		got := w.fetch(by, "GET", "/api/v1/media"+query)
		w.silentAll(got)
		if got.status == http.StatusOK {
			w.t.Errorf("%s: %d", got.asked, got.status)
		}
	}
	got := w.fetch(by, "GET", "/api/v1/media?org=other-museum&q=secret")
	for _, pic := range w.pictures {
		if pic.org == testOrg {
			w.silent(pic, got)
			if strings.Contains(string(got.body), pic.id) {
				w.t.Errorf("%s lists %s", got.asked, pic.name)
			}
		}
	}
	if want := map[bool]int{true: http.StatusOK, false: http.StatusUnauthorized}[by == w.outsider]; got.status != want {
		w.t.Errorf("%s: %d, want %d", got.asked, got.status, want)
	}
	// What everybody reads of the catalogue tells nothing of files.
	for _, path := range []string{"/api/v1/search?q=示范器物", "/api/v1/suggest?q=示范", "/api/v1/relics?limit=200", "/api/v1/museums", "/api/v1/search?q=secret"} {
		w.silentAll(w.fetch(by, "GET", path))
	}
	for _, pic := range w.pictures {
		w.silentAll(w.fetch(by, "GET", "/api/v1/relics/"+pic.relic))
	}
}

// denied walks a route of one asset.
func (w *walk) denied(by *caller, method, rest string) {
	body := ""
	if method == "PUT" {
		body = `{"holder":{"zh":"","en":""},"credit":{"zh":"","en":""},"licence":"","audience":"public","reason":"x"}`
	}
	for _, pic := range w.pictures {
		if w.own(by, pic) {
			continue
		}
		headers := []string{"If-Match", `"1-staff-zh"`}
		if body != "" {
			headers = append(headers, "Content-Type", "application/json")
		}
		got := w.send(by, method, "/api/v1/media/"+pic.id+rest, bytes.NewBufferString(body), headers...)
		want := http.StatusUnauthorized
		if by == w.outsider {
			want = http.StatusNotFound
		}
		if got.status != want {
			w.t.Errorf("%s: %d, want %d: %s", got.asked, got.status, want, got.body)
		}
		w.silent(pic, got)
	}
}

// walkPlayed asks for a picture as if it were a sound or film: nobody gets it so.
func (w *walk) walkPlayed(by *caller, rest string) {
	for _, pic := range w.pictures {
		for _, headers := range [][]string{nil, {"Range", "bytes=0-1023"}, {"If-None-Match", "*"}} {
			for _, method := range []string{"GET", "HEAD"} {
				got := w.fetch(by, method, "/api/v1/media/"+pic.id+rest, headers...)
				if got.status != http.StatusNotFound {
					w.t.Errorf("%s, a picture: %d", got.asked, got.status)
				}
				w.silent(pic, got)
			}
		}
	}
}

func (w *walk) walkAttribution(by *caller) {
	for _, pic := range w.pictures {
		for _, id := range []string{pic.id, strings.ToUpper(pic.id), pic.id + "~staff"} {
			for _, headers := range [][]string{nil, {"If-None-Match", "*"}} {
				got := w.fetch(by, "GET", "/api/v1/media/"+id+"/attribution", headers...)
				switch {
				case w.own(by, pic):
				case pic.side == 0 && got.status < 400:
					w.t.Errorf("%s, which is %s: %d", got.asked, pic.name, got.status)
				case id == pic.id && pic.side > 0 && headers == nil && got.status != http.StatusOK:
					w.t.Errorf("%s, which everybody may see: %d", got.asked, got.status)
				}
				w.silent(pic, got)
			}
		}
	}
}

// deniedText is denied for captions.
func (w *walk) deniedText(by *caller) {
	for _, pic := range w.pictures {
		if w.own(by, pic) {
			continue
		}
		got := w.send(by, "PUT", "/api/v1/media/"+pic.id+"/tracks/captions/zh", bytes.NewBufferString("WEBVTT\n\n00:00.000 --> 00:01.000\nx\n"),
			"If-Match", `"1-staff-zh"`, "Content-Type", "text/vtt")
		if want := map[bool]int{true: http.StatusNotFound, false: http.StatusUnauthorized}[by == w.outsider]; got.status != want {
			w.t.Errorf("%s: %d, want %d: %s", got.asked, got.status, want, got.body)
		}
		w.silent(pic, got)
	}
}

// foreign asks for what staff of testOrg alone may see or do.
func (w *walk) foreign(by *caller, method, path, body string) {
	want := http.StatusUnauthorized
	if by == w.outsider {
		want = http.StatusNotFound
	}
	got := w.send(by, method, path, bytes.NewBufferString(body), "Content-Type", "application/json", "If-Match", `"2-staff-zh"`)
	if got.status != want || strings.Contains(string(got.body), "SAMPLE") {
		w.t.Errorf("%s: %d, want %d: %s", got.asked, got.status, want, got.body)
	}
	w.silentAll(got)
}

// walkUpload brings the bytes of each picture in again: who has them elsewhere
// learns nothing, and gets nothing but an asset of his own.
func (w *walk) walkUpload(by *caller) {
	for _, pic := range w.pictures {
		for _, org := range []actor.OrgID{testOrg, otherOrg} {
			var body bytes.Buffer
			form := multipart.NewWriter(&body)
			err := form.WriteField("org", string(org))
			part, err2 := form.CreateFormFile("file", "again.jpg")
			file := pic.file
			if by != w.outsider || org == testOrg { // refused before it is read
				file = file[:1000]
			}
			if err == nil && err2 == nil {
				_, err = part.Write(file)
			}
			if err != nil || err2 != nil || form.Close() != nil {
				w.t.Fatal(err, err2)
			}
			got := w.send(by, "POST", "/api/v1/media", &body, "Content-Type", form.FormDataContentType())
			if by != w.outsider || org == testOrg {
				if got.status < 400 {
					w.t.Errorf("%s to %s: %d", got.asked, org, got.status)
				}
				w.silent(pic, got)
				continue
			}
			var view struct {
				ID, Org, Name string
				Public        bool
			}
			got.decode(&view)
			if pic.org == otherOrg {
				continue
			}
			if got.status != http.StatusCreated || view.ID == pic.id || view.Org != string(otherOrg) || view.Public || view.Name != "again.jpg" {
				w.t.Errorf("the bytes of %s again: %d %+v", pic.name, got.status, view)
			}
			pic.file = append(pic.file, 0) // other bytes next time
		}
	}
}

// walkPieces asks to upload, by pieces, what is there.
func (w *walk) walkPieces(by *caller) {
	coded := func(s string) string { return base64.StdEncoding.EncodeToString([]byte(s)) }
	for _, pic := range w.pictures {
		got := w.fetch(by, "POST", "/api/v1/uploads", "Tus-Resumable", "1.0.0", "Upload-Length", "1000", "Upload-Metadata",
			"org "+coded(string(testOrg))+",filename "+coded("a.jpg")+",sha256 "+coded(pic.sha256))
		if got.status < 400 || got.header.Get("Asset-Id") != "" {
			w.t.Errorf("%s: %d %v", got.asked, got.status, got.header)
		}
		w.silent(pic, got)
	}
}

// walkPiece tries to touch an upload of the clerk.
func (w *walk) walkPiece(by *caller, method string) {
	coded := func(s string) string { return base64.StdEncoding.EncodeToString([]byte(s)) }
	sum := hex.EncodeToString(bytes.Repeat([]byte{7}, 32))
	place := w.fetch(w.clerk, "POST", "/api/v1/uploads", "Tus-Resumable", "1.0.0", "Upload-Length", "1000", "Upload-Metadata",
		"org "+coded(string(testOrg))+",sha256 "+coded(sum)).want(http.StatusCreated).header.Get("Location")
	headers := []string{"Tus-Resumable", "1.0.0", "Upload-Offset", "0", "Content-Type", "application/offset+octet-stream"}
	if method == "POST" {
		headers = append(headers, "X-HTTP-Method-Override", "PATCH")
	}
	got := w.send(by, method, place, bytes.NewBufferString("0123456789"), headers...)
	if got.status < 400 {
		w.t.Errorf("%s: %d", got.asked, got.status)
	}
	left := w.fetch(w.clerk, "HEAD", place, "Tus-Resumable", "1.0.0").want(http.StatusOK)
	if left.header.Get("Upload-Offset") != "0" {
		w.t.Errorf("%s: an upload of another museum went on: %v", got.asked, left.header)
	}
	w.silentAll(got)
	w.fetch(w.clerk, "DELETE", place, "Tus-Resumable", "1.0.0")
}
