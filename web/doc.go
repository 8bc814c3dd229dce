// Package web is the HTTP shell: one Fiber app with the routes of all packages,
// the probes, the OpenAPI document with its page, the public settings, and the
// front end.
//
// Ideas:
//
//   - The middleware and its order are in httpkit.New; this package adds routes.
//   - The order of routes: probes, API of the packages as app mounts them,
//     document and settings, and at last the pages, which answer whatever path is
//     of nobody else, but never below /api, /iiif, /oai, /sta and /epcis.
//   - Files below assets/ carry a hash in their names and are kept for ever;
//     every other file is revalidated. Packed forms are made once and kept.
//   - /healthz says that the process lives; /readyz runs the checks that app
//     gives and answers 503 while one fails or the program stops. /metrics is for
//     the loopback address, or for who has the key. None of them touches sessions.
//   - Stopping: /readyz turns to 503, running requests end, then Serve returns.
//     Streams are ended by their own package (live.Hub.Run).
//
// What is not here: handlers of domains (*http packages), accounts (web/auth),
// events (web/live), the sources of the pages (web/ui).
//
// Reading order: shell.go, probes.go, pages.go, document.go, listen.go.
package web
