package tus

import (
	"crypto/sha1"
	"crypto/sha256"
	"encoding/base64"
	"hash"
	"strconv"
	"strings"
	"unicode/utf8"

	"yijianyou/internal/fault"
)

// What the server says of itself.
const (
	Version    = "1.0.0"
	Extensions = "creation,checksum,expiration,termination"
	Algorithms = "sha256,sha1"
	Content    = "application/offset+octet-stream"
)

const (
	maxMetadata = 4096 // bytes of the header
	maxKeys     = 16
	maxDigits   = 18 // of a number, so that it fits int64
)

func malformed(header string) error { return ErrHeader.New(fault.P("header", header)) }

// Number reads a header that is a number of bytes, 0 or more, in digits only.
//
// Errors: ErrHeader.
func Number(header, value string) (int64, error) {
	if value == "" || len(value) > maxDigits {
		return 0, malformed(header)
	}
	for _, c := range []byte(value) {
		if c < '0' || c > '9' {
			return 0, malformed(header)
		}
	}
	n, err := strconv.ParseInt(value, 10, 64)
	if err != nil {
		return 0, malformed(header)
	}
	return n, nil
}

// Metadata reads Upload-Metadata: pairs of a key and its value in base64,
// separated by commas; a value may be absent. Values are UTF-8.
//
// Errors: ErrHeader.
func Metadata(value string) (map[string]string, error) {
	const header = "Upload-Metadata"
	if len(value) > maxMetadata {
		return nil, malformed(header)
	}
	out := make(map[string]string)
	if value == "" {
		return out, nil
	}
	pairs := strings.Split(value, ",")
	if len(pairs) > maxKeys {
		return nil, malformed(header)
	}
	for _, pair := range pairs {
		key, coded, _ := strings.Cut(strings.Trim(pair, " "), " ")
		text, err := base64.StdEncoding.DecodeString(coded)
		if _, twice := out[key]; twice || !isKey(key) || err != nil || !utf8.Valid(text) {
			return nil, malformed(header)
		}
		out[key] = string(text)
	}
	return out, nil
}

// isKey reports whether key is of visible ASCII.
func isKey(key string) bool {
	for _, c := range []byte(key) {
		if c <= ' ' || c > '~' {
			return false
		}
	}
	return key != ""
}

// Checksum is what a piece must come to.
type Checksum struct {
	Sum []byte
	New func() hash.Hash
}

// ParseChecksum reads Upload-Checksum: the name of an algorithm and the sum in
// base64. An empty value is no checksum, nil.
//
// Errors: ErrAlgorithm, ErrHeader.
func ParseChecksum(value string) (*Checksum, error) {
	if value == "" {
		return nil, nil
	}
	name, coded, _ := strings.Cut(value, " ")
	c := &Checksum{}
	switch name {
	case "sha256":
		c.New = sha256.New
	case "sha1":
		c.New = sha1.New
	default:
		return nil, ErrAlgorithm.New()
	}
	if len(coded) > 64 {
		return nil, malformed("Upload-Checksum")
	}
	sum, err := base64.StdEncoding.DecodeString(coded)
	if err != nil || len(sum) != c.New().Size() {
		return nil, malformed("Upload-Checksum")
	}
	c.Sum = sum
	return c, nil
}
