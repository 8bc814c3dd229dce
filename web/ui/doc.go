// Package ui holds the two web pages of the program, the guide and the
// console, as the files that the front-end build left in dist.
//
// # Ideas
//
// The front end is written in TypeScript below this folder (shared, guide,
// console) and built by Vite. The Go program only carries the result, so that
// one binary serves everything and nothing is fetched from elsewhere: no CDN,
// no web font, no tile server.
//
// # Invariants
//
//   - The package compiles on a machine without Node: dist/placeholder.html is
//     committed, and [Built] tells whether a real build is there.
//   - Names below assets/ carry a hash of their content and may be cached for
//     ever; every other file must be revalidated.
//   - index.html answers every path of the guide, console/index.html every path
//     below /console: both route in the browser.
//
// # What the pages need of the server
//
// A content security policy may forbid inline scripts, evaluation and every
// other origin. It must allow workers of the same origin (the map), data and
// blob images (map and zoom) and inline styles (set by the components).
//
// # What is not here
//
// HTTP: web's root package serves these files. The API client and its types
// are in shared/api.
//
// # Reading order
//
// embed.go; then guide/main.ts, guide/router.ts and shared/api/client.ts.
package ui
