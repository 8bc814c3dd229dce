package notify

import (
	"context"
	"crypto/tls"
	"errors"
	"net/netip"
	"net/textproto"

	"github.com/wneessen/go-mail"

	"yijianyou/internal/fault"
	"yijianyou/sensors"
)

// SMTP is the server that takes mails.
type SMTP struct {
	Host           string
	Port           int
	TLS            bool   // from the first byte (RFC 8314); otherwise STARTTLS
	User, Password string // "" no login
	From           string // address, or name and address
}

// policy is how STARTTLS is used: a login is never sent without encryption but to
// the machine itself; without a login it is used when the server offers it.
func (m *SMTP) policy() mail.TLSPolicy {
	addr, err := netip.ParseAddr(m.Host)
	if m.User == "" || m.Host == "localhost" || err == nil && addr.IsLoopback() {
		return mail.TLSOpportunistic
	}
	return mail.TLSMandatory
}

// Mail implements sensors.Sender.
func (s *Sender) Mail(ctx context.Context, m sensors.Mail) error {
	if s.o.SMTP == nil {
		return sensors.ErrNoMail.New()
	}
	msg, err := s.message(m)
	if err != nil {
		return err
	}
	client, err := s.mailer()
	if err != nil {
		return err
	}
	ctx, cancel := s.o.Expire(ctx, 2*s.o.Timeout, errSlow)
	defer cancel()
	// The library looks at the context while it dials only; what hangs later ends
	// by the deadline of its connection.
	done := make(chan error, 1)
	go func() { done <- send(ctx, client, msg) }()
	select {
	case err = <-done:
	case <-ctx.Done():
		err = ctx.Err()
	}
	if err == nil {
		return nil
	}
	if slow := s.slow(ctx); slow != nil {
		return slow
	}
	return refused(err)
}

// send sends msg. That the farewell fails does not unsend it.
func send(ctx context.Context, client *mail.Client, msg *mail.Msg) error {
	conn, err := client.DialToSMTPClientWithContext(ctx)
	if err != nil {
		return err
	}
	defer func() { _ = client.CloseWithSMTPClient(conn) }()
	return client.SendWithSMTPClient(conn, msg)
}

// refused returns the fault of a mail that was not taken.
func refused(err error) error {
	var whole *mail.SendError
	if errors.As(err, &whole) && whole.ErrorCode() > 0 {
		return sensors.ErrMailRefused.Wrap(err, fault.P("status", whole.ErrorCode()))
	}
	var answer *textproto.Error
	if errors.As(err, &answer) {
		return sensors.ErrMailRefused.Wrap(err, fault.P("status", answer.Code))
	}
	return sensors.ErrReceiverDown.Wrap(err)
}

func (s *Sender) message(m sensors.Mail) (*mail.Msg, error) {
	msg := mail.NewMsg(mail.WithCharset(mail.CharsetUTF8), mail.WithEncoding(mail.EncodingB64))
	if err := msg.From(s.o.SMTP.From); err != nil {
		return nil, sensors.ErrNoMail.Wrap(err)
	}
	if err := msg.To(m.To); err != nil {
		return nil, sensors.ErrContactAddress.Wrap(err)
	}
	msg.Subject(m.Subject)
	msg.SetMessageIDWithValue(m.ID + "@yijianyou")
	msg.SetDateWithValue(s.o.Now())
	msg.SetGenHeader("Auto-Submitted", "auto-generated")
	msg.SetGenHeader(EventHeader, m.ID)
	msg.SetBodyString(mail.TypeTextPlain, m.Text)
	return msg, nil
}

func (s *Sender) mailer() (*mail.Client, error) {
	to := s.o.SMTP
	opts := []mail.Option{mail.WithPort(to.Port), mail.WithTimeout(s.o.Timeout), mail.WithoutNoop(),
		mail.WithTLSPolicy(to.policy()), mail.WithTLSConfig(&tls.Config{ServerName: to.Host, RootCAs: s.o.Roots, MinVersion: tls.VersionTLS12})}
	if to.TLS {
		opts = append(opts, mail.WithSSL())
	}
	if to.User != "" {
		opts = append(opts, mail.WithSMTPAuth(mail.SMTPAuthAutoDiscover), mail.WithUsername(to.User), mail.WithPassword(to.Password))
	}
	client, err := mail.NewClient(to.Host, opts...)
	if err != nil {
		return nil, sensors.ErrNoMail.Wrap(err)
	}
	return client, nil
}
