package config

import (
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"yijianyou/internal/fault"
)

func TestLaterSourcesWin(t *testing.T) {
	file := filepath.Join(t.TempDir(), "yjy.yaml")
	write(t, file, "# settings\nlisten: 127.0.0.1:1\noperator: \"示范文旅集团\" \nicp: 备1 # filed\n")
	secret := filepath.Join(t.TempDir(), "uri")
	write(t, secret, "mongodb://localhost/yjy\n")
	c, err := Load(Sources{
		File:    file,
		Environ: []string{"YJY_LISTEN=127.0.0.1:2", "YJY_DATABASE_FILE=" + secret, "YJY_TEST_MONGODB_URI=x", "HOME=/"},
		Flags:   map[string]string{"listen": "127.0.0.1:3"},
	})
	if err != nil {
		t.Fatal(err)
	}
	got := []string{c.Listen, c.Site.Operator, c.Site.ICP, c.Database, c.PublicURL.String()}
	want := []string{"127.0.0.1:3", "示范文旅集团", "备1", "mongodb://localhost/yjy", "http://127.0.0.1:3"}
	if d := cmp.Diff(want, got); d != "" {
		t.Error(d)
	}
}

func TestAllMistakesAreReportedAtOnce(t *testing.T) {
	file := filepath.Join(t.TempDir(), "yjy.yaml")
	write(t, file, "listen 8080\ncolour: red\n")
	_, err := Load(Sources{File: file,
		Environ: []string{"YJY_PUBLIC_URL=guide", "YJY_DATABASE=postgres://user:hunter2@db", "YJY_DEMO=perhaps", "YJY_LISTN=x"},
		Flags:   map[string]string{"listen": "8080", "trusted-proxies": "10.0.0.0/99", "log-level": "loud", "tls-key": "/nowhere/key.pem", "upload-mb": "0", "blobs": "s3://bucket"},
	})
	if !errors.Is(err, ErrSettings) {
		t.Fatalf("got %v, want ErrSettings", err)
	}
	var paths []string
	for _, f := range fault.Of(err).Fields() {
		paths = append(paths, f.Path)
	}
	want := []string{"config", "colour", "listn", "listen", "public-url", "trusted-proxies", "database", "blobs", "tls-key", "demo", "upload-mb", "log-level", "tls-cert"}
	if d := cmp.Diff(want, paths); d != "" {
		t.Error(d)
	}
	if strings.Contains(err.Error(), "hunter2") {
		t.Error("a refused value, which may hold a password, is echoed")
	}
}

func TestThePublicURLFollowsTheAddressListenedOn(t *testing.T) {
	cert := filepath.Join(t.TempDir(), "pem")
	write(t, cert, "pem")
	for _, c := range []struct {
		flags map[string]string
		want  string
	}{
		{nil, "http://127.0.0.1:8080"},
		{map[string]string{"listen": ":9000"}, "http://127.0.0.1:9000"},
		{map[string]string{"listen": "[::]:9000"}, "http://127.0.0.1:9000"},
		{map[string]string{"listen": "guide.example.org:443", "tls-cert": cert, "tls-key": cert}, "https://guide.example.org:443"},
		{map[string]string{"listen": ":9000", "public-url": "https://guide.example.org/"}, "https://guide.example.org"},
	} {
		got, err := Load(Sources{Flags: c.flags})
		if err != nil || got.PublicURL.String() != c.want {
			t.Errorf("%v: got %v %v, want %s", c.flags, got, err, c.want)
		}
	}
}

func TestEverySettingIsExplainedInBothLanguages(t *testing.T) {
	for _, s := range Settings() {
		if s.ZH == "" || s.EN == "" {
			t.Errorf("%s lacks an explanation", s.Name)
		}
	}
}

func TestDefaultsAreValid(t *testing.T) {
	if _, err := Load(Sources{}); err != nil {
		t.Error(err)
	}
}

func write(t *testing.T, file, text string) {
	t.Helper()
	if err := os.WriteFile(file, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
}
