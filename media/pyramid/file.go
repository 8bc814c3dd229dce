package pyramid

import (
	"errors"
	"io"
	"os"
)

// File is an open packed file. It is safe for concurrent use.
type File struct {
	at     io.ReaderAt
	closer io.Closer
	*layout

	cache  *Cache // nil, or keeps decoded tiles
	number uint64 // of the file in cache
}

// Open opens the packed file of that name.
//
// Errors: ErrContainer when it is damaged or of another version; os.ErrNotExist.
func Open(name string) (*File, error) {
	f, err := os.Open(name)
	if err != nil {
		return nil, err
	}
	st, err := f.Stat()
	if err != nil {
		f.Close()
		return nil, err
	}
	p, err := Read(f, st.Size())
	if err != nil {
		f.Close()
		return nil, err
	}
	p.closer = f
	return p, nil
}

// Read reads header and index of the packed file of the given length.
//
// Errors: ErrContainer, those of r.
func Read(r io.ReaderAt, length int64) (*File, error) {
	head := make([]byte, packHeader)
	if err := readAt(r, head, 0); err != nil {
		return nil, err
	}
	l, err := parseHeader(head, length)
	if err != nil {
		return nil, err
	}
	all := make([]byte, l.size())
	if err := readAt(r, all, 0); err != nil {
		return nil, err
	}
	if err := l.parseIndex(all, length); err != nil {
		return nil, err
	}
	return &File{at: r, layout: l}, nil
}

// Share lets f keep decoded tiles in c. It must come before the first Render.
func (f *File) Share(c *Cache) { f.cache, f.number = c, c.join() }

// readAt fills b, a shorter file being a damaged one.
func readAt(r io.ReaderAt, b []byte, offset int64) error {
	n, err := r.ReadAt(b, offset)
	if n == len(b) {
		return nil
	}
	if errors.Is(err, io.EOF) || errors.Is(err, io.ErrUnexpectedEOF) {
		return ErrContainer.Wrap(err)
	}
	return err
}

// Close closes the file below, if Open opened one.
func (f *File) Close() error {
	if f.closer == nil {
		return nil
	}
	return f.closer.Close()
}

// Levels returns the sizes in the file, largest first.
func (f *File) Levels() []Level { return f.levels }

// Recipe returns by which Recipe the file was made.
func (f *File) Recipe() int { return f.recipe }

// Gray reports whether the picture has no colour.
func (f *File) Gray() bool { return f.gray }

// Tile returns the JPEG of a tile.
func (f *File) Tile(level, column, row int) ([]byte, error) {
	return f.bytesAt(*f.tile(level, column, row))
}

// Whole returns the JPEG of a whole level; ok is false when the file has none.
func (f *File) Whole(level int) (jpeg []byte, ok bool, err error) {
	s := *f.whole(level)
	if s.length == 0 {
		return nil, false, nil
	}
	jpeg, err = f.bytesAt(s)
	return jpeg, err == nil, err
}

func (f *File) bytesAt(s span) ([]byte, error) {
	b := make([]byte, s.length)
	if err := readAt(f.at, b, s.offset); err != nil {
		return nil, err
	}
	return b, nil
}
