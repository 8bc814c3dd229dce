package media

import (
	"context"
	"errors"
	"io"
	"io/fs"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"time"

	"gocloud.dev/blob"
	"gocloud.dev/blob/fileblob"
	"gocloud.dev/gcerrors"

	"yijianyou/internal/actor"
)

// Originals keeps the files as they were uploaded, each under the organisation,
// the SHA-256 and the id of its asset, so that nothing is shared and removing
// one can never hurt another.
type Originals struct {
	bucket *blob.Bucket
	dir    string // of a folder on this machine, else ""
}

// OpenOriginals opens the storage at place: a folder of this machine, which is
// made, as a path or as a file URL, or any URL for which a driver of
// gocloud.dev/blob is linked in.
func OpenOriginals(ctx context.Context, place string) (*Originals, error) {
	dir := place
	if u, err := url.Parse(place); err == nil && strings.Contains(place, "://") {
		if u.Scheme != "file" {
			bucket, err := blob.OpenBucket(ctx, place)
			if err != nil {
				return nil, err
			}
			return &Originals{bucket: bucket}, nil
		}
		dir = filepath.FromSlash(u.Path)
	}
	dir, err := filepath.Abs(dir)
	if err != nil {
		return nil, err
	}
	// Temporary files beside the final ones: another disk could not be renamed
	// from. No side files: the asset holds all that is to be known.
	bucket, err := fileblob.OpenBucket(dir, &fileblob.Options{CreateDir: true, NoTempDir: true, Metadata: fileblob.MetadataDontWrite})
	if err != nil {
		return nil, err
	}
	return &Originals{bucket: bucket, dir: dir}, nil
}

// Close ends the use of the storage.
func (o *Originals) Close() error { return o.bucket.Close() }

const originalsPrefix = "originals/"

// originalKey is where the original of an asset stands. It has no character
// that a driver would have to escape.
func originalKey(org actor.OrgID, sha256, id string) string {
	return originalsPrefix + string(org) + "/" + sha256[:2] + "/" + sha256 + "/" + id
}

// keep makes the original of a file, which nobody writes to any more. On the disk of
// the storage no byte is copied: the file gets a second name. Otherwise it is put.
func (o *Originals) keep(ctx context.Context, key, mediaType string, f *os.File, pace func(io.Writer) io.Writer) error {
	if o.dir == "" {
		return o.put(ctx, key, mediaType, f, pace)
	}
	name := o.name(key)
	if err := os.MkdirAll(filepath.Dir(name), 0o777); err != nil {
		return err
	}
	if os.Link(f.Name(), name) != nil { // another disk, or one without such names
		return o.put(ctx, key, mediaType, f, pace)
	}
	if err := f.Chmod(0o644); err != nil {
		return err
	}
	return o.settle(name)
}

// name is where an original stands on this machine.
func (o *Originals) name(key string) string { return filepath.Join(o.dir, filepath.FromSlash(key)) }

// put writes the original, of a media type such as "image/jpeg"; it is durable when
// put returns nil. What is written to this machine goes through pace, unless that
// is nil; a service elsewhere costs no processor here.
func (o *Originals) put(ctx context.Context, key, mediaType string, r io.Reader, pace func(io.Writer) io.Writer) error {
	ctx, cancel := context.WithCancel(ctx)
	defer cancel() // ends a write that was not closed, leaving nothing
	w, err := o.bucket.NewWriter(ctx, key, &blob.WriterOptions{ContentType: mediaType})
	if err != nil {
		return err
	}
	to := io.Writer(w)
	if o.dir != "" && pace != nil {
		to = pace(w)
	}
	if _, err := io.Copy(to, r); err != nil {
		cancel()
		return errors.Join(err, w.Close())
	}
	if err := w.Close(); err != nil {
		return err
	}
	if o.dir == "" {
		return nil // the service answered, so it keeps it
	}
	return o.settle(o.name(key))
}

// settle brings a file of the storage and the folders above it to the disk.
func (o *Originals) settle(name string) error {
	for ; ; name = filepath.Dir(name) {
		if err := syncPath(name); err != nil {
			return err
		}
		if name == o.dir {
			return nil
		}
	}
}

// syncPath brings a file or a folder to the disk.
func syncPath(name string) error {
	f, err := os.Open(name)
	if err != nil {
		return err
	}
	defer f.Close()
	return f.Sync()
}

// open returns the bytes of an original, an *os.File when they lie on this machine;
// missing is true when there are none.
func (o *Originals) open(ctx context.Context, key string) (r io.ReadSeekCloser, missing bool, err error) {
	if o.dir != "" {
		f, err := os.Open(o.name(key))
		return f, errors.Is(err, fs.ErrNotExist), err
	}
	r, err = o.bucket.NewReader(ctx, key, nil)
	if err != nil {
		return nil, gcerrors.Code(err) == gcerrors.NotFound, err
	}
	return r, false, nil
}

// accessible reports whether the storage answers at all, once it holds something.
// A folder that is not mounted is empty and must not pass for one whose files are lost.
func (o *Originals) accessible(ctx context.Context) (bool, error) {
	if o.dir == "" {
		return o.bucket.IsAccessible(ctx)
	}
	_, err := os.Stat(filepath.Join(o.dir, filepath.FromSlash(originalsPrefix)))
	return err == nil, err
}

// remove deletes an original; one that is not there counts as deleted.
func (o *Originals) remove(ctx context.Context, key string) error {
	if err := o.bucket.Delete(ctx, key); err != nil && gcerrors.Code(err) != gcerrors.NotFound {
		return err
	}
	return nil
}

// each calls fn with the asset id of each original and when it was written.
func (o *Originals) each(ctx context.Context, fn func(key, id string, at time.Time) error) error {
	it := o.bucket.List(&blob.ListOptions{Prefix: originalsPrefix})
	for {
		obj, err := it.Next(ctx)
		if errors.Is(err, io.EOF) {
			return nil
		}
		if err != nil {
			return err
		}
		if err := fn(obj.Key, obj.Key[strings.LastIndexByte(obj.Key, '/')+1:], obj.ModTime); err != nil {
			return err
		}
	}
}
