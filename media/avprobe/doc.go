// Package avprobe reads what a file of sound or film says of itself, without
// decoding a sample, and finds what must not reach the public.
//
// Ideas:
//
//   - Five containers, known by their first bytes: ISO base media (mp4, m4a),
//     WebM, Ogg, WAVE, MP3. Each has one small reader that visits every part of the
//     file once, with bounds on parts, depth and what is held in memory.
//   - What remains is what is known: a part that a player does not need is hidden
//     by a Mask, so that a position, a name or a picture in a tag never leaves.
//     Masks keep the length of the file and every offset in it; the original stays
//     as it was uploaded.
//   - A track that is neither sound nor picture (a camera's log of positions) is
//     no tag: such a file is refused.
//   - Only codings that phones play are taken: AVC, AV1, VP8, VP9; AAC, MP3, Opus,
//     Vorbis, and PCM in WAVE. HEVC is refused: half of the browsers lack it.
//
// What is not looked at: the coded samples themselves (an SEI message of AVC may
// say anything).
//
// Standards: ISO/IEC 14496-12 and -14, RFC 8794 (EBML), RFC 9559 (Matroska) and the
// WebM guidelines, RFC 3533 and 7845 (Ogg, Opus), the Vorbis I specification,
// ISO/IEC 11172-3 and 13818-3 (MP3), ID3v2.4, RIFF.
//
// Reading order: probe.go, mask.go, then one file a container.
package avprobe
