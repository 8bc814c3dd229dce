package pyramid

import (
	"image"
	"slices"
)

// TileSide is the width and height of a tile in pixels.
const TileSide = 512

const (
	smallestLevel = 256  // no further level is made when the longest side is at most this
	largestWhole  = 2048 // levels of at most this longest side are kept whole, too
)

// Level is one size of the picture. Level 0 is the picture itself, and level
// n+1 has half the sides of level n, rounded up.
type Level struct{ Width, Height int }

// Columns returns how many columns of tiles the level has.
func (l Level) Columns() int { return (l.Width + TileSide - 1) / TileSide }

// Rows returns how many rows of tiles the level has.
func (l Level) Rows() int { return (l.Height + TileSide - 1) / TileSide }

func (l Level) longest() int { return max(l.Width, l.Height) }

// LevelsOf returns the levels of a picture of width × height, largest first.
func LevelsOf(width, height int) []Level {
	levels := []Level{{width, height}}
	for l := levels[0]; l.longest() > smallestLevel; {
		l = Level{(l.Width + 1) / 2, (l.Height + 1) / 2}
		levels = append(levels, l)
	}
	return levels
}

// Within returns the size of a picture of width × height scaled down in
// proportion until its longest side is side pixels; side 0 is no limit, and
// nothing is scaled up.
func Within(width, height, side int) image.Point {
	long := max(width, height)
	if side <= 0 || long <= side {
		return image.Pt(width, height)
	}
	scaled := func(v int) int { return max(1, (v*side+long/2)/long) }
	return image.Pt(scaled(width), scaled(height))
}

// StoredWhole returns the index of the largest of levels that a file keeps whole;
// it keeps all smaller ones, too.
func StoredWhole(levels []Level) int {
	return slices.IndexFunc(levels, func(l Level) bool { return l.longest() <= largestWhole })
}
