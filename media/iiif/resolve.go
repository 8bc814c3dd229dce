package iiif

import (
	"fmt"
	"math"

	"yijianyou/internal/fault"
)

// Limits bound the pixels of a result (§5.2).
type Limits struct {
	MaxSide int   // of width and of height; 0 is no limit
	MaxArea int64 // width times height; 0 is no limit
}

// Plan is a request applied to an image: only whole pixels are left.
type Plan struct {
	X, Y, W, H    int // region, inside the image
	Width, Height int // of the region's picture after scaling, before rotation
	Mirror        bool
	Degrees       float64 // 0 up to, not including 360
	Quality       Quality
	Format        Format
	Canonical     string // region/size/rotation/quality.format (§4.7)
}

// Resolve applies r to an image of width × height. gray says that the image
// has no colour, so that color and gray are the same as default.
//
// Errors: ErrRegionOutside, ErrUpscale, ErrTooSmall, ErrTooBig.
func (r Request) Resolve(width, height int, gray bool, lim Limits) (Plan, error) {
	p := Plan{Mirror: r.Rotation.Mirror, Degrees: math.Mod(r.Rotation.Degrees, 360), Quality: r.Quality, Format: r.Format}
	if p.Quality == Color || p.Quality == Gray && gray {
		p.Quality = Default
	}
	if err := r.Region.resolve(&p, width, height); err != nil {
		return Plan{}, err
	}
	maxW, maxH := lim.fit(p.W, p.H, 1, p.Degrees)
	if err := r.Size.resolve(&p, lim); err != nil {
		return Plan{}, err
	}
	region := fmt.Sprintf("%d,%d,%d,%d", p.X, p.Y, p.W, p.H)
	if p.W == width && p.H == height {
		region = "full"
	}
	size := fmt.Sprintf("%d,%d", p.Width, p.Height)
	switch {
	case p.Width == maxW && p.Height == maxH:
		size = "max"
	case p.Width > p.W || p.Height > p.H:
		size = "^" + size
		if lim != (Limits{}) {
			if w, h := lim.fit(p.W, p.H, math.Inf(1), p.Degrees); p.Width == w && p.Height == h {
				size = "^max"
			}
		}
	}
	rotation := formatDecimal(p.Degrees)
	if p.Mirror {
		rotation = "!" + rotation
	}
	p.Canonical = fmt.Sprintf("%s/%s/%s/%s.%s", region, size, rotation, p.Quality, p.Format)
	return p, nil
}

func (r Region) resolve(p *Plan, width, height int) error {
	w, h := float64(width), float64(height)
	x0, y0, x1, y1 := 0.0, 0.0, w, h
	switch r.Kind {
	case RegionSquare:
		side := float64(min(width, height))
		x0, y0 = math.Floor((w-side)/2), math.Floor((h-side)/2)
		x1, y1 = x0+side, y0+side
	case RegionPixels:
		x0, y0, x1, y1 = r.X, r.Y, r.X+r.W, r.Y+r.H
	case RegionPercent:
		x0, y0 = math.Round(r.X*w/100), math.Round(r.Y*h/100)
		x1, y1 = x0+math.Round(r.W*w/100), y0+math.Round(r.H*h/100)
	}
	x1, y1 = min(x1, w), min(y1, h)
	if x1 <= x0 || y1 <= y0 {
		return ErrRegionOutside.New(fault.P("width", width), fault.P("height", height))
	}
	p.X, p.Y, p.W, p.H = int(x0), int(y0), int(x1-x0), int(y1-y0)
	return nil
}

func (z Size) resolve(p *Plan, lim Limits) error {
	w, h := float64(p.W), float64(p.H)
	switch z.Kind {
	case SizeMax:
		most := 1.0
		if z.Upscale && lim != (Limits{}) {
			most = math.Inf(1)
		}
		p.Width, p.Height = lim.fit(p.W, p.H, most, p.Degrees)
		return nil
	case SizeConfined:
		most := min(float64(z.W)/w, float64(z.H)/h)
		if !z.Upscale {
			most = min(most, 1)
		}
		p.Width, p.Height = lim.fit(p.W, p.H, most, p.Degrees)
		// The larger proportion must not round beyond the frame.
		p.Width, p.Height = min(p.Width, z.W), min(p.Height, z.H)
		return nil
	case SizeWidth:
		p.Width, p.Height = z.W, rounded(h*float64(z.W)/w)
	case SizeHeight:
		p.Width, p.Height = rounded(w*float64(z.H)/h), z.H
	case SizePercent:
		p.Width, p.Height = rounded(w*z.Percent/100), rounded(h*z.Percent/100)
	case SizeExact:
		p.Width, p.Height = z.W, z.H
	}
	larger := p.Width > p.W || p.Height > p.H
	if z.Kind == SizePercent {
		larger = z.Percent > 100
	}
	switch {
	case p.Width < 1 || p.Height < 1:
		return ErrTooSmall.New()
	case larger && !z.Upscale:
		return ErrUpscale.New()
	case !lim.allow(p.Width, p.Height, p.Degrees):
		return ErrTooBig.New(fault.P("side", lim.MaxSide), fault.P("area", lim.MaxArea))
	}
	return nil
}

// rounded rounds, keeping absurd sizes within int for the limits to refuse.
func rounded(v float64) int { return int(math.Round(min(v, math.MaxInt32))) }

// allow reports whether a picture of w × h, turned by degrees, is within l.
func (l Limits) allow(w, h int, degrees float64) bool {
	frameW, frameH := Turned(w, h, degrees)
	return (l.MaxSide == 0 || max(w, h, frameW, frameH) <= l.MaxSide) &&
		(l.MaxArea == 0 || max(int64(w)*int64(h), int64(frameW)*int64(frameH)) <= l.MaxArea)
}

// fit returns the largest size in the proportion of w × h, at most most times as
// large, that the limits allow when it is turned by degrees; at least one pixel
// each way.
func (l Limits) fit(w, h int, most, degrees float64) (int, int) {
	frameW, frameH := Turned(w, h, degrees)
	scale := most
	if l.MaxSide > 0 {
		scale = min(scale, float64(l.MaxSide)/float64(max(w, h, frameW, frameH)))
	}
	if l.MaxArea > 0 {
		area := max(float64(w)*float64(h), float64(frameW)*float64(frameH))
		scale = min(scale, math.Sqrt(float64(l.MaxArea)/area))
	}
	width, height := max(1, rounded(float64(w)*scale)), max(1, rounded(float64(h)*scale))
	for !l.allow(width, height, degrees) && max(width, height) > 1 { // both may have been rounded up
		if width > height {
			width--
		} else {
			height--
		}
	}
	return width, height
}
