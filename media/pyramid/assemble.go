package pyramid

import (
	"context"
	"runtime"

	"golang.org/x/sync/errgroup"

	"yijianyou/media/pyramid/jpeg"
)

// hands is how many processors one request uses at most.
const hands = 4

// assemble decodes the part of a level that begins at (x, y), both even, from
// the tiles that it touches, into planes of a.
func (f *File) assemble(ctx context.Context, a *arena, level, x, y, w, h int, gray bool) (*raster, error) {
	out := a.raster(w, h, gray || f.gray)
	var g errgroup.Group
	g.SetLimit(min(hands, runtime.GOMAXPROCS(0)))
	for row := y / TileSide; row*TileSide < y+h; row++ {
		for column := x / TileSide; column*TileSide < x+w; column++ {
			g.Go(func() error {
				if err := ctx.Err(); err != nil {
					return err
				}
				return f.draw(out, column*TileSide-x, row*TileSide-y, tileKey{f.number, level, column, row})
			})
		}
	}
	return out, g.Wait()
}

// draw decodes what dst shows of a tile, whose corner stands at (x, y) in it.
func (f *File) draw(dst *raster, x, y int, key tileKey) error {
	known := false
	if f.cache != nil {
		var tile *raster
		if tile, known = f.cache.find(key); tile != nil {
			dst.paste(tile, x, y)
			return nil
		}
	}
	b, err := f.Tile(key.level, key.column, key.row)
	if err != nil {
		return err
	}
	lv := f.levels[key.level]
	w, h := min(TileSide, lv.Width-key.column*TileSide), min(TileSide, lv.Height-key.row*TileSide)
	if !known {
		return f.decodeInto(dst, x, y, b, w, h)
	}
	tile := newRaster(w, h, f.gray)
	if err := f.decodeInto(tile, 0, 0, b, w, h); err != nil {
		return err
	}
	f.cache.keep(key, tile)
	dst.paste(tile, x, y)
	return nil
}

func (f *File) decodeInto(dst *raster, x, y int, b []byte, w, h int) error {
	if err := jpeg.DecodeInto(dst.picture(), x, y, b, w, h); err != nil {
		return ErrContainer.Wrap(err)
	}
	return nil
}

// paste copies src into r with its corner at (x, y), both even, which may lie
// outside.
func (r *raster) paste(src *raster, x, y int) {
	paste(r.y, src.y, x, y)
	if !r.gray() {
		paste(r.cb, src.cb, x/2, y/2)
		paste(r.cr, src.cr, x/2, y/2)
	}
}

func paste(dst, src plane, x, y int) {
	from, to := max(0, -x), min(src.w, dst.w-x)
	if from >= to {
		return
	}
	for sy := max(0, -y); sy < min(src.h, dst.h-y); sy++ {
		copy(dst.row(y + sy)[x+from:], src.row(sy)[from:to])
	}
}
