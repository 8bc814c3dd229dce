// Package jpeg decodes and encodes the JPEG files of a pyramid faster than a
// general library can, because it stays in planes of Y'CbCr, knows what its own
// encoder writes, and leaves the arithmetic of blocks to package kernel.
//
// Ideas:
//
//   - Decode reads grey and Y'CbCr pictures of 8 bits, sequential or progressive,
//     with Huffman codes: what cameras and programs write. Everything else (CMYK,
//     RGB, odd sampling) is Unsupported, and so that the caller may ask a more
//     general decoder, every doubt is an error: what Decode accepts, image/jpeg
//     accepts, too.
//   - The work that a file can cause is bounded by its pixels: at most MaxScans
//     scans, and nothing is decoded past the end of the data.
//   - Encode writes baseline 4:2:0 or grey with the tables of T.81 annex K and a
//     restart marker after each row of blocks. A row can thus be found by its marker
//     and made without the others: DecodeInto decodes only those rows of a tile
//     that are wanted, and rows are encoded on several processors with the same
//     bytes as on one.
//
// Standards: ITU-T T.81 (ISO/IEC 10918-1), T.871 (JFIF).
//
// Not here: metadata, orientation, colour profiles, the sizes of pyramids.
//
// Reading order: picture.go, errors.go, bits.go, huffman.go, header.go, scan.go,
// baseline.go, progressive.go, decode.go, tables.go, writer.go, encode.go.
package jpeg
