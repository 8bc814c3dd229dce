package pyramid

import "bytes"

// Kind is the format of a picture file, as its first bytes say; the name of
// the file is not asked.
type Kind string

const (
	JPEG Kind = "jpeg"
	PNG  Kind = "png"
)

// MIME returns the media type of k, such as "image/jpeg".
func (k Kind) MIME() string { return "image/" + string(k) }

// SniffLen is how many first bytes Sniff needs.
const SniffLen = 8

// Sniff returns the kind of the file that begins with head. ok is false when
// it is neither JPEG (ISO 10918-1, SOI and a marker) nor PNG (ISO 15948 §5.2).
func Sniff(head []byte) (k Kind, ok bool) {
	switch {
	case bytes.HasPrefix(head, []byte{0xFF, 0xD8, 0xFF}):
		return JPEG, true
	case bytes.HasPrefix(head, []byte("\x89PNG\r\n\x1a\n")):
		return PNG, true
	}
	return "", false
}
