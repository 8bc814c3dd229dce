package media

import (
	"bytes"
	"cmp"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"regexp"
	"slices"
	"strings"
	"unicode/utf8"

	"yijianyou/internal/actor"
	"yijianyou/internal/fault"
	"yijianyou/internal/store"
	"yijianyou/media/vtt"
)

// TrackKind is what a text is to the sound that it goes with.
type TrackKind string

const (
	Captions   TrackKind = "captions"   // WebVTT, shown while it plays
	Transcript TrackKind = "transcript" // WebVTT or plain text, to be read
)

// Track is a text of a sound or film, as its asset lists it.
type Track struct {
	Kind   TrackKind `bson:"kind" json:"kind" enum:"captions,transcript"`
	Lang   string    `bson:"lang" json:"lang"`                                                // such as "zh" or "en"
	Format string    `bson:"format" json:"format" enum:"text/vtt,text/plain"`                 // media type of the text
	Sum    string    `bson:"sum" json:"version" doc:"of its bytes; another text has another"` // 16 hexadecimal digits
}

// TrackText is the text itself, under the id of its asset, kind and language.
type TrackText struct {
	store.Meta `bson:",inline"`
	Asset      string `bson:"asset"`
	Track      Track  `bson:"track"`
	Text       string `bson:"text"`
}

// tracks keep their history: what was shown to whom can be told later.
var tracks = store.Define[TrackText](store.Spec{Name: "tracks", Schema: 1, History: true, Indexes: []store.Index{
	{Name: "byAsset", Parts: []store.Part{{Path: "asset"}}},
}})

const maxAssetTracks = 40

const (
	formatVTT   = "text/vtt"
	formatPlain = "text/plain"
)

var langForm = regexp.MustCompile(`^[a-z]{2,3}(?:-[A-Za-z0-9]{2,8}){0,3}$`)

func trackID(asset string, kind TrackKind, lang string) string {
	return asset + "." + string(kind) + "." + lang
}

// NewTrack is a text that is to be kept.
type NewTrack struct {
	Kind   TrackKind
	Lang   string
	Format string // text/vtt, or for a transcript text/plain
	Text   []byte
	Reason string // kept in the history; may be empty
}

// tidy checks n and brings its text into the form in which it is stored.
func (n *NewTrack) tidy() error {
	switch {
	case n.Kind != Captions && n.Kind != Transcript:
		return ErrTrackKind.New()
	case !langForm.MatchString(n.Lang):
		return ErrTrackLang.New()
	case n.Format != formatVTT && (n.Format != formatPlain || n.Kind != Transcript):
		return ErrTrackFormat.New()
	}
	if n.Format == formatVTT {
		cues, wrong := vtt.Parse(n.Text)
		if len(wrong) > 0 {
			return fault.InvalidFields(wrong)
		}
		n.Text = vtt.Format(cues) // what is escaped in it may have made it longer
		return n.bounded()
	}
	if err := n.bounded(); err != nil {
		return err
	}
	if n.Text = bytes.TrimSpace(bytes.TrimPrefix(n.Text, []byte("\uFEFF"))); !utf8.Valid(n.Text) || len(n.Text) == 0 {
		return fault.InvalidFields([]fault.Field{vtt.ErrUTF8.At("lines[1]")})
	}
	n.Text = []byte(strings.ReplaceAll(string(n.Text), "\r\n", "\n"))
	return nil
}

// bounded refuses a text that is too long to be kept.
func (n *NewTrack) bounded() error {
	if len(n.Text) > vtt.MaxBytes {
		return fault.InvalidFields([]fault.Field{vtt.ErrBytes.At("lines[1]", fault.P("kb", vtt.MaxBytes>>10))})
	}
	return nil
}

// writable returns a sound or film whose tracks the actor of tx may change.
func (s *Service) writable(tx *store.Tx, id string, rev int64) (*Asset, error) {
	a, err := s.Asset(tx.Context(), tx, id)
	by := tx.Actor()
	switch {
	case err != nil:
		return nil, err
	case !mayRead(by, a.Org):
		return nil, ErrNotFound.New()
	case !by.Can(actor.MediaWrite, a.Org):
		return nil, ErrDenied.New()
	case len(a.Showers) > 0 && !mayPublish(by, a.Org):
		return nil, ErrPolicyDenied.New()
	case !a.plays():
		return nil, ErrNotFound.New()
	case a.Rev != rev:
		return nil, store.ErrConflict.New()
	}
	return a, nil
}

