package media

import (
	"bufio"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"io"
	"os"
	"path"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"yijianyou/internal/actor"
	"yijianyou/internal/fault"
	"yijianyou/internal/ids"
	"yijianyou/internal/store"
	"yijianyou/media/avprobe"
	"yijianyou/media/pyramid"
)

// Upload reads a picture, sound or film of org from r and keeps it: the original is durable
// before the asset is, and the pyramid is made by a job. The same bytes uploaded
// again to the same organisation give the asset that is there; created is then
// false.
//
// name is what the file was called; only its last part is kept.
//
// Errors: ErrDenied, ErrOrg, ErrTooLarge, ErrInterrupted, ErrStorage, and what
// is wrong with the file: ErrEmpty, ErrKind, ErrPixels, ErrParts,
// ErrTruncated, ErrDamaged, ErrVariant.
func (s *Service) Upload(ctx context.Context, by actor.Actor, org actor.OrgID, name string, r io.Reader) (a *Asset, created bool, err error) {
	if !ids.ValidSlug(string(org)) {
		return nil, false, ErrOrg.New()
	}
	if !by.Can(actor.MediaWrite, org) {
		return nil, false, ErrDenied.New()
	}
	tmp, err := os.CreateTemp(s.uploadDir(), "upload-*")
	if err != nil {
		return nil, false, ErrStorage.Wrap(err)
	}
	defer func() {
		tmp.Close()
		os.Remove(tmp.Name())
	}()
	sum, size, err := s.spool(tmp, r)
	if err != nil {
		return nil, false, err
	}
	return s.accept(ctx, by, arrived{file: tmp, org: org, name: name, sum: sum, size: size})
}

// arrived is a file that has come in whole and lies on this machine.
type arrived struct {
	file *os.File
	org  actor.OrgID
	name string // as it was called
	sum  string // SHA-256, hexadecimal
	size int64  // bytes
}

// accept is the one door by which files become assets: what is wrong with them is
// found, the original is kept, the asset is written.
func (s *Service) accept(ctx context.Context, by actor.Actor, f arrived) (a *Asset, created bool, err error) {
	info, err := s.probe(ctx, f.file, f.size)
	if err != nil {
		return nil, false, err
	}
	if most := s.mostBytes(TypeOf(info.kind)); f.size > most {
		return nil, false, ErrTooLarge.New(fault.P("mb", most>>20))
	}
	org, sum := f.org, f.sum
	if a, err := s.same(ctx, s.st, org, sum); err != nil || a != nil {
		return a, false, err
	}
	if _, err := f.file.Seek(0, io.SeekStart); err != nil {
		return nil, false, ErrStorage.Wrap(err)
	}
	id := ids.New()
	key := originalKey(org, sum, id)
	if err := s.cfg.Originals.keep(ctx, key, info.kind.MIME(), f.file, s.paced); err != nil {
		return nil, false, ErrStorage.Wrap(err)
	}
	err = s.st.Update(ctx, by, func(tx *store.Tx) error {
		a, created = nil, false
		if there, err := s.same(tx.Context(), tx, org, sum); err != nil || there != nil {
			a = there
			return err
		}
		tx.Describe("media.upload", "")
		fresh := &Asset{Meta: store.Meta{ID: id, Org: org}, SHA256: sum, Same: sum, Name: lastName(f.name), Kind: info.kind, Type: TypeOf(info.kind),
			Width: info.width, Height: info.height, Bytes: f.size, Colour: info.colour, Profile: info.profile,
			DurationMS: info.length.Milliseconds(), Masks: info.masks, State: info.state, UploadedBy: by.ID}
		fresh.Grams = grams(fresh.Name)
		if err := assets.Put(tx, fresh); err != nil {
			return err
		}
		a, created = fresh, true
		if err := watch(tx, fresh); err != nil {
			return err
		}
		if fresh.State == Ready {
			return nil
		}
		return enqueueBuild(tx, fresh)
	})
	if errors.Is(err, store.ErrDuplicate) { // another upload of the same bytes was first
		created = false
		a, err = s.same(ctx, s.st, org, sum)
	}
	if err == nil && a == nil {
		err = store.ErrConflict.New()
	}
	if !created && !errors.Is(err, store.ErrOutcomeUnknown) {
		// Nobody refers to it. Should this fail, Sweep finds it.
		if rmErr := s.cfg.Originals.remove(context.WithoutCancel(ctx), key); rmErr != nil {
			s.cfg.Log.Warn("media: an original that nobody refers to stays until the next sweep", "key", key, "error", rmErr)
		}
	}
	if err != nil {
		return nil, false, err
	}
	return a, created, nil
}

