package ui

import (
	"embed"
	"fmt"
	"io/fs"
)

//go:embed all:dist
var dist embed.FS

// The entries that a build leaves in [Files].
const (
	GuideEntry   = "index.html"         // answers every path of the guide
	ConsoleEntry = "console/index.html" // answers every path below /console
	Placeholder  = "placeholder.html"   // the page to show while [Built] is false
)

// Files returns what the front-end build left, rooted at dist: index.html,
// console/index.html, assets/…, sw.js. Without a build it holds the
// placeholder only. The file system is read-only and safe for concurrent use.
func Files() fs.FS {
	sub, err := fs.Sub(dist, "dist")
	if err != nil { // the name is a constant that the embed directive has checked
		panic(fmt.Errorf("ui: embedded dist: %w", err))
	}
	return sub
}

// Built reports whether both entries are there, that is, whether the program
// was compiled after the front end.
func Built() bool {
	for _, name := range []string{GuideEntry, ConsoleEntry} {
		if _, err := fs.Stat(dist, "dist/"+name); err != nil {
			return false
		}
	}
	return true
}
