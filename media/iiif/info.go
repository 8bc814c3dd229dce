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
	MaxWidth       int      `json:"maxWidth,omitempty"`
	MaxArea        int64    `json:"maxArea,omitempty"`
	Sizes          []WH     `json:"sizes,omitempty"`
	Tiles          []Tiles  `json:"tiles,omitempty"`
	PreferredForms []Format `json:"preferredFormats,omitempty"`
	Rights         string   `json:"rights,omitempty"`
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

// NewInfo describes the image with the address id. sizes are those that are
// answered at once, largest first, the first being the image itself; each is
// half of the one before. Sizes that the limits forbid are left out.
func NewInfo(id string, sizes []WH, tile int, gray bool, lim Limits) Info {
	info := Info{Context: ImageContext, ID: id, Type: "ImageService3", Protocol: ImageProtocol, Profile: "level2",
		Width: sizes[0].Width, Height: sizes[0].Height, MaxWidth: lim.MaxSide, MaxArea: lim.MaxArea,
		ExtraFeatures: []string{"canonicalLinkHeader", "mirroring", "profileLinkHeader", "sizeUpscaling"}}
	// maxHeight alone is not allowed, and maxWidth alone stands for both (§5.3).
	if !gray {
		info.ExtraQualities = []string{string(Color), string(Gray)}
	}
	tiles := Tiles{Width: tile}
	for i := range sizes {
		tiles.ScaleFactors = append(tiles.ScaleFactors, 1<<i)
		if s := sizes[len(sizes)-1-i]; lim.allow(s.Width, s.Height) {
			info.Sizes = append(info.Sizes, s)
		}
	}
	info.Tiles = []Tiles{tiles}
	return info
}

// ProfileLink is the value of the Link header of image answers (§6).
const ProfileLink = `<http://iiif.io/api/image/3/level2.json>;rel="profile"`
