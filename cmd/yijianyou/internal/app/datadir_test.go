package app

import (
	"bytes"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"yijianyou/internal/fault"
)

func TestTheSecondProcessIsToldWhoHoldsTheDirectory(t *testing.T) {
	dir := t.TempDir()
	first, err := OpenDataDir(dir)
	if err != nil {
		t.Fatal(err)
	}
	if err := first.Lock("serve 127.0.0.1:8080"); err != nil {
		t.Fatal(err)
	}
	second, err := OpenDataDir(dir)
	if err != nil {
		t.Fatal(err)
	}
	err = second.Lock("restore")
	if !errors.Is(err, ErrLocked) {
		t.Fatalf("got %v, want ErrLocked", err)
	}
	for _, lang := range []fault.Lang{fault.Chinese, fault.English} {
		if text := fault.Of(err).Text(lang); !strings.Contains(text, "serve 127.0.0.1:8080") {
			t.Errorf("%v: %q does not say who holds it", lang, text)
		}
	}
	first.Unlock()
	if err := second.Lock("restore"); err != nil {
		t.Errorf("after the first gave it back: %v", err)
	}
}

func TestTheLockEmptiesHalfWrittenFiles(t *testing.T) {
	d, err := OpenDataDir(t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	half := filepath.Join(d.Tmp(), "upload-1")
	if err := os.WriteFile(half, []byte("x"), 0o600); err != nil {
		t.Fatal(err)
	}
	if err := d.Lock("serve"); err != nil {
		t.Fatal(err)
	}
	if _, err := os.Stat(half); !errors.Is(err, os.ErrNotExist) {
		t.Errorf("the half-written file is still there: %v", err)
	}
}

func TestTheSecretStaysTheSame(t *testing.T) {
	d, err := OpenDataDir(t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	a, err := d.Secret()
	if err != nil {
		t.Fatal(err)
	}
	b, err := d.Secret()
	if err != nil || !bytes.Equal(a, b) {
		t.Fatalf("second reading differs: %v", err)
	}
	st, _ := os.Stat(filepath.Join(d.path, "secret.key"))
	if st.Mode().Perm() != 0o600 {
		t.Errorf("mode %v, want 0600", st.Mode().Perm())
	}
	if err := os.WriteFile(filepath.Join(d.path, "secret.key"), []byte("short"), 0o600); err != nil {
		t.Fatal(err)
	}
	if _, err := d.Secret(); !errors.Is(err, ErrSecret) {
		t.Errorf("got %v, want ErrSecret", err)
	}
}

func TestADirectoryThatCannotBeMadeIsNamed(t *testing.T) {
	file := filepath.Join(t.TempDir(), "file")
	if err := os.WriteFile(file, nil, 0o600); err != nil {
		t.Fatal(err)
	}
	if _, err := OpenDataDir(filepath.Join(file, "data")); !errors.Is(err, ErrDataDir) {
		t.Errorf("got %v, want ErrDataDir", err)
	}
}
