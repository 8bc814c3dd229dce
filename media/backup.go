package media

import (
	"context"
	"errors"
	"io"
	"regexp"

	"gocloud.dev/blob"
)

// Original is one file in the storage, as a backup reads it.
type Original struct {
	Key  string // "originals/ORG/xx/SHA256/ID"
	Size int64
}

var originalKeyForm = regexp.MustCompile(`^originals/[a-z0-9][a-z0-9-]{0,63}/[0-9a-f]{2}/([0-9a-f]{64})/[0-9a-f-]{36}$`)

// Digest returns the SHA-256 that key says the file has, hexadecimal; ok is
// false when key is not that of an original.
func Digest(key string) (sum string, ok bool) {
	m := originalKeyForm.FindStringSubmatch(key)
	if m == nil {
		return "", false
	}
	return m[1], true
}

// Walk calls fn for every original in the order of keys, with its bytes.
func (o *Originals) Walk(ctx context.Context, fn func(f Original, r io.Reader) error) error {
	it := o.bucket.List(&blob.ListOptions{Prefix: originalsPrefix})
	for {
		obj, err := it.Next(ctx)
		if errors.Is(err, io.EOF) {
			return nil
		}
		if err != nil {
			return err
		}
		if _, ok := Digest(obj.Key); !ok {
			continue
		}
		if err := o.read(ctx, obj, fn); err != nil {
			return err
		}
	}
}

func (o *Originals) read(ctx context.Context, obj *blob.ListObject, fn func(f Original, r io.Reader) error) error {
	r, missing, err := o.open(ctx, obj.Key)
	if missing { // removed since it was listed
		return nil
	}
	if err != nil {
		return err
	}
	defer r.Close()
	return fn(Original{Key: obj.Key, Size: obj.Size}, r)
}

// Empty reports whether the storage holds no original.
func (o *Originals) Empty(ctx context.Context) (bool, error) {
	_, err := o.bucket.List(&blob.ListOptions{Prefix: originalsPrefix}).Next(ctx)
	if errors.Is(err, io.EOF) {
		return true, nil
	}
	return false, err
}

// PutBack writes an original that a backup kept. key must satisfy Digest.
func (o *Originals) PutBack(ctx context.Context, key string, r io.Reader) error {
	if _, ok := Digest(key); !ok {
		return errors.New("media: no key of an original")
	}
	return o.put(ctx, key, "application/octet-stream", r, nil) // which kind it is the asset knows
}
