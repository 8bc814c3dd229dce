package media

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
)

// drawing counts the changes of this program after which the same request gives
// another picture of the same packed file: of scaling or turning. Raise it with one, so that
// nobody keeps what was drawn before. Changes of packed files have numbers of their
// own (pyramid.Recipe, watermark.Version).
const drawing = 2

// Version names what the public sees of the picture now: 16 hexadecimal digits that
// are others as soon as its bytes, its rights or the way in which it is drawn are
// others. It is no secret and opens nothing; an address that carries it always
// gives the same bytes, or nothing. "" for what is seen by right of an account.
func (k *Look) Version() string {
	if k.Private || k.version != "" {
		return k.version
	}
	h := sha256.New()
	fmt.Fprintf(h, "%d %d %s %v %s", drawing, k.Asset.Recipe, k.Asset.SHA256, k.Levels[0], k.form.digest)
	return hex.EncodeToString(h.Sum(nil)[:8])
}
