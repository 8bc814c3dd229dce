package httpkit

import (
	"context"
	"net/netip"

	"yijianyou/internal/actor"
	"yijianyou/internal/fault"
)

// Policy is who may call a route at all. The service still decides about the
// record.
type Policy struct {
	name  string
	open  bool
	need  actor.Action // "" when any staff will do
	basic bool         // the handler reads Authorization: Basic
}

// Public lets everybody in.
func Public() Policy { return Policy{name: "public", open: true} }

// Session lets every logged-in member of staff in.
func Session() Policy { return Policy{name: "session"} }

// Can lets those in who may do action in some organisation.
func Can(action actor.Action) Policy { return Policy{name: "can " + string(action), need: action} }

// Device lets devices in, which are no actors: the handler asks for the name and
// the secret of one in Authorization: Basic (RFC 7617) before it reads the body.
func Device() Policy { return Policy{name: "device", open: true, basic: true} }

// String returns the form of the golden file: "public", "session", "device" or
// "can ACTION".
func (p Policy) String() string { return p.name }

// Check returns ErrUnauthenticated or ErrDenied when by may not pass.
func (p Policy) Check(by actor.Actor) error {
	if p.open {
		return nil
	}
	if by.Kind != actor.Staff {
		return ErrUnauthenticated.New()
	}
	if p.need != "" && !by.CanSomewhere(p.need) {
		return ErrDenied.New()
	}
	return nil
}

// Session of a request: who sends it and how he proved it.
type SessionInfo struct {
	Actor     actor.Actor
	ID        string // of the session or of the API key
	CSRFToken string // that unsafe methods must carry; "" when the proof was no cookie
	Clear     bool   // the cookie was of no session: tell the browser to drop it
}

// Credentials are what a request brings to prove who sends it.
type Credentials struct {
	Cookie    string // value of the session cookie, "" without one
	Bearer    string // value after "Authorization: Bearer ", "" without one
	RequestID string
	Address   string // of the client
}

// Sessions reads sessions; web/auth implements it.
//
// Read returns the public actor for a cookie that is of no living session (a
// tourist with an old cookie is still a tourist), and an Unauthenticated fault
// for a Bearer key that is of no living key.
type Sessions interface {
	Read(ctx context.Context, cred Credentials) (SessionInfo, error)
	CookieName() string
}

type ctxKey uint8

const (
	keyActor ctxKey = iota
	keySession
	keySender
)

// sender is what is known of every request before anything is asked.
type sender struct {
	requestID, userAgent string
	client               netip.Addr
	lang                 fault.Lang
}

func senderOf(ctx context.Context) sender {
	if s, ok := ctx.Value(keySender).(*sender); ok {
		return *s
	}
	return sender{}
}

// Actor returns who sends the request; the public when nobody is logged in.
func Actor(ctx context.Context) actor.Actor {
	a, _ := ctx.Value(keyActor).(actor.Actor)
	return a
}

// Lang returns the reader's language by Accept-Language.
func Lang(ctx context.Context) fault.Lang { return senderOf(ctx).lang }

// RequestID returns the id of the request, as the access log has it.
func RequestID(ctx context.Context) string { return senderOf(ctx).requestID }

// CurrentSession returns the session of the request; its zero value when there
// is none.
func CurrentSession(ctx context.Context) SessionInfo {
	s, _ := ctx.Value(keySession).(SessionInfo)
	return s
}

// Address returns the address of the client, with trusted proxies taken away.
func Address(ctx context.Context) string {
	if s, ok := ctx.Value(keySender).(*sender); ok {
		return s.client.String()
	}
	return ""
}

// UserAgent returns what the client calls itself, at most 200 bytes.
func UserAgent(ctx context.Context) string { return senderOf(ctx).userAgent }

// WithActor returns a context in which Actor is by; for tests and for calls
// of a handler outside of HTTP.
func WithActor(ctx context.Context, by actor.Actor) context.Context {
	return context.WithValue(ctx, keyActor, by)
}
