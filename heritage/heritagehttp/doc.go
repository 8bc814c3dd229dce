// Package heritagehttp is the HTTP of the catalogue: /api/v1/relics, sites,
// museums and places, the code lists, the tombstones, and the movement orders
// with their vouchers and the policy of their approval.
//
// Ideas:
//
//   - The public view is the default, the same for everybody, and carries both
//     languages; codes come with their labels. It is made in heritage/public.go.
//     Its strong ETag is the published revision with a digest of the content,
//     since a renamed museum changes the view of its relics.
//   - ?view=staff is the record as it is stored, with its three lives; what one
//     reads there under "fields" is what one sends back. If-Match holds every
//     change to the revision that was seen.
//   - The three lives have a route each: review, publication, ledger. Many
//     records take a step together by reviews and publications, each for itself,
//     with a report.
//   - The four types of record share routes.go.
//   - Each step of a movement order is a route of its own, held to the revision that
//     was seen. Getting the PDF of a voucher is a printing and is recorded.
//
// What is not here: rules (heritage), imports (load/loadhttp), search
// (searchhttp), pictures and manifests (mediahttp).
//
// Tests: package heritagehttptest runs all scenarios on any store.
//
// Reading order: mount.go, routes.go, lives.go, bulk.go, views.go, vocabulary.go, dating.go,
// movement.go, movement_view.go, movement_policy.go, voucher.go.
package heritagehttp
