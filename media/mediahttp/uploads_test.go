package mediahttp_test

import (
	"crypto/sha1"
	"crypto/sha256"
	"encoding/base64"
	"encoding/hex"
	"net/http"
	"strconv"
	"strings"
	"testing"
	"time"

	"yijianyou/internal/actor"
)

func coded(s string) string { return base64.StdEncoding.EncodeToString([]byte(s)) }

// tusHeaders are those that every request needs, with more.
func tusHeaders(more ...string) []string { return append([]string{"Tus-Resumable", "1.0.0"}, more...) }

func bytesAt(offset int, more ...string) []string {
	return tusHeaders(append([]string{"Upload-Offset", strconv.Itoa(offset), "Content-Type", "application/offset+octet-stream"}, more...)...)
}

// begin begins an upload of the file and returns its address.
func (r *room) begin(t testing.TB, file []byte, more string) string {
	t.Helper()
	got := r.As(registrar).Do("POST", "/api/v1/uploads", nil, tusHeaders("Upload-Length", strconv.Itoa(len(file)),
		"Upload-Metadata", "org "+coded("museum-a")+",filename "+coded("正面.jpg")+more)...).Want(t, 201)
	at := got.Header.Get("Location")
	if !strings.HasPrefix(at, "/api/v1/uploads/") {
		t.Fatalf("Location %q", at)
	}
	return at
}

func TestAResumableUploadSpeaksTus(t *testing.T) {
	r := newRoom(t, public)
	file := picture(t, 700, 500)
	half := len(file) / 2
	offered := r.Nobody().Do("OPTIONS", "/api/v1/uploads", nil).Want(t, 204).Header
	for name, want := range map[string]string{"Tus-Version": "1.0.0", "Tus-Resumable": "1.0.0", "Tus-Extension": "creation,checksum,expiration,termination",
		"Tus-Checksum-Algorithm": "sha256,sha1", "Tus-Max-Size": strconv.Itoa(8 << 20)} {
		if offered.Get(name) != want {
			t.Errorf("%s is %q", name, offered.Get(name))
		}
	}
	sum := sha256.Sum256(file)
	at := r.begin(t, file, ",sha256 "+coded(hex.EncodeToString(sum[:])))
	mine := r.As(registrar)
	state := func(offset int) http.Header {
		t.Helper()
		h := mine.Do("HEAD", at, nil, tusHeaders()...).Want(t, 200).Header
		if h.Get("Upload-Offset") != strconv.Itoa(offset) || h.Get("Upload-Length") != strconv.Itoa(len(file)) || !strings.Contains(h.Get("Cache-Control"), "no-store") || h.Get("Tus-Resumable") != "1.0.0" {
			t.Errorf("HEAD says %v, want %d", h, offset)
		}
		if until, err := time.Parse(http.TimeFormat, h.Get("Upload-Expires")); err != nil || until.Before(time.Now().Add(23*time.Hour)) {
			t.Errorf("expires %q", h.Get("Upload-Expires"))
		}
		return h
	}
	state(0)
	first := sha1.Sum(file[:half])
	got := mine.Do("PATCH", at, file[:half], bytesAt(0, "Upload-Checksum", "sha1 "+base64.StdEncoding.EncodeToString(first[:]))...).Want(t, 204)
	if got.Header.Get("Upload-Offset") != strconv.Itoa(half) || got.Header.Get("Asset-Id") != "" {
		t.Errorf("%v", got.Header)
	}
	state(half)
	for name, tc := range map[string]struct {
		by      actor.Actor
		method  string
		body    []byte
		headers []string
		status  int
		code    string
	}{
		"by who only reads":      {auditor, "PATCH", file[half:], bytesAt(0), 403, "http.denied"},
		"at another offset":      {registrar, "PATCH", file[half:], bytesAt(0), 409, "media.upload_offset"},
		"changed on the way":     {registrar, "PATCH", file[half:], bytesAt(half, "Upload-Checksum", "sha1 "+base64.StdEncoding.EncodeToString(first[:])), 460, "media.upload_checksum"},
		"an unknown algorithm":   {registrar, "PATCH", file[half:], bytesAt(half, "Upload-Checksum", "md5 CY9rzUYh03PK3k6DJie09g=="), 400, "upload.algorithm"},
		"a sum that is none":     {registrar, "PATCH", file[half:], bytesAt(half, "Upload-Checksum", "sha1 x"), 400, "upload.header"},
		"no version":             {registrar, "PATCH", file[half:], bytesAt(half)[2:], 412, "upload.version"},
		"another version":        {registrar, "PATCH", file[half:], append(bytesAt(half)[2:], "Tus-Resumable", "0.2.2"), 412, "upload.version"},
		"another type":           {registrar, "PATCH", file[half:], tusHeaders("Upload-Offset", strconv.Itoa(half), "Content-Type", "image/jpeg"), 415, "upload.content_type"},
		"no offset":              {registrar, "PATCH", file[half:], tusHeaders("Content-Type", "application/offset+octet-stream"), 400, "upload.header"},
		"a negative offset":      {registrar, "PATCH", file[half:], bytesAt(-1), 400, "upload.header"},
		"more than announced":    {registrar, "PATCH", append(file[half:len(file):len(file)], 1), bytesAt(half), 413, "media.upload_excess"},
		"by a stranger":          {stranger, "PATCH", file[half:], bytesAt(half), 404, "media.upload_not_found"},
		"looked at by one":       {stranger, "GET", nil, tusHeaders(), 405, "http.method"},
		"cancelled by one":       {stranger, "DELETE", nil, tusHeaders(), 404, "media.upload_not_found"},
		"posted without a word":  {registrar, "POST", nil, tusHeaders(), 400, "upload.header"},
		"posted by another name": {stranger, "POST", nil, tusHeaders("X-HTTP-Method-Override", "DELETE"), 404, "media.upload_not_found"},
	} {
		t.Run(name, func(t *testing.T) {
			got := r.As(tc.by).Do(tc.method, at, tc.body, tc.headers...).Want(t, tc.status)
			got.Code(t, tc.code)
			if tc.status == 412 && got.Header.Get("Tus-Version") != "1.0.0" {
				t.Error("without the version that is spoken")
			}
		})
	}
	r.As(stranger).Do("HEAD", at, nil, tusHeaders()...).Want(t, 404)
	r.Nobody().Do("PATCH", at, file[half:], bytesAt(half)...).Want(t, 401)
	state(half)
	got = mine.Do("POST", at, file[half:], bytesAt(half, "X-HTTP-Method-Override", "PATCH")...).Want(t, 204)
	id := got.Header.Get("Asset-Id")
	if id == "" || got.Header.Get("Asset-Created") != "true" {
		t.Fatalf("%v", got.Header)
	}
	if h := state(len(file)); h.Get("Asset-Id") != id {
		t.Errorf("HEAD of the finished one: %v", h)
	}
	var v assetView
	mine.Get("/api/v1/media/"+id).Want(t, 200).JSON(t, &v)
	if v.SHA256 != hex.EncodeToString(sum[:]) || v.Name != "正面.jpg" || v.State != "uploaded" {
		t.Errorf("%+v", v)
	}
	at = r.begin(t, file, "")
	if again := mine.Do("PATCH", at, file, bytesAt(0)...).Want(t, 204); again.Header.Get("Asset-Id") != id || again.Header.Get("Asset-Created") != "false" {
		t.Errorf("%v", again.Header)
	}
}

