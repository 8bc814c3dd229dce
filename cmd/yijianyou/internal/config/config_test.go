package config

import (
	"errors"
	"net"
	"os"
	"path/filepath"
	"strconv"
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
		Flags: map[string]string{"listen": "8080", "trusted-proxies": "10.0.0.0/99", "log-level": "loud", "tls-key": "/nowhere/key.pem", "upload-mb": "0", "keep-sightings": "31", "blobs": "s3://bucket",
			"mqtt-listen": "0.0.0.0:1883", "mqtt-broker": "http://me:hunter2@h"},
	})
	if !errors.Is(err, ErrSettings) {
		t.Fatalf("got %v, want ErrSettings", err)
	}
	var paths []string
	for _, f := range fault.Of(err).Fields() {
		paths = append(paths, f.Path)
	}
	want := []string{"config", "colour", "listn", "listen", "public-url", "trusted-proxies", "database", "blobs", "tls-key", "mqtt-broker", "demo", "upload-mb", "keep-sightings", "log-level", "tls-cert", "mqtt-listen"}
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

func TestPlainMQTTDoesNotLeaveTheMachine(t *testing.T) {
	cert := filepath.Join(t.TempDir(), "pem")
	write(t, cert, "pem")
	for _, c := range []struct {
		flags map[string]string
		right bool
	}{
		{nil, true},
		{map[string]string{"mqtt-listen": "off"}, true},
		{map[string]string{"mqtt-listen": "localhost:1"}, true},
		{map[string]string{"mqtt-listen": "[::1]:1"}, true},
		{map[string]string{"mqtt-listen": ":1883"}, false},
		{map[string]string{"mqtt-listen": "10.1.2.3:1883"}, false},
		{map[string]string{"mqtt-listen": "devices.example.org:1883"}, false},
		{map[string]string{"mqtt-listen": ":1883", "mqtt-insecure": "true"}, true},
		{map[string]string{"mqtt-listen": ":8883", "mqtt-tls-cert": cert, "mqtt-tls-key": cert}, true},
		{map[string]string{"mqtt-broker": "mqtt://10.1.2.3"}, false},
		{map[string]string{"mqtt-broker": "mqtt://127.0.0.1"}, true},
		{map[string]string{"mqtt-broker": "mqtt://10.1.2.3", "mqtt-insecure": "true"}, true},
		{map[string]string{"mqtt-broker": "mqtts://u:p@10.1.2.3?client=node-1&share=nodes", "mqtt-listen": ":1"}, true},
	} {
		_, err := Load(Sources{Flags: c.flags})
		if err == nil && !c.right {
			t.Errorf("%v: taken", c.flags)
			continue
		}
		if c.right {
			if err != nil {
				t.Errorf("%v: %v", c.flags, err)
			}
			continue
		}
		if fields := fault.Of(err).Fields(); len(fields) != 1 || fields[0].Code != ErrMQTTPlain {
			t.Errorf("%v: %v", c.flags, err)
		}
	}
}

func TestTheURLOfAnMQTTBroker(t *testing.T) {
	for text, want := range map[string]string{
		"mqtts://u:p@h": "h:8883", "mqtt://127.0.0.1/": "127.0.0.1:1883", "mqtts://h:1?client=a_b.c-1": "h:1",
		"tcp://h": "", "mqtts://": "", "mqtts://h/path": "", "mqtts://h?clientid=x": "", "mqtts://h?client=a/b": "", "mqtts://h?client=a&client=b": "",
	} {
		c, err := Load(Sources{Flags: map[string]string{"mqtt-broker": text}})
		if want == "" {
			if !errors.Is(err, ErrSettings) || fault.Of(err).Fields()[0].Code != ErrMQTTBroker {
				t.Errorf("%s: %v", text, err)
			}
			continue
		}
		if err != nil || c.MQTTBroker.Host != want {
			t.Errorf("%s: %v %v", text, c, err)
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

func TestTheMailServerIsAURLWithASender(t *testing.T) {
	for text, want := range map[string]string{
		"smtp://u:p%40ss@smtp.example.org": "smtp.example.org:587", "smtps://smtp.example.org": "smtp.example.org:465", "smtp://127.0.0.1:2525": "127.0.0.1:2525", "smtp://[::1]:25": "[::1]:25",
		"http://u:hunter2@h": "", "smtp://": "", "smtp://u:hunter2@h/path": "", "smtp://h?x=1": "", "smtp://h:0": "", "smtp.example.org:587": "",
	} {
		c, err := Load(Sources{Flags: map[string]string{"smtp": text, "smtp-from": "一键游 <alarm@example.org>"}})
		switch {
		case want == "" && (err == nil || !strings.Contains(err.Error(), "smtp") || strings.Contains(err.Error(), "hunter2")):
			t.Errorf("%s: %v", text, err)
		case want != "" && (err != nil || net.JoinHostPort(c.SMTP.Host, strconv.Itoa(c.SMTP.Port)) != want):
			t.Errorf("%s: %v", text, err)
		}
	}
	for _, flags := range []map[string]string{{"smtp": "smtp://h"}, {"smtp-from": "nobody"}, {"webhook-networks": "10.0.0.0/99"}} {
		if _, err := Load(Sources{Flags: flags}); !errors.Is(err, ErrSettings) {
			t.Errorf("%v: %v", flags, err)
		}
	}
	c, err := Load(Sources{Flags: map[string]string{"webhook-networks": "127.0.0.1, 10.1.0.0/16"}})
	if err != nil || len(c.HookNetworks) != 2 || c.SMTP != nil {
		t.Fatal(c, err)
	}
	c, err = Load(Sources{Flags: map[string]string{"smtp": "smtps://u:p%40ss@h", "smtp-from": "a@b.example"}})
	if want := (MailServer{Host: "h", Port: 465, TLS: true, User: "u", Password: "p@ss"}); err != nil || *c.SMTP != want {
		t.Fatal(c, err)
	}
}
