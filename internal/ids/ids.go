package ids

import "github.com/google/uuid"

// New returns a new UUIDv7 in its lower-case text form of 36 characters. It is
// safe for concurrent use. It panics only when the operating system has no
// randomness to give.
func New() string {
	return uuid.Must(uuid.NewV7()).String()
}

// Valid reports whether s is a UUID in the canonical lower-case text form.
func Valid(s string) bool {
	u, err := uuid.Parse(s)
	return err == nil && u.String() == s
}

// maxSlug is the longest slug, in bytes.
const maxSlug = 64

// ValidSlug reports whether s is a short name that may stand in a path or a
// topic: 1 to 64 of a-z, 0-9 and hyphen, neither first nor last a hyphen.
func ValidSlug(s string) bool {
	if s == "" || len(s) > maxSlug || s[0] == '-' || s[len(s)-1] == '-' {
		return false
	}
	for _, c := range []byte(s) {
		if (c < 'a' || c > 'z') && (c < '0' || c > '9') && c != '-' {
			return false
		}
	}
	return true
}
