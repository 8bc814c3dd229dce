#include "textflag.h"

DATA ones<>+0(SB)/4, $0x01010101
DATA ones<>+4(SB)/4, $0x00020002 // 2, rounding a mean of four
DATA ones<>+8(SB)/4, $0x2000     // half of 1<<14
GLOBL ones<>(SB), RODATA|NOPTR, $12

// func halveAVX2(dst, a, b *byte, n int)
// n is a multiple of 16.
TEXT ·halveAVX2(SB), NOSPLIT, $0-32
	MOVQ dst+0(FP), DI
	MOVQ a+8(FP), SI
	MOVQ b+16(FP), DX
	MOVQ n+24(FP), CX
	VPBROADCASTD ones<>+0(SB), Y0
	VPBROADCASTD ones<>+4(SB), Y1

loop:
	VMOVDQU    (SI), Y2
	VMOVDQU    (DX), Y3
	VPMADDUBSW Y0, Y2, Y2 // sums of two
	VPMADDUBSW Y0, Y3, Y3
	VPADDW     Y3, Y2, Y2
	VPADDW     Y1, Y2, Y2
	VPSRLW     $2, Y2, Y2
	VEXTRACTI128 $1, Y2, X3
	VPACKUSWB  X3, X2, X2
	VMOVDQU    X2, (DI)
	ADDQ $32, SI
	ADDQ $32, DX
	ADDQ $16, DI
	SUBQ $16, CX
	JNE  loop
	VZEROUPPER
	RET

// SUMS weighs the eight samples from from[k] on: four partial sums in r.
#define SUMS(k, r) \
	MOVLQSX   (k*4)(DX), R8       \
	VPMOVZXBW (SI)(R8*1), r       \
	VPMADDWD  (k*16)(R9), r, r

// func horizontalAVX2(dst, src *byte, from *int32, weights *int16, n int)
// n is a multiple of 4.
TEXT ·horizontalAVX2(SB), NOSPLIT, $0-40
	MOVQ dst+0(FP), DI
	MOVQ src+8(FP), SI
	MOVQ from+16(FP), DX
	MOVQ weights+24(FP), R9
	MOVQ n+32(FP), CX
	VPBROADCASTD ones<>+8(SB), X7

next:
	SUMS(0, X0)
	SUMS(1, X1)
	SUMS(2, X2)
	SUMS(3, X3)
	VPHADDD   X1, X0, X0
	VPHADDD   X3, X2, X2
	VPHADDD   X2, X0, X0
	VPADDD    X7, X0, X0
	VPSRAD    $14, X0, X0
	VPACKSSDW X0, X0, X0
	VPACKUSWB X0, X0, X0
	VMOVD     X0, (DI)
	ADDQ $16, DX
	ADDQ $64, R9
	ADDQ $4, DI
	SUBQ $4, CX
	JNE  next
	VZEROUPPER
	RET

// func verticalAVX2(dst, src *byte, stride int, weights *int32, taps, n int)
// n is a multiple of 8; taps is at least one.
TEXT ·verticalAVX2(SB), NOSPLIT, $0-48
	MOVQ dst+0(FP), DI
	MOVQ src+8(FP), SI
	MOVQ stride+16(FP), R8
	MOVQ weights+24(FP), DX
	MOVQ taps+32(FP), R9
	MOVQ n+40(FP), CX
	VPBROADCASTD ones<>+8(SB), Y7

column:
	VMOVDQA Y7, Y0
	MOVQ SI, R10
	MOVQ DX, R11
	MOVQ R9, R12

tap:
	VPMOVZXBD    (R10), Y1
	VPBROADCASTD (R11), Y2
	VPMULLD      Y2, Y1, Y1
	VPADDD       Y1, Y0, Y0
	ADDQ R8, R10
	ADDQ $4, R11
	DECQ R12
	JNE  tap
	VPSRAD       $14, Y0, Y0
	VEXTRACTI128 $1, Y0, X1
	VPACKSSDW    X1, X0, X0
	VPACKUSWB    X0, X0, X0
	VMOVQ        X0, (DI)
	ADDQ $8, SI
	ADDQ $8, DI
	SUBQ $8, CX
	JNE  column
	VZEROUPPER
	RET
