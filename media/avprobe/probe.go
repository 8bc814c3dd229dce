package avprobe

import (
	"bytes"
	"errors"
	"io"
	"time"

	"yijianyou/internal/fault"
)

// Kind is the format of a file, as its first bytes say.
type Kind string

const (
	MP3  Kind = "mp3"
	M4A  Kind = "m4a" // ISO base media with sound only
	MP4  Kind = "mp4" // ISO base media with a picture
	Ogg  Kind = "ogg"
	WAV  Kind = "wav"
	WebM Kind = "webm" // with a picture
	WebA Kind = "weba" // WebM with sound only
)

// Film reports whether k has pictures.
func (k Kind) Film() bool { return k == MP4 || k == WebM }

// MIME returns the media type of k, "" for a kind that is not of this package.
func (k Kind) MIME() string {
	switch k {
	case MP3:
		return "audio/mpeg"
	case M4A:
		return "audio/mp4"
	case MP4:
		return "video/mp4"
	case Ogg:
		return "audio/ogg"
	case WAV:
		return "audio/wav"
	case WebM:
		return "video/webm"
	case WebA:
		return "audio/webm"
	}
	return ""
}

// Info is what is known of a file.
type Info struct {
	Kind          Kind
	Duration      time.Duration // more than 0
	Width, Height int           // pixels as it is shown, turned if it says so; 0 for sound
	Masks         []Mask        // what must not leave, in order, none touching another
}

const (
	maxParts    = 4 << 20 // boxes, elements, pages or frames of one file
	maxMasks    = 256
	maxTracks   = 8
	maxDuration = 24 * time.Hour
	maxSide     = 8192    // pixels
	maxHeld     = 1 << 20 // bytes of one part that are held in memory
)

// SniffLen is how many first bytes Sniff needs.
const SniffLen = 12

// Sniff reports whether the file that begins with head looks like one of ours. Of a
// few letters it may be wrong; Probe is not.
func Sniff(head []byte) bool { return readerOf(head) != nil }

func readerOf(head []byte) func(*source) (Info, error) {
	switch {
	case len(head) >= 8 && string(head[4:8]) == "ftyp":
		return isoInfo
	case bytes.HasPrefix(head, []byte{0x1A, 0x45, 0xDF, 0xA3}):
		return webmInfo
	case bytes.HasPrefix(head, []byte("OggS")):
		return oggInfo
	case len(head) >= 12 && string(head[:4]) == "RIFF" && string(head[8:12]) == "WAVE":
		return wavInfo
	case bytes.HasPrefix(head, []byte("ID3")) || len(head) >= 4 && isFrame(head):
		return mp3Info
	}
	return nil
}

// Probe reads the file of size bytes.
//
// Errors: ErrKind, ErrCoding, ErrDataTrack, ErrParts, ErrLong, ErrSide,
// ErrTruncated, ErrDamaged; those of r.
func Probe(r io.ReaderAt, size int64) (Info, error) {
	s := &source{r: r, size: size, buf: make([]byte, 0, 64<<10)}
	head, err := s.bytes(0, min(size, SniffLen))
	if err != nil {
		return Info{}, err
	}
	read := readerOf(head)
	if read == nil {
		return Info{}, ErrKind.New()
	}
	info, err := read(s)
	if err != nil {
		return Info{}, err
	}
	switch {
	case info.Duration <= 0:
		return Info{}, ErrDamaged.New()
	case info.Duration > maxDuration:
		return Info{}, ErrLong.New(fault.P("hours", int(maxDuration.Hours())))
	case info.Kind.Film() && (info.Width < 1 || info.Height < 1):
		return Info{}, ErrDamaged.New()
	case info.Width > maxSide || info.Height > maxSide:
		return Info{}, ErrSide.New(fault.P("side", maxSide))
	}
	info.Masks, err = joined(info.Masks)
	return info, err
}

// source reads a file in windows, so that small parts one after the other cost one
// reading.
type source struct {
	r     io.ReaderAt
	size  int64
	at    int64 // of buf
	buf   []byte
	parts int
}

// bytes returns n bytes at off; they are good until the next call.
func (s *source) bytes(off, n int64) ([]byte, error) {
	if off < 0 || n < 0 || off > s.size || n > s.size-off {
		return nil, ErrTruncated.New()
	}
	if n > maxHeld {
		return nil, ErrParts.New()
	}
	if off >= s.at && off+n <= s.at+int64(len(s.buf)) {
		return s.buf[off-s.at : off-s.at+n], nil
	}
	want := min(max(n, int64(64<<10)), s.size-off)
	if int64(cap(s.buf)) < want {
		s.buf = make([]byte, want)
	}
	s.buf = s.buf[:want]
	if got, err := s.r.ReadAt(s.buf, off); int64(got) < want {
		s.buf = s.buf[:0]
		if err != nil && !errors.Is(err, io.EOF) {
			return nil, err
		}
		return nil, ErrTruncated.New()
	}
	s.at = off
	return s.buf[:n], nil
}

// part counts one more part of the file.
func (s *source) part() error {
	if s.parts++; s.parts > maxParts {
		return ErrParts.New()
	}
	return nil
}

// span returns n units of which rate pass in a second; 0 when that is too long to
// be told.
func span(n, rate uint64) time.Duration {
	if rate == 0 || n/rate > uint64(10*maxDuration/time.Second) {
		return 10 * maxDuration
	}
	return time.Duration(n/rate)*time.Second + time.Duration(n%rate*1000/rate)*time.Millisecond
}
