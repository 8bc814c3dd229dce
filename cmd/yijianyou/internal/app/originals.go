package app

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"io"

	"yijianyou/media"
)

// checkOriginals reads every original and compares it with the SHA-256 that
// its key names.
func (c *Core) checkOriginals(ctx context.Context) ([]Finding, error) {
	var out []Finding
	err := c.Originals.Walk(ctx, func(f media.Original, r io.Reader) error {
		h := sha256.New()
		if _, err := io.Copy(h, r); err != nil {
			out = append(out, Finding{Where: f.Key, What: "unreadable"})
			return ctx.Err()
		}
		if want, _ := media.Digest(f.Key); want != hex.EncodeToString(h.Sum(nil)) {
			out = append(out, Finding{Where: f.Key, What: "damaged"})
		}
		return ctx.Err()
	})
	return out, err
}
