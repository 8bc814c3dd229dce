package notify

import (
	"bufio"
	"context"
	"crypto/tls"
	"crypto/x509"
	"encoding/base64"
	"errors"
	"fmt"
	"io"
	"mime"
	"net"
	"net/http"
	"net/http/httptest"
	"net/mail"
	"strconv"
	"strings"
	"testing"
	"time"

	"yijianyou/internal/fault"
	"yijianyou/sensors"
)

// post is a mail server of a few commands (RFC 5321), for one connection after the
// other.
type post struct {
	t     *testing.T
	ln    net.Listener
	say   map[string]string // answers to commands that differ from the usual
	hang  chan struct{}     // closed when MAIL comes, which is then not answered
	mails chan string       // what came, envelope first
	auth  string            // what AUTH said
}

func newPost(t *testing.T, ln net.Listener) *post {
	p := &post{t: t, ln: ln, say: map[string]string{}, mails: make(chan string, 10)}
	t.Cleanup(func() { _ = ln.Close() })
	go func() {
		for {
			c, err := ln.Accept()
			if err != nil {
				return
			}
			t.Cleanup(func() { _ = c.Close() })
			p.serve(c)
		}
	}()
	return p
}

// listen listens on a free port of this machine.
func listen(t *testing.T) net.Listener {
	t.Helper()
	ln, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	return ln
}

func (p *post) port() int { return p.ln.Addr().(*net.TCPAddr).Port }

func (p *post) serve(c net.Conn) {
	defer func() { _ = c.Close() }()
	in := bufio.NewReader(c)
	answer := func(s string) { _, _ = io.WriteString(c, s+"\r\n") }
	answer("220 test")
	envelope := ""
	for {
		line, err := in.ReadString('\n')
		if err != nil {
			return
		}
		line = strings.TrimSpace(line)
		verb, rest, _ := strings.Cut(line, " ")
		verb = strings.ToUpper(verb)
		if s, ok := p.say[verb]; ok {
			answer(s)
			if verb == "QUIT" {
				return
			}
			continue
		}
		switch verb {
		case "EHLO":
			answer("250-test\r\n250-8BITMIME\r\n250 AUTH PLAIN LOGIN")
		case "AUTH":
			p.auth = rest
			answer("235 ok")
		case "MAIL", "RCPT":
			if p.hang != nil {
				close(p.hang)
				_, _ = in.ReadString('\n') // until the client goes
				return
			}
			envelope += line + "\n"
			answer("250 ok")
		case "DATA":
			answer("354 go on")
			var data strings.Builder
			for {
				line, err := in.ReadString('\n')
				if err != nil || line == ".\r\n" {
					break
				}
				data.WriteString(strings.TrimPrefix(line, "."))
			}
			p.mails <- envelope + "\n" + data.String()
			answer("250 taken")
		case "QUIT":
			answer("221 bye")
			return
		default:
			answer("250 ok")
		}
	}
}

var note = sensors.Mail{ID: "alarm.contact.0", To: "duty@museum.example", Subject: "【模拟】1 级报警：无单出馆（示范博物馆）", Text: "报警：无单出馆\n.\n单位：示范博物馆\n"}

func TestAMailArrivesWhole(t *testing.T) {
	p := newPost(t, listen(t))
	at := time.Date(2026, 11, 28, 9, 0, 0, 0, time.UTC)
	s := New(Options{SMTP: &SMTP{Host: "127.0.0.1", Port: p.port(), From: "一键游 <alarm@museum.example>"}, Now: func() time.Time { return at }})
	if err := s.Mail(t.Context(), note); err != nil {
		t.Fatal(err)
	}
	envelope, data, _ := strings.Cut(<-p.mails, "\n\n")
	if !strings.Contains(envelope, "MAIL FROM:<alarm@museum.example>") || !strings.Contains(envelope, "RCPT TO:<duty@museum.example>") {
		t.Errorf("envelope %s", envelope)
	}
	m, err := mail.ReadMessage(strings.NewReader(data))
	if err != nil {
		t.Fatal(err)
	}
	subject, err := new(mime.WordDecoder).DecodeHeader(m.Header.Get("Subject"))
	if err != nil || subject != note.Subject {
		t.Errorf("subject %q %v", subject, err)
	}
	if when, err := m.Header.Date(); err != nil || !when.Equal(at) {
		t.Errorf("date %v %v", when, err)
	}
	if m.Header.Get("Message-ID") != "<alarm.contact.0@yijianyou>" || m.Header.Get("Auto-Submitted") != "auto-generated" {
		t.Errorf("header %v", m.Header)
	}
	text, err := io.ReadAll(base64.NewDecoder(base64.StdEncoding, m.Body))
	if err != nil || strings.ReplaceAll(string(text), "\r\n", "\n") != note.Text {
		t.Errorf("text %q %v", text, err)
	}
}

