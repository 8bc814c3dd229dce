package pyramid

import (
	"context"
	"math"
)

// Want is a picture that is asked for. Region and sizes have been checked: the
// region lies inside the base level and no side is zero.
type Want struct {
	X, Y, W, H int     // region in pixels of the base level
	Width      int     // of the result before it is rotated
	Height     int     // of the result before it is rotated
	Mirror     bool    // left to right, before rotating
	Degrees    float64 // clockwise, 0 to 360; the result is the frame of iiif.Turned
	Gray       bool    // without colour
	Bitonal    bool    // black and white; Gray is set, too
	Kind       Kind    // of the result
	Quality    int     // of a JPEG, 1 to 100; 0 means 88
}

// plain reports whether nothing is done to the pixels but scaling.
func (w Want) plain(f *File) bool {
	return !w.Mirror && w.Degrees == 0 && !w.Bitonal && (!w.Gray || f.gray) && w.Kind == JPEG
}

// Stored returns the bytes of the file that are exactly what is wanted: a tile
// or a whole level as JPEG. ok is false when there are none and Render must be
// asked.
func (f *File) Stored(w Want) (jpeg []byte, ok bool, err error) {
	if !w.plain(f) {
		return nil, false, nil
	}
	base := f.levels[0]
	whole := w.X == 0 && w.Y == 0 && w.W == base.Width && w.H == base.Height
	for i, lv := range f.levels {
		scale := 1 << i
		if whole && w.Width == lv.Width && w.Height == lv.Height {
			return f.Whole(i)
		}
		side := TileSide * scale
		if w.X%side != 0 || w.Y%side != 0 {
			continue
		}
		column, row := w.X/side, w.Y/side
		if w.W == min(side, base.Width-w.X) && w.H == min(side, base.Height-w.Y) &&
			w.Width == min(TileSide, lv.Width-column*TileSide) && w.Height == min(TileSide, lv.Height-row*TileSide) {
			b, err := f.Tile(i, column, row)
			return b, err == nil, err
		}
	}
	return nil, false, nil
}

// Render makes what is wanted from the smallest level that has enough pixels.
// It decodes only the tiles that the region touches: at most about four times
// the pixels of the result, unless the result is distorted.
//
// Errors: ErrContainer, those of the context and of the file.
func (f *File) Render(ctx context.Context, w Want) ([]byte, error) {
	level := 0
	for level+1 < len(f.levels) {
		scale := float64(int(2) << level)
		if float64(w.W)/scale < float64(w.Width) || float64(w.H)/scale < float64(w.Height) {
			break
		}
		level++
	}
	scale := float64(int(1) << level)
	lv := f.levels[level]
	part := box{x: float64(w.X) / scale, y: float64(w.Y) / scale, w: float64(w.W) / scale, h: float64(w.H) / scale}
	// A level rounded up is a fraction of a pixel wider than its picture; taking
	// all of it keeps a whole picture whole.
	base := f.levels[0]
	if w.X+w.W == base.Width {
		part.w = float64(lv.Width) - part.x
	}
	if w.Y+w.H == base.Height {
		part.h = float64(lv.Height) - part.y
	}
	// The triangle filter reaches as far as one step of the reduction.
	mx, my := int(math.Ceil(max(part.w/float64(w.Width), 1)))+2, int(math.Ceil(max(part.h/float64(w.Height), 1)))+2
	x0, y0 := max(0, int(part.x)-mx)&^1, max(0, int(part.y)-my)&^1
	x1, y1 := min(lv.Width, int(math.Ceil(part.x+part.w))+mx), min(lv.Height, int(math.Ceil(part.y+part.h))+my)
	lent := newArena()
	defer lent.end()
	src, err := f.assemble(ctx, lent, level, x0, y0, x1-x0, y1-y0, w.Gray)
	if err != nil {
		return nil, err
	}
	part.x -= float64(x0)
	part.y -= float64(y0)
	out := src.resample(lent, part, w.Width, w.Height)
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	return out.finish(w)
}
