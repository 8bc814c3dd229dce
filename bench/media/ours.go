package main

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"mime/multipart"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"time"

	"yijianyou/bench/bed"
)

const org = "demo-museum"

// ours is a real server of ours with published photographs.
type ours struct {
	bed.Server
	registrar, reviewer *bed.Client
	photos              []*photo
}

func newOurs(ctx context.Context, binary, folder string) (_ *ours, err error) {
	if err := os.MkdirAll(folder, 0o700); err != nil {
		return nil, err
	}
	o := &ours{Server: bed.Server{Binary: binary, Data: filepath.Join(folder, "data"), Log: filepath.Join(folder, "log"), Settings: []string{"--mqtt-listen", "off"}}}
	defer func() {
		if err != nil {
			o.Kill()
		}
	}()
	if _, err := o.Start(ctx); err != nil {
		return nil, err
	}
	if o.registrar, err = o.Login(ctx, "registrar"); err != nil {
		return nil, err
	}
	if o.reviewer, err = o.Login(ctx, "reviewer"); err != nil {
		return nil, err
	}
	return o, o.registrar.Settle(ctx) // or the loading of the demo would be measured
}

func (o *ours) name() string       { return "ours" }
func (o *ours) host() string       { return o.Address }
func (o *ours) base() string       { return "http://" + o.Address }
func (o *ours) path(p part) string { return o.photos[p.photo].service + p.rest() }

func (o *ours) processor() (time.Duration, error) { return bed.Processor(o.Process.Process.Pid) }

// asset is a picture as the API shows it.
type asset struct {
	ID    string `json:"id"`
	State string `json:"state"`
	Fault string `json:"fault"`
	Rev   int64  `json:"rev"`
}

// upload sends a photograph, and behind it a few bytes that make it another file of
// the same pixels. It copies nothing: what a client does must not be measured.
func (o *ours) upload(ctx context.Context, c *bed.Client, name string, body []byte, more string) (a asset, err error) {
	var form bytes.Buffer
	w := multipart.NewWriter(&form)
	if err := w.WriteField("org", org); err != nil {
		return a, err
	}
	if _, err := w.CreateFormFile("file", filepath.Base(name)); err != nil {
		return a, err
	}
	head := form.Len()
	if err := w.Close(); err != nil {
		return a, err
	}
	all := io.MultiReader(bytes.NewReader(form.Bytes()[:head]), bytes.NewReader(body), strings.NewReader(more), bytes.NewReader(form.Bytes()[head:]))
	return a, c.Send(ctx, http.MethodPost, "/api/v1/media", w.FormDataContentType(), all, int64(form.Len()+len(body)+len(more)), &a)
}

// wait waits until the pyramid of a picture is there.
func (o *ours) wait(ctx context.Context, c *bed.Client, a *asset) error {
	for a.State != "ready" {
		if a.State == "failed" {
			return fmt.Errorf("the pyramid failed: %s", a.Fault)
		}
		if err := bed.Pause(ctx, 100*time.Millisecond); err != nil {
			return err
		}
		if err := c.Call(ctx, http.MethodGet, "/api/v1/media/"+a.ID, "", nil, a); err != nil {
			return err
		}
	}
	return nil
}

// publish shows a photograph to everybody in a published record, as staff do.
func (o *ours) publish(ctx context.Context, name string) (*photo, error) {
	body, err := os.ReadFile(name)
	if err != nil {
		return nil, err
	}
	a, err := o.upload(ctx, o.registrar, name, body, "")
	if err != nil {
		return nil, err
	}
	if err := o.wait(ctx, o.registrar, &a); err != nil {
		return nil, err
	}
	// Under an open licence everybody gets the picture itself.
	terms, by := []byte(`{"licence":"http://creativecommons.org/publicdomain/zero/1.0/","audience":"public"}`), *o.registrar
	by.Rev = a.Rev
	if err := by.Call(ctx, http.MethodPut, "/api/v1/media/"+a.ID+"/terms", "application/json", terms, &a); err != nil {
		return nil, err
	}
	var relic struct {
		ID string `json:"id"`
	}
	fields := map[string]any{"simulated": true, "name": map[string]string{"zh": "测量用照片"},
		"images": []any{map[string]any{"assetId": a.ID, "caption": map[string]string{"zh": "测量用照片"}, "drawing": true}}}
	if err := call(ctx, o.registrar, "/api/v1/relics", map[string]any{"org": org, "fields": fields}, &relic); err != nil {
		return nil, err
	}
	items := []any{relic}
	for _, step := range []struct {
		by       *bed.Client
		at, step string
	}{{o.registrar, "reviews", "submit"}, {o.reviewer, "reviews", "approve"}, {o.reviewer, "publications", "publish"}} {
		var told struct {
			Failed int
			Items  json.RawMessage
		}
		if err := call(ctx, step.by, "/api/v1/relics/"+step.at, map[string]any{"step": step.step, "items": items}, &told); err != nil {
			return nil, err
		}
		if told.Failed > 0 {
			return nil, fmt.Errorf("%s: %s", step.step, told.Items)
		}
	}
	return o.look(ctx, a.ID)
}

// look reads what everybody may know of a picture.
func (o *ours) look(ctx context.Context, id string) (*photo, error) {
	p := &photo{service: "/iiif/image/3/" + id, index: len(o.photos)}
	var info struct {
		Width, Height int
		Tiles         []struct {
			Width        int
			ScaleFactors []int
		}
	}
	anybody := &bed.Client{Base: o.base()}
	if err := anybody.Call(ctx, http.MethodGet, p.service+"/info.json", "", nil, &info); err != nil {
		return nil, err
	}
	p.width, p.height, p.tile, p.scales = info.Width, info.Height, info.Tiles[0].Width, info.Tiles[0].ScaleFactors
	o.photos = append(o.photos, p)
	return p, nil
}

func call(ctx context.Context, c *bed.Client, path string, body, out any) error {
	raw, err := json.Marshal(body)
	if err != nil {
		return err
	}
	return c.Call(ctx, http.MethodPost, path, "application/json", raw, out)
}