func TestResumableUploadsAreRefusedAtTheirBeginning(t *testing.T) {
	r := newRoom(t, public)
	org := "org " + coded("museum-a")
	for name, tc := range map[string]struct {
		headers []string
		status  int
		code    string
	}{
		"without a length":          {tusHeaders("Upload-Metadata", org), 400, "upload.header"},
		"whose length comes later":  {tusHeaders("Upload-Defer-Length", "1", "Upload-Metadata", org), 400, "upload.defer_length"},
		"of too much":               {tusHeaders("Upload-Length", strconv.Itoa(8<<20+1), "Upload-Metadata", org), 413, "media.too_large"},
		"of nothing":                {tusHeaders("Upload-Length", "0", "Upload-Metadata", org), 422, "media.empty"},
		"of no number":              {tusHeaders("Upload-Length", "1e9", "Upload-Metadata", org), 400, "upload.header"},
		"for nobody":                {tusHeaders("Upload-Length", "10"), 422, "media.org"},
		"for another museum":        {tusHeaders("Upload-Length", "10", "Upload-Metadata", "org "+coded("museum-b")), 403, "media.denied"},
		"with metadata out of form": {tusHeaders("Upload-Length", "10", "Upload-Metadata", "org museum-a"), 400, "upload.header"},
		"with a sum that is none":   {tusHeaders("Upload-Length", "10", "Upload-Metadata", org+",sha256 "+coded("abc")), 400, "media.upload_digest"},
		"without a version":         {[]string{"Upload-Length", "10", "Upload-Metadata", org}, 412, "upload.version"},
	} {
		t.Run(name, func(t *testing.T) {
			r.As(registrar).Do("POST", "/api/v1/uploads", nil, tc.headers...).Want(t, tc.status).Code(t, tc.code)
		})
	}
	r.Nobody().Do("POST", "/api/v1/uploads", nil, tusHeaders("Upload-Length", "10")...).Want(t, 401)
	for _, id := range []string{"x", "..%2F..%2Fetc", "01a22114-4a64-7060-aa6c-359d8bed399b"} {
		r.As(registrar).Do("HEAD", "/api/v1/uploads/"+id, nil, tusHeaders()...).Want(t, 404)
	}
}

func TestARefusedFileOfAResumableUploadIsToldAndGone(t *testing.T) {
	r := newRoom(t, public)
	file := []byte("%PDF-1.7 this is no picture")
	at := r.begin(t, file, "")
	r.As(registrar).Do("PATCH", at, file, bytesAt(0)...).Want(t, 415).Code(t, "media.kind")
	r.As(registrar).Do("HEAD", at, nil, tusHeaders()...).Want(t, 404)
	at = r.begin(t, append(file, make([]byte, 1<<20)...), "") // its first piece is enough
	r.As(registrar).Do("PATCH", at, file, bytesAt(0)...).Want(t, 415).Code(t, "media.kind")
	r.As(registrar).Do("HEAD", at, nil, tusHeaders()...).Want(t, 404)
	at = r.begin(t, file, "")
	r.As(registrar).Do("DELETE", at, nil, tusHeaders()...).Want(t, 204)
	r.As(registrar).Do("HEAD", at, nil, tusHeaders()...).Want(t, 404)
}
