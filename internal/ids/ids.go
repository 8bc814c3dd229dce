package ids

import (
	"regexp"

	"github.com/google/uuid"
)

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

var slug = regexp.MustCompile(`^[a-z0-9](?:[a-z0-9-]{0,62}[a-z0-9])?$`)

// ValidSlug reports whether s is a short name that may stand in a path or a
// topic: 1 to 64 of a-z, 0-9 and hyphen, neither first nor last a hyphen.
func ValidSlug(s string) bool {
	return slug.MatchString(s)
}
