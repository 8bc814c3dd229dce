package mediahttp

import (
	"slices"
	"strconv"

	"yijianyou/media"
	"yijianyou/media/iiif"
)

// credit says whose the pictures are, what may be done with them and what must be
// said of them: of the manifest what holds for all of them, and where they differ
// of each canvas what holds for its picture.
func credit(doc *iiif.Manifest, notes []media.Text, views []media.View) {
	own := make([][]media.Text, len(views))
	all := slices.Clone(notes)
	for i, v := range views {
		own[i] = slices.Clone(v.Notes)
		if t := v.Look.Asset.Terms.Credit; t != (media.Text{}) {
			own[i] = append(own[i], t)
		}
		for _, t := range own[i] {
			if !slices.Contains(all, t) {
				all = append(all, t)
			}
		}
	}
	doc.RequiredStatement = statement(all)
	licence := views[0].Look.Asset.Terms.Licence
	oneLicence := !slices.ContainsFunc(views, func(v media.View) bool { return v.Look.Asset.Terms.Licence != licence })
	oneText := !slices.ContainsFunc(own, func(t []media.Text) bool { return !slices.Equal(t, own[0]) })
	if oneLicence {
		doc.Rights = string(licence)
	}
	for i := range views {
		if !oneLicence {
			doc.Items[i].Rights = string(views[i].Look.Asset.Terms.Licence)
		}
		if !oneText {
			doc.Items[i].RequiredStatement = statement(own[i])
		}
	}
}

// statement is what a viewer must show (Presentation 3.0 §3.1), nil for nothing.
func statement(texts []media.Text) *iiif.LabelValue {
	value := words(texts...)
	if value == nil {
		return nil
	}
	return &iiif.LabelValue{Label: iiif.Words("署名与说明", "Attribution and notes"), Value: value}
}

// seen tells which assets are among views.
func seen(views []media.View) map[media.AssetID]bool {
	out := make(map[media.AssetID]bool, len(views))
	for _, v := range views {
		out[v.Picture.Asset] = true
	}
	return out
}

// ranges makes the parts of a manifest (§5.4), without pictures that the reader
// does not see and without parts that are then empty. path tells the parts inside
// one from others.
func ranges(doc *iiif.Manifest, parts []media.Range, path string, seen map[media.AssetID]bool) []iiif.Range {
	var out []iiif.Range
	for i, p := range parts {
		name := path + strconv.Itoa(i+1)
		r := iiif.Range{ID: doc.Below("/range/" + name), Type: "Range", Label: words(p.Label), Items: []any{}}
		for _, asset := range p.Pictures {
			if seen[asset] {
				r.Items = append(r.Items, iiif.Ref{ID: doc.Canvas(asset), Type: "Canvas"})
			}
		}
		for _, inner := range ranges(doc, p.Parts, name+".", seen) {
			r.Items = append(r.Items, inner)
		}
		if len(r.Items) > 0 {
			out = append(out, r)
		}
	}
	return out
}
