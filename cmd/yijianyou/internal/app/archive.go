package app

import (
	"archive/tar"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"time"

	"yijianyou/internal/fault"
	"yijianyou/internal/store"
	"yijianyou/media"
)

// An archive is a tar file (POSIX.1-2001) with, in this order,
//
//	yijianyou.json   version and time
//	secret.key       which seals second factors: keep the archive secret
//	store.dump       every document, one snapshot (internal/store/dump.go)
//	originals/…      the pictures as uploaded; each key names its SHA-256
//	SHA256SUMS       the sums of all before it; its absence means a cut-off file
const (
	archiveVersion = 1
	partHead       = "yijianyou.json"
	partSecret     = "secret.key"
	partStore      = "store.dump"
	partSums       = "SHA256SUMS"
)

// ArchiveSummary tells what is in an archive.
type ArchiveSummary struct {
	At        time.Time
	Documents int64
	Originals int64
	Bytes     int64 // of the file
}

type archiveHead struct {
	Version int       `json:"version"`
	At      time.Time `json:"at"`
}

// Backup writes an archive of everything into file, reads it back to verify
// it, and only then gives it its name. It works beside a running server.
//
// Errors: ErrBackupExists, and those of the store and the disk.
func (c *Core) Backup(ctx context.Context, file string) (_ ArchiveSummary, err error) {
	if _, err := os.Lstat(file); !errors.Is(err, fs.ErrNotExist) {
		return ArchiveSummary{}, ErrBackupExists.New(fault.P("file", file))
	}
	part, err := os.OpenFile(file+".part", os.O_RDWR|os.O_CREATE|os.O_TRUNC, 0o600)
	if err != nil {
		return ArchiveSummary{}, err
	}
	defer func() { err = errors.Join(err, part.Close(), os.Remove(part.Name())) }()
	if err := c.writeArchive(ctx, part); err != nil {
		return ArchiveSummary{}, err
	}
	if err := part.Sync(); err != nil {
		return ArchiveSummary{}, err
	}
	sum, err := VerifyArchive(ctx, part.Name())
	if err != nil {
		return sum, err
	}
	return sum, os.Link(part.Name(), file) // unlike a rename it never replaces
}

// writeArchive writes all parts.
func (c *Core) writeArchive(ctx context.Context, w io.Writer) error {
	a := &archiver{tar: tar.NewWriter(w), at: c.Store.Now()}
	head, err := json.Marshal(archiveHead{Version: archiveVersion, At: a.at})
	if err != nil {
		return err
	}
	secret, err := c.Dir.Secret()
	if err != nil {
		return err
	}
	a.bytes(partHead, head)
	a.bytes(partSecret, secret)
	if err := a.dump(ctx, c); err != nil {
		return err
	}
	err = c.Originals.Walk(ctx, func(f media.Original, r io.Reader) error {
		a.part(f.Key, f.Size, r)
		return a.err
	})
	if err != nil {
		return err
	}
	a.bytes(partSums, []byte(a.sums))
	return errors.Join(a.err, a.tar.Close())
}

// archiver writes parts and remembers their sums; the first error stays.
type archiver struct {
	tar  *tar.Writer
	at   time.Time
	sums string
	err  error
}

func (a *archiver) bytes(name string, b []byte) { a.part(name, int64(len(b)), bytesReader(b)) }

func (a *archiver) part(name string, size int64, r io.Reader) {
	if a.err != nil {
		return
	}
	if a.err = a.tar.WriteHeader(&tar.Header{Name: name, Size: size, Mode: 0o600, ModTime: a.at, Format: tar.FormatPAX}); a.err != nil {
		return
	}
	h := sha256.New()
	if _, a.err = io.Copy(io.MultiWriter(a.tar, h), r); a.err == nil {
		a.sums += hex.EncodeToString(h.Sum(nil)) + "  " + name + "\n"
	}
}

