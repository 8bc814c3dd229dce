package ui_test

import (
	"io/fs"
	"strings"
	"testing"

	"yijianyou/web/ui"
)

func TestFilesAlwaysHoldThePlaceholderInBothLanguages(t *testing.T) {
	page, err := fs.ReadFile(ui.Files(), ui.Placeholder)
	if err != nil {
		t.Fatalf("the committed placeholder is missing: %v", err)
	}
	for _, want := range []string{"前端尚未构建", "not built"} {
		if !strings.Contains(string(page), want) {
			t.Errorf("placeholder does not say %q", want)
		}
	}
}

func TestBuiltTellsTheTruth(t *testing.T) {
	_, guide := fs.Stat(ui.Files(), ui.GuideEntry)
	_, console := fs.Stat(ui.Files(), ui.ConsoleEntry)
	if want := guide == nil && console == nil; ui.Built() != want {
		t.Errorf("Built() = %v, want %v (guide: %v, console: %v)", ui.Built(), want, guide, console)
	}
}

func TestABuildNamesNothingFromOutside(t *testing.T) {
	if !ui.Built() {
		t.Skip("the front end is not built")
	}
	for _, entry := range []string{ui.GuideEntry, ui.ConsoleEntry} {
		page, err := fs.ReadFile(ui.Files(), entry)
		if err != nil {
			t.Fatal(err)
		}
		for _, bad := range []string{"http://", "https://", "src=\"//", "href=\"//"} {
			if strings.Contains(string(page), bad) {
				t.Errorf("%s refers to another host (%q)", entry, bad)
			}
		}
		if strings.Contains(string(page), "<script>") {
			t.Errorf("%s holds an inline script, which the policy forbids", entry)
		}
	}
}
