package media

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"image"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"yijianyou/internal/actor"
	"yijianyou/internal/fault"
	"yijianyou/internal/store"
	"yijianyou/media/pyramid"
	"yijianyou/media/watermark"
)

// Kinds of the jobs that follow rights.
const (
	JobDraw   = "media.draw"   // makes the public file of one asset, or erases what is no longer served
	JobRedraw = "media.redraw" // asks for JobDraw for each picture of an organisation whose policy changed
)

// orgJob is the payload of JobRedraw.
type orgJob struct {
	Org string `bson:"org"` // "" is every organisation
}

// form is in what form the public gets a picture.
type form struct {
	digest string      // names what was drawn; "" is the picture itself, as staff have it
	size   image.Point // of its largest level
	words  string      // of the mark, "" is none
}

// formOf returns the form of a under the rights r. Equal forms have equal
// digests, and whatever would change a pixel changes the digest.
func formOf(a *Asset, r Rights) form {
	if a.plays() {
		return form{}
	}
	f := form{size: pyramid.Within(a.Width, a.Height, r.MaxSize), words: r.Watermark}
	if f.words == "" && f.size == image.Pt(a.Width, a.Height) {
		return f
	}
	h := sha256.Sum256(fmt.Appendf(nil, "%d %d %d %q", watermark.Version, f.size.X, f.size.Y, f.words))
	f.digest = hex.EncodeToString(h[:8])
	return f
}

// made reports whether the public can be given the form f of a.
func (a *Asset) made(f form) bool { return a.State == Ready && (f.digest == "" || f.digest == a.Drawn) }

// drawKey is the key of the job that makes the form f of a: a change that comes
// while an older form fails again and again does not wait for it.
func drawKey(a *Asset, f form) string { return a.ID + "/" + f.digest }

// follow asks for the public file that a needs after it was saved in tx.
func (s *Service) follow(tx *store.Tx, a *Asset) error {
	if a.State != Ready || a.plays() { // asked again when it is; of sound and film nothing is made
		return nil
	}
	r, _, err := s.Rights(tx.Context(), tx, a)
	if err != nil || r.Audience != Public {
		return err
	}
	f := formOf(a, r)
	if f.digest == a.Drawn {
		return nil
	}
	_, err = store.Enqueue(tx, store.NewJob{Kind: JobDraw, Key: drawKey(a, f), Org: a.Org, Payload: assetJob{Asset: a.ID}, MaxAttempts: buildAttempts})
	return err
}

// runDraw makes the public file that an asset needs now, whatever was asked for
// when the job was, and erases the older ones of this machine.
func (s *Service) runDraw(ctx context.Context, t *store.Task) error {
	var job assetJob
	if err := t.Decode(&job); err != nil {
		return err
	}
	var a *Asset
	var f form
	var public bool
	needed := func(ctx context.Context, r store.Reader) (err error) {
		if a, err = s.Asset(ctx, r, job.Asset); err != nil {
			return err
		}
		rights, _, err := s.Rights(ctx, r, a)
		f, public = formOf(a, rights), rights.Audience == Public && a.State == Ready && !a.plays()
		return err
	}
	err := s.st.Snapshot(ctx, func(r store.Reader) error { return needed(ctx, r) })
	if errors.Is(err, ErrNotFound) {
		return nil // removed meanwhile
	}
	if err != nil || !public {
		return err
	}
	made := f
	if made.digest != "" {
		if err := s.build(ctx, a, made, s.progress(ctx, t, a.ID)); err != nil {
			return err
		}
	}
	err = s.st.Update(ctx, builder, func(tx *store.Tx) error {
		if err := t.Fence(tx); err != nil {
			return err
		}
		if err := needed(tx.Context(), tx); errors.Is(err, ErrNotFound) {
			return nil
		} else if err != nil {
			return err
		}
		if !public || f.digest != made.digest || a.Drawn == made.digest {
			return nil // the change that made it useless has asked for another
		}
		tx.Describe("media.draw", "")
		a.Drawn = made.digest
		return assets.Put(tx, a)
	}, store.AsBulk)
	if err != nil {
		return err
	}
	return errors.Join(s.eraseForms(job.Asset, f.digest), s.tidy(ctx, job.Asset))
}

