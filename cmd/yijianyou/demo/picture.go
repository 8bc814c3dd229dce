package demo

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"hash/fnv"
	"image"
	"image/jpeg"
	"log/slog"
	"time"

	"golang.org/x/image/draw"

	"yijianyou/cmd/yijianyou/demo/drawing"
	"yijianyou/heritage"
	"yijianyou/internal/actor"
	"yijianyou/internal/store"
	"yijianyou/media"
	"yijianyou/tourism"
)

// PictureJob is the kind of the job that draws the pictures.
const PictureJob = "demo.pictures"

type pictureOrder struct {
	LongSide int `bson:"longSide"`
}

// Picture is a drawing for a record.
type Picture struct {
	Kind string // relic, site, museum or area
	ID   string
	Org  actor.OrgID
	Spec drawing.Spec
}

// siteDrawings are the sites that have a drawing.
var siteDrawings = map[string]drawing.Kind{"1-0037-4-004": drawing.CaveNiche, "1-0061-3-014": drawing.Pagoda, "1-0069-3-022": drawing.Pagoda,
	"1-0097-3-050": drawing.Observatory, "1-0092-3-045": drawing.Gate, "1-0141-1-006": drawing.CityWall, "4-0175-3-097": drawing.CityWall,
	"2-0058-2-003": drawing.TombMound, "5-0344-3-150": drawing.Bridge}

// maxExamplePictures bounds how many of the example items get a drawing.
const maxExamplePictures = 20

// Pictures returns every drawing of the data set, the best known things first.
func Pictures() ([]Picture, error) {
	var out []Picture
	add := func(kind, id string, org actor.OrgID, k drawing.Kind, name heritage.Text, dims []heritage.Dimension) {
		h := fnv.New64a()
		_, _ = h.Write([]byte(id)) // a hash never fails
		spec := drawing.Spec{Kind: k, TitleZH: name.ZH, TitleEN: name.EN, Seed: h.Sum64()}
		for _, d := range dims {
			switch {
			case d.Kind == "height" && spec.HeightMM == nil:
				spec.HeightMM = ptr(d.ValueMM)
			case (d.Kind == "width" || d.Kind == "length" || d.Kind == "diameter") && spec.WidthMM == nil:
				spec.WidthMM = ptr(d.ValueMM)
			}
		}
		out = append(out, Picture{Kind: kind, ID: id, Org: org, Spec: spec})
	}
	all, err := relics()
	if err != nil {
		return nil, err
	}
	recs, err := Relics()
	if err != nil {
		return nil, err
	}
	for i, r := range all {
		if r.Drawing != "" {
			add("relic", recs[i].ID, Henan, r.Drawing, r.Name, recs[i].Fields.Dimensions)
		}
	}
	list, err := places()
	if err != nil {
		return nil, err
	}
	for _, p := range list {
		switch {
		case p.Drawing == "":
		case p.Type == "museum":
			add("museum", string(MuseumID(p.Key)), Henan, p.Drawing, p.Name, nil)
		default:
			add("area", string(AreaID(p.Key)), Henan, p.Drawing, p.Name, nil)
		}
	}
	sites, err := Sites()
	if err != nil {
		return nil, err
	}
	for _, s := range sites {
		if k, ok := siteDrawings[s.Fields.OfficialNumber]; ok {
			add("site", s.ID, Henan, k, s.Fields.Name, nil)
		}
	}
	items, err := ExampleItems()
	if err != nil {
		return nil, err
	}
	n := 0
	for _, it := range items {
		if it.Drawing != "" && it.Stage == AsPublished && n < maxExamplePictures {
			n++
			add("relic", it.ID, it.Org, it.Drawing, it.Fields.Name, it.Fields.Dimensions)
		}
	}
	return out, nil
}

// Handlers are the jobs of this package, for the runner.
func Handlers(d Deps) map[string]store.Handler {
	if d.Log == nil {
		d.Log = slog.New(slog.DiscardHandler)
	}
	return map[string]store.Handler{PictureJob: d.pictures, SoundJob: d.sound}
}

// pictures draws what is missing. A record that has a picture, was changed by
// somebody or is gone is left alone, so that the job may run again.
func (d Deps) pictures(ctx context.Context, t *store.Task) error {
	var order pictureOrder
	if err := t.Decode(&order); err != nil {
		return err
	}
	list, err := Pictures()
	if err != nil {
		return err
	}
	if err := d.policies(ctx); err != nil {
		return err
	}
	drawn := 0
	for i, p := range list {
		done, err := d.picture(ctx, p, order.LongSide)
		if err != nil {
			return fmt.Errorf("demo: picture of %s %s: %w", p.Kind, p.ID, err)
		}
		if done {
			drawn++
		}
		if err := t.Progress(ctx, int64(i+1), int64(len(list))); err != nil {
			return err
		}
		if (i+1)%10 == 0 || i+1 == len(list) {
			d.Log.Info("demo pictures", "done", i+1, "of", len(list))
		}
	}
	d.Log.Info("demo pictures drawn", "new", drawn, "of", len(list))
	return nil
}