// SetTrack writes captions or a transcript of the asset whose revision is rev. What
// published records show shows them at once.
//
// Errors: ErrNotFound, also for a picture; ErrDenied, ErrPolicyDenied as of SetTerms;
// ErrTrackKind, ErrTrackLang, ErrTrackFormat, ErrTracks, store.ErrConflict; fault.ErrInvalid with a
// field for each wrong line.
func (s *Service) SetTrack(ctx context.Context, by actor.Actor, id string, rev int64, n NewTrack) (a *Asset, err error) {
	if err := n.tidy(); err != nil {
		return nil, err
	}
	sum := sha256.Sum256(append([]byte(n.Format+"\n"), n.Text...))
	t := Track{Kind: n.Kind, Lang: n.Lang, Format: n.Format, Sum: hex.EncodeToString(sum[:8])}
	err = s.st.Update(ctx, by, func(tx *store.Tx) (err error) {
		if a, err = s.writable(tx, id, rev); err != nil {
			return err
		}
		if slices.Contains(a.Tracks, t) {
			return nil
		}
		a.Tracks = append(without(a.Tracks, n.Kind, n.Lang), t)
		slices.SortFunc(a.Tracks, func(x, y Track) int { return cmp.Or(cmp.Compare(x.Kind, y.Kind), cmp.Compare(x.Lang, y.Lang)) })
		if len(a.Tracks) > maxAssetTracks {
			return ErrTracks.New(fault.P("max", maxAssetTracks))
		}
		tx.Describe("media.track", strings.TrimSpace(n.Reason))
		key := trackID(id, n.Kind, n.Lang)
		text, err := tracks.Get(tx.Context(), tx, key)
		if errors.Is(err, store.ErrNotFound) {
			text, err = &TrackText{Meta: store.Meta{ID: key, Org: a.Org}, Asset: id}, nil
		}
		if err != nil {
			return err
		}
		text.Track, text.Text = t, string(n.Text)
		if err := tracks.Put(tx, text); err != nil {
			return err
		}
		return assets.Put(tx, a)
	})
	return a, err
}

func without(list []Track, kind TrackKind, lang string) []Track {
	return slices.DeleteFunc(slices.Clone(list), func(t Track) bool { return t.Kind == kind && t.Lang == lang })
}

// RemoveTrack takes a text away; its history stays.
//
// Errors: those of SetTrack, ErrTrackNotFound.
func (s *Service) RemoveTrack(ctx context.Context, by actor.Actor, id string, rev int64, kind TrackKind, lang, reason string) (a *Asset, err error) {
	err = s.st.Update(ctx, by, func(tx *store.Tx) (err error) {
		if a, err = s.writable(tx, id, rev); err != nil {
			return err
		}
		left := without(a.Tracks, kind, lang)
		if len(left) == len(a.Tracks) {
			return ErrTrackNotFound.New()
		}
		text, err := tracks.Get(tx.Context(), tx, trackID(id, kind, lang))
		if err != nil {
			return err
		}
		tx.Describe("media.track_remove", strings.TrimSpace(reason))
		if err := tracks.Delete(tx, text.ID, text.Rev, reason); err != nil {
			return err
		}
		if a.Tracks = left; len(left) == 0 {
			a.Tracks = nil
		}
		return assets.Put(tx, a)
	})
	return a, err
}

// TrackOf returns a text of an asset as by may see it: everybody while the asset is
// public. private is true when it is by right of an account.
//
// Errors: ErrNotFound, ErrTrackNotFound.
func (s *Service) TrackOf(ctx context.Context, by actor.Actor, id string, kind TrackKind, lang string) (t *TrackText, private bool, err error) {
	err = s.st.Snapshot(ctx, func(r store.Reader) error {
		var a *Asset
		if a, private, err = s.playable(ctx, r, by, id); err != nil {
			return err
		}
		if len(without(a.Tracks, kind, lang)) == len(a.Tracks) {
			return ErrTrackNotFound.New()
		}
		t, err = tracks.Get(ctx, r, trackID(id, kind, lang))
		return err
	})
	return t, private, err
}

// dropTracks deletes the texts of an asset that is being removed.
func dropTracks(tx *store.Tx, a *Asset, reason string) error {
	for _, t := range a.Tracks {
		text, err := tracks.Get(tx.Context(), tx, trackID(a.ID, t.Kind, t.Lang))
		if err != nil {
			return err
		}
		if err := tracks.Delete(tx, text.ID, text.Rev, reason); err != nil {
			return err
		}
	}
	return nil
}
