#include "textflag.h"

// Eight lines of eight 32-bit numbers stand in Y0 to Y7 (or Y8 to Y15); a pass
// transforms all lanes at once. The names of the steps are those of dct.go.

DATA factors<>+0(SB)/4, $4433    // c0541
DATA factors<>+4(SB)/4, $6270    // c0765
DATA factors<>+8(SB)/4, $-15137  // -c1847
DATA factors<>+12(SB)/4, $9633   // c1175
DATA factors<>+16(SB)/4, $2446   // c0298
DATA factors<>+20(SB)/4, $16819  // c2053
DATA factors<>+24(SB)/4, $25172  // c3072
DATA factors<>+28(SB)/4, $12299  // c1501
DATA factors<>+32(SB)/4, $-7373  // -c0899
DATA factors<>+36(SB)/4, $-20995 // -c2562
DATA factors<>+40(SB)/4, $-16069 // -c1961
DATA factors<>+44(SB)/4, $-3196  // -c0390
GLOBL factors<>(SB), RODATA|NOPTR, $48

DATA numbers<>+0(SB)/4, $128
DATA numbers<>+4(SB)/4, $0x400   // half of 1<<11
DATA numbers<>+8(SB)/4, $0x4000  // half of 1<<15
DATA numbers<>+12(SB)/4, $0x20000 // half of 1<<18
GLOBL numbers<>(SB), RODATA|NOPTR, $16

// rows of four bytes, low halves and high halves, to rows of eight bytes
DATA halves<>+0(SB)/8, $0x0000000400000000
DATA halves<>+8(SB)/8, $0x0000000500000001
DATA halves<>+16(SB)/8, $0x0000000600000002
DATA halves<>+24(SB)/8, $0x0000000700000003
GLOBL halves<>(SB), RODATA|NOPTR, $32

#define TIMES(offset, r) \
	VPBROADCASTD factors<>+offset(SB), Y15 \
	VPMULLD      Y15, r, r

// ODD turns four odd lines a, b, c, d (o0 to o3) in place; z1 to z5 are free.
#define ODD(a, b, c, d, z1, z2, z3, z4, z5) \
	VPADDD a, d, z1   \
	VPADDD b, c, z2   \
	VPADDD a, c, z3   \
	VPADDD b, d, z4   \
	VPADDD z3, z4, z5 \
	TIMES(12, z5)     \
	TIMES(16, a)      \
	TIMES(20, b)      \
	TIMES(24, c)      \
	TIMES(28, d)      \
	TIMES(32, z1)     \
	TIMES(36, z2)     \
	TIMES(40, z3)     \
	TIMES(44, z4)     \
	VPADDD z5, z3, z3 \
	VPADDD z5, z4, z4 \
	VPADDD z1, a, a   \
	VPADDD z3, a, a   \
	VPADDD z2, b, b   \
	VPADDD z4, b, b   \
	VPADDD z2, c, c   \
	VPADDD z3, c, c   \
	VPADDD z1, d, d   \
	VPADDD z4, d, d

#define SHIFT(bits) \
	VPSRAD $bits, Y8, Y8   \
	VPSRAD $bits, Y9, Y9   \
	VPSRAD $bits, Y10, Y10 \
	VPSRAD $bits, Y11, Y11 \
	VPSRAD $bits, Y12, Y12 \
	VPSRAD $bits, Y13, Y13 \
	VPSRAD $bits, Y14, Y14 \
	VPSRAD $bits, Y15, Y15

// INVERSE transforms Y0 to Y7 into Y8 to Y15.
#define INVERSE(round, bits) \
	VPADDD Y2, Y6, Y8   \ // even: z1
	TIMES(0, Y8)        \
	TIMES(8, Y6)        \
	TIMES(4, Y2)        \
	VPADDD Y8, Y6, Y6   \ // t2
	VPADDD Y8, Y2, Y2   \ // t3
	VPADDD Y4, Y0, Y8   \
	VPSUBD Y4, Y0, Y9   \
	VPSLLD $13, Y8, Y8  \
	VPSLLD $13, Y9, Y9  \
	VPBROADCASTD numbers<>+round(SB), Y14 \
	VPADDD Y14, Y8, Y8  \ // t0
	VPADDD Y14, Y9, Y9  \ // t1
	VPADDD Y2, Y8, Y0   \ // e0
	VPSUBD Y2, Y8, Y4   \ // e3
	VPADDD Y6, Y9, Y2   \ // e1
	VPSUBD Y6, Y9, Y6   \ // e2
	ODD(Y7, Y5, Y3, Y1, Y8, Y9, Y10, Y11, Y12) \
	VPADDD Y1, Y0, Y8   \
	VPSUBD Y1, Y0, Y15  \
	VPADDD Y3, Y2, Y9   \
	VPSUBD Y3, Y2, Y14  \
	VPADDD Y5, Y6, Y10  \
	VPSUBD Y5, Y6, Y13  \
	VPADDD Y7, Y4, Y11  \
	VPSUBD Y7, Y4, Y12  \
	SHIFT(bits)

