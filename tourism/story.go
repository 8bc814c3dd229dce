package tourism

import "yijianyou/heritage"

// StoryFields is a story (讲解): a text that is told of a spot, an area or a
// record of the catalogue.
type StoryFields struct {
	Subject  Subject       `bson:"subject" json:"subject"`
	Title    heritage.Text `bson:"title" json:"title"`                                          // Chinese required
	Text     heritage.Text `bson:"text" json:"text"`                                            // Chinese required; paragraphs are parted by an empty line
	Audience Code          `bson:"audience,omitempty" json:"audience,omitempty"`                // list audience; "" is everybody
	Order    int           `bson:"order" json:"order" validate:"min=0,max=10000"`               // among the stories of the subject
	Author   string        `bson:"author,omitempty" json:"author,omitempty" validate:"max=200"` // whose words these are, "" unknown

	Media   []heritage.MediaRef `bson:"media,omitempty" json:"media,omitempty" validate:"max=20,dive"` // sound and film that tell it, in order
	Images  []heritage.ImageRef `bson:"images,omitempty" json:"images,omitempty" validate:"max=100,dive"`
	Sources []heritage.Source   `bson:"sources,omitempty" json:"sources,omitempty" validate:"max=50,dive"`

	InternalNotes string `bson:"internalNotes,omitempty" json:"internalNotes,omitempty" validate:"max=10000"` // never public
	Simulated     bool   `bson:"simulated,omitempty" json:"simulated,omitempty"`
	Unverified    bool   `bson:"unverified,omitempty" json:"unverified,omitempty"`

	SortKey  string   `bson:"sortKey" json:"-"`
	AssetIDs []string `bson:"assetIds,omitempty" json:"-"` // of images, then of media
}

// Subject is what a story is about.
type Subject struct {
	Kind string `bson:"kind" json:"kind" validate:"required,oneof=area spot relic site museum"`
	ID   string `bson:"id" json:"id" validate:"required,uuid"`
}

func (f *StoryFields) normalise(t tools) {
	f.Title, f.Text = f.Title.Tidy(), f.Text.Tidy()
	f.Author, f.InternalNotes = heritage.TidyLine(f.Author), heritage.TidyText(f.InternalNotes)
	f.Images, f.AssetIDs = heritage.TidyImages(f.Images)
	var played []string
	f.Media, played = heritage.TidyMedia(f.Media)
	f.AssetIDs = append(f.AssetIDs, played...)
	f.Sources = heritage.TidySources(f.Sources)
	f.SortKey = t.sortKey(f.Title.ZH)
}

func (f *StoryFields) check(c *heritage.Findings) {
	c.Form(f)
	c.Title("title", f.Title)
	if f.Text.ZH == "" {
		c.Add(heritage.ErrRequired.At("text.zh"))
	}
	c.Description("text", f.Text)
	c.Sources("sources", f.Sources)
	c.Images(f.Images)
	c.Media(f.Media)
	term(c, "audience", Audiences, f.Audience)
}

func (f *StoryFields) assets() []string { return f.AssetIDs }
func (f *StoryFields) refs() []reference {
	own := f.Subject.Kind == string(KindArea) || f.Subject.Kind == string(KindSpot)
	return []reference{{path: "subject.id", kind: f.Subject.Kind, id: f.Subject.ID, sameOrg: own}}
}
