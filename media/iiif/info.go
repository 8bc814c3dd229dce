package iiif

// ImageContext is the JSON-LD context of info.json.
const ImageContext = "http://iiif.io/api/image/3/context.json"

// ImageProtocol names the API in info.json and in a manifest.
const ImageProtocol = "http://iiif.io/api/image"

// Info is an info.json (§5): the description of an image service.
type Info struct {
	Context        string   `json:"@context"`
	ID             string   `json:"id"`
	Type           string   `json:"type"`
	Protocol       string   `json:"protocol"`
	Profile        string   `json:"profile"`
	Width          int      `json:"width"`
	Height         int      `json:"height"`
	MaxWidth       int      `json:"maxWidth,omitempty"` // stands for maxHeight, too (§5.2)
	MaxArea        int64    `json:"maxArea,omitempty"`
	Sizes          []WH     `json:"sizes,omitempty"`
	Tiles          []Tiles  `json:"tiles,omitempty"`
	Rights         string   `json:"rights,omitempty"`
	PartOf         []Ref    `json:"partOf,omitempty"` // manifests (§5.7)
	ExtraQualities []string `json:"extraQualities,omitempty"`
	ExtraFeatures  []string `json:"extraFeatures,omitempty"`
}

// WH is a size of sizes (§5.3).
type WH struct {
	Width  int `json:"width"`
	Height int `json:"height"`
}

// Tiles says in which squares an image is cut (§5.4).
type Tiles struct {
	Width        int   `json:"width"`
	ScaleFactors []int `json:"scaleFactors"`
}

// Image is what an info.json is made of.
type Image struct {
	ID     string // address of the service, without a slash at its end
	Levels []WH   // the sizes in which it is kept, largest first, each half of the one before; the first is the image
	Stored int    // index of the largest of Levels that is answered whole with stored bytes; all behind it are, too
	Tile   int    // side of a stored tile of each of Levels
	Gray   bool   // it has no colour
	Rights string // URI of a licence or rights statement (§5.6), "" when there is none
	PartOf []Ref  // manifests that show it, nil for none
}

// NewInfo describes the image m under the limits lim. Its sizes and tiles are
// those that are answered with stored bytes; sizes that the limits forbid are left
// out.
func NewInfo(m Image, lim Limits) Info {
	whole := m.Levels[0]
	info := Info{Context: ImageContext, ID: m.ID, Type: "ImageService3", Protocol: ImageProtocol, Profile: "level2",
		Width: whole.Width, Height: whole.Height, MaxWidth: lim.MaxSide, MaxArea: lim.MaxArea, Rights: m.Rights, PartOf: m.PartOf,
		ExtraQualities: []string{string(Color), string(Gray), string(Bitonal)},
		ExtraFeatures:  []string{"canonicalLinkHeader", "mirroring", "profileLinkHeader", "rotationArbitrary", "sizeUpscaling"}}
	if m.Gray { // color is answered, but not promised (§4.4)
		info.ExtraQualities = info.ExtraQualities[1:]
	}
	tiles := Tiles{Width: m.Tile}
	for i := range m.Levels {
		tiles.ScaleFactors = append(tiles.ScaleFactors, 1<<i)
	}
	info.Tiles = []Tiles{tiles}
	for i := len(m.Levels) - 1; i >= m.Stored; i-- {
		if s := m.Levels[i]; lim.allow(s.Width, s.Height, 0) {
			info.Sizes = append(info.Sizes, s)
		}
	}
	return info
}

// ProfileLink is the value of the Link header of image answers (§6).
const ProfileLink = `<http://iiif.io/api/image/3/level2.json>;rel="profile"`
