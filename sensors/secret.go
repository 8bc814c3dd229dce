package sensors

import (
	"context"
	"crypto/rand"
	"crypto/sha256"
	"crypto/subtle"
	"encoding/hex"
	"errors"

	"yijianyou/internal/actor"
	"yijianyou/internal/fault"
	"yijianyou/internal/ids"
	"yijianyou/internal/store"
)

// What a device is told that may not come in. Unknown, retired and a wrong
// secret are one answer, so that nobody learns which devices there are.
var (
	ErrDeviceRefused = fault.Define(fault.Unauthenticated, "sensors.device_refused",
		"设备名或密钥不正确，或设备已停用。请在工作台“设备”中核对，必要时重新生成密钥。",
		"The name or the secret of the device is wrong, or it is retired. Check it under Devices in the console; make a new secret if need be.")
	ErrDeviceThrottled = fault.Define(fault.TooMany, "sensors.device_throttled",
		"这个地址的登录失败太多，请稍后再试。", "There were too many failed logins from this address. Try again later.")
	ErrSecretLimit = fault.Define(fault.Invalid, "sensors.secret_keep",
		"可以保留 0 或 1 个密钥。", "Either 0 or 1 secret can be kept.")
)

const (
	secretBytes  = 32 // of randomness in a secret
	validSecrets = 2  // at once
)

// Proof is the SHA-256 of a device's secret.
type Proof [sha256.Size]byte

// ProofOf returns the proof of a secret.
func ProofOf(secret string) Proof { return sha256.Sum256([]byte(secret)) }

// among reports whether p is one of hashes. It takes the same time whatever
// they are, and however many up to validSecrets.
func (p Proof) among(hashes [][]byte) bool {
	var none [sha256.Size]byte
	found := 0
	for i := range validSecrets {
		want, real := none[:], 0
		if i < len(hashes) && len(hashes[i]) == len(none) {
			want, real = hashes[i], 1
		}
		found |= subtle.ConstantTimeCompare(p[:], want) & real
	}
	return found == 1
}

// RotateSecret makes a new secret of a device and returns it: 64 hexadecimal
// digits that are shown this once and kept as their SHA-256. The newest one
// before stays valid beside it, so that a device can be changed over without a
// gap; an older one ends.
//
// Errors: ErrNotFound, ErrDenied.
func (s *Service) RotateSecret(ctx context.Context, by actor.Actor, id DeviceID) (string, error) {
	raw := make([]byte, secretBytes)
	_, _ = rand.Read(raw) // never fails: it ends the program instead
	secret := hex.EncodeToString(raw)
	proof := ProofOf(secret)
	return secret, s.changeSecrets(ctx, by, id, "device.secret.new", func(hashes [][]byte) [][]byte {
		return append([][]byte{proof[:]}, hashes[:min(len(hashes), validSecrets-1)]...)
	})
}

// KnowSecret makes a secret that a device got elsewhere, such as from its maker,
// one of its own; the newest one before stays valid beside it. One that it has
// already changes nothing. It must have at least 32 characters.
//
// Errors: ErrSecretShort, ErrNotFound, ErrDenied.
func (s *Service) KnowSecret(ctx context.Context, by actor.Actor, id DeviceID, secret string) error {
	if len(secret) < leastSecret {
		return ErrSecretShort.New(fault.P("min", leastSecret))
	}
	proof := ProofOf(secret)
	doc, err := found(deviceSecrets.Get(ctx, s.st, string(id)))
	if err != nil || doc != nil && proof.among(doc.Hashes) {
		return err
	}
	return s.changeSecrets(ctx, by, id, "device.secret.known", func(hashes [][]byte) [][]byte {
		return append([][]byte{proof[:]}, hashes[:min(len(hashes), validSecrets-1)]...)
	})
}

// leastSecret is the fewest characters of a secret from elsewhere.
const leastSecret = 32

// ErrSecretShort is a secret that can be guessed.
var ErrSecretShort = fault.Define(fault.Invalid, "sensors.secret_short",
	"设备密钥至少 {min} 个字符。", "The secret of a device has at least {min} characters.")

// RevokeSecrets ends the secrets of a device but for the newest keep (0 or 1).
// Whoever is connected by an ended one is cut off, see Expelled.
//
// Errors: ErrSecretLimit, ErrNotFound, ErrDenied.
func (s *Service) RevokeSecrets(ctx context.Context, by actor.Actor, id DeviceID, keep int) error {
	if keep < 0 || keep >= validSecrets {
		return ErrSecretLimit.New()
	}
	return s.changeSecrets(ctx, by, id, "device.secret.revoke", func(hashes [][]byte) [][]byte {
		return hashes[:min(len(hashes), keep)]
	})
}

