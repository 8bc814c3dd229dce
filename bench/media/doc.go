// Command media measures how pictures are served and made, beside others that do
// the same, in the same run, in turns, on the same photographs:
//
//   - tiles: aligned tiles a second, over connections that are kept, at several
//     numbers of clients: a real server of ours, IIPImage (FastCGI behind nginx, one
//     process for each processor, a tiled pyramidal TIFF with JPEG tiles, its memory
//     cache large enough for everything), and nginx serving the bytes of our tiles as
//     files.
//   - regions: the same seeded list of arbitrary regions and sizes, beside IIPImage.
//   - info: info.json a second, beside IIPImage.
//   - build: a pyramid of each photograph, beside `vips dzsave` into one file with
//     the same tile size and quality; also processor time and memory.
//   - uploads: tiles a second and how long they take, before a hundred uploads
//     arrive at once and while they are taken in and cut, with what the server, the
//     readers and the senders (a process of their own) use of the processors.
//
// Peers are asked by turns for a second each, and the ratio that counts is the median
// of those of neighbouring turns, with its quartiles: a ratio of two medians would
// compare moments in which the machine had other work. Processor time for each
// answer, of the server and of asking, stands beside it, because it hardly depends on
// what else the machine does. Before
// anything is measured, answers are decoded and compared with the peer's; while it
// is, an answer that is no picture ends the run, so that no error counts as speed.
//
// A peer that is not installed is left out, with a line that says so. Debian:
// iipimage-server, nginx-light, libvips-tools.
//
// Reading order: main.go, requests.go, load.go, ours.go, nginx.go, iip.go, check.go,
// serve.go, build.go, uploads.go.
package main
