package media_test

import (
	"bytes"
	"context"
	"io"
	"path/filepath"
	"testing"

	"yijianyou/media"
)

func TestWhatABackupReadsCanBePutBack(t *testing.T) {
	r, ctx := newRoom(t, nil), context.Background()
	a := r.upload(t, registrar, "museum-a", picture(t, 60, 50, 1))
	from, err := media.OpenOriginals(ctx, filepath.Join(r.data, "blobs"))
	if err != nil {
		t.Fatal(err)
	}
	defer from.Close()
	to, err := media.OpenOriginals(ctx, t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	defer to.Close()
	kept := make(map[string][]byte)
	err = from.Walk(ctx, func(f media.Original, src io.Reader) error {
		b, err := io.ReadAll(src)
		kept[f.Key] = b
		if err != nil {
			return err
		}
		return to.PutBack(ctx, f.Key, bytes.NewReader(b))
	})
	if err != nil || len(kept) != 1 {
		t.Fatalf("%d originals, %v", len(kept), err)
	}
	err = to.Walk(ctx, func(f media.Original, src io.Reader) error {
		b, err := io.ReadAll(src)
		if sum, ok := media.Digest(f.Key); !bytes.Equal(b, kept[f.Key]) || !ok || sum != a.SHA256 {
			t.Errorf("%s came back as %d bytes", f.Key, len(b))
		}
		delete(kept, f.Key)
		return err
	})
	if err != nil || len(kept) != 0 {
		t.Errorf("not put back: %d, %v", len(kept), err)
	}
	if err := to.PutBack(ctx, "originals/../../etc/passwd", bytes.NewReader(nil)); err == nil {
		t.Error("a key that is none was written")
	}
}
