package web

import (
	"embed"
	"sync"

	"github.com/danielgtaylor/huma/v2"
	"github.com/gofiber/fiber/v2"

	"yijianyou/web/httpkit"
)

//go:embed docs
var docs embed.FS

// mountDocument serves the OpenAPI document and its page. The document is made
// at the first request, when every route is there.
func (s *Shell) mountDocument() error {
	document := sync.OnceValues(func() (*file, error) {
		raw, err := s.Router.OpenAPI()
		if err != nil {
			return nil, err
		}
		return newFile("openapi.json", raw), nil
	})
	s.Router.Plain(httpkit.Op{Method: "GET", Path: "/api/openapi.json", ID: "openapi", Tag: "operations", Summary: "This document (OpenAPI 3.1)", Policy: httpkit.Public()},
		&huma.Operation{Responses: map[string]*huma.Response{"200": {Description: "OpenAPI 3.1",
			Content: map[string]*huma.MediaType{"application/json": {Schema: &huma.Schema{Type: "object"}}}}}},
		func(c *fiber.Ctx) error {
			f, err := document()
			if err != nil {
				return err
			}
			return f.send(c)
		})
	for route, name := range map[string]string{"/api/docs": "index.html", "/api/docs/docs.js": "docs.js", "/api/docs/docs.css": "docs.css"} {
		raw, err := docs.ReadFile("docs/" + name)
		if err != nil {
			return err
		}
		f := newFile(name, raw)
		s.Router.Plain(httpkit.Op{Method: "GET", Path: route, ID: "docs-" + name, Policy: httpkit.Public()}, nil,
			func(c *fiber.Ctx) error { return f.send(c) })
	}
	return nil
}
