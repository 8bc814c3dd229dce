package store

import (
	"bytes"
	"encoding/binary"
	"errors"
	"fmt"

	"go.mongodb.org/mongo-driver/bson"
	"go.mongodb.org/mongo-driver/bson/bsontype"
)

// maxDepth is how deep a document may nest; MongoDB has the same limit.
const maxDepth = 100

var errMalformed = errors.New("store: malformed document")

// Valid returns what is wrong with the bytes of a document that comes from
// outside or from a disk, nil when it is well formed (BSON 1.1,
// https://bsonspec.org/spec.html; text need not be UTF-8). Call it before
// anything else is done with such bytes: the driver's own Validate and
// Unmarshal panic on some that are not well formed.
func Valid(raw bson.Raw) error {
	rest, err := validDocument(raw, maxDepth)
	if err == nil && len(rest) > 0 {
		err = errMalformed
	}
	return err
}

// validDocument checks the document with which b begins and returns what follows.
func validDocument(b []byte, depth int) (rest []byte, err error) {
	if depth == 0 {
		return nil, fmt.Errorf("store: a document nested deeper than %d", maxDepth)
	}
	if len(b) < 5 {
		return nil, errMalformed
	}
	size := binary.LittleEndian.Uint32(b)
	if size < 5 || uint64(size) > uint64(len(b)) || b[size-1] != 0 {
		return nil, errMalformed
	}
	in, rest := b[4:size-1], b[size:]
	for len(in) > 0 {
		kind := bsontype.Type(in[0])
		end := bytes.IndexByte(in[1:], 0)
		if end < 0 {
			return nil, errMalformed
		}
		if in, err = validValue(kind, in[end+2:], depth); err != nil {
			return nil, err
		}
	}
	return rest, nil
}

// validValue checks the value with which b begins and returns what follows.
func validValue(kind bsontype.Type, b []byte, depth int) (rest []byte, err error) {
	size := 0
	switch kind {
	case bson.TypeEmbeddedDocument, bson.TypeArray:
		return validDocument(b, depth-1)
	case bson.TypeUndefined, bson.TypeNull, bson.TypeMinKey, bson.TypeMaxKey:
	case bson.TypeBoolean:
		size = 1
	case bson.TypeInt32:
		size = 4
	case bson.TypeDouble, bson.TypeInt64, bson.TypeDateTime, bson.TypeTimestamp:
		size = 8
	case bson.TypeObjectID:
		size = 12
	case bson.TypeDecimal128:
		size = 16
	case bson.TypeString, bson.TypeJavaScript, bson.TypeSymbol:
		return validString(b)
	case bson.TypeDBPointer:
		if b, err = validString(b); err != nil {
			return nil, err
		}
		size = 12
	case bson.TypeBinary:
		if len(b) < 5 {
			return nil, errMalformed
		}
		n := binary.LittleEndian.Uint32(b)
		if uint64(n)+5 > uint64(len(b)) || b[4] == 0x02 && (n < 4 || binary.LittleEndian.Uint32(b[5:]) != n-4) {
			return nil, errMalformed // subtype 2 repeats its length
		}
		return b[n+5:], nil
	case bson.TypeRegex:
		for range 2 {
			end := bytes.IndexByte(b, 0)
			if end < 0 {
				return nil, errMalformed
			}
			b = b[end+1:]
		}
		return b, nil
	case bson.TypeCodeWithScope:
		if len(b) < 4 {
			return nil, errMalformed
		}
		n := binary.LittleEndian.Uint32(b)
		if n < 4 || uint64(n) > uint64(len(b)) {
			return nil, errMalformed
		}
		scope, err := validString(b[4:n])
		if err != nil {
			return nil, err
		}
		if scope, err = validDocument(scope, depth-1); err != nil || len(scope) > 0 {
			return nil, errors.Join(errMalformed, err)
		}
		return b[n:], nil
	default:
		return nil, errMalformed
	}
	if len(b) < size {
		return nil, errMalformed
	}
	return b[size:], nil
}

func validString(b []byte) (rest []byte, err error) {
	if len(b) < 5 {
		return nil, errMalformed
	}
	n := binary.LittleEndian.Uint32(b)
	if n < 1 || uint64(n)+4 > uint64(len(b)) || b[n+3] != 0 {
		return nil, errMalformed
	}
	return b[n+4:], nil
}