// FORWARD transforms Y0 to Y7 into Y8 to Y15.
#define FORWARD(round, bits) \
	VPADDD Y7, Y0, Y8   \ // e0
	VPSUBD Y7, Y0, Y7   \ // o3
	VPADDD Y6, Y1, Y9   \ // e1
	VPSUBD Y6, Y1, Y6   \ // o2
	VPADDD Y5, Y2, Y10  \ // e2
	VPSUBD Y5, Y2, Y5   \ // o1
	VPADDD Y4, Y3, Y11  \ // e3
	VPSUBD Y4, Y3, Y4   \ // o0
	VPADDD Y11, Y8, Y0  \ // t0
	VPSUBD Y11, Y8, Y1  \ // t3
	VPADDD Y10, Y9, Y2  \ // t1
	VPSUBD Y10, Y9, Y3  \ // t2
	VPADDD Y2, Y0, Y8   \
	VPSUBD Y2, Y0, Y12  \
	VPSLLD $13, Y8, Y8  \
	VPSLLD $13, Y12, Y12 \
	VPADDD Y1, Y3, Y14  \ // z1
	TIMES(0, Y14)       \
	TIMES(4, Y1)        \
	TIMES(8, Y3)        \
	VPADDD Y14, Y1, Y10 \
	VPADDD Y14, Y3, Y14 \
	ODD(Y4, Y5, Y6, Y7, Y0, Y1, Y2, Y3, Y9) \
	VPBROADCASTD numbers<>+round(SB), Y0 \
	VPADDD Y0, Y8, Y8   \
	VPADDD Y0, Y7, Y9   \
	VPADDD Y0, Y10, Y10 \
	VPADDD Y0, Y6, Y11  \
	VPADDD Y0, Y12, Y12 \
	VPADDD Y0, Y5, Y13  \
	VPADDD Y0, Y14, Y14 \
	VPADDD Y0, Y4, Y15  \
	SHIFT(bits)

// TRANSPOSE moves Y8 to Y15, transposed, to Y0 to Y7.
#define TRANSPOSE \
	VPUNPCKLDQ  Y9, Y8, Y0    \
	VPUNPCKHDQ  Y9, Y8, Y1    \
	VPUNPCKLDQ  Y11, Y10, Y2  \
	VPUNPCKHDQ  Y11, Y10, Y3  \
	VPUNPCKLDQ  Y13, Y12, Y4  \
	VPUNPCKHDQ  Y13, Y12, Y5  \
	VPUNPCKLDQ  Y15, Y14, Y6  \
	VPUNPCKHDQ  Y15, Y14, Y7  \
	VPUNPCKLQDQ Y2, Y0, Y8    \
	VPUNPCKHQDQ Y2, Y0, Y9    \
	VPUNPCKLQDQ Y3, Y1, Y10   \
	VPUNPCKHQDQ Y3, Y1, Y11   \
	VPUNPCKLQDQ Y6, Y4, Y12   \
	VPUNPCKHQDQ Y6, Y4, Y13   \
	VPUNPCKLQDQ Y7, Y5, Y14   \
	VPUNPCKHQDQ Y7, Y5, Y15   \
	VPERM2I128  $0x20, Y12, Y8, Y0  \
	VPERM2I128  $0x20, Y13, Y9, Y1  \
	VPERM2I128  $0x20, Y14, Y10, Y2 \
	VPERM2I128  $0x20, Y15, Y11, Y3 \
	VPERM2I128  $0x31, Y12, Y8, Y4  \
	VPERM2I128  $0x31, Y13, Y9, Y5  \
	VPERM2I128  $0x31, Y14, Y10, Y6 \
	VPERM2I128  $0x31, Y15, Y11, Y7

// DEQUANTISE loads line n of coefficients times steps.
#define DEQUANTISE(n, r) \
	VPMOVSXWD (n*16)(SI), r   \
	VPMOVZXWD (n*16)(DX), Y15 \
	VPMULLD   Y15, r, r

// ROWS leaves in a four rows of eight bytes of the lines a, b, c, d.
#define ROWS(a, b, c, d) \
	VPACKSSDW b, a, a    \
	VPACKSSDW d, c, c    \
	VPACKUSWB c, a, a    \
	VPERMD    a, Y0, a

