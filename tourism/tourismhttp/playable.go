package tourismhttp

import (
	"context"

	"yijianyou/heritage"
	"yijianyou/media"
	"yijianyou/tourism"
)

// MediaView is a sound or film of a story.
type MediaView struct {
	AssetID    string        `json:"assetId"`
	Type       media.Type    `json:"type" enum:"audio,video"`
	MediaType  string        `json:"mediaType" doc:"such as audio/mpeg"`
	DurationMS int64         `json:"durationMs"`
	Width      int           `json:"width" doc:"pixels; 0 for sound"`
	Height     int           `json:"height" doc:"pixels; 0 for sound"`
	Caption    heritage.Text `json:"caption"`
	Content    string        `json:"content" doc:"path of its bytes, with ranges"`
	Tracks     []TrackView   `json:"tracks" nullable:"false"`
}

// TrackView is a text that goes with a sound or film.
type TrackView struct {
	Kind   media.TrackKind `json:"kind" enum:"captions,transcript"`
	Lang   string          `json:"lang"`
	Format string          `json:"format" enum:"text/vtt,text/plain"`
	URL    string          `json:"url" doc:"path of the text"`
}

func mediaView(ctx context.Context, svc *tourism.Service, list []heritage.MediaRef) ([]MediaView, error) {
	found, err := svc.Playable(ctx, list)
	if err != nil {
		return nil, err
	}
	out := make([]MediaView, 0, len(found))
	for _, p := range found {
		a := p.Asset
		v := MediaView{AssetID: a.ID, Type: a.Type, MediaType: a.Kind.MIME(), DurationMS: a.DurationMS, Width: a.Width, Height: a.Height,
			Caption: p.Caption, Content: "/api/v1/media/" + a.ID + "/content", Tracks: []TrackView{}}
		for _, t := range a.Tracks {
			v.Tracks = append(v.Tracks, TrackView{Kind: t.Kind, Lang: t.Lang, Format: t.Format,
				URL: "/api/v1/media/" + a.ID + "/tracks/" + string(t.Kind) + "/" + t.Lang + "?v=" + t.Sum})
		}
		out = append(out, v)
	}
	return out, nil
}
