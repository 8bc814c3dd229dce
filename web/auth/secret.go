package auth

import (
	"context"
	"crypto/rand"
	"crypto/sha256"
	"crypto/subtle"
	"encoding/base64"
	"encoding/hex"
	"errors"
	"fmt"
	"strconv"
	"strings"
	"time"
	"unicode/utf8"

	"golang.org/x/crypto/argon2"

	"yijianyou/internal/fault"
	"yijianyou/internal/store"
)

// secret is what an account proves itself with. The id is the account's.
type secret struct {
	store.Meta `bson:",inline"`
	Password   string    `bson:"password"` // argon2id in PHC form
	ChangedAt  time.Time `bson:"changedAt"`
	Factor     []byte    `bson:"factor,omitempty"`   // sealed TOTP secret in use
	Enrol      []byte    `bson:"enrol,omitempty"`    // sealed TOTP secret that waits for confirmation
	LastStep   int64     `bson:"lastStep"`           // TOTP time step of the last accepted code
	Recovery   []string  `bson:"recovery,omitempty"` // SHA-256 of unused recovery codes, hex
}

var secrets = store.Define[secret](store.Spec{Name: "accountsecrets", Schema: 1})

// HashCost is the cost of argon2id.
type HashCost struct {
	MemoryKiB uint32
	Passes    uint32
	Threads   uint8
}

// DefaultCost is the first recommendation of OWASP's password storage sheet
// with 19 MiB: about 20 ms, and bounded memory under a flood of logins.
var DefaultCost = HashCost{MemoryKiB: 19 << 10, Passes: 2, Threads: 1}

const (
	saltSize    = 16
	hashSize    = 32
	minPassword = 12  // characters
	maxPassword = 256 // bytes
)

// hasher computes password hashes, a few at a time: each takes memory.
type hasher struct {
	cost  HashCost
	slots chan struct{}
	dummy string // a hash of a random password, for unknown accounts
}

func newHasher(cost HashCost, atOnce int) *hasher {
	h := &hasher{cost: cost, slots: make(chan struct{}, atOnce)}
	h.dummy = encodeHash(cost, randomBytes(saltSize), randomBytes(hashSize))
	return h
}

// hash makes the PHC form of a password.
func (h *hasher) hash(ctx context.Context, password string) (string, error) {
	salt := randomBytes(saltSize)
	sum, err := h.sum(ctx, h.cost, password, salt, hashSize)
	if err != nil {
		return "", err
	}
	return encodeHash(h.cost, salt, sum), nil
}

// verify compares in constant time. An error says that the hash is unreadable
// or ctx ended while waiting for a free slot.
func (h *hasher) verify(ctx context.Context, encoded, password string) (bool, error) {
	cost, salt, want, err := decodeHash(encoded)
	if err != nil {
		return false, err
	}
	sum, err := h.sum(ctx, cost, password, salt, len(want))
	if err != nil {
		return false, err
	}
	return subtle.ConstantTimeCompare(sum, want) == 1, nil
}

func (h *hasher) sum(ctx context.Context, cost HashCost, password string, salt []byte, size int) ([]byte, error) {
	select {
	case h.slots <- struct{}{}:
	case <-ctx.Done():
		return nil, ctx.Err()
	}
	defer func() { <-h.slots }()
	return argon2.IDKey([]byte(password), salt, cost.Passes, cost.MemoryKiB, cost.Threads, uint32(size)), nil
}

// outdated reports whether the hash was made with another cost.
func (h *hasher) outdated(encoded string) bool {
	cost, _, _, err := decodeHash(encoded)
	return err != nil || cost != h.cost
}

func encodeHash(c HashCost, salt, sum []byte) string {
	return fmt.Sprintf("$argon2id$v=%d$m=%d,t=%d,p=%d$%s$%s", argon2.Version, c.MemoryKiB, c.Passes, c.Threads,
		base64.RawStdEncoding.EncodeToString(salt), base64.RawStdEncoding.EncodeToString(sum))
}

var errHash = errors.New("auth: unreadable password hash")

func decodeHash(s string) (c HashCost, salt, sum []byte, err error) {
	parts := strings.Split(s, "$")
	if len(parts) != 6 || parts[0] != "" || parts[1] != "argon2id" || parts[2] != "v="+strconv.Itoa(argon2.Version) {
		return c, nil, nil, errHash
	}
	if n, err := fmt.Sscanf(parts[3], "m=%d,t=%d,p=%d", &c.MemoryKiB, &c.Passes, &c.Threads); n != 3 || err != nil {
		return c, nil, nil, errHash
	}
	salt, err1 := base64.RawStdEncoding.DecodeString(parts[4])
	sum, err2 := base64.RawStdEncoding.DecodeString(parts[5])
	if err1 != nil || err2 != nil || len(sum) < 16 || c.Passes < 1 || c.Threads < 1 || c.MemoryKiB > 1<<20 {
		return c, nil, nil, errHash
	}
	return c, salt, sum, nil
}

// common are parts of passwords that lists of stolen ones are full of; twelve
// characters made of them alone are no secret.
var common = []string{"password", "passw0rd", "qwertyuiop", "asdfghjkl", "zxcvbnm", "qwerty", "iloveyou", "welcome", "letmein",
	"administrator", "admin", "woaini", "1314", "520", "1q2w3e4r", "1qaz2wsx", "123456", "abc123", "a123456",
	"123123", "111111", "000000", "888888", "666666", "abcdefg", "yijianyou", "bowuguan", "museum", "wenwu", "henan"}

// checkPassword returns the rule that a new password breaks.
func checkPassword(password, account, path string) []fault.Field {
	lower := strings.ToLower(password)
	switch {
	case utf8.RuneCountInString(password) < minPassword:
		return []fault.Field{ErrPasswordShort.At(path, fault.P("min", minPassword))}
	case len(password) > maxPassword:
		return []fault.Field{ErrPasswordLong.At(path, fault.P("max", maxPassword))}
	case len(account) > 2 && strings.Contains(lower, account):
		return []fault.Field{ErrPasswordName.At(path)}
	case plain(lower):
		return []fault.Field{ErrPasswordCommon.At(path)}
	}
	return nil
}

// plain reports whether little is left of s without common words, runs such as
// 456789 and repeats.
func plain(s string) bool {
	for _, w := range common {
		s = strings.ReplaceAll(s, w, "")
	}
	rs := []rune(s)
	surprising := 0
	seen := make(map[rune]bool)
	for i, r := range rs {
		run := i > 0 && (r-rs[i-1] == 1 || r-rs[i-1] == -1 || r == rs[i-1])
		if !run && !seen[r] {
			surprising++
		}
		seen[r] = true
	}
	return surprising < 5
}

// randomBytes returns n bytes of the operating system's randomness; without it
// the program ends (crypto/rand).
func randomBytes(n int) []byte {
	b := make([]byte, n)
	_, _ = rand.Read(b) // never fails: it ends the program instead
	return b
}

// token returns 256 random bits as 43 characters of URL-safe base64.
func token() string { return base64.RawURLEncoding.EncodeToString(randomBytes(32)) }

// digest is the SHA-256 of s in hex: the form in which tokens are stored.
func digest(s string) string {
	sum := sha256.Sum256([]byte(s))
	return hex.EncodeToString(sum[:])
}

func itoa(n int) string { return strconv.Itoa(n) }
