package app

import (
	"bytes"
	"context"
	"errors"
	"io"
	"os"
	"path/filepath"

	"yijianyou/cmd/yijianyou/internal/config"
	"yijianyou/internal/fault"
	"yijianyou/internal/store"
	"yijianyou/media"
)

func bytesReader(b []byte) io.Reader { return bytes.NewReader(b) }

// Restore loads an archive into an empty data directory and database. The
// whole archive is verified before anything is written; the indexes are built
// at the next start.
//
// Errors: ErrLocked, ErrNotEmpty, ErrArchive, store.ErrNotEmpty and its likes.
func Restore(ctx context.Context, cfg *config.Config, file string) (sum ArchiveSummary, err error) {
	if sum, err = VerifyArchive(ctx, file); err != nil {
		return sum, err
	}
	dir, err := OpenDataDir(cfg.Data)
	if err != nil {
		return sum, err
	}
	if err := dir.Lock("restore"); err != nil {
		return sum, err
	}
	defer dir.Unlock()
	if err := dir.refuseUsed(); err != nil {
		return sum, err
	}
	engine, err := OpenEngine(ctx, cfg, dir)
	if err != nil {
		return sum, err
	}
	defer func() { err = errors.Join(err, engine.Close()) }()
	c := &Core{Config: cfg, Dir: dir}
	originals, err := media.OpenOriginals(ctx, c.blobs())
	if err != nil {
		return sum, err
	}
	defer func() { err = errors.Join(err, originals.Close()) }()
	empty, err := originals.Empty(ctx)
	if err != nil {
		return sum, err
	}
	if !empty {
		return sum, ErrNotEmpty.New(fault.P("place", "blobs"))
	}
	return readArchive(ctx, file, archiveSink{
		secret: func(key []byte) error {
			return os.WriteFile(filepath.Join(dir.path, "secret.key"), key, 0o600)
		},
		store: func(r io.Reader) (store.Summary, error) {
			return store.Restore(ctx, engine, Collections(), r)
		},
		original: func(key string, r io.Reader) error { return originals.PutBack(ctx, key, r) },
	})
}

// refuseUsed refuses a directory that somebody has already worked in.
func (d *DataDir) refuseUsed() error {
	for _, name := range []string{"yijianyou.db", "secret.key"} {
		if _, err := os.Lstat(filepath.Join(d.path, name)); err == nil {
			return ErrNotEmpty.New(fault.P("place", filepath.Join(d.path, name)))
		}
	}
	entries, err := os.ReadDir(d.Index())
	if err == nil && len(entries) > 0 {
		return ErrNotEmpty.New(fault.P("place", d.Index()))
	}
	return nil
}
