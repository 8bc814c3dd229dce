package main

import (
	"fmt"
	"image/jpeg"
	"math/rand/v2"
	"os"
	"path/filepath"
)

// photo is a photograph as a server of ours has it.
type photo struct {
	service       string // path of its image service
	index         int    // its place among the photographs
	width, height int
	tile          int
	scales        []int
}

// part is a request of a picture: behind the service of any server.
type part struct {
	photo         int
	x, y, w, h    int
	width, height int
}

func (p part) rest() string {
	return fmt.Sprintf("/%d,%d,%d,%d/%d,%d/0/default.jpg", p.x, p.y, p.w, p.h, p.width, p.height)
}

// seed makes two runs ask for the same.
var seed = [32]byte{1, 9, 4, 7}

// tilesOf lists every tile of every level, shuffled.
func tilesOf(photos []*photo) []part {
	var out []part
	for i, p := range photos {
		for _, scale := range p.scales {
			side := p.tile * scale
			for y := 0; y < p.height; y += side {
				for x := 0; x < p.width; x += side {
					w, h := min(side, p.width-x), min(side, p.height-y)
					out = append(out, part{photo: i, x: x, y: y, w: w, h: h, width: (w + scale - 1) / scale, height: (h + scale - 1) / scale})
				}
			}
		}
	}
	r := rand.New(rand.NewChaCha8(seed))
	r.Shuffle(len(out), func(i, j int) { out[i], out[j] = out[j], out[i] })
	return out
}

// regionsOf makes n regions of any place and size, each asked for at a size of a
// screen or less, in its proportion.
func regionsOf(photos []*photo, n int) []part {
	r := rand.New(rand.NewChaCha8(seed))
	out := make([]part, n)
	for i := range out {
		p := photos[r.IntN(len(photos))]
		w, h := 200+r.IntN(p.width-200), 200+r.IntN(p.height-200)
		width := 100 + r.IntN(min(w, 1200)-100+1)
		out[i] = part{photo: p.index, x: r.IntN(p.width - w + 1), y: r.IntN(p.height - h + 1), w: w, h: h, width: width, height: max(1, h*width/w)}
	}
	return out
}

// photographs lists the JPEGs in a folder that have so many pixels.
func photographs(folder string, pixels int) ([]string, error) {
	all, err := filepath.Glob(filepath.Join(folder, "*.jpg"))
	if err != nil {
		return nil, err
	}
	var out []string
	for _, name := range all {
		f, err := os.Open(name)
		if err != nil {
			return nil, err
		}
		size, err := jpeg.DecodeConfig(f)
		f.Close()
		if err != nil {
			return nil, fmt.Errorf("%s: %w", name, err)
		}
		if size.Width*size.Height >= pixels {
			out = append(out, name)
		}
	}
	if len(out) == 0 {
		return nil, fmt.Errorf("%s holds no JPEG of %d pixels or more", folder, pixels)
	}
	return out, nil
}
