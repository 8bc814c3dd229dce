package sensors

import "yijianyou/heritage"

// Carriers lists the carriers in the order of screens.
var Carriers = []Carrier{OnBody, OnBox, OnBase, OnShowcase}

// proofs say what a sighting of a tag on each carrier proves, and what not.
var proofs = map[Carrier]heritage.Text{
	OnBody:     {ZH: "标签挂在文物本体上：读到标签，即文物在此。", EN: "The tag hangs on the object itself: where it is seen, the object is."},
	OnBox:      {ZH: "标签在囊匣上：读到标签只说明囊匣在此，不说明文物在匣内。", EN: "The tag is on the box: where it is seen, the box is. That the object is inside is not proved."},
	OnBase:     {ZH: "标签在底座上：读到标签只说明底座在此，不说明文物在座上。", EN: "The tag is on the base: where it is seen, the base is. That the object stands on it is not proved."},
	OnShowcase: {ZH: "标签在展柜上：读到标签只说明展柜在此，不说明文物在柜内。", EN: "The tag is on the showcase: where it is seen, the showcase is. That the object is inside is not proved."},
}

// noProof is what the sighting of a tag proves that hangs on nothing known.
var noProof = heritage.Text{ZH: "标签没有绑定文物：读到标签只说明标签在此。", EN: "The tag is bound to no relic: where it is seen, the tag is, and nothing more."}

// Proves returns what a sighting of a tag on c proves, in words for screens; of
// a tag that is bound to nothing when c is none of Carriers.
func (c Carrier) Proves() heritage.Text {
	if t, ok := proofs[c]; ok {
		return t
	}
	return noProof
}
