package auth

import (
	"log/slog"
	"runtime"
	"time"

	"yijianyou/internal/actor"
	"yijianyou/internal/seal"
	"yijianyou/internal/store"
)

// Options of the Service.
type Options struct {
	Key         []byte        // 32 bytes that seal second factors: the secret of the data directory, the same on every node
	Secure      bool          // visitors come by https: cookies are Secure
	Issuer      string        // what authenticator apps show; "" means 一键游
	FactorRoles []actor.Role  // roles that need a second factor
	Idle        time.Duration // a session ends after so long without a request; 0 means one hour
	Life        time.Duration // a session ends after so long in any case; 0 means 12 hours
	Cost        HashCost      // zero means DefaultCost
	Log         *slog.Logger  // nil means slog.Default()
}

// Service is everything that can be done with accounts. It is safe for
// concurrent use.
type Service struct {
	st     *store.Store
	opts   Options
	hasher *hasher
	seal   *seal.Sealer
}

// NewService fails when the key is not of 32 bytes.
func NewService(st *store.Store, opts Options) (*Service, error) {
	if opts.Issuer == "" {
		opts.Issuer = "一键游"
	}
	if opts.Idle == 0 {
		opts.Idle = time.Hour
	}
	if opts.Life == 0 {
		opts.Life = 12 * time.Hour
	}
	if opts.Cost == (HashCost{}) {
		opts.Cost = DefaultCost
	}
	if opts.Log == nil {
		opts.Log = slog.Default()
	}
	sealer, err := seal.New(opts.Key)
	if err != nil {
		return nil, err
	}
	return &Service{st: st, opts: opts, seal: sealer, hasher: newHasher(opts.Cost, max(2, runtime.GOMAXPROCS(0)))}, nil
}

// Collections returns what the package keeps in the store.
func Collections() []store.Declared {
	return []store.Declared{accounts, secrets, sessions, throttles, orgs, keys, keySecrets}
}
