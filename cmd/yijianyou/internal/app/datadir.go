package app

import (
	"crypto/rand"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"golang.org/x/sys/unix"

	"yijianyou/internal/fault"
)

// DataDir is the data directory of a process. See the package comment.
type DataDir struct {
	path string
	lock *os.File // nil while not locked
}

// OpenDataDir creates what is missing in the directory and checks that it can
// be written.
//
// Errors: ErrDataDir, ErrSecret.
func OpenDataDir(path string) (*DataDir, error) {
	d := &DataDir{path: path}
	for _, sub := range []string{"", "index", "blobs", "tmp"} {
		if err := os.MkdirAll(filepath.Join(path, sub), 0o700); err != nil {
			return nil, ErrDataDir.Wrap(err, fault.P("dir", path))
		}
	}
	probe, err := os.CreateTemp(d.Tmp(), "probe-")
	if err != nil {
		return nil, ErrDataDir.Wrap(err, fault.P("dir", path))
	}
	probe.Close()
	os.Remove(probe.Name())
	return d, nil
}

// Database is the file of the embedded database.
func (d *DataDir) Database() string { return filepath.Join(d.path, "yijianyou.db") }

// Index is the directory of the indexes.
func (d *DataDir) Index() string { return filepath.Join(d.path, "index") }

// Blobs is the directory of originals and pyramids.
func (d *DataDir) Blobs() string { return filepath.Join(d.path, "blobs") }

// Pyramids is the directory of tile pyramids and waiting uploads: a cache that
// the originals can fill again.
func (d *DataDir) Pyramids() string { return filepath.Join(d.path, "pyramids") }

// Tmp is the directory of half-written files.
func (d *DataDir) Tmp() string { return filepath.Join(d.path, "tmp") }

// Lock takes the lock of the directory for this process and writes who holds
// it. It is released by Unlock and by the end of the process.
//
// Errors: ErrLocked with who holds it.
func (d *DataDir) Lock(holder string) error {
	file := filepath.Join(d.path, "LOCK")
	f, err := os.OpenFile(file, os.O_RDWR|os.O_CREATE, 0o600)
	if err != nil {
		return ErrDataDir.Wrap(err, fault.P("dir", d.path))
	}
	if err := unix.Flock(int(f.Fd()), unix.LOCK_EX|unix.LOCK_NB); err != nil {
		who, _ := os.ReadFile(file)
		f.Close()
		return ErrLocked.Wrap(err, fault.P("dir", d.path), fault.P("holder", strings.TrimSpace(string(who))))
	}
	if err := f.Truncate(0); err == nil {
		_, err = f.WriteAt([]byte(fmt.Sprintf("pid %d, %s\n", os.Getpid(), holder)), 0)
	}
	if err != nil {
		f.Close()
		return ErrDataDir.Wrap(err, fault.P("dir", d.path))
	}
	d.lock = f
	return d.emptyTmp()
}

// Unlock gives the lock back.
func (d *DataDir) Unlock() {
	if d.lock != nil {
		d.lock.Close()
		d.lock = nil
	}
}

// emptyTmp removes what a process that was killed left half-written.
func (d *DataDir) emptyTmp() error {
	entries, err := os.ReadDir(d.Tmp())
	if err != nil {
		return ErrDataDir.Wrap(err, fault.P("dir", d.path))
	}
	for _, e := range entries {
		if err := os.RemoveAll(filepath.Join(d.Tmp(), e.Name())); err != nil {
			return ErrDataDir.Wrap(err, fault.P("dir", d.path))
		}
	}
	return nil
}

// secretSize is the length of secret.key in bytes.
const secretSize = 32

// Secret returns the 32 bytes of secret.key, making them at the first call.
func (d *DataDir) Secret() ([]byte, error) {
	file := filepath.Join(d.path, "secret.key")
	key, err := os.ReadFile(file)
	switch {
	case err == nil && len(key) == secretSize:
		return key, nil
	case err == nil:
		return nil, ErrSecret.New(fault.P("file", file))
	case !errors.Is(err, fs.ErrNotExist):
		return nil, ErrDataDir.Wrap(err, fault.P("dir", d.path))
	}
	key = make([]byte, secretSize)
	rand.Read(key)
	// Written whole under another name and linked: of two processes that start
	// at once, both use the key of the first.
	tmp, err := os.CreateTemp(d.path, ".secret-")
	if err != nil {
		return nil, ErrDataDir.Wrap(err, fault.P("dir", d.path))
	}
	defer os.Remove(tmp.Name())
	if _, err = tmp.Write(key); err == nil {
		err = tmp.Sync()
	}
	tmp.Close()
	if err == nil {
		err = os.Link(tmp.Name(), file)
	}
	if errors.Is(err, fs.ErrExist) {
		return d.Secret()
	}
	if err != nil {
		return nil, ErrDataDir.Wrap(err, fault.P("dir", d.path))
	}
	return key, nil
}
