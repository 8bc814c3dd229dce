package app

import "yijianyou/media"

// shelves are the kinds of records that have manifests, in the order of
// collections.
func (c *Core) shelves() []media.Shelf {
	return []media.Shelf{
		{Kind: "relics", Label: media.Text{ZH: "可移动文物", EN: "Relics"}, Source: c.Heritage.RelicManifests()},
		{Kind: "sites", Label: media.Text{ZH: "不可移动文物", EN: "Heritage sites"}, Source: c.Heritage.SiteManifests()},
		{Kind: "exhibitions", Label: media.Text{ZH: "展览", EN: "Exhibitions"}, Source: c.Heritage.ExhibitionManifests()},
		{Kind: "stories", Label: media.Text{ZH: "讲解", EN: "Stories"}, Source: c.Tourism.StoryManifests()},
	}
}
