package pyramid

import (
	"bufio"
	"bytes"
	"io"

	"yijianyou/internal/fault"
	"yijianyou/media/icc"
	"yijianyou/media/pyramid/jpeg"
)

// What a sound file stays far below.
const (
	maxScans = jpeg.MaxScans
	maxParts = 100_000 // segments of a JPEG, chunks of a PNG
)

// survey is what the parts of a file say, found without decoding it.
type survey struct {
	profile []byte            // of an embedded ICC profile; nil when there is none
	broken  bool              // there is a profile that is damaged, incomplete or too large
	named   string            // name of a colour space that is told without a profile; "" is none
	told    *icc.Profile      // that space; nil when it is not known here
	srgb    bool              // the file says that it is sRGB
	exif    exifSigns         // of EXIF
	cmyk    bool              // four colours of printing
	gray    bool              // one channel
	pieces  map[int][]byte    // of a profile in a JPEG, by number
	total   int               // of them
	chunks  map[string][]byte // of a PNG: those that are kept
}

// surveyOf walks through all parts of the file from its start: a picture that
// ends too early, has a wrong checksum or too many parts is known before it is
// decoded. What follows the end of the picture is not looked at.
//
// Errors: ErrTruncated, ErrDamaged, ErrParts, those of r.
func surveyOf(r io.ReadSeeker, kind Kind) (*survey, error) {
	s := &survey{}
	var err error
	s.exif, err = exifOf(r, kind)
	if err != nil {
		return nil, err
	}
	if _, err := r.Seek(0, io.SeekStart); err != nil {
		return nil, err
	}
	src := bufio.NewReaderSize(r, 64<<10)
	if kind == JPEG {
		err = s.walkJPEG(src)
	} else {
		err = s.walkPNG(src)
	}
	return s, err
}

// cut says of an error of reading that the file ended, when it did.
func cut(err error) error {
	if err == io.EOF || err == io.ErrUnexpectedEOF {
		return ErrTruncated.Wrap(err)
	}
	return err
}

func tooMany() error { return ErrParts.New(fault.P("parts", maxParts), fault.P("scans", maxScans)) }

// Markers of a JPEG (ITU-T T.81 table B.1).
const (
	markSOI, markEOI, markSOS = 0xD8, 0xD9, 0xDA
	markAPP2                  = 0xE2
)

// walkJPEG goes from marker to marker until EOI.
func (s *survey) walkJPEG(r *bufio.Reader) error {
	scans, inScan := 0, false
	for parts := 0; ; parts++ {
		mark, err := nextMarker(r, inScan)
		if err != nil {
			return cut(err)
		}
		if mark == markEOI {
			s.joinProfile()
			return nil
		}
		if parts > maxParts {
			return tooMany()
		}
		if mark == markSOI || mark == 0x01 || mark >= 0xD0 && mark <= 0xD7 {
			continue // alone
		}
		if mark == markSOS {
			if scans++; scans > maxScans {
				return tooMany()
			}
		}
		if err := s.segment(r, mark); err != nil {
			return cut(err)
		}
		inScan = mark == markSOS
	}
}

// nextMarker reads up to the next marker. In the data of a scan a stuffed FF 00
// and restarts are no markers (§B.1.1.5).
func nextMarker(r *bufio.Reader, inScan bool) (byte, error) {
	for {
		_, err := r.ReadSlice(0xFF)
		if err == bufio.ErrBufferFull {
			continue
		}
		if err != nil {
			return 0, err
		}
		b := byte(0xFF)
		for b == 0xFF { // fill bytes
			if b, err = r.ReadByte(); err != nil {
				return 0, err
			}
		}
		if b == 0 || inScan && b >= 0xD0 && b <= 0xD7 {
			continue
		}
		return b, nil
	}
}

// segment reads the segment of mark, keeping what is of use.
func (s *survey) segment(r *bufio.Reader, mark byte) error {
	var head [2]byte
	if _, err := io.ReadFull(r, head[:]); err != nil {
		return err
	}
	n := int(head[0])<<8 + int(head[1]) - 2
	if n < 0 {
		return ErrDamaged.New()
	}
	if mark == markAPP2 && n > len(iccMark)+2 {
		if b, err := r.Peek(len(iccMark)); err == nil && string(b) == iccMark {
			data := make([]byte, n)
			if _, err := io.ReadFull(r, data); err != nil {
				return err
			}
			s.piece(data[len(iccMark):])
			return nil
		}
	}
	_, err := r.Discard(n)
	return err
}

// iccMark begins a segment with a piece of a profile (ICC.1:2022 §B.4): number
// and total of pieces follow.
const iccMark = "ICC_PROFILE\x00"

func (s *survey) piece(b []byte) {
	number, total := int(b[0]), int(b[1])
	if s.pieces == nil {
		s.pieces, s.total = make(map[int][]byte), total
	}
	if number < 1 || number > total || total != s.total || s.pieces[number] != nil {
		s.broken = true
		return
	}
	s.pieces[number] = b[2:]
}

func (s *survey) joinProfile() {
	if s.pieces == nil || s.broken {
		return
	}
	var all [][]byte
	size := 0
	for i := 1; i <= s.total; i++ {
		if s.pieces[i] == nil {
			s.broken = true
			return
		}
		all = append(all, s.pieces[i])
		size += len(s.pieces[i])
	}
	if s.broken = size > icc.MaxBytes; !s.broken {
		s.profile = bytes.Join(all, nil)
	}
}
