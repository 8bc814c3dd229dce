// Package iiif is the pure part of IIIF: the grammar of image requests and the
// documents that describe images and objects. It does no I/O and knows no
// address but those that it is given.
//
// Standards: IIIF Image API 3.0 level 2 with more (mirroring and upscaling),
// https://iiif.io/api/image/3.0/, and Presentation API 3.0,
// https://iiif.io/api/presentation/3.0/. Section numbers in comments are theirs.
//
// Ideas:
//
//   - Parse reads a request by the grammar alone; Resolve applies it to an image
//     of known size and limits and yields numbers and the canonical form.
//   - What breaks the grammar, lies outside of the image or exceeds a limit is a
//     fault of kind Invalid, to be answered with 400 (§7.3). What the standard
//     knows and this server does not do is ErrNotImplemented (501).
//   - An info.json never promises a size that Resolve refuses.
//
// Reading order: request.go, number.go, resolve.go, info.go, presentation.go.
package iiif