// picture draws one picture and attaches it; done is false when there was
// nothing to do.
func (d Deps) picture(ctx context.Context, p Picture, longSide int) (done bool, err error) {
	to, ok, err := d.target(ctx, p)
	if err != nil || !ok {
		return false, err
	}
	img, err := drawing.Render(p.Spec)
	if err != nil {
		return false, err
	}
	var buf bytes.Buffer
	if err := jpeg.Encode(&buf, within(img, longSide), &jpeg.Options{Quality: 88}); err != nil {
		return false, err
	}
	a, _, err := d.Media.Upload(ctx, By(), p.Org, p.Kind+"-"+p.ID+".jpg", &buf)
	if err != nil {
		return false, err
	}
	if err := d.ready(ctx, a.ID); err != nil {
		return false, err
	}
	if err := d.tell(ctx, a.ID); err != nil {
		return false, err
	}
	ref := heritage.ImageRef{AssetID: a.ID, Caption: heritage.Text{ZH: drawing.NoticeZH, EN: drawing.NoticeEN}, Drawing: true}
	err = d.Store.Update(ctx, By(), func(tx *store.Tx) error { return to(tx, ref) }, store.AsBulk)
	return err == nil, err
}

// within scales img down so that its longer side is at most side.
func within(img image.Image, side int) image.Image {
	b := img.Bounds()
	long := max(b.Dx(), b.Dy())
	if side <= 0 || long <= side {
		return img
	}
	out := image.NewRGBA(image.Rect(0, 0, max(1, b.Dx()*side/long), max(1, b.Dy()*side/long)))
	draw.ApproxBiLinear.Scale(out, out.Bounds(), img, b, draw.Src, nil)
	return out
}

// errSlow ends an attempt of the job; the next one goes on.
var errSlow = errors.New("demo: the tile pyramid of a picture is not ready yet")

// ready waits until the pyramid of an asset is built, which another worker does.
func (d Deps) ready(ctx context.Context, id string) error {
	tick := time.NewTicker(200 * time.Millisecond)
	defer tick.Stop()
	for range 600 {
		a, err := d.Media.Asset(ctx, d.Store, id)
		if err != nil {
			return err
		}
		switch a.State {
		case media.Ready:
			return nil
		case media.Failed:
			return fmt.Errorf("demo: picture %s cannot be shown", id)
		}
		select {
		case <-ctx.Done():
			return ctx.Err()
		case <-tick.C:
		}
	}
	return errSlow
}

// attacher adds a picture to a record and publishes it anew.
type attacher func(tx *store.Tx, ref heritage.ImageRef) error

// target returns how a picture gets to its record; ok is false when the record
// is gone, has a picture, is not public or was changed by somebody.
func (d Deps) target(ctx context.Context, p Picture) (to attacher, ok bool, err error) {
	switch p.Kind {
	case "relic":
		return bare(ctx, d.Heritage.Relics, p.ID, func(f *heritage.RelicFields) *[]heritage.ImageRef { return &f.Images })
	case "site":
		return bare(ctx, d.Heritage.Sites, p.ID, func(f *heritage.SiteFields) *[]heritage.ImageRef { return &f.Images })
	case "museum":
		return bare(ctx, d.Heritage.Museums, p.ID, func(f *heritage.MuseumFields) *[]heritage.ImageRef { return &f.Images })
	}
	rec, err := d.Tourism.Areas.Record(ctx, By(), p.ID)
	if errors.Is(err, tourism.ErrNotFound) {
		return nil, false, nil
	}
	if err != nil {
		return nil, false, err
	}
	if rec.Author.ID != By().ID || len(rec.Fields.Images) > 0 || rec.Shown == nil {
		return nil, false, nil
	}
	return func(tx *store.Tx, ref heritage.ImageRef) error {
		f := rec.Fields
		f.Images = []heritage.ImageRef{ref}
		if _, err := d.Tourism.Areas.ChangeIn(tx, p.ID, rec.Rev, f); err != nil {
			return err
		}
		_, err := d.Tourism.Areas.PublishIn(tx, p.ID, 0)
		return err
	}, true, nil
}

func bare[F heritage.Content](ctx context.Context, of *heritage.Register[F], id string, images func(*F) *[]heritage.ImageRef) (to attacher, ok bool, err error) {
	rec, err := of.Record(ctx, By(), id)
	if errors.Is(err, heritage.ErrNotFound) {
		return nil, false, nil
	}
	if err != nil {
		return nil, false, err
	}
	if rec.Author.ID != By().ID || len(*images(&rec.Fields)) > 0 || rec.Shown == nil {
		return nil, false, nil
	}
	return func(tx *store.Tx, ref heritage.ImageRef) error {
		f := rec.Fields
		*images(&f) = []heritage.ImageRef{ref}
		if _, err := of.ChangeIn(tx, id, rec.Rev, f, drawing.NoticeZH); err != nil {
			return err
		}
		for _, step := range []heritage.ReviewStep{heritage.Submit, heritage.Approve} {
			if _, err := of.ReviewIn(tx, id, 0, step, ""); err != nil {
				return err
			}
		}
		_, err := of.PublishIn(tx, id, 0)
		return err
	}, true, nil
}