// found is what was found in a file.
type found struct {
	kind          Kind
	width, height int
	colour        Colour
	profile       string
	length        time.Duration
	masks         []avprobe.Mask
	state         State // in which its asset begins: there is nothing to be made of sound and film
}

// probe looks at a file, on a place aside.
func (s *Service) probe(ctx context.Context, file *os.File, size int64) (found, error) {
	leave, err := s.aside.enter(ctx)
	if err != nil {
		return found{}, ErrInterrupted.Wrap(err)
	}
	defer leave()
	head := make([]byte, avprobe.SniffLen)
	n, err := file.ReadAt(head, 0)
	if err != nil && !errors.Is(err, io.EOF) {
		return found{}, ErrStorage.Wrap(err)
	}
	if avprobe.Sniff(head[:n]) {
		i, err := avprobe.Probe(file, size)
		return found{kind: Kind(i.Kind), width: i.Width, height: i.Height, length: i.Duration, masks: i.Masks, state: Ready}, err
	}
	i, err := pyramid.Probe(file, s.cfg.Limits)
	return found{kind: Kind(i.Kind), width: i.Width, height: i.Height, colour: i.Colour, profile: i.Profile, state: Uploaded}, err
}

// spoolBytes is how much of a file is written at once.
const spoolBytes = 64 << 10

// spool writes r into tmp and returns its SHA-256 and length.
func (s *Service) spool(tmp *os.File, r io.Reader) (sum string, size int64, err error) {
	h := sha256.New()
	src := &readFault{r: io.LimitReader(r, s.MaxBytes()+1)}
	to := bufio.NewWriterSize(s.paced(io.MultiWriter(tmp, h)), spoolBytes) // forms come in crumbs
	if size, err = io.Copy(to, src); err == nil {
		err = to.Flush()
	}
	switch {
	case src.err != nil && fault.KindOf(src.err) != fault.Internal:
		return "", 0, src.err // the reader knows better, such as a form that is too long
	case src.err != nil:
		return "", 0, ErrInterrupted.Wrap(src.err)
	case err != nil:
		return "", 0, ErrStorage.Wrap(err)
	case size > s.MaxBytes():
		return "", 0, ErrTooLarge.New(fault.P("mb", s.MaxBytes()>>20))
	}
	return hex.EncodeToString(h.Sum(nil)), size, nil
}

// readFault remembers an error of reading, to tell it from one of writing.
type readFault struct {
	r   io.Reader
	err error
}

func (f *readFault) Read(p []byte) (int, error) {
	n, err := f.r.Read(p)
	if err != nil && !errors.Is(err, io.EOF) {
		f.err = err
	}
	return n, err
}

// same returns the asset of org with these bytes, nil when there is none.
func (s *Service) same(ctx context.Context, r store.Reader, org actor.OrgID, sum string) (*Asset, error) {
	a, err := assets.One(ctx, r, store.Query{Index: "bySame", Equal: []any{string(org), sum}})
	if errors.Is(err, store.ErrNotFound) {
		return nil, nil
	}
	return a, err
}

const maxName = 200 // characters of a kept file name

// lastName returns the last part of name without control characters.
func lastName(name string) string {
	name = path.Base(strings.ReplaceAll(strings.ToValidUTF8(name, ""), `\`, "/"))
	name = strings.Map(func(r rune) rune {
		if unicode.IsControl(r) || unicode.Is(unicode.Cf, r) {
			return -1
		}
		return r
	}, name)
	if name == "." || name == "/" {
		return ""
	}
	for utf8.RuneCountInString(name) > maxName {
		_, n := utf8.DecodeLastRuneInString(name)
		name = name[:len(name)-n]
	}
	return name
}
