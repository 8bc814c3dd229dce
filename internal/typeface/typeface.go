// Package typeface holds the font that is drawn with on paper and on pictures.
// It has Latin letters, pinyin, signs, the ideographs of Unicode 1.1 and those of
// extension A (font/LICENSE.txt, scripts/typeface); it has no bold and no italic.
package typeface

import (
	"bytes"
	"compress/gzip"
	_ "embed"
	"fmt"
	"io"
)

//go:embed font/chinese.ttf.gz
var packed []byte

// Chinese returns the font as a TrueType file of about 4 MB, unpacked anew at
// each call: whoever draws often keeps it.
func Chinese() ([]byte, error) {
	z, err := gzip.NewReader(bytes.NewReader(packed))
	if err != nil {
		return nil, fmt.Errorf("typeface: %w", err)
	}
	data, err := io.ReadAll(z)
	if err != nil {
		return nil, fmt.Errorf("typeface: %w", err)
	}
	return data, nil
}
