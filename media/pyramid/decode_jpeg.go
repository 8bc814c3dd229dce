package pyramid

import (
	"bytes"
	"context"
	"image"
	stdjpeg "image/jpeg"
	"io"
	"sync/atomic"

	"yijianyou/media/pyramid/jpeg"
)

// rowsPerPause is how many rows of blocks are decoded between two pauses.
const rowsPerPause = 8

// decodeJPEG reads the whole file, whose pixels have been counted, and decodes
// it: by package jpeg what that knows, by the general decoder of the standard
// library everything else and what has a fault, so that one of them decides what
// is refused.
func decodeJPEG(ctx context.Context, src *endNoting, opts Options) (image.Image, error) {
	data, err := io.ReadAll(src)
	if err != nil {
		return nil, err
	}
	p, err := jpeg.Decode(data, jpeg.Options{MaxPixels: opts.Limits.MaxPixels, Workers: opts.Workers, Between: pauses(ctx, opts)})
	if err == nil {
		return imageOf(p), nil
	}
	if ctx.Err() != nil {
		return nil, ctx.Err()
	}
	if err == jpeg.Excessive {
		return nil, tooMany()
	}
	src.r = &readerUntil{ctx: ctx, r: bytes.NewReader(data), pause: opts.Pause}
	src.ended = false
	return stdjpeg.Decode(src)
}

// pauses returns what is called between two rows: it ends with ctx, and pauses at
// every few.
func pauses(ctx context.Context, opts Options) func() error {
	var rows atomic.Int64
	return func() error {
		if opts.Pause != nil && rows.Add(1)%rowsPerPause == 0 {
			return opts.Pause(ctx)
		}
		return ctx.Err()
	}
}

// imageOf returns p as an image of the standard library, sharing its bytes.
func imageOf(p *jpeg.Picture) image.Image {
	rect := image.Rect(0, 0, p.Y.W, p.Y.H)
	if p.Gray() {
		return &image.Gray{Pix: p.Y.Pix, Stride: p.Y.Stride, Rect: rect}
	}
	ratio := image.YCbCrSubsampleRatio444
	switch {
	case p.Across == 2 && p.Down == 2:
		ratio = image.YCbCrSubsampleRatio420
	case p.Across == 2:
		ratio = image.YCbCrSubsampleRatio422
	case p.Down == 2:
		ratio = image.YCbCrSubsampleRatio440
	}
	return &image.YCbCr{Y: p.Y.Pix, Cb: p.Cb.Pix, Cr: p.Cr.Pix, YStride: p.Y.Stride, CStride: p.Cb.Stride, SubsampleRatio: ratio, Rect: rect}
}
