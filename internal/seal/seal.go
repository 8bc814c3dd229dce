// Package seal encrypts small secrets that the program must be able to read
// again, such as the key of a second factor or of a webhook, under the key of the
// data directory.
package seal

import (
	"crypto/aes"
	"crypto/cipher"
	"crypto/rand"
	"errors"
	"fmt"
)

// KeySize is the size of the key, in bytes.
const KeySize = 32

// Sealer seals with AES-256-GCM (NIST SP 800-38D) and binds each secret to what it
// belongs to. It is safe for concurrent use.
type Sealer struct{ aead cipher.AEAD }

// New returns a Sealer. The key has KeySize bytes.
func New(key []byte) (*Sealer, error) {
	if len(key) != KeySize {
		return nil, fmt.Errorf("seal: a key of %d bytes, want %d", len(key), KeySize)
	}
	block, err := aes.NewCipher(key)
	if err != nil {
		return nil, err
	}
	aead, err := cipher.NewGCM(block)
	if err != nil {
		return nil, err
	}
	return &Sealer{aead}, nil
}

// Seal returns plain sealed, with a random nonce in front. boundTo names what the
// secret belongs to: Open needs the same.
func (s *Sealer) Seal(plain, boundTo string) []byte {
	nonce := make([]byte, s.aead.NonceSize())
	_, _ = rand.Read(nonce) // never fails: it ends the program instead
	return s.aead.Seal(nonce, nonce, []byte(plain), []byte(boundTo))
}

// Open returns what was sealed. An error says that it was sealed under another key
// or for something else, or was changed.
func (s *Sealer) Open(sealed []byte, boundTo string) (string, error) {
	n := s.aead.NonceSize()
	if len(sealed) < n {
		return "", errors.New("seal: the sealed secret is too short")
	}
	plain, err := s.aead.Open(nil, sealed[:n], sealed[n:], []byte(boundTo))
	if err != nil {
		return "", fmt.Errorf("seal: sealed with another secret.key, or for something else: %w", err)
	}
	return string(plain), nil
}
