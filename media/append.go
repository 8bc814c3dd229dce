package media

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"hash"
	"io"
	"os"
	"time"

	"yijianyou/internal/actor"
	"yijianyou/internal/fault"
	"yijianyou/internal/store"
)

// Piece is a part of a file on its way.
type Piece struct {
	Offset int64 // of its first byte
	Length int64 // bytes that Body has
	Body   io.Reader
	Sum    []byte           // that the piece must come to; nil: not known
	Hash   func() hash.Hash // of Sum
}

// Each so many bytes of a piece are synced and noted, so that a piece of any
// length can be resumed near to where it broke off.
const stepBytes = 4 << 20

// Append writes a piece to the upload with id. What has come before the
// connection broke is kept, but of a piece with a checksum, which counts whole or
// not at all. With the last byte the file becomes an asset as by Upload; the
// upload says so for a day. An empty piece at the end tries that again when the
// storage had failed.
//
// Errors: ErrUploadNotFound, ErrUploadBusy, ErrUploadOffset, ErrUploadExcess,
// ErrUploadSum, ErrInterrupted, ErrStorage; as soon as the first bytes of the file
// have come ErrKind and ErrTooLarge, with the last piece those of Upload. After one
// of a file that cannot be accepted the upload is gone.
func (s *Service) Append(ctx context.Context, by actor.Actor, id string, p Piece) (*Incoming, error) {
	if _, err := s.Incoming(ctx, by, id); err != nil {
		return nil, err
	}
	release, ok := s.writers.take(id)
	if !ok {
		return nil, ErrUploadBusy.New()
	}
	defer release()
	in, err := s.Incoming(ctx, by, id) // as the writer before has left it
	if err != nil {
		return nil, err
	}
	switch {
	case p.Offset != in.Offset:
		return nil, ErrUploadOffset.New(fault.P("offset", in.Offset))
	case p.Length > in.Length-in.Offset:
		return nil, ErrUploadExcess.New()
	case in.Asset != "":
		return in, nil
	}
	file, err := os.OpenFile(s.incomingName(id), os.O_RDWR, 0)
	if err != nil {
		return nil, ErrStorage.Wrap(err)
	}
	defer file.Close()
	if err := s.write(ctx, file, in, p); err != nil {
		if refused(err) {
			err = errors.Join(err, s.forget(context.WithoutCancel(ctx), in))
		}
		return nil, err
	}
	if in.Offset < in.Length {
		return in, nil
	}
	return in, s.finish(ctx, by, file, in)
}

// write adds the piece to the file and notes in in how far it came.
func (s *Service) write(ctx context.Context, file *os.File, in *Incoming, p Piece) error {
	began := in.Offset
	if err := rewind(file, began); err != nil { // what a broken piece left
		return ErrStorage.Wrap(err)
	}
	src := &readFault{r: io.LimitReader(p.Body, p.Length)}
	step, body := int64(stepBytes), io.Reader(src)
	to, err := s.gated(file, in)
	if err != nil {
		return err
	}
	var sum hash.Hash
	if p.Sum != nil { // its bytes say nothing before the sum is right
		sum = p.Hash()
		step, body, to = p.Length, io.TeeReader(src, sum), s.paced(file)
	}
	for left := p.Length; left > 0; {
		n, err := io.CopyN(to, body, min(step, left))
		left -= n
		if src.err == nil && refused(err) {
			return err
		}
		if src.err == nil && err != nil && !errors.Is(err, io.EOF) {
			return errors.Join(ErrStorage.Wrap(err), rewind(file, in.Offset))
		}
		if sum != nil {
			if err != nil {
				break
			}
			if !bytes.Equal(sum.Sum(nil), p.Sum) {
				if err := rewind(file, began); err != nil {
					return ErrStorage.Wrap(err)
				}
				return ErrUploadSum.New()
			}
			if err := s.sniffFile(file, in, began+p.Length); err != nil {
				return err
			}
		}
		if noted := s.note(ctx, file, in, n); noted != nil {
			return noted
		}
		if err != nil {
			break
		}
	}
	if in.Offset != began+p.Length {
		return ErrInterrupted.Wrap(src.err)
	}
	return nil
}

// rewind cuts the file to so many bytes and goes to its end.
func rewind(file *os.File, length int64) error {
	if err := file.Truncate(length); err != nil {
		return err
	}
	_, err := file.Seek(length, io.SeekStart)
	return err
}

// settleTime is for what must be written although the request has ended.
const settleTime = 10 * time.Second

// note brings n more bytes to the disk and then says so in the document.
func (s *Service) note(ctx context.Context, file *os.File, in *Incoming, n int64) error {
	if n == 0 {
		return nil
	}
	if err := file.Sync(); err != nil {
		return ErrStorage.Wrap(err)
	}
	return s.change(ctx, in, func(now *Incoming) { now.Offset += n })
}

// change changes the document of an upload that this process writes to, and in
// with it, even when the request has ended.
func (s *Service) change(ctx context.Context, in *Incoming, fn func(*Incoming)) error {
	ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), settleTime)
	defer cancel()
	var changed *Incoming
	err := s.st.Update(ctx, builder, func(tx *store.Tx) error {
		now, err := incomings.Get(tx.Context(), tx, in.ID)
		if errors.Is(err, store.ErrNotFound) {
			return ErrUploadNotFound.New()
		}
		if err != nil {
			return err
		}
		fn(now)
		now.ExpiresAt = tx.Now().Add(incomingLife)
		changed = now
		return incomings.Put(tx, now)
	})
	if err == nil {
		*in = *changed
	}
	return err
}

// finish makes an asset of the whole file.
func (s *Service) finish(ctx context.Context, by actor.Actor, file *os.File, in *Incoming) error {
	sum, err := s.digest(file)
	if err != nil {
		return ErrStorage.Wrap(err)
	}
	if in.SHA256 != "" && sum != in.SHA256 {
		return errors.Join(ErrUploadSum.New(), s.forget(ctx, in))
	}
	a, created, err := s.accept(ctx, by, arrived{file: file, org: in.Org, name: in.Name, sum: sum, size: in.Length})
	if err != nil && final(err) && ctx.Err() == nil {
		return errors.Join(err, s.forget(ctx, in))
	}
	if err != nil {
		return err
	}
	if err := s.change(ctx, in, func(now *Incoming) {
		now.Asset, now.Created, now.OpenOrg, now.OpenAccount = a.ID, created, "", ""
	}); err != nil {
		return err
	}
	if err := s.eraseIncoming(in.ID); err != nil {
		s.cfg.Log.Warn("media: the bytes of a finished upload stay until the next sweep", "upload", in.ID, "error", err)
	}
	return nil
}

// digest returns the SHA-256 of a file from its start, hexadecimal.
func (s *Service) digest(file *os.File) (string, error) {
	if _, err := file.Seek(0, io.SeekStart); err != nil {
		return "", err
	}
	h := sha256.New()
	if _, err := io.Copy(s.paced(h), file); err != nil {
		return "", err
	}
	return hex.EncodeToString(h.Sum(nil)), nil
}