// dump writes the store through a temporary file: tar wants the size first.
func (a *archiver) dump(ctx context.Context, c *Core) (err error) {
	tmp, err := os.CreateTemp(c.Dir.Tmp(), "dump-")
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, tmp.Close(), os.Remove(tmp.Name())) }()
	if _, err := store.Dump(ctx, c.Store, tmp); err != nil {
		return err
	}
	size, err := tmp.Seek(0, io.SeekCurrent)
	if err != nil {
		return err
	}
	if _, err := tmp.Seek(0, io.SeekStart); err != nil {
		return err
	}
	a.part(partStore, size, tmp)
	return a.err
}

// archiveSink gets the parts of an archive as they are read.
type archiveSink struct {
	secret   func(key []byte) error
	store    func(r io.Reader) (store.Summary, error)
	original func(key string, r io.Reader) error
}

// VerifyArchive reads an archive to its end: every sum, every document.
//
// Errors: ErrArchive with the part that is wrong, those of store.VerifyDump.
func VerifyArchive(ctx context.Context, file string) (ArchiveSummary, error) {
	return readArchive(ctx, file, archiveSink{
		secret:   func([]byte) error { return nil },
		store:    store.VerifyDump,
		original: func(string, io.Reader) error { return nil },
	})
}

// readArchive reads file once and checks all that it reads.
func readArchive(ctx context.Context, file string, sink archiveSink) (sum ArchiveSummary, err error) {
	f, err := os.Open(file)
	if err != nil {
		return sum, err
	}
	defer f.Close()
	if st, err := f.Stat(); err == nil {
		sum.Bytes = st.Size()
	}
	rd := tar.NewReader(f)
	sums, order := "", 0
	for {
		if err := ctx.Err(); err != nil {
			return sum, err
		}
		h, err := rd.Next()
		if errors.Is(err, io.EOF) {
			return sum, ErrArchive.New(fault.P("part", partSums)) // ends without its sums
		}
		if err != nil {
			return sum, ErrArchive.Wrap(err, fault.P("part", "tar"))
		}
		want := []string{partHead, partSecret, partStore}
		if order < len(want) && h.Name != want[order] {
			return sum, ErrArchive.New(fault.P("part", want[order]))
		}
		order++
		if h.Name == partSums {
			b, err := io.ReadAll(io.LimitReader(rd, 1<<30))
			if err != nil || string(b) != sums {
				return sum, ErrArchive.Wrap(err, fault.P("part", partSums))
			}
			return sum, nil
		}
		digest := sha256.New()
		part := io.TeeReader(rd, digest)
		if err := readPart(h, part, sink, &sum); err != nil {
			return sum, err
		}
		if _, err := io.Copy(io.Discard, part); err != nil { // what the sink did not read
			return sum, ErrArchive.Wrap(err, fault.P("part", h.Name))
		}
		got := hex.EncodeToString(digest.Sum(nil))
		if want, ok := media.Digest(h.Name); ok && want != got {
			return sum, ErrArchive.New(fault.P("part", h.Name))
		}
		sums += got + "  " + h.Name + "\n"
	}
}

func readPart(h *tar.Header, r io.Reader, sink archiveSink, sum *ArchiveSummary) error {
	switch h.Name {
	case partHead:
		var head archiveHead
		if err := json.NewDecoder(io.LimitReader(r, 1<<16)).Decode(&head); err != nil || head.Version < 1 {
			return ErrArchive.Wrap(err, fault.P("part", partHead))
		}
		if head.Version > archiveVersion {
			return ErrArchive.New(fault.P("part", fmt.Sprintf("%s: version %d", partHead, head.Version)))
		}
		sum.At = head.At
	case partSecret:
		key, err := io.ReadAll(io.LimitReader(r, 1<<10))
		if err != nil || len(key) != secretSize {
			return ErrArchive.Wrap(err, fault.P("part", partSecret))
		}
		return sink.secret(key)
	case partStore:
		s, err := sink.store(r)
		if err != nil {
			return err
		}
		sum.Documents = s.Documents
	default:
		if _, ok := media.Digest(h.Name); !ok {
			return ErrArchive.New(fault.P("part", filepath.Base(h.Name)))
		}
		sum.Originals++
		return sink.original(h.Name, r)
	}
	return nil
}
