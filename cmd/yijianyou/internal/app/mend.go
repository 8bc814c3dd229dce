package app

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"io"
	"os"
	"path"

	"yijianyou/internal/fault"
	"yijianyou/internal/store"
	"yijianyou/media"
)

// Mend brings the original of one asset back from an archive and reads it again.
// It works beside a running server. What the archive has is compared with the sum
// that its key names before it replaces anything.
//
// Errors: media.ErrNotFound, ErrNotInArchive, ErrArchive.
func (c *Core) Mend(ctx context.Context, file, asset string) (media.Outcome, error) {
	if _, err := c.Media.Asset(ctx, c.Store, asset); err != nil {
		return "", err
	}
	tmp, err := os.CreateTemp(c.Dir.Tmp(), "original-")
	if err != nil {
		return "", err
	}
	defer func() { tmp.Close(); os.Remove(tmp.Name()) }()
	key := ""
	_, err = readArchive(ctx, file, archiveSink{
		secret: func([]byte) error { return nil },
		store: func(r io.Reader) (store.Summary, error) {
			_, err := io.Copy(io.Discard, r)
			return store.Summary{}, err
		},
		original: func(k string, r io.Reader) error {
			if path.Base(k) != asset {
				return nil
			}
			h := sha256.New()
			if _, err := io.Copy(io.MultiWriter(tmp, h), r); err != nil {
				return err
			}
			if want, _ := media.Digest(k); want != hex.EncodeToString(h.Sum(nil)) {
				return ErrArchive.New(fault.P("part", k))
			}
			key = k
			return errFoundOriginal
		},
	})
	if err != nil && !errors.Is(err, errFoundOriginal) {
		return "", err
	}
	if key == "" {
		return "", ErrNotInArchive.New()
	}
	if _, err := tmp.Seek(0, io.SeekStart); err != nil {
		return "", err
	}
	if err := c.Originals.PutBack(ctx, key, tmp); err != nil {
		return "", err
	}
	return c.Media.Recheck(ctx, asset)
}

// errFoundOriginal ends the reading of an archive where there is nothing more to
// look for.
var errFoundOriginal = errors.New("app: the original is found")
