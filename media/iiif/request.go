package iiif

import "strings"

// RegionKind is how a region is given.
type RegionKind uint8

const (
	RegionFull    RegionKind = iota // the whole image
	RegionSquare                    // the largest square in the middle
	RegionPixels                    // X,Y,W,H in pixels, whole numbers
	RegionPercent                   // X,Y,W,H in percent of the image
)

// Region is what part of the image is wanted (§4.1).
type Region struct {
	Kind       RegionKind
	X, Y, W, H float64
}

// SizeKind is how a size is given.
type SizeKind uint8

const (
	SizeMax      SizeKind = iota // as large as possible
	SizeWidth                    // W given, height in proportion
	SizeHeight                   // H given, width in proportion
	SizePercent                  // Percent of the region
	SizeExact                    // W and H, distorted if need be
	SizeConfined                 // fits into W and H, in proportion
)

// Size is how large the result is to be (§4.2).
type Size struct {
	Kind    SizeKind
	Upscale bool // ^: it may become larger than the region
	W, H    int
	Percent float64
}

// Rotation mirrors left to right first, then turns clockwise (§4.3).
type Rotation struct {
	Mirror  bool
	Degrees float64 // 0 to 360
}

// Quality is default, color, gray or bitonal (§4.4).
type Quality string

const (
	Default Quality = "default"
	Color   Quality = "color"
	Gray    Quality = "gray"
	Bitonal Quality = "bitonal"
)

// Format is the extension (§4.5).
type Format string

const (
	JPG Format = "jpg"
	PNG Format = "png"
)

// MIME returns the media type of f, one of JPG and PNG.
func (f Format) MIME() string {
	if f == PNG {
		return "image/png"
	}
	return "image/jpeg"
}

// Request is an image request as its address says it.
type Request struct {
	Region   Region
	Size     Size
	Rotation Rotation
	Quality  Quality
	Format   Format
}

// Parse reads the four last parts of an image address, percent-decoded:
// "region/size/rotation/quality.format".
//
// Errors: ErrSyntax, ErrRegion, ErrSize, ErrRotation, ErrQuality, ErrFormat.
func Parse(path string) (Request, error) {
	if len(path) > 200 {
		return Request{}, ErrSyntax.New()
	}
	parts := strings.Split(path, "/")
	if len(parts) != 4 {
		return Request{}, ErrSyntax.New()
	}
	quality, format, ok := strings.Cut(parts[3], ".")
	if !ok {
		return Request{}, ErrSyntax.New()
	}
	region, ok := parseRegion(parts[0])
	if !ok {
		return Request{}, ErrRegion.New()
	}
	size, ok := parseSize(parts[1])
	if !ok {
		return Request{}, ErrSize.New()
	}
	rotation, ok := parseRotation(parts[2])
	if !ok {
		return Request{}, ErrRotation.New()
	}
	r := Request{Region: region, Size: size, Rotation: rotation, Quality: Quality(quality), Format: Format(format)}
	switch {
	case r.Quality != Default && r.Quality != Color && r.Quality != Gray && r.Quality != Bitonal:
		return Request{}, ErrQuality.New()
	case r.Format != JPG && r.Format != PNG:
		return Request{}, ErrFormat.New()
	}
	return r, nil
}

func parseRegion(s string) (Region, bool) {
	switch s {
	case "full":
		return Region{}, true
	case "square":
		return Region{Kind: RegionSquare}, true
	}
	r := Region{Kind: RegionPixels}
	number := wholeNumber
	if rest, ok := strings.CutPrefix(s, "pct:"); ok {
		s, number, r.Kind = rest, decimal, RegionPercent
	}
	parts := strings.Split(s, ",")
	if len(parts) != 4 {
		return Region{}, false
	}
	for i, to := range []*float64{&r.X, &r.Y, &r.W, &r.H} {
		v, ok := number(parts[i])
		if !ok {
			return Region{}, false
		}
		*to = v
	}
	return r, r.W > 0 && r.H > 0
}

func parseSize(s string) (Size, bool) {
	var z Size
	s, z.Upscale = strings.CutPrefix(s, "^")
	if s == "max" {
		return z, true
	}
	if rest, ok := strings.CutPrefix(s, "pct:"); ok {
		z.Kind = SizePercent
		z.Percent, ok = decimal(rest)
		return z, ok && z.Percent > 0
	}
	s, confined := strings.CutPrefix(s, "!")
	w, h, ok := strings.Cut(s, ",")
	if !ok {
		return Size{}, false
	}
	wide, okW := wholeNumber(w)
	high, okH := wholeNumber(h)
	z.W, z.H = int(wide), int(high)
	switch {
	case confined:
		z.Kind = SizeConfined
		return z, okW && okH && z.W > 0 && z.H > 0
	case h == "":
		z.Kind = SizeWidth
		return z, okW && z.W > 0
	case w == "":
		z.Kind = SizeHeight
		return z, okH && z.H > 0
	}
	z.Kind = SizeExact
	return z, okW && okH && z.W > 0 && z.H > 0
}

func parseRotation(s string) (Rotation, bool) {
	var r Rotation
	s, r.Mirror = strings.CutPrefix(s, "!")
	var ok bool
	r.Degrees, ok = decimal(s)
	return r, ok && r.Degrees <= 360
}
