package auth

import (
	"context"
	"crypto/subtle"
	"encoding/base32"
	"net/url"
	"slices"
	"strings"
	"time"

	"github.com/pquerna/otp"
	"github.com/pquerna/otp/hotp"

	"yijianyou/internal/actor"
	"yijianyou/internal/store"
)

const (
	stepSeconds   = 30 // RFC 6238 §5.2
	stepWindow    = 1  // steps before and after the present one
	codeDigits    = 6
	recoveryCodes = 10
)

var base32Plain = base32.StdEncoding.WithPadding(base32.NoPadding)

// Enrolment is a second factor that waits for its first code.
type Enrolment struct {
	Secret string // base32, to type into an authenticator app
	URI    string // otpauth:// (Key URI Format), to show as a QR code
}

// BeginFactor makes a new TOTP secret for the actor's own account. It is in use
// only after ConfirmFactor.
//
// Errors: ErrPasswordWrong, ErrThrottled, ErrEnrolled.
func (s *Service) BeginFactor(ctx context.Context, by actor.Actor, password string, from Origin) (*Enrolment, error) {
	a, err := s.confirm(ctx, by, password, from)
	if err != nil {
		return nil, err
	}
	if a.FactorEnrolled {
		return nil, ErrEnrolled.New()
	}
	key := base32Plain.EncodeToString(randomBytes(20)) // RFC 4226 §4 R6: 160 bits
	sealed := s.seal.Seal(key, a.ID)
	err = s.st.Update(ctx, by, func(tx *store.Tx) error {
		sec, err := secrets.Get(tx.Context(), tx, a.ID)
		if err != nil {
			return err
		}
		sec.Enrol = sealed
		return secrets.Put(tx, sec)
	})
	if err != nil {
		return nil, err
	}
	label := url.PathEscape(s.opts.Issuer + ":" + a.Name)
	query := url.Values{"secret": {key}, "issuer": {s.opts.Issuer}, "algorithm": {"SHA1"}, "digits": {"6"}, "period": {"30"}}
	return &Enrolment{Secret: key, URI: "otpauth://totp/" + label + "?" + strings.ReplaceAll(query.Encode(), "+", "%20")}, nil
}

// ConfirmFactor puts the enrolled factor into use and returns the recovery
// codes, which are shown only now.
//
// Errors: ErrNotEnrolling, ErrCodeWrong, ErrThrottled.
func (s *Service) ConfirmFactor(ctx context.Context, by actor.Actor, code string, from Origin) ([]string, error) {
	a, _, err := s.Own(ctx, by)
	if err != nil {
		return nil, err
	}
	list := gauges(a.Name, from.Address)
	if err := s.st.Update(ctx, by, func(tx *store.Tx) error { return charge(tx, list) }); err != nil {
		return nil, err
	}
	codes, hashes := newRecoveryCodes()
	err = s.st.Update(ctx, by, func(tx *store.Tx) error {
		sec, err := secrets.Get(tx.Context(), tx, a.ID)
		if err != nil {
			return err
		}
		if sec.Enrol == nil {
			return ErrNotEnrolling.New()
		}
		key, err := s.seal.Open(sec.Enrol, a.ID)
		if err != nil {
			return err
		}
		step, ok, err := matchStep(key, code, tx.Now(), 0)
		if err != nil {
			return err
		}
		if !ok {
			return ErrCodeWrong.New()
		}
		sec.Factor, sec.Enrol, sec.LastStep, sec.Recovery = sec.Enrol, nil, step, hashes
		if err := secrets.Put(tx, sec); err != nil {
			return err
		}
		now, err := accounts.Get(tx.Context(), tx, a.ID)
		if err != nil {
			return err
		}
		tx.Describe("account.factor.enrol", "")
		now.FactorEnrolled = true
		if err := accounts.Put(tx, now); err != nil {
			return err
		}
		return forgive(tx, list, true)
	})
	if err != nil {
		return nil, err
	}
	return codes, nil
}