// func inverseAVX2(dst *byte, stride int, b *Block, q *Steps)
TEXT ·inverseAVX2(SB), NOSPLIT, $0-32
	MOVQ dst+0(FP), DI
	MOVQ stride+8(FP), R8
	MOVQ b+16(FP), SI
	MOVQ q+24(FP), DX
	DEQUANTISE(0, Y0)
	DEQUANTISE(1, Y1)
	DEQUANTISE(2, Y2)
	DEQUANTISE(3, Y3)
	DEQUANTISE(4, Y4)
	DEQUANTISE(5, Y5)
	DEQUANTISE(6, Y6)
	DEQUANTISE(7, Y7)
	INVERSE(4, 11)
	TRANSPOSE
	INVERSE(12, 18)
	VPBROADCASTD numbers<>+0(SB), Y0
	VPADDD  Y0, Y8, Y8
	VPADDD  Y0, Y9, Y9
	VPADDD  Y0, Y10, Y10
	VPADDD  Y0, Y11, Y11
	VPADDD  Y0, Y12, Y12
	VPADDD  Y0, Y13, Y13
	VPADDD  Y0, Y14, Y14
	VPADDD  Y0, Y15, Y15
	VMOVDQU halves<>(SB), Y0
	ROWS(Y8, Y9, Y10, Y11)
	ROWS(Y12, Y13, Y14, Y15)
	LEAQ    (R8)(R8*2), R9
	VMOVQ   X8, (DI)
	VPEXTRQ $1, X8, (DI)(R8*1)
	VEXTRACTI128 $1, Y8, X8
	VMOVQ   X8, (DI)(R8*2)
	VPEXTRQ $1, X8, (DI)(R9*1)
	LEAQ    (DI)(R8*4), DI
	VMOVQ   X12, (DI)
	VPEXTRQ $1, X12, (DI)(R8*1)
	VEXTRACTI128 $1, Y12, X12
	VMOVQ   X12, (DI)(R8*2)
	VPEXTRQ $1, X12, (DI)(R9*1)
	VZEROUPPER
	RET

#define LOAD(address, r) \
	VPMOVZXBD address, r \
	VPSUBD    Y15, r, r

// QUANTISE divides line n; AX is a Quantiser of bias, reciprocal and shift.
#define QUANTISE(n, r) \
	VPABSD  r, Y0                    \
	VPADDD  (n*32)(AX), Y0, Y0       \
	VPMULLD (n*32+256)(AX), Y0, Y0   \
	VMOVDQU (n*32+512)(AX), Y1       \
	VPSRLVD Y1, Y0, Y0               \
	VPSIGND r, Y0, r

// WRITE stores lines n and n+1, a and b, and leaves in a which words are zero.
#define WRITE(n, a, b) \
	VPACKSSDW b, a, a      \
	VPERMQ    $0xD8, a, a  \
	VMOVDQU   a, (n*16)(DI) \
	VPCMPEQW  Y2, a, a

// func forwardAVX2(out *Block, src *byte, stride int, q *Quantiser) uint64
TEXT ·forwardAVX2(SB), NOSPLIT, $0-40
	MOVQ out+0(FP), DI
	MOVQ src+8(FP), SI
	MOVQ stride+16(FP), R8
	MOVQ q+24(FP), AX
	LEAQ (R8)(R8*2), R9
	LEAQ (SI)(R8*4), R10
	VPBROADCASTD numbers<>+0(SB), Y15
	LOAD((SI), Y0)
	LOAD((SI)(R8*1), Y1)
	LOAD((SI)(R8*2), Y2)
	LOAD((SI)(R9*1), Y3)
	LOAD((R10), Y4)
	LOAD((R10)(R8*1), Y5)
	LOAD((R10)(R8*2), Y6)
	LOAD((R10)(R9*1), Y7)
	FORWARD(4, 11)
	TRANSPOSE
	FORWARD(8, 15)
	QUANTISE(0, Y8)
	QUANTISE(1, Y9)
	QUANTISE(2, Y10)
	QUANTISE(3, Y11)
	QUANTISE(4, Y12)
	QUANTISE(5, Y13)
	QUANTISE(6, Y14)
	QUANTISE(7, Y15)
	VPXOR Y2, Y2, Y2
	WRITE(0, Y8, Y9)
	WRITE(2, Y10, Y11)
	WRITE(4, Y12, Y13)
	WRITE(6, Y14, Y15)
	VPACKSSWB Y10, Y8, Y8
	VPERMQ    $0xD8, Y8, Y8
	VPACKSSWB Y14, Y12, Y12
	VPERMQ    $0xD8, Y12, Y12
	VPMOVMSKB Y8, BX
	VPMOVMSKB Y12, CX
	SHLQ $32, CX
	ORQ  CX, BX
	NOTQ BX
	MOVQ BX, ret+32(FP)
	VZEROUPPER
	RET
