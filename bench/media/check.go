package main

import (
	"bytes"
	"context"
	"fmt"
	"image"
	_ "image/jpeg"
	"math"
)

// mostOff is the largest difference of two answers to one request, of 255, and
// mostOffMean the largest mean over all requests. IIPImage reduces a picture by
// mixing four pixels of the next level, so a fine pattern comes out otherwise.
const (
	mostOff     = 8.0
	mostOffMean = 2.0
)

// compare asks two servers for the same parts and wants pictures of the size asked
// for that look alike. It returns the mean difference over all.
func compare(ctx context.Context, a, b peer, parts []part) (float64, error) {
	ca, err := dial(ctx, a.host(), 201)
	if err != nil {
		return 0, err
	}
	defer ca.conn.Close()
	cb, err := dial(ctx, b.host(), 202)
	if err != nil {
		return 0, err
	}
	defer cb.conn.Close()
	sum := 0.0
	for _, p := range parts {
		x, err := fetch(ca, a, p)
		if err != nil {
			return 0, err
		}
		y, err := fetch(cb, b, p)
		if err != nil {
			return 0, err
		}
		off := difference(x, y)
		if off > mostOff {
			return 0, fmt.Errorf("%s: %s and %s differ by %.1f", p.rest(), a.name(), b.name(), off)
		}
		sum += off
	}
	off := sum / float64(len(parts))
	if off > mostOffMean {
		return 0, fmt.Errorf("%s and %s differ by %.1f", a.name(), b.name(), off)
	}
	return off, nil
}

func fetch(c *connection, from peer, p part) (image.Image, error) {
	status, _, body, err := c.get(from.path(p), true)
	if err != nil || status != 200 {
		return nil, fmt.Errorf("%s: %s: status %d, %w", from.name(), from.path(p), status, err)
	}
	m, _, err := image.Decode(bytes.NewReader(body))
	if err != nil {
		return nil, fmt.Errorf("%s: %s: %w", from.name(), from.path(p), err)
	}
	// IIPImage rounds the last tile of a reduced level down.
	if d := m.Bounds(); d.Dx() > p.width || d.Dy() > p.height || d.Dx() < p.width-1 || d.Dy() < p.height-1 {
		return nil, fmt.Errorf("%s: %s: %v", from.name(), from.path(p), d)
	}
	return m, nil
}

// block is the side of the squares whose means are compared: what one server draws
// sharper than the other is no difference, what it draws elsewhere is one.
const block = 8

// difference is the mean of the differences of the channels, of 255, of the means of
// blocks, over what both pictures have.
func difference(a, b image.Image) float64 {
	w, h := min(a.Bounds().Dx(), b.Bounds().Dx()), min(a.Bounds().Dy(), b.Bounds().Dy())
	sum, n := 0.0, 0
	for y := 0; y < h; y += block {
		for x := 0; x < w; x += block {
			square := image.Rect(x, y, min(x+block, w), min(y+block, h))
			p, q := mean(a, square), mean(b, square)
			for i := range p {
				sum += math.Abs(p[i] - q[i])
				n++
			}
		}
	}
	return sum / float64(n)
}

// mean is the mean of the channels in a part of m, of 255.
func mean(m image.Image, part image.Rectangle) (out [3]float64) {
	for y := part.Min.Y; y < part.Max.Y; y++ {
		for x := part.Min.X; x < part.Max.X; x++ {
			r, g, b, _ := m.At(x, y).RGBA()
			out[0], out[1], out[2] = out[0]+float64(r), out[1]+float64(g), out[2]+float64(b)
		}
	}
	for i := range out {
		out[i] /= 257 * float64(part.Dx()*part.Dy())
	}
	return out
}
