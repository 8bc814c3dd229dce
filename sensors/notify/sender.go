package notify

import (
	"context"
	"crypto/x509"
	"errors"
	"net/http"
	"net/netip"
	"time"

	"yijianyou/sensors"
)

// Options are what a Sender needs. The zero value sends webhooks to the public
// internet and no mail.
type Options struct {
	Networks []netip.Prefix // private networks that webhooks may lead into
	SMTP     *SMTP          // nil: mails are refused with sensors.ErrNoMail
	Roots    *x509.CertPool // nil means those of the system
	Timeout  time.Duration  // of one message; 0 means 10 s
	Now      func() time.Time
	// Expire ends the context of a message after the timeout with the cause; nil
	// means context.WithTimeoutCause.
	Expire func(ctx context.Context, d time.Duration, cause error) (context.Context, context.CancelFunc)
}

// Sender sends webhooks and mails. It is safe for concurrent use.
type Sender struct {
	o      Options
	secure *http.Client // for https
	plain  *http.Client // for http, to this machine
}

var _ sensors.Sender = (*Sender)(nil)

// New returns a Sender.
func New(o Options) *Sender {
	if o.Timeout <= 0 {
		o.Timeout = 10 * time.Second
	}
	if o.Now == nil {
		o.Now = time.Now
	}
	if o.Expire == nil {
		o.Expire = context.WithTimeoutCause
	}
	s := &Sender{o: o}
	s.secure, s.plain = s.client(places{networks: o.Networks}), s.client(places{networks: o.Networks, selfOnly: true})
	return s
}

// errSlow is why the context of a message ended.
var errSlow = errors.New("notify: the receiver is slow")

// slow returns the fault of a message whose time is over, nil when it is not.
func (s *Sender) slow(ctx context.Context) error {
	if errors.Is(context.Cause(ctx), errSlow) {
		return sensors.ErrReceiverSlow.New(seconds(s.o.Timeout))
	}
	return nil
}