// RemoveFactor takes the actor's own second factor out of use.
//
// Errors: ErrPasswordWrong, ErrCodeWrong, ErrFactorRequired, ErrThrottled.
func (s *Service) RemoveFactor(ctx context.Context, by actor.Actor, password, code string, from Origin) error {
	a, err := s.confirm(ctx, by, password, from)
	if err != nil {
		return err
	}
	if s.factorRequired(a) {
		return ErrFactorRequired.New()
	}
	list := gauges(a.Name, from.Address)
	if err := s.st.Update(ctx, by, func(tx *store.Tx) error { return charge(tx, list) }); err != nil {
		return err
	}
	return s.st.Update(ctx, by, func(tx *store.Tx) error {
		a, err := accounts.Get(tx.Context(), tx, a.ID)
		if err != nil {
			return err
		}
		if a.FactorEnrolled {
			ok, err := s.useCode(tx, a, code)
			if err != nil {
				return err
			}
			if !ok {
				return ErrCodeWrong.New()
			}
		}
		if err := s.dropFactor(tx, a, "account.factor.remove", ""); err != nil {
			return err
		}
		return forgive(tx, list, true)
	})
}

// dropFactor removes the factor of a, and its recovery codes.
func (s *Service) dropFactor(tx *store.Tx, a *Account, action, reason string) error {
	sec, err := secrets.Get(tx.Context(), tx, a.ID)
	if err != nil {
		return err
	}
	sec.Factor, sec.Enrol, sec.Recovery = nil, nil, nil
	if err := secrets.Put(tx, sec); err != nil {
		return err
	}
	tx.Describe(action, reason)
	a.FactorEnrolled = false
	return accounts.Put(tx, a)
}

// useCode accepts a TOTP code that was not used before, or a recovery code,
// which is then gone.
func (s *Service) useCode(tx *store.Tx, a *Account, code string) (bool, error) {
	sec, err := secrets.Get(tx.Context(), tx, a.ID)
	if err != nil {
		return false, err
	}
	key, err := s.seal.Open(sec.Factor, a.ID)
	if err != nil {
		return false, err
	}
	step, ok, err := matchStep(key, code, tx.Now(), sec.LastStep)
	if err != nil {
		return false, err
	}
	if ok {
		sec.LastStep = step
		return true, secrets.Put(tx, sec)
	}
	want := digest(normalRecovery(code))
	for i, h := range sec.Recovery {
		if subtle.ConstantTimeCompare([]byte(h), []byte(want)) == 1 {
			sec.Recovery = slices.Delete(sec.Recovery, i, i+1)
			if err := secrets.Put(tx, sec); err != nil {
				return false, err
			}
			return true, tx.Audit(a.Org, accounts.Name(), a.ID, "account.recovery_code", "")
		}
	}
	return false, nil
}

// matchStep returns the time step whose code this is, if it lies in the window
// and after the last accepted one.
func matchStep(key, code string, now time.Time, last int64) (step int64, ok bool, err error) {
	code = strings.ReplaceAll(strings.TrimSpace(code), " ", "")
	present := now.Unix() / stepSeconds
	for n := present - stepWindow; n <= present+stepWindow; n++ {
		want, err := hotp.GenerateCodeCustom(key, uint64(n), hotp.ValidateOpts{Digits: codeDigits, Algorithm: otp.AlgorithmSHA1})
		if err != nil {
			return 0, false, err
		}
		if n > last && subtle.ConstantTimeCompare([]byte(want), []byte(code)) == 1 {
			step, ok = n, true
		}
	}
	return step, ok, nil
}

// newRecoveryCodes returns codes of 80 bits such as "abcd-efgh-ijkl-mnop", and
// their hashes.
func newRecoveryCodes() (codes, hashes []string) {
	for range recoveryCodes {
		raw := strings.ToLower(base32Plain.EncodeToString(randomBytes(10)))
		codes = append(codes, raw[:4]+"-"+raw[4:8]+"-"+raw[8:12]+"-"+raw[12:])
		hashes = append(hashes, digest(raw))
	}
	return codes, hashes
}

func normalRecovery(code string) string {
	return strings.NewReplacer("-", "", " ", "").Replace(strings.ToLower(code))
}
