package jpeg

// Plane is one channel of 8 bits: H rows of W samples, Stride bytes apart.
type Plane struct {
	Pix          []byte
	W, H, Stride int

	blocks bool // Pix is of whole blocks, as many as the frame has
}

// Picture is a picture in Y'CbCr (T.871). A grey one has no chroma: Cb.W is 0.
type Picture struct {
	Y, Cb, Cr Plane

	// A chroma sample stands for Across × Down pixels, each 1 or 2. Only Decode
	// says so: DecodeInto and Encode know 2 × 2 alone.
	Across, Down int
}

// Gray reports whether p has no colour.
func (p *Picture) Gray() bool { return p.Cb.W == 0 }

// newPlane returns a plane of w × h samples in whole blocks.
func newPlane(w, h, blocksX, blocksY int) Plane {
	return Plane{Pix: make([]byte, 64*blocksX*blocksY), W: w, H: h, Stride: 8 * blocksX, blocks: true}
}
