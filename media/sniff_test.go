package media_test

import (
	"bytes"
	"context"
	"crypto/sha256"
	"errors"
	"io"
	"testing"
	"testing/iotest"

	"yijianyou/internal/fault"
	"yijianyou/media"
)

// TestAFileThatCannotBeAcceptedIsRefusedByItsFirstBytes: a sender who would go on
// for long is told at once, and the upload is gone; what may still become a picture
// goes on.
func TestAFileThatCannotBeAcceptedIsRefusedByItsFirstBytes(t *testing.T) {
	pdf, zip := []byte("%PDF-1.7 and so on"), []byte("PK\x03\x04\x14\x00\x06\x00\x08\x00!\x00")
	jpeg, mp3, mp4 := picture(t, 60, 50, 1), []byte("ID3\x04 and so on"), []byte("\x00\x00\x00\x18ftypisom and so on")
	for name, tc := range map[string]struct {
		pieces [][]byte // all but the last are kept
		length int64    // of the whole
		summed bool     // the pieces have checksums
		want   *fault.Code
	}{
		"a PDF":                              {[][]byte{pdf}, 1 << 20, false, media.ErrKind},
		"a ZIP":                              {[][]byte{zip}, 1 << 20, false, media.ErrKind},
		"a ZIP, byte by byte at first":       {[][]byte{zip[:1], zip[1:5], zip[5:]}, 1 << 20, false, media.ErrKind},
		"a PDF in pieces with a checksum":    {[][]byte{pdf[:4], pdf[4:]}, 1 << 20, true, media.ErrKind},
		"a picture that is too large":        {[][]byte{jpeg[:20]}, 3<<20 + 1, false, media.ErrTooLarge},
		"a sound larger than any may be":     {[][]byte{mp3}, 9<<20 + 1, false, media.ErrTooLarge},
		"a picture as large as it may be":    {[][]byte{jpeg[:1], jpeg[1:20]}, 3 << 20, false, nil},
		"a film as large as it may be":       {[][]byte{mp4}, 9 << 20, true, nil},
		"what is too short to be told apart": {[][]byte{pdf[:11]}, 1 << 20, false, nil},
	} {
		t.Run(name, func(t *testing.T) {
			r := newRoom(t, func(c *media.Config) { c.MaxBytes, c.MaxSound, c.MaxFilm = 3<<20, 2<<20, 9<<20 })
			ctx := context.Background()
			if tc.length > r.MaxBytes() {
				if _, err := r.Announce(ctx, registrar, media.NewIncoming{Org: "museum-a", Length: tc.length}); !errors.Is(err, tc.want) {
					t.Errorf("announced: %v", err)
				}
				return
			}
			in, at := r.announce(t, registrar, media.NewIncoming{Org: "museum-a", Length: tc.length}), 0
			for i, b := range tc.pieces {
				p := piece(at, b)
				if tc.summed {
					sum := sha256.Sum256(b)
					p.Sum, p.Hash = sum[:], sha256.New
				} else if i == len(tc.pieces)-1 && tc.want != nil { // one that would go on
					p.Length = tc.length - int64(at)
					p.Body = io.MultiReader(bytes.NewReader(b), iotest.ErrReader(errors.New("read on after the verdict")))
				}
				_, err := r.Append(ctx, registrar, in.ID, p)
				if last := i == len(tc.pieces)-1; last && tc.want != nil && !errors.Is(err, tc.want) || (!last || tc.want == nil) && err != nil {
					t.Fatalf("piece %d: %v", i, err)
				}
				at += len(b)
			}
			_, err := r.Incoming(ctx, registrar, in.ID)
			if left := r.files(t, "media/incoming"); errors.Is(err, media.ErrUploadNotFound) != (tc.want != nil) || (len(left) == 0) != (tc.want != nil) {
				t.Errorf("afterwards %v, files %v", err, left)
			}
		})
	}
}
