package sensors

import "yijianyou/heritage"

// Carriers lists the carriers in the order of screens.
var Carriers = []Carrier{OnBody, OnBox, OnBase, OnShowcase}

// proofs say what a sighting of a tag on each carrier proves, and what not: words
// that end no sentence.
var proofs = map[Carrier]heritage.Text{
	OnBody:     {ZH: "器物在此", EN: "The object is here"},
	OnBox:      {ZH: "囊匣在此（器物是否在匣内须开匣核对）", EN: "The box is here (open it to see whether the object is inside)"},
	OnBase:     {ZH: "底座在此（器物是否在座上须到场核对）", EN: "The base is here (go and see whether the object stands on it)"},
	OnShowcase: {ZH: "展柜在此（器物是否在柜内须到场核对）", EN: "The showcase is here (go and see whether the object is inside)"},
}

// noProof is what the sighting of a tag proves that hangs on nothing known.
var noProof = heritage.Text{ZH: "标签在此（没有绑定文物）", EN: "The tag is here (it is bound to no relic)"}

// Proves returns what a sighting of a tag on c proves, in words for screens; of
// a tag that is bound to nothing when c is none of Carriers.
func (c Carrier) Proves() heritage.Text {
	if t, ok := proofs[c]; ok {
		return t
	}
	return noProof
}
