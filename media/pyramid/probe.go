package pyramid

import (
	"errors"
	"image"
	"image/color"
	"image/jpeg"
	"image/png"
	"io"

	"yijianyou/internal/fault"
	"yijianyou/media/icc"
)

// Limits are what a picture may have before it is decoded.
type Limits struct {
	MaxPixels int64 // width times height
	MaxSide   int   // of width and of height
}

// DefaultLimits bear 100 megapixels: about 1 GB while a pyramid is made of the
// worst kind of file, 250 MB of an ordinary JPEG.
var DefaultLimits = Limits{MaxPixels: 100_000_000, MaxSide: 40_000}

// Info is what is known of a picture without decoding it.
type Info struct {
	Kind          Kind
	Width, Height int    // pixels, after the orientation is applied
	Orientation   int    // EXIF 2.32 §4.6.4 A, 1 to 8; 1 when the file does not say
	Colour        Colour // what is known of its colours
	Profile       string // name of its colour space, "" when the file does not say

	transform *icc.Transform // to sRGB; nil when Colour is not Converted
}

// Probe reads r from its start and through all its parts; of the pixels nothing
// is decoded. It leaves r at an unspecified place.
//
// Errors: ErrEmpty, ErrKind, ErrPixels, ErrParts, ErrTruncated, ErrDamaged,
// ErrVariant.
func Probe(r io.ReadSeeker, lim Limits) (Info, error) {
	if _, err := r.Seek(0, io.SeekStart); err != nil {
		return Info{}, err
	}
	head := make([]byte, SniffLen)
	n, err := io.ReadFull(r, head)
	switch {
	case n == 0 && errors.Is(err, io.EOF):
		return Info{}, ErrEmpty.New()
	case err != nil && !errors.Is(err, io.ErrUnexpectedEOF):
		return Info{}, err
	}
	kind, ok := Sniff(head[:n])
	if !ok {
		return Info{}, ErrKind.New()
	}
	if _, err := r.Seek(0, io.SeekStart); err != nil {
		return Info{}, err
	}
	var cfg image.Config
	src := &endNoting{r: r}
	if kind == JPEG {
		cfg, err = jpeg.DecodeConfig(src)
	} else {
		cfg, err = png.DecodeConfig(src)
	}
	if err != nil {
		return Info{}, classify(err, src.ended)
	}
	if cfg.Width < 1 || cfg.Height < 1 {
		return Info{}, ErrDamaged.New()
	}
	if cfg.Width > lim.MaxSide || cfg.Height > lim.MaxSide || int64(cfg.Width)*int64(cfg.Height) > lim.MaxPixels {
		return Info{}, ErrPixels.New(fault.P("megapixels", lim.MaxPixels/1_000_000), fault.P("side", lim.MaxSide))
	}
	s, err := surveyOf(r, kind)
	if err != nil {
		return Info{}, err
	}
	s.cmyk, s.gray = cfg.ColorModel == color.CMYKModel, cfg.ColorModel == color.GrayModel || cfg.ColorModel == color.Gray16Model
	info := Info{Kind: kind, Width: cfg.Width, Height: cfg.Height, Orientation: s.exif.orientation}
	info.Colour, info.Profile, info.transform = s.colour()
	if info.Orientation >= 5 {
		info.Width, info.Height = info.Height, info.Width
	}
	return info, nil
}

// endNoting notes whether its reader was read to the end.
type endNoting struct {
	r     io.Reader
	ended bool
}

func (e *endNoting) Read(p []byte) (int, error) {
	n, err := e.r.Read(p)
	e.ended = e.ended || errors.Is(err, io.EOF)
	return n, err
}

// classify says in a fault what a decoder of the standard library found. A file
// that breaks its format where it ends was cut.
func classify(err error, ended bool) error {
	var (
		jf jpeg.FormatError
		ju jpeg.UnsupportedError
		pf png.FormatError
		pu png.UnsupportedError
	)
	switch {
	case (errors.As(err, &jf) || errors.As(err, &pf)) && !ended:
		return ErrDamaged.Wrap(err)
	case errors.As(err, &ju), errors.As(err, &pu):
		return ErrVariant.Wrap(err)
	case ended, errors.Is(err, io.ErrUnexpectedEOF), errors.Is(err, io.EOF):
		return ErrTruncated.Wrap(err)
	}
	return err
}
