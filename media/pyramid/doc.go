// Package pyramid turns a stranger's picture into a packed file of tiles and
// answers requests for any part and size of it from that file.
//
// Ideas:
//
//   - Probe first: the kind is what the first bytes say, pixels are counted, and
//     all parts of the file are walked through, before anything is decoded. A file
//     that is cut, has a wrong checksum, too many scans, or fewer bytes than its
//     pixels need, is refused there. What follows the end of the picture is
//     ignored and never leaves.
//   - Everything is one raster of three 8-bit planes, Y'CbCr with chroma of half
//     width and height (JFIF), or one plane when the picture is grey. A JPEG
//     usually decodes into just that, and goes to RGB and back only when its colour
//     profile means another space than sRGB. Transparent parts are laid on white;
//     the EXIF orientation is applied; everything else in the file (EXIF, XMP, IPTC)
//     is dropped.
//   - The pixels of JPEG files, of strangers and our own, go through package jpeg;
//     what that leaves out or has doubts about is decided by the standard library.
//   - Level 0 is the picture, each further level half of it, rounded up, until
//     the longest side is at most 256 pixels. Each level is cut into tiles of 512
//     pixels; a level of at most 2048 pixels is also kept whole.
//   - One File holds all of it (format: pack.go). It is written under a temporary
//     name, synced and renamed, so a File under its own name is complete.
//   - A request that is exactly a tile or a whole level is answered with the
//     stored bytes; every other is rendered from the nearest larger level, of whose
//     tiles only the rows of blocks that it needs are decoded, and turned last, by
//     any angle, on white or on nothing.
//   - Files may Share a Cache of decoded tiles, bounded in bytes. A tile is kept when
//     it is asked for again; what is asked for once is decoded only where it shows.
//   - Build works in small pieces and calls Options.Pause between them: whoever
//     calls it decides how much of the machine readers keep.
//
// A File and its methods are safe for concurrent use. Build uses the length of
// the file and about 2 bytes per pixel, 5 for a progressive JPEG, 9 for a 16-bit
// PNG with transparency: the caller bounds how many run at a time.
//
// Not here: who may see what (media), addresses (iiif), what a colour profile
// means (icc).
//
// Reading order: kind.go, probe.go, survey.go, survey_png.go, exif.go, metadata.go, colour.go,
// raster.go, decode.go, decode_jpeg.go, orient.go, scale.go, geometry.go, pack.go,
// file.go, build.go, render.go, arena.go, cache.go, assemble.go, finish.go,
// rotate.go.
package pyramid
