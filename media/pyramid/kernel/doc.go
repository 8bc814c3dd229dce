// Package kernel holds the inner loops of pictures: the two cosine transforms
// of JPEG on one block of 8 × 8 samples, halving, and scaling by weights along
// rows and across them.
//
// Each exists in Go and, for processors with AVX2, in assembly. Both compute with
// the same integers in the same order, so their results are the same bit by bit
// on every machine; the tests compare them. The exported functions choose.
//
// Blocks are transposed everywhere: the coefficient of horizontal frequency u
// and vertical frequency v stands at 8u+v. The two passes of a transform then
// need only one transposition between them.
//
// The functions check the lengths of what they get and panic when it does not
// suffice, as indexing does; they allocate nothing.
//
// Standards: ITU-T T.81 annex A.3.3; the factorisation is that of C. Loeffler,
// A. Ligtenberg and G. Moschytz, "Practical fast 1-D DCT algorithms with 11
// multiplications", ICASSP 1989, with 13-bit constants as in the integer method
// of libjpeg.
//
// Reading order: dct.go, quantiser.go, scale.go, amd64.go, dct_amd64.s,
// scale_amd64.s, other.go.
package kernel
