package media

import (
	"yijianyou/internal/store"
	"yijianyou/media/avprobe"
	"yijianyou/media/pyramid"
)

// AssetID is the id of an Asset: a UUIDv7 in text form.
type AssetID = string

// Kind is the format of an original, as its first bytes say; the name of the
// file is not asked.
type Kind string

const (
	JPEG = Kind(pyramid.JPEG)
	PNG  = Kind(pyramid.PNG)
	MP3  = Kind(avprobe.MP3)
	M4A  = Kind(avprobe.M4A)
	MP4  = Kind(avprobe.MP4)
	Ogg  = Kind(avprobe.Ogg)
	WAV  = Kind(avprobe.WAV)
	WebM = Kind(avprobe.WebM)
	WebA = Kind(avprobe.WebA)
)

// MIME returns the media type of k, such as "image/jpeg".
func (k Kind) MIME() string {
	if t := avprobe.Kind(k).MIME(); t != "" {
		return t
	}
	return pyramid.Kind(k).MIME()
}

// Colour says what is known of the colours of an original. What is shown is sRGB
// always.
type Colour = pyramid.Colour

// Type is what an asset is to those who look for it.
type Type string

const (
	ImageType Type = "image"
	AudioType Type = "audio"
	VideoType Type = "video"
)

// TypeOf returns what an original of the kind is.
func TypeOf(k Kind) Type {
	switch k {
	case JPEG, PNG:
		return ImageType
	case MP3, M4A, Ogg, WAV, WebA:
		return AudioType
	case MP4, WebM:
		return VideoType
	}
	return ""
}

// State is how far the making of an asset has come.
type State string

const (
	Uploaded   State = "uploaded"   // the original is kept, the pyramid waits for its turn
	Processing State = "processing" // the pyramid is being made
	Ready      State = "ready"      // every size and tile can be asked for
	Failed     State = "failed"     // no pyramid can be made of it: Asset.Fault says why
	Removed    State = "removed"    // a tombstone: the bytes are gone
)

// Asset is one picture, sound or film of an organisation. Its bytes never change.
type Asset struct {
	store.Meta `bson:",inline"`
	SHA256     string         `bson:"sha256"`               // of the original, 64 lower-case hexadecimal digits
	Name       string         `bson:"name,omitempty"`       // of the uploaded file, without folders; for staff only
	Grams      []string       `bson:"grams,omitempty"`      // of Name, by which List finds it
	Kind       Kind           `bson:"kind"`                 // of the original
	Type       Type           `bson:"type,omitempty"`       // what Kind is of
	Width      int            `bson:"width"`                // pixels, after the EXIF orientation is applied; 0 for sound
	Height     int            `bson:"height"`               // pixels, after the EXIF orientation is applied
	Bytes      int64          `bson:"bytes"`                // of the original
	DurationMS int64          `bson:"durationMs,omitempty"` // of sound and film, milliseconds
	Masks      []avprobe.Mask `bson:"masks,omitempty"`      // what of sound and film nobody is given
	Tracks     []Track        `bson:"tracks,omitempty"`     // captions and transcripts, by kind and language; written by SetTrack
	Colour     Colour         `bson:"colour,omitempty"`     // what is known of its colours; "" when it was uploaded before that was asked
	Profile    string         `bson:"profile,omitempty"`    // name of its colour space, as the file says it; "" when it does not
	Terms      Terms          `bson:"terms"`                // whose it is and what others may do with it; written by SetTerms
	Showers    []Shower       `bson:"showers,omitempty"`    // what shows it to the public, by name; written by SetShown
	State      State          `bson:"state"`                // see State
	Drawn      string         `bson:"drawn,omitempty"`      // digest of the form that was drawn last; "" is none
	Recipe     int            `bson:"recipe,omitempty"`     // pyramid.Recipe by which its packed files were made
	Fault      string         `bson:"fault,omitempty"`      // id of the fault code when State is Failed, such as "media.truncated"
	UploadedBy string         `bson:"uploadedBy"`           // account id
	Reason     string         `bson:"reason,omitempty"`     // why it was removed, when State is Removed
	Same       string         `bson:"same,omitempty"`       // SHA256 while the asset is there, absent on a tombstone: finds a repeated upload
}

// assets: byOrg, byType, byOrgState, byTypeState and byGram list, newest first,
// bySame (org, same) finds equal bytes in one organisation, byState (state, id)
// lets a sweep find what is stuck.
var assets = store.Define[Asset](store.Spec{Name: "assets", Schema: 1, History: true, Feed: true, Indexes: []store.Index{
	{Name: "byOrg", Parts: []store.Part{{Path: "org"}, {Path: "createdAt", Kind: store.Time}}},
	{Name: "byType", Parts: []store.Part{{Path: "org"}, {Path: "type"}, {Path: "createdAt", Kind: store.Time}}},
	{Name: "byOrgState", Parts: []store.Part{{Path: "org"}, {Path: "state"}, {Path: "createdAt", Kind: store.Time}}},
	{Name: "byTypeState", Parts: []store.Part{{Path: "org"}, {Path: "type"}, {Path: "state"}, {Path: "createdAt", Kind: store.Time}}},
	{Name: "byGram", Parts: []store.Part{{Path: "org"}, {Path: "grams", Array: true}, {Path: "createdAt", Kind: store.Time}}},
	{Name: "bySame", Parts: []store.Part{{Path: "org"}, {Path: "same"}}, Unique: true},
	{Name: "byState", Parts: []store.Part{{Path: "state"}}},
}})

// Collections returns the collections of this package, for store.Open.
func Collections() []store.Declared {
	return []store.Declared{assets, tracks, policies, incomings, fixities}
}
