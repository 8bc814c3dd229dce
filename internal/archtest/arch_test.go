package archtest

import (
	"bytes"
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"sort"
	"strings"
	"testing"
)

// maxLines is where a file has become too long to be one noun; tables make
// tests longer.
const (
	maxLines     = 450
	maxTestLines = 650
)

type source struct {
	pkg   string // folder below the module, slash separated
	file  string
	test  bool
	ast   *ast.File
	lines int
}

// sources parses the imports and comments of every Go file of the repository.
func sources(t *testing.T) []source {
	t.Helper()
	root := filepath.Join("..", "..")
	var out []source
	fset := token.NewFileSet()
	err := filepath.WalkDir(root, func(p string, d fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		name := d.Name()
		if d.IsDir() {
			if p != root && (strings.HasPrefix(name, ".") || name == "node_modules" || name == "testdata" || name == "dist" || name == "data") {
				return fs.SkipDir
			}
			return nil
		}
		if !strings.HasSuffix(name, ".go") {
			return nil
		}
		b, err := os.ReadFile(p)
		if err != nil {
			return err
		}
		f, err := parser.ParseFile(fset, p, b, parser.ImportsOnly|parser.ParseComments)
		if err != nil {
			return err
		}
		rel, _ := filepath.Rel(root, p)
		rel = filepath.ToSlash(rel)
		generated := bytes.Contains(b[:min(len(b), 400)], []byte("DO NOT EDIT"))
		lines := bytes.Count(b, []byte("\n"))
		if generated {
			lines = 0
		}
		out = append(out, source{pkg: path.Dir(rel), file: rel, test: strings.HasSuffix(name, "_test.go"), ast: f, lines: lines})
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	if len(out) < 20 {
		t.Fatalf("found %d Go files below %s: the test reads the wrong folder", len(out), root)
	}
	return out
}

func imports(f *ast.File) []string {
	var out []string
	for _, im := range f.Imports {
		out = append(out, strings.Trim(im.Path.Value, `"`))
	}
	return out
}

func TestImportsFollowTheTable(t *testing.T) {
	for _, s := range sources(t) {
		r, ok := roomOf(s.pkg)
		if !ok && s.pkg != "." {
			t.Errorf("%s: package %s has no row in the import table (internal/archtest/table.go)", s.file, s.pkg)
			continue
		}
		for _, im := range imports(s.ast) {
			target, ours := strings.CutPrefix(im, module+"/")
			if !ours || r.allowed(target) {
				continue
			}
			// Tests may use the kernel and its fixtures everywhere.
			if s.test && (matches(target, "internal") || target == "web/httpkit/httpkittest") {
				continue
			}
			t.Errorf("%s imports %s: %s", s.file, target, r.why)
		}
	}
}

func TestLibrariesStayInTheirRooms(t *testing.T) {
	for _, s := range sources(t) {
		if s.test {
			continue
		}
		for _, im := range imports(s.ast) {
			for _, f := range foreign {
				if im != f.prefix && !strings.HasPrefix(im, f.prefix+"/") {
					continue
				}
				ok := false
				for _, p := range f.only {
					ok = ok || matches(s.pkg, p)
				}
				if !ok {
					t.Errorf("%s imports %s: %s", s.file, im, f.why)
				}
			}
		}
	}
}

func TestPurePackagesDoNoIO(t *testing.T) {
	for _, s := range sources(t) {
		if s.test {
			continue
		}
		for _, p := range pure {
			if s.pkg != p {
				continue
			}
			for _, im := range imports(s.ast) {
				for _, bad := range impure {
					if im == bad {
						t.Errorf("%s imports %s: %s is pure", s.file, im, p)
					}
				}
			}
		}
	}
}

func TestEveryPackageHasOneComment(t *testing.T) {
	comments, seen := map[string][]string{}, map[string]bool{}
	for _, s := range sources(t) {
		if s.test || strings.Contains(s.pkg, "testdata") {
			continue
		}
		seen[s.pkg] = true
		if s.ast.Doc != nil && !strings.HasPrefix(s.ast.Doc.Text(), "Code generated") {
			comments[s.pkg] = append(comments[s.pkg], s.file)
		}
	}
	for pkg := range seen {
		if n := len(comments[pkg]); n != 1 {
			sort.Strings(comments[pkg])
			t.Errorf("%s has %d package comments %v, want 1", pkg, n, comments[pkg])
		}
	}
}

func TestFilesAreOneNoun(t *testing.T) {
	for _, s := range sources(t) {
		limit := maxLines
		if s.test {
			limit = maxTestLines
		}
		if s.lines > limit {
			t.Errorf("%s has %d lines, more than %d: split it by noun", s.file, s.lines, limit)
		}
	}
}

func TestNoInitFunctions(t *testing.T) {
	fset := token.NewFileSet()
	for _, s := range sources(t) {
		f, err := parser.ParseFile(fset, filepath.Join("..", "..", s.file), nil, parser.SkipObjectResolution)
		if err != nil {
			t.Fatal(err)
		}
		for _, d := range f.Decls {
			if fn, ok := d.(*ast.FuncDecl); ok && fn.Recv == nil && fn.Name.Name == "init" {
				t.Errorf("%s has an init function: wire it in cmd/yijianyou/internal/app", s.file)
			}
		}
	}
}

func TestTheTableNamesRealRooms(t *testing.T) {
	have := map[string]bool{}
	for _, s := range sources(t) {
		for p := s.pkg; p != "."; p = path.Dir(p) {
			have[p] = true
		}
	}
	for _, r := range rooms {
		if !have[r.path] {
			t.Errorf("the import table has a row for %s, which does not exist", r.path)
		}
	}
}
