package media

import (
	"errors"
	"io"
	"os"

	"yijianyou/internal/fault"
	"yijianyou/media/avprobe"
	"yijianyou/media/pyramid"
)

// sniffLen is how many first bytes tell what a file can be.
const sniffLen = max(avprobe.SniffLen, pyramid.SniffLen)

// sniff refuses a file of size bytes that begins with head and cannot become an
// asset, whatever follows. What head leaves open is for probe to find.
//
// Errors: ErrKind, ErrTooLarge.
func (s *Service) sniff(head []byte, size int64) error {
	most := s.cfg.MaxBytes
	if avprobe.Sniff(head) { // which of the two it is stands further inside
		most = max(s.cfg.MaxSound, s.cfg.MaxFilm)
	} else if _, ok := pyramid.Sniff(head); !ok {
		return ErrKind.New()
	}
	if size > most {
		return ErrTooLarge.New(fault.P("mb", most>>20))
	}
	return nil
}

// refused reports whether err is of sniff.
func refused(err error) bool { return errors.Is(err, ErrKind) || errors.Is(err, ErrTooLarge) }

// sniffFile is sniff of an upload of which so many bytes are in file.
//
// Errors: also ErrStorage.
func (s *Service) sniffFile(file *os.File, in *Incoming, there int64) error {
	head := make([]byte, min(sniffLen, there))
	if len(head) < int(min(sniffLen, in.Length)) {
		return nil // more bytes will tell
	}
	if _, err := file.ReadAt(head, 0); err != nil {
		return ErrStorage.Wrap(err)
	}
	return s.sniff(head, in.Length)
}

// gated returns the writer by which the next bytes of the upload come into file.
//
// Errors: ErrStorage.
func (s *Service) gated(file *os.File, in *Incoming) (io.Writer, error) {
	g := &gate{w: s.paced(file), head: make([]byte, min(sniffLen, in.Offset)), size: in.Length, ask: s.sniff}
	if len(g.head) == 0 {
		return g, nil
	}
	if _, err := file.ReadAt(g.head, 0); err != nil {
		return nil, ErrStorage.Wrap(err)
	}
	return g, nil
}

// gate is a writer through which a file comes in. It ends with an error as soon as
// the first bytes say that the file cannot be accepted; those bytes are written no
// further.
type gate struct {
	w    io.Writer
	head []byte // first bytes of the file that have come, at most sniffLen
	size int64  // of the whole file
	ask  func(head []byte, size int64) error
}

// Write implements io.Writer.
func (g *gate) Write(b []byte) (int, error) {
	if need := int(min(sniffLen, g.size)) - len(g.head); need > 0 {
		g.head = append(g.head, b[:min(need, len(b))]...)
		if len(b) >= need {
			if err := g.ask(g.head, g.size); err != nil {
				return 0, err
			}
		}
	}
	return g.w.Write(b)
}
