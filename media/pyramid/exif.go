package pyramid

import (
	"io"
	"strings"

	"github.com/bep/imagemeta"
)

// exifSigns are the few entries of EXIF that change how a picture is shown.
type exifSigns struct {
	orientation int  // EXIF 2.32 §4.6.4 A, 1 to 8; 1 when the file does not say
	srgb        bool // ColorSpace 1
	adobeRGB    bool // interoperability index R03 (DCF 2.0): a camera's optional colour space
}

// exifOf reads them. A file whose EXIF is absent or damaged is shown as it is
// stored: the picture itself may still be sound.
//
// Errors: those of seeking.
func exifOf(r io.ReadSeeker, kind Kind) (exifSigns, error) {
	s := exifSigns{orientation: 1}
	if _, err := r.Seek(0, io.SeekStart); err != nil {
		return s, err
	}
	_, _ = imagemeta.Decode(imagemeta.Options{
		R: r, ImageFormat: formatOf(kind), Sources: imagemeta.EXIF, LimitNumTags: 1000, LimitTagSize: 64,
		ShouldHandleTag: func(t imagemeta.TagInfo) bool {
			return t.Tag == "Orientation" && t.Namespace == "IFD0" || t.Tag == "ColorSpace" || interop(t)
		},
		HandleTag: func(t imagemeta.TagInfo) error {
			switch v := t.Value.(type) {
			case uint16:
				if t.Tag == "Orientation" && v >= 1 && v <= 8 {
					s.orientation = int(v)
				}
				s.srgb = s.srgb || t.Tag == "ColorSpace" && v == 1
			case string:
				s.adobeRGB = s.adobeRGB || interop(t) && v == "R03"
			}
			return nil
		},
	})
	return s, nil
}

// formatOf is kind as the reader of tags calls it; it reads nothing from others.
func formatOf(kind Kind) imagemeta.ImageFormat {
	switch kind {
	case JPEG:
		return imagemeta.JPEG
	case PNG:
		return imagemeta.PNG
	}
	return imagemeta.ImageFormatAuto
}

// interop reports whether t stands in the interoperability IFD, whose index alone
// may be R03. The reader of tags names it as an entry of GPS with the same number.
func interop(t imagemeta.TagInfo) bool {
	return strings.HasSuffix(t.Namespace, "/InteroperabilityIFD")
}