// eraseForms deletes the public files of an asset on this machine but the one of
// the digest. Those who read one read it to its end.
func (s *Service) eraseForms(id, but string) error {
	names, err := filepath.Glob(s.fileName(id, "*"))
	if err != nil {
		return err
	}
	for _, name := range names {
		_, digest := parseFileName(filepath.Base(name))
		if digest == "" || digest == but {
			continue
		}
		s.files.drop(fileKey(id, digest))
		if err := os.Remove(name); err != nil && !errors.Is(err, fs.ErrNotExist) {
			return ErrStorage.Wrap(err)
		}
	}
	return nil
}

const tilesSuffix = ".tiles"

// fileKey names a packed file among the open ones.
func fileKey(id, digest string) string {
	if digest == "" {
		return id
	}
	return id + "." + digest
}

// fileName is where a packed file of an asset stands on this machine: the picture
// itself, or its public form of that digest. The last characters of an id are
// random, so that folders fill evenly.
func (s *Service) fileName(id, digest string) string {
	return filepath.Join(s.cfg.Dir, "pyramids", id[len(id)-2:], fileKey(id, digest)+tilesSuffix)
}

// parseFileName is the reverse of fileName for the last part of a path.
func parseFileName(base string) (id, digest string) {
	id, digest, _ = strings.Cut(strings.TrimSuffix(base, tilesSuffix), ".")
	return id, digest
}

// runRedraw asks for the public file of each picture that needs another one. It
// may run again at any time.
func (s *Service) runRedraw(ctx context.Context, t *store.Task) error {
	var job orgJob
	if err := t.Decode(&job); err != nil {
		return err
	}
	return s.redraw(ctx, actor.OrgID(job.Org))
}

// redrawPage is how many pictures one transaction of redraw covers.
const redrawPage = 100

func (s *Service) redraw(ctx context.Context, org actor.OrgID) error {
	q := store.Query{Index: "byState", Equal: []any{string(Ready)}, Limit: redrawPage}
	if org != "" {
		q = store.Query{Index: "byOrgState", Equal: []any{string(org), string(Ready)}, Limit: redrawPage}
	}
	for {
		page, err := assets.Find(ctx, s.st, q)
		if err != nil {
			return err
		}
		err = s.st.Update(ctx, builder, func(tx *store.Tx) error {
			for _, found := range page.Items {
				if found.Audience() != Public {
					continue
				}
				a, err := s.Asset(tx.Context(), tx, found.ID)
				if errors.Is(err, ErrNotFound) {
					continue
				}
				if err != nil {
					return err
				}
				if err := s.follow(tx, a); err != nil {
					return err
				}
			}
			return nil
		}, store.AsBulk)
		if err != nil {
			return err
		}
		if q.After = page.Next; q.After == "" {
			return nil
		}
	}
}

// options are how the packed file of the form is built.
func (s *Service) options(f form) (pyramid.Options, error) {
	o := pyramid.Options{Limits: s.cfg.Limits}
	if f.digest == "" {
		return o, nil
	}
	o.MaxSide = max(f.size.X, f.size.Y)
	if f.words == "" {
		return o, nil
	}
	font, err := s.font()
	if err != nil {
		return o, err
	}
	mark, err := watermark.New(font, f.words)
	if err != nil {
		return o, err
	}
	o.Mark = mark.Draw
	return o, nil
}

// checkWatermark refuses words that cannot be drawn.
func (s *Service) checkWatermark(path, words string) ([]fault.Field, error) {
	if words == "" {
		return nil, nil
	}
	font, err := s.font()
	if err != nil {
		return nil, err
	}
	if len([]rune(words)) > maxWatermark || !watermark.Draws(font, words) {
		return []fault.Field{ErrWatermark.At(path, fault.P("max", maxWatermark))}, nil
	}
	return nil, nil
}
