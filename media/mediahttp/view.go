package mediahttp

import (
	"context"
	"time"

	"yijianyou/internal/actor"
	"yijianyou/media"
)

// assetView is the record of an asset as staff see it.
type assetView struct {
	ID         string        `json:"id"`
	Org        actor.OrgID   `json:"org"`
	SHA256     string        `json:"sha256" doc:"of the original, hexadecimal"`
	Name       string        `json:"name" doc:"of the uploaded file"`
	Kind       media.Kind    `json:"kind" enum:"jpeg,png,mp3,m4a,mp4,ogg,wav,webm,weba" doc:"of the original"`
	Type       media.Type    `json:"type" enum:"image,audio,video" doc:"what the kind is of"`
	Width      int           `json:"width" doc:"pixels, upright"`
	Height     int           `json:"height" doc:"pixels, upright"`
	Bytes      int64         `json:"bytes" doc:"of the original"`
	DurationMS int64         `json:"durationMs" doc:"of sound and film, milliseconds; 0 for pictures"`
	Tracks     []media.Track `json:"tracks" nullable:"false" doc:"captions and transcripts"`
	Content    string        `json:"content" doc:"path at which sound and film are played; empty for pictures"`
	Colour     media.Colour  `json:"colour" enum:"srgb,converted,assumed," doc:"srgb: the file says so; converted: from the space of profile; assumed: shown as if it were sRGB; empty: uploaded before that was asked"`
	Profile    string        `json:"profile" doc:"name of its colour space; empty when the file does not say"`
	Terms      media.Terms   `json:"terms"`
	Rights     media.Rights  `json:"rights" doc:"what the public gets in effect"`
	Why        rightsWhy     `json:"why" doc:"from what the rights follow"`
	State      media.State   `json:"state" enum:"uploaded,processing,ready,failed,removed"`
	Fault      string        `json:"fault" doc:"code of what is wrong with the file when state is failed, else empty"`
	Progress   *workProgress `json:"progress,omitempty" doc:"while tiles are made, of the picture or of what the public gets of it"`
	Public     bool          `json:"public" doc:"everybody may see it now; false also while what the public gets is being made"`
	Service    string        `json:"service" doc:"path of its IIIF image service for staff; empty for sound and film"`
	Fixity     fixityView    `json:"fixity" doc:"the newest reading of the original"`
	UploadedBy string        `json:"uploadedBy" doc:"account"`
	CreatedAt  time.Time     `json:"createdAt"`
	UpdatedAt  time.Time     `json:"updatedAt"`
	Rev        int64         `json:"rev"`
}

// rightsWhy says from what the rights of an asset follow.
type rightsWhy struct {
	ShownBy   []assetShower `json:"shownBy" nullable:"false" doc:"whose published records show it; empty: it is for staff"`
	Kept      bool          `json:"kept" doc:"its terms keep it from the public, whatever shows it"`
	Rules     []int         `json:"rules" nullable:"false" doc:"rules of the picture policy that hold for it, counted from 1"`
	PolicyRev int64         `json:"policyRev" doc:"revision of the picture policy; 0 is the default"`
}

type assetShower struct {
	Part   string   `json:"part" doc:"part of the program, such as heritage or tourism"`
	Grades []string `json:"grades" nullable:"false" doc:"codes of the grades of what those records are of; the empty one is a record without a grade"`
}

type workProgress struct {
	Done  int64 `json:"done" doc:"rows of tiles"`
	Total int64 `json:"total" doc:"0 is not known yet"`
}

// view returns a as staff see it.
func (h *handler) view(ctx context.Context, a *media.Asset) (assetView, error) {
	f, err := h.Service.Facts(ctx, a)
	if err != nil {
		return assetView{}, err
	}
	why := rightsWhy{ShownBy: []assetShower{}, Kept: f.Why.Kept, Rules: append([]int{}, f.Why.Rules...), PolicyRev: f.Why.PolicyRev}
	for _, s := range f.Why.Showers {
		why.ShownBy = append(why.ShownBy, assetShower{Part: s.Name, Grades: append([]string{}, s.Grades...)})
	}
	v := assetView{ID: a.ID, Org: a.Org, SHA256: a.SHA256, Name: a.Name, Kind: a.Kind, Type: a.Type, Width: a.Width, Height: a.Height, Bytes: a.Bytes, Colour: a.Colour, Profile: a.Profile,
		Terms: a.Terms, Rights: f.Rights, Why: why, State: a.State, Fault: a.Fault, Public: f.Served, Service: imagePath + a.ID + variantMark + staffVariant,
		Fixity: fixityOf(f.Fixity), UploadedBy: a.UploadedBy, CreatedAt: a.CreatedAt, UpdatedAt: a.UpdatedAt, Rev: a.Rev}
	v.DurationMS, v.Tracks = a.DurationMS, append([]media.Track{}, a.Tracks...)
	if a.Type == media.AudioType || a.Type == media.VideoType {
		v.Service, v.Content = "", ContentPath(a.ID)
	}
	if v.Terms.Audience == "" {
		v.Terms.Audience = media.Public
	}
	if f.Working {
		v.Progress = &workProgress{Done: f.Done, Total: f.Total}
	}
	return v, nil
}
