// Package iiif is the pure part of IIIF: the grammar of image requests and the
// documents that describe images and objects. It does no I/O and knows no
// address but those that it is given.
//
// Standards: IIIF Image API 3.0 level 2 and everything that it leaves to the server
// but further formats (mirroring, upscaling, any rotation, bitonal),
// https://iiif.io/api/image/3.0/, and Presentation API 3.0,
// https://iiif.io/api/presentation/3.0/. Section numbers in comments are theirs.
//
// Ideas:
//
//   - Parse reads a request by the grammar alone; Resolve applies it to an image
//     of known size and limits and yields numbers and the canonical form.
//   - What breaks the grammar, lies outside of the image or exceeds a limit is a
//     fault of kind Invalid, to be answered with 400 (§7.3); so is a format that
//     this server does not offer (§4.5).
//   - Limits hold for what leaves the server: where a picture is turned by less than
//     a right angle, for the frame around it. max is then the largest size of which
//     the frame is within the limits.
//   - An info.json never promises a size that Resolve refuses.
//
// Reading order: request.go, number.go, turn.go, resolve.go, info.go, presentation.go.
package iiif
