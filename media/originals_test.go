package media

import (
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// A file that has come in becomes the original by a second name; where that cannot
// be had, here because something stands there, its bytes are written.
func TestAnOriginalIsKeptWithoutACopyWhereThatCanBe(t *testing.T) {
	dir := t.TempDir()
	o, err := OpenOriginals(t.Context(), filepath.Join(dir, "kept"))
	if err != nil {
		t.Fatal(err)
	}
	defer o.Close()
	key := originalKey("demo-museum", strings.Repeat("ab", 32), "018f2b6a-7c1e-7d3a-9f00-5a0c00000001")
	for i, text := range []string{"first", "second"} {
		came := filepath.Join(dir, text)
		if err := os.WriteFile(came, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
		f, err := os.Open(came)
		if err != nil {
			t.Fatal(err)
		}
		defer f.Close()
		if err := o.keep(t.Context(), key, "image/jpeg", f, nil); err != nil {
			t.Fatal(err)
		}
		a, err := f.Stat()
		if err != nil {
			t.Fatal(err)
		}
		b, err := os.Stat(o.name(key))
		if err != nil {
			t.Fatal(err)
		}
		if same := os.SameFile(a, b); same != (i == 0) {
			t.Errorf("%s: the same file: %v", text, same)
		}
		if err := os.Remove(came); err != nil {
			t.Fatal(err)
		}
		r, missing, err := o.open(t.Context(), key)
		if err != nil || missing {
			t.Fatal(missing, err)
		}
		got, err := io.ReadAll(r)
		if r.Close(); err != nil || string(got) != text {
			t.Errorf("%q, want %q: %v", got, text, err)
		}
	}
	if _, missing, err := o.open(t.Context(), key+"0"); !missing || err == nil {
		t.Errorf("missing %v: %v", missing, err)
	}
}
