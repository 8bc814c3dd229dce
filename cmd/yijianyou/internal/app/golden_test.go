package app

import (
	"bytes"
	"encoding/json"
	"flag"
	"log/slog"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"yijianyou/cmd/yijianyou/internal/config"
)

var update = flag.Bool("update", false, "write the golden files")

// build makes the whole program on a fresh directory and a free port.
func build(t *testing.T, flags map[string]string) *App {
	t.Helper()
	settings := map[string]string{"data": t.TempDir(), "listen": "127.0.0.1:0", "mqtt-listen": "127.0.0.1:0", "public-url": "http://127.0.0.1:8080"}
	for k, v := range flags {
		settings[k] = v
	}
	cfg, err := config.Load(config.Sources{Flags: settings})
	if err != nil {
		t.Fatal(err)
	}
	a, err := Build(t.Context(), cfg, slog.New(slog.DiscardHandler), "test")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := a.Close(); err != nil {
			t.Error(err)
		}
	})
	return a
}

func golden(t *testing.T, file string, got []byte) {
	t.Helper()
	if *update {
		if err := os.MkdirAll(filepath.Dir(file), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(file, got, 0o644); err != nil {
			t.Fatal(err)
		}
		return
	}
	want, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	if d := cmp.Diff(string(want), string(got)); d != "" {
		t.Errorf("%s differs; look at the change, then run `make openapi`:\n%s", file, d)
	}
}

// TestEveryRouteAndItsPolicy compares method, path and policy of all routes
// with the golden list: a new route or a changed policy is seen in review.
func TestEveryRouteAndItsPolicy(t *testing.T) {
	a := build(t, nil)
	var b strings.Builder
	for _, r := range a.Shell.Router.Routes() {
		b.WriteString(r.String() + "\n")
	}
	golden(t, filepath.Join("testdata", "routes.golden"), []byte(b.String()))
}

// TestTheOpenAPIDocumentOfTheFrontEnd keeps the document from which the types
// of the front end are generated equal to the server's.
func TestTheOpenAPIDocumentOfTheFrontEnd(t *testing.T) {
	a := build(t, nil)
	raw, err := a.Shell.Router.OpenAPI()
	if err != nil {
		t.Fatal(err)
	}
	var b bytes.Buffer
	if err := json.Indent(&b, raw, "", " "); err != nil {
		t.Fatal(err)
	}
	b.WriteByte('\n')
	golden(t, filepath.Join("..", "..", "..", "..", "web", "ui", "shared", "api", "openapi.json"), b.Bytes())
}
