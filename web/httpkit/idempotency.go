package httpkit

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"io"
	"time"

	"github.com/gofiber/fiber/v2"

	"yijianyou/internal/actor"
	"yijianyou/internal/fault"
	"yijianyou/internal/store"
)

// keyLife is how long an Idempotency-Key is remembered.
const keyLife = 24 * time.Hour

// finishTime bounds the keeping of an answer.
const finishTime = 10 * time.Second

// replayKey is a POST that carried an Idempotency-Key, and its answer. The id
// is a hash of actor, path and key. Only answers 2xx are kept: after any other
// nothing happened, and the client may try again.
type replayKey struct {
	store.Meta  `bson:",inline"`
	BodyHash    string    `bson:"bodyHash"`
	Done        bool      `bson:"done"` // false: running, or interrupted
	Status      int       `bson:"status"`
	ContentType string    `bson:"contentType,omitempty"`
	ETag        string    `bson:"etag,omitempty"`
	Location    string    `bson:"location,omitempty"`
	Body        []byte    `bson:"body,omitempty"`
	ExpiresAt   time.Time `bson:"expiresAt"`
}

var replayKeys = store.Define[replayKey](store.Spec{Name: "idempotencykeys", Schema: 1, Indexes: []store.Index{
	{Name: "byExpiry", Parts: []store.Part{{Path: "expiresAt", Kind: store.Time}}},
}})

// Collections returns what the kit keeps in the store.
func Collections() []store.Declared { return []store.Declared{replayKeys} }

// replay answers a repeated POST with the first answer. A key is bound to actor,
// path and content. It is written before the handler runs and completed after
// it; when the program dies between the two, the repeated request is told that
// the outcome is not known.
func (r *Router) replay(rt *route) fiber.Handler {
	return func(c *fiber.Ctx) error {
		key := c.Get("Idempotency-Key")
		ctx := c.UserContext()
		by := Actor(ctx)
		if key == "" || by.Kind != actor.Staff {
			return c.Next()
		}
		if len(key) > 128 {
			return Malformed(ErrParameter.At("header.Idempotency-Key", fault.P("expected", "length ≤ 128")))
		}
		body, err := takeBody(c, rt.maxBody)
		if err != nil {
			return err
		}
		id := hash(by.ID, c.Path(), key)
		sum := hash(string(body))
		var seen *replayKey
		err = r.opts.Store.Update(ctx, by, func(tx *store.Tx) error {
			seen = nil
			old, err := replayKeys.Get(tx.Context(), tx, id)
			if err == nil && old.ExpiresAt.After(tx.Now()) {
				seen = old
				return nil
			}
			if err != nil && !errors.Is(err, store.ErrNotFound) {
				return err
			}
			if err == nil {
				if err := replayKeys.Delete(tx, id, old.Rev, ""); err != nil {
					return err
				}
			}
			if err := dropExpired(tx); err != nil {
				return err
			}
			return replayKeys.Put(tx, &replayKey{Meta: store.Meta{ID: id}, BodyHash: sum, ExpiresAt: tx.Now().Add(keyLife)})
		})
		if errors.Is(err, store.ErrConflict) {
			return ErrKeyRunning.New()
		}
		if err != nil {
			return err
		}
		if seen != nil {
			return seen.answer(c, sum, r.opts.Store.Now())
		}
		handlerErr := c.Next()
		if handlerErr == nil {
			if s, ok := ctx.Value(keySlot).(*slot); ok {
				handlerErr = s.err
			}
		}
		if err := r.finish(c, id, handlerErr); err != nil {
			return errors.Join(handlerErr, err)
		}
		return handlerErr
	}
}

// answer writes the remembered answer.
func (k *replayKey) answer(c *fiber.Ctx, sum string, now time.Time) error {
	switch {
	case k.BodyHash != sum:
		return ErrKeyReused.New()
	case !k.Done && now.Sub(k.CreatedAt) < 2*time.Minute:
		return ErrKeyRunning.New()
	case !k.Done:
		return ErrKeyUnknown.New()
	}
	c.Set("Idempotency-Replayed", "true")
	for name, v := range map[string]string{fiber.HeaderContentType: k.ContentType, fiber.HeaderETag: k.ETag, fiber.HeaderLocation: k.Location} {
		if v != "" {
			c.Set(name, v)
		}
	}
	return c.Status(k.Status).Send(k.Body)
}

// finish completes the key after a success, forgets it after a refusal, and
// leaves it as it is when the outcome is not known.
func (r *Router) finish(c *fiber.Ctx, id string, handlerErr error) error {
	if handlerErr != nil && fault.KindOf(handlerErr) == fault.Unknown {
		return nil
	}
	// The deadline was for the work, which is done: its outcome must be kept.
	ctx, cancel := context.WithTimeout(context.WithoutCancel(c.UserContext()), finishTime)
	defer cancel()
	return r.opts.Store.Update(ctx, Actor(ctx), func(tx *store.Tx) error {
		k, err := replayKeys.Get(tx.Context(), tx, id)
		if err != nil {
			return err
		}
		res := c.Response()
		if handlerErr != nil || res.StatusCode() >= 300 {
			return replayKeys.Delete(tx, id, k.Rev, "")
		}
		k.Done, k.Status = true, res.StatusCode()
		k.ContentType = string(res.Header.ContentType())
		k.ETag = string(res.Header.Peek(fiber.HeaderETag))
		k.Location = string(res.Header.Peek(fiber.HeaderLocation))
		k.Body = bytes.Clone(res.Body())
		return replayKeys.Put(tx, k)
	})
}

// dropExpired removes some keys that have had their day; each new key pays for
// more than itself.
func dropExpired(tx *store.Tx) error {
	page, err := replayKeys.Find(tx.Context(), tx, store.Query{Index: "byExpiry", Before: tx.Now(), Limit: 8})
	if err != nil {
		return err
	}
	for _, k := range page.Items {
		if err := replayKeys.Delete(tx, k.ID, k.Rev, ""); err != nil {
			return err
		}
	}
	return nil
}

// takeBody reads the body and puts it back for the handler.
func takeBody(c *fiber.Ctx, max int64) ([]byte, error) {
	var body []byte
	if stream := c.Context().RequestBodyStream(); stream != nil {
		var err error
		if body, err = io.ReadAll(io.LimitReader(stream, max+1)); err != nil {
			return nil, ErrSlow.Wrap(err)
		}
	}
	if int64(len(body)) > max {
		return nil, ErrTooLarge.New(fault.P("max", max))
	}
	c.Request().SetBodyStream(bytes.NewReader(body), len(body))
	return body, nil
}

func hash(parts ...string) string {
	h := sha256.New()
	for _, p := range parts {
		h.Write([]byte(p))
		h.Write([]byte{0})
	}
	return hex.EncodeToString(h.Sum(nil))
}
