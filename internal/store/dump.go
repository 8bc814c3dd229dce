package store

import (
	"bufio"
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/binary"
	"encoding/hex"
	"errors"
	"fmt"
	"hash"
	"io"
	"syscall"
	"time"

	"go.mongodb.org/mongo-driver/bson"

	"yijianyou/internal/fault"
)

// A dump is dumpMagic, then records: one byte of kind, four bytes of length
// (little endian), the payload. Their order is
//
//	H            BSON dumpHeader
//	(C D* E)*    a collection: BSON dumpCollection, its documents as BSON, BSON dumpCollection with the count
//	Z            SHA-256 of every byte before this record; then the end of the stream
//
// No engine shows in it: what one has dumped, another restores.
const (
	dumpMagic   = "YJYDUMP\n"
	dumpVersion = 1

	recordHeader     = 'H'
	recordCollection = 'C'
	recordDocument   = 'D'
	recordEnd        = 'E'
	recordDigest     = 'Z'

	// maxRecord bounds a record: a document of MongoDB has at most 16 MiB.
	maxRecord = 16<<20 + 64<<10
)

type dumpHeader struct {
	Version     int              `bson:"version"`
	At          time.Time        `bson:"at"`
	Collections []dumpCollection `bson:"collections"`
}

type dumpCollection struct {
	Name   string `bson:"name"`
	Schema int    `bson:"schema"`
	Count  int64  `bson:"count"`
}

// Summary tells what is in a dump.
type Summary struct {
	At          time.Time        // of the snapshot, UTC
	Collections map[string]int64 // documents of each
	Documents   int64            // of all
	Bytes       int64            // of the stream
	Digest      string           // SHA-256 of the stream but its last record, hexadecimal
}