// changeSecrets writes new hashes of a device, with an entry in the history of
// the device.
func (s *Service) changeSecrets(ctx context.Context, by actor.Actor, id DeviceID, action string, change func([][]byte) [][]byte) error {
	return s.st.Update(ctx, by, func(tx *store.Tx) error {
		d, err := deviceDocs.Get(tx.Context(), tx, string(id))
		if errors.Is(err, store.ErrNotFound) {
			return ErrNotFound.New()
		}
		if err != nil {
			return err
		}
		if err := may(by, actor.DeviceWrite, actor.DeviceRead, d.Org); err != nil {
			return err
		}
		doc, err := deviceSecrets.Get(tx.Context(), tx, string(id))
		if errors.Is(err, store.ErrNotFound) {
			doc, err = &DeviceSecret{Meta: store.Meta{ID: string(id), Org: d.Org}}, nil
		}
		if err != nil {
			return err
		}
		doc.Hashes, doc.ChangedAt = change(doc.Hashes), tx.Now()
		if err := deviceSecrets.Put(tx, doc); err != nil {
			return err
		}
		return tx.Audit(d.Org, deviceDocs.Name(), string(id), action, "")
	})
}

// dropSecretsIn removes the secrets and the session of a device that is removed,
// so that one that later gets its name does not inherit them.
func (s *Service) dropSecretsIn(tx *store.Tx, id DeviceID) error {
	doc, err := found(deviceSecrets.Get(tx.Context(), tx, string(id)))
	if err != nil {
		return err
	}
	if doc != nil {
		if err := deviceSecrets.Delete(tx, doc.ID, doc.Rev, ""); err != nil {
			return err
		}
	}
	return endSessionIn(tx, id)
}

// Authenticate returns the device when the secret is one of its own. address is
// the network address it comes from, without the port. Every other outcome
// but a failure of the store is noted on the quarantine list and counts against
// the address; after too many an address is not looked at for a while, but for
// devices that have come in from there before.
//
// Errors: ErrDeviceRefused whatever the reason, ErrDeviceThrottled, those of
// the store.
func (s *Service) Authenticate(ctx context.Context, id DeviceID, secret, address string) (Device, error) {
	name := string(id)
	if !ids.ValidSlug(name) {
		name = ""
	}
	if !s.gate.take(address, name, s.st.Now()) {
		return Device{}, ErrDeviceThrottled.New()
	}
	d, hashes, err := s.credentials(ctx, name)
	if err != nil {
		s.gate.giveBack(address, name, false)
		return Device{}, err
	}
	refusal := Refusal{Claimed: string(id), Address: address}
	proven := ProofOf(secret).among(hashes)
	switch {
	case d == nil:
		refusal.Kind = UnknownDevice
	case !proven:
		refusal.Kind, refusal.Org, refusal.Device = BadSecret, d.Org, id
	case d.Fields.Retired:
		refusal.Kind, refusal.Org, refusal.Device = RetiredDevice, d.Org, id
	default:
		s.gate.giveBack(address, name, true)
		return *d, nil
	}
	if err := s.NoteRefusal(ctx, refusal); err != nil {
		s.log.Warn("a refused device could not be noted yet", "kind", refusal.Kind, "err", err)
	}
	return Device{}, ErrDeviceRefused.New()
}

// credentials reads a device and its hashes; nil when there is none. Both are
// asked for whatever the first answer is.
func (s *Service) credentials(ctx context.Context, name string) (*Device, [][]byte, error) {
	d, err := deviceDocs.Get(ctx, s.st, name)
	if err != nil && !errors.Is(err, store.ErrNotFound) {
		return nil, nil, err
	}
	doc, err := deviceSecrets.Get(ctx, s.st, name)
	if errors.Is(err, store.ErrNotFound) {
		return d, nil, nil
	}
	if err != nil {
		return nil, nil, err
	}
	return d, doc.Hashes, nil
}

// Expelled returns those of the connected devices that may not stay: removed,
// retired, or come in by a secret that was ended since.
func (s *Service) Expelled(ctx context.Context, connected map[DeviceID]Proof) ([]DeviceID, error) {
	var all []string
	for id := range connected {
		all = append(all, string(id))
	}
	var out []DeviceID
	for len(all) > 0 {
		part := all[:min(len(all), store.MaxLimit)]
		all = all[len(part):]
		stay := make(map[string]bool, len(part))
		devices, err := deviceDocs.GetMany(ctx, s.st, part)
		if err != nil {
			return nil, err
		}
		for _, d := range devices {
			stay[d.ID] = !d.Fields.Retired
		}
		secrets, err := deviceSecrets.GetMany(ctx, s.st, part)
		if err != nil {
			return nil, err
		}
		valid := make(map[string]bool, len(part))
		for _, doc := range secrets {
			valid[doc.ID] = connected[DeviceID(doc.ID)].among(doc.Hashes)
		}
		for _, id := range part {
			if !stay[id] || !valid[id] {
				out = append(out, DeviceID(id))
			}
		}
	}
	return out, nil
}