func TestAMailThatWasTakenIsNotSentAgainForAFarewell(t *testing.T) {
	p := newPost(t, listen(t))
	p.say["QUIT"] = "421 too late"
	s := New(Options{SMTP: &SMTP{Host: "127.0.0.1", Port: p.port(), From: "alarm@museum.example"}})
	if err := s.Mail(t.Context(), note); err != nil {
		t.Fatal(err)
	}
}

func TestAMailThatIsNotTakenSaysHow(t *testing.T) {
	for _, c := range []struct {
		verb, say string
		status    int
	}{{"RCPT", "550 no such user", 550}, {"MAIL", "451 later", 451}, {"DATA", "554 spam", 554}} {
		p := newPost(t, listen(t))
		p.say[c.verb] = c.say
		s := New(Options{SMTP: &SMTP{Host: "127.0.0.1", Port: p.port(), From: "alarm@museum.example"}})
		err := s.Mail(t.Context(), note)
		if !errors.Is(err, sensors.ErrMailRefused) || !strings.Contains(fault.Of(err).Text(fault.English), strconv.Itoa(c.status)) {
			t.Errorf("%s: %v", c.verb, err)
		}
	}
	ln := listen(t)
	_ = ln.Close()
	closed := New(Options{SMTP: &SMTP{Host: "127.0.0.1", Port: ln.Addr().(*net.TCPAddr).Port, From: "alarm@museum.example"}})
	if err := closed.Mail(t.Context(), note); !errors.Is(err, sensors.ErrReceiverDown) {
		t.Error(err)
	}
	if err := New(Options{}).Mail(t.Context(), note); !errors.Is(err, sensors.ErrNoMail) {
		t.Error(err)
	}
}

// TestALoginTravelsEncrypted: over TLS it is sent, in the clear to another machine
// never.
func TestALoginTravelsEncrypted(t *testing.T) {
	web := httptest.NewUnstartedServer(http.NotFoundHandler())
	web.StartTLS()
	cert := web.TLS.Certificates[0]
	pool := x509.NewCertPool()
	pool.AddCert(web.Certificate())
	web.Close()
	p := newPost(t, tls.NewListener(listen(t), &tls.Config{Certificates: []tls.Certificate{cert}}))
	s := New(Options{Roots: pool, SMTP: &SMTP{Host: "127.0.0.1", Port: p.port(), TLS: true, User: "alarm", Password: "pw", From: "alarm@museum.example"}})
	if err := s.Mail(t.Context(), note); err != nil {
		t.Fatal(err)
	}
	<-p.mails
	raw, err := base64.StdEncoding.DecodeString(strings.TrimPrefix(p.auth, "PLAIN "))
	if err != nil || string(raw) != "\x00alarm\x00pw" {
		t.Errorf("AUTH %q", p.auth)
	}
	for host, want := range map[string]string{"smtp.museum.example": "TLSMandatory", "127.0.0.1": "TLSOpportunistic", "localhost": "TLSOpportunistic"} {
		if got := (&SMTP{Host: host, User: "alarm"}).policy().String(); got != want {
			t.Errorf("%s: %s", host, got)
		}
	}
}

func TestAMailServerThatHangsIsLeft(t *testing.T) {
	p := newPost(t, listen(t))
	p.hang = make(chan struct{})
	s := New(Options{SMTP: &SMTP{Host: "127.0.0.1", Port: p.port(), From: "alarm@museum.example"}, Expire: expire(p.hang)})
	if err := s.Mail(t.Context(), note); !errors.Is(err, sensors.ErrReceiverSlow) {
		t.Fatal(err)
	}
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if err := s.Mail(ctx, note); !errors.Is(err, context.Canceled) {
		t.Fatal(fmt.Errorf("the program stops: %w", err))
	}
}