// Dump writes every document of every collection, as one snapshot, to w. The
// feed is not part of it: whoever follows the restored database begins anew.
//
// Errors: those of w, ErrDiskFull, ErrUnavailable, ErrCorrupt.
func Dump(ctx context.Context, st *Store, w io.Writer) (Summary, error) {
	d := &dumper{w: bufio.NewWriterSize(w, 1<<16), sha: sha256.New(), sum: Summary{At: st.Now(), Collections: make(map[string]int64)}}
	header := dumpHeader{Version: dumpVersion, At: d.sum.At}
	for _, spec := range st.specs {
		header.Collections = append(header.Collections, dumpCollection{Name: spec.Name, Schema: spec.Schema})
	}
	d.bytes([]byte(dumpMagic))
	d.document(recordHeader, header)
	err := st.Snapshot(ctx, func(r Reader) error {
		for _, c := range header.Collections {
			if err := d.collection(ctx, r.source(), c); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		return Summary{}, err
	}
	digest := d.sha.Sum(nil)
	d.sum.Digest = hex.EncodeToString(digest)
	d.record(recordDigest, digest)
	if d.err == nil {
		d.err = d.w.Flush()
	}
	if errors.Is(d.err, syscall.ENOSPC) {
		return Summary{}, ErrDiskFull.Wrap(d.err)
	}
	return d.sum, d.err
}

// dumper writes a dump; after its first error it does nothing.
type dumper struct {
	w   *bufio.Writer
	sha hash.Hash
	sum Summary
	err error
}

func (d *dumper) bytes(b []byte) {
	if d.err != nil {
		return
	}
	d.sha.Write(b)
	d.sum.Bytes += int64(len(b))
	_, d.err = d.w.Write(b)
}

func (d *dumper) record(kind byte, payload []byte) {
	if len(payload) > maxRecord && d.err == nil {
		d.err = fmt.Errorf("store: a record of %d bytes, at most %d", len(payload), maxRecord)
	}
	d.bytes(binary.LittleEndian.AppendUint32([]byte{kind}, uint32(len(payload))))
	d.bytes(payload)
}

func (d *dumper) document(kind byte, v any) {
	raw, err := bson.Marshal(v)
	if err != nil && d.err == nil {
		d.err = err
	}
	d.record(kind, raw)
}

func (d *dumper) collection(ctx context.Context, src Source, c dumpCollection) error {
	d.document(recordCollection, c)
	scan := Scan{Collection: c.Name, Limit: 200}
	for d.err == nil {
		raws, err := src.Find(ctx, scan)
		if err != nil {
			return err
		}
		for _, raw := range raws {
			d.record(recordDocument, raw)
		}
		c.Count += int64(len(raws))
		if len(raws) < scan.Limit {
			break
		}
		id, _ := raws[len(raws)-1].Lookup("_id").StringValueOK()
		scan.After = &Position{ID: id}
	}
	d.document(recordEnd, c)
	d.sum.Collections[c.Name] = c.Count
	d.sum.Documents += c.Count
	return d.err
}

// dumpSink is what reading a dump calls.
type dumpSink struct {
	header   func(dumpHeader) error
	document func(collection string, raw bson.Raw) error
	end      func(dumpCollection) error
}

// VerifyDump reads a dump to its end and tells what is in it. It restores
// nothing.
//
// Errors: ErrDumpFormat, ErrDumpDamaged, ErrDumpNewer.
func VerifyDump(r io.Reader) (Summary, error) {
	return readDump(r, dumpSink{
		header:   func(dumpHeader) error { return nil },
		document: func(string, bson.Raw) error { return nil },
		end:      func(dumpCollection) error { return nil },
	})
}

// dumpReader reads records and counts and hashes what it reads.
type dumpReader struct {
	r   *bufio.Reader
	sha hash.Hash
	n   int64
	buf bytes.Buffer
}

func readDump(r io.Reader, sink dumpSink) (Summary, error) {
	d := &dumpReader{r: bufio.NewReaderSize(r, 1<<16), sha: sha256.New()}
	magic := make([]byte, len(dumpMagic))
	if _, err := io.ReadFull(d.r, magic); err != nil || string(magic) != dumpMagic {
		return Summary{}, ErrDumpFormat.New()
	}
	d.sha.Write(magic)
	d.n = int64(len(magic))
	kind, payload, err := d.record()
	if err != nil {
		return Summary{}, err
	}
	var header dumpHeader
	if kind != recordHeader || Valid(payload) != nil || bson.Unmarshal(payload, &header) != nil {
		return Summary{}, d.damaged("no header")
	}
	if header.Version > dumpVersion {
		return Summary{}, ErrDumpNewer.New()
	}
	sum := Summary{At: header.At.UTC(), Collections: make(map[string]int64)}
	if header.Version < 1 {
		return Summary{}, d.damaged("version")
	}
	if err := sink.header(header); err != nil {
		return Summary{}, err
	}
	for _, c := range header.Collections {
		if _, twice := sum.Collections[c.Name]; twice || !collectionName.MatchString(c.Name) {
			return Summary{}, d.damaged("list of collections")
		}
		n, err := d.collection(c.Name, sink)
		if err != nil {
			return Summary{}, err
		}
		sum.Collections[c.Name] = n
		sum.Documents += n
	}
	digest := d.sha.Sum(nil)
	kind, payload, err = d.record()
	if err != nil {
		return Summary{}, err
	}
	if kind != recordDigest || !bytes.Equal(payload, digest) {
		return Summary{}, d.damaged("digest")
	}
	if _, err := d.r.ReadByte(); err != io.EOF {
		return Summary{}, d.damaged("more after the end")
	}
	sum.Bytes, sum.Digest = d.n, hex.EncodeToString(digest)
	return sum, nil
}

// collection reads the records of the collection called name.
func (d *dumpReader) collection(name string, sink dumpSink) (int64, error) {
	n := int64(0)
	for began := false; ; began = true {
		kind, payload, err := d.record()
		if err != nil {
			return 0, err
		}
		raw := bson.Raw(payload)
		if kind == recordDigest || Valid(raw) != nil {
			return 0, d.damaged("document")
		}
		if !began {
			if own, _ := raw.Lookup("name").StringValueOK(); kind != recordCollection || own != name {
				return 0, d.damaged("beginning of a collection")
			}
			continue
		}
		switch kind {
		case recordDocument:
			if id, ok := raw.Lookup("_id").StringValueOK(); !ok || id == "" {
				return 0, d.damaged("id of a document")
			}
			if err := sink.document(name, bytes.Clone(payload)); err != nil {
				return 0, err
			}
			n++
		case recordEnd:
			var end dumpCollection
			if bson.Unmarshal(payload, &end) != nil || end.Name != name || end.Count != n {
				return 0, d.damaged("count of a collection")
			}
			return n, sink.end(end)
		default:
			return 0, d.damaged("order of records")
		}
	}
}

// record reads one record. The payload is valid until the next call.
func (d *dumpReader) record() (kind byte, payload []byte, err error) {
	var head [5]byte
	if _, err := io.ReadFull(d.r, head[:]); err != nil {
		return 0, nil, d.broken(err)
	}
	size := binary.LittleEndian.Uint32(head[1:])
	if size > maxRecord {
		return 0, nil, d.damaged("length of a record")
	}
	// Grown as bytes arrive: a length alone must not cost memory.
	d.buf.Reset()
	if _, err := io.CopyN(&d.buf, d.r, int64(size)); err != nil {
		return 0, nil, d.broken(err)
	}
	d.sha.Write(head[:])
	d.sha.Write(d.buf.Bytes())
	d.n += int64(len(head)) + int64(size)
	return head[0], d.buf.Bytes(), nil
}

// broken tells the end of the stream from an error of reading it.
func (d *dumpReader) broken(err error) error {
	if err == io.EOF || err == io.ErrUnexpectedEOF {
		return d.damaged("end of the stream")
	}
	return fmt.Errorf("store: reading a dump: %w", err)
}

func (d *dumpReader) damaged(what string) error {
	return ErrDumpDamaged.Wrap(errors.New(what), fault.P("offset", d.n))
}
