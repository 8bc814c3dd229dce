package web

import (
	"crypto/sha256"
	"encoding/hex"
	"io/fs"
	"path"
	"strings"

	"github.com/gofiber/fiber/v2"

	"yijianyou/web/httpkit"
)

// file is one file of the front end in memory.
type file struct {
	raw         []byte
	packed      *httpkit.Packed // nil for what is packed already, such as pictures
	contentType string
	etag        string
	forever     bool
}

// contentTypes by ending; the machine's own table may lack or change some.
var contentTypes = map[string]string{
	".html": "text/html; charset=utf-8", ".js": "text/javascript; charset=utf-8", ".mjs": "text/javascript; charset=utf-8",
	".css": "text/css; charset=utf-8", ".json": "application/json", ".webmanifest": "application/manifest+json",
	".svg": "image/svg+xml", ".png": "image/png", ".jpg": "image/jpeg", ".webp": "image/webp", ".ico": "image/x-icon",
	".woff2": "font/woff2", ".wasm": "application/wasm", ".txt": "text/plain; charset=utf-8", ".xml": "application/xml",
	".mp3": "audio/mpeg", ".pbf": "application/x-protobuf", ".map": "application/json",
}

func newFile(name string, raw []byte) *file {
	sum := sha256.Sum256(raw)
	ct := contentTypes[path.Ext(name)]
	if ct == "" {
		ct = "application/octet-stream"
	}
	f := &file{raw: raw, contentType: ct, etag: `"` + hex.EncodeToString(sum[:12]) + `"`, forever: strings.HasPrefix(name, "assets/")}
	if packable(ct) {
		f.packed = httpkit.NewPacked(raw)
	}
	return f
}

// send answers with the file, packed when the client can read it.
func (f *file) send(c *fiber.Ctx) error {
	c.Set(fiber.HeaderContentType, f.contentType)
	c.Set(fiber.HeaderETag, f.etag)
	c.Set(fiber.HeaderCacheControl, "no-cache")
	if f.forever {
		c.Set(fiber.HeaderCacheControl, "public, max-age=31536000, immutable")
	}
	if match := c.Get(fiber.HeaderIfNoneMatch); match != "" && strings.Contains(match, f.etag) {
		c.Status(fiber.StatusNotModified)
		return nil
	}
	if f.packed != nil {
		f.packed.Send(c)
		return nil
	}
	c.Response().SetBodyRaw(f.raw)
	return nil
}

func packable(contentType string) bool {
	return strings.HasPrefix(contentType, "text/") || strings.Contains(contentType, "json") || strings.Contains(contentType, "xml") ||
		strings.HasPrefix(contentType, "application/wasm")
}

// serverPaths are never answered by a page.
var serverPaths = []string{"/api", "/iiif", "/oai", "/sta", "/epcis", "/healthz", "/readyz", "/metrics"}

func ofServer(p string) bool {
	for _, prefix := range serverPaths {
		if p == prefix || strings.HasPrefix(p, prefix+"/") {
			return true
		}
	}
	return false
}

// mountPages reads the front end into memory and answers every path that is of
// nobody else.
func (s *Shell) mountPages() error {
	files := make(map[string]*file)
	if s.opts.Pages.Files != nil {
		err := fs.WalkDir(s.opts.Pages.Files, ".", func(name string, d fs.DirEntry, err error) error {
			if err != nil || d.IsDir() || name == "manifest.json" || strings.HasSuffix(name, ".map") {
				return err // the bundler's list and source maps are for builders
			}
			raw, err := fs.ReadFile(s.opts.Pages.Files, name)
			if err == nil {
				files[name] = newFile(name, raw)
			}
			return err
		})
		if err != nil {
			return err
		}
	}
	s.Router.App.Use(func(c *fiber.Ctx) error {
		if m := c.Method(); (m != fiber.MethodGet && m != fiber.MethodHead) || ofServer(c.Path()) {
			return c.Next()
		}
		if f := s.page(files, c.Path()); f != nil {
			return f.send(c)
		}
		if f := files[s.opts.Pages.Placeholder]; f != nil && files[s.opts.Pages.Guide] == nil && path.Ext(c.Path()) == "" {
			if err := f.send(c); err != nil {
				return err
			}
			c.Status(fiber.StatusServiceUnavailable)
			return nil
		}
		return c.Next()
	})
	return nil
}

// page returns the file for a path: the file itself, or the entry that routes
// in the browser. A path that names a file which is not there has none: a
// missing script must not be answered with a page.
func (s *Shell) page(files map[string]*file, p string) *file {
	name := strings.TrimPrefix(path.Clean(p), "/")
	if f := files[name]; f != nil && name != s.opts.Pages.Placeholder {
		return f
	}
	if path.Ext(name) != "" || strings.HasPrefix(name, "assets/") {
		return nil
	}
	if name == "console" || strings.HasPrefix(name, "console/") {
		return files[s.opts.Pages.Console]
	}
	return files[s.opts.Pages.Guide]
}
