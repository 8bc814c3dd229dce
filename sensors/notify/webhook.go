package notify

import (
	"bytes"
	"context"
	"crypto/hmac"
	"crypto/sha256"
	"crypto/tls"
	"encoding/hex"
	"errors"
	"net"
	"net/http"
	"net/url"
	"strconv"
	"time"

	"yijianyou/internal/fault"
	"yijianyou/sensors"
)

const (
	// SignatureHeader carries t=<unix seconds>,v1=<hex HMAC-SHA256>.
	SignatureHeader = "X-Yijianyou-Signature"
	// EventHeader carries the id of the delivery.
	EventHeader = "X-Yijianyou-Event"

	dialTimeout = 5 * time.Second
	maxHeaders  = 16 << 10 // bytes of an answer
)

// client returns an HTTP client that goes to these places only.
func (s *Sender) client(p places) *http.Client {
	dialer := &net.Dialer{Timeout: dialTimeout, ControlContext: p.check}
	return &http.Client{
		Transport: &http.Transport{DialContext: dialer.DialContext, DisableKeepAlives: true, DisableCompression: true,
			TLSClientConfig: &tls.Config{RootCAs: s.o.Roots, MinVersion: tls.VersionTLS12}, TLSHandshakeTimeout: dialTimeout,
			MaxResponseHeaderBytes: maxHeaders},
		CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse },
	}
}

// Post implements sensors.Sender. The body of the answer is not read.
func (s *Sender) Post(ctx context.Context, p sensors.Post) (status int, err error) {
	to, err := url.Parse(p.URL)
	if err != nil {
		return 0, sensors.ErrReceiverPlace.New() // the parser's words would tell the URL
	}
	client := s.secure
	if to.Scheme != "https" {
		client = s.plain
	}
	ctx, cancel := s.o.Expire(ctx, s.o.Timeout, errSlow)
	defer cancel()
	req, err := http.NewRequestWithContext(ctx, http.MethodPost, p.URL, bytes.NewReader(p.Body))
	if err != nil {
		return 0, sensors.ErrReceiverPlace.New()
	}
	req.Header.Set("Content-Type", "application/json; charset=utf-8")
	req.Header.Set("User-Agent", "Yijianyou-Alarm/1")
	req.Header.Set(EventHeader, p.ID)
	req.Header.Set(SignatureHeader, sign(p.Secret, s.o.Now(), p.Body))
	res, err := client.Do(req)
	if err != nil {
		return 0, s.unsent(ctx, err)
	}
	_ = res.Body.Close() // the status is the answer
	switch {
	case res.StatusCode >= 200 && res.StatusCode < 300:
		return res.StatusCode, nil
	case res.StatusCode >= 300 && res.StatusCode < 400:
		return res.StatusCode, sensors.ErrReceiverRedirect.New(fault.P("status", res.StatusCode))
	}
	return res.StatusCode, sensors.ErrReceiverStatus.New(fault.P("status", res.StatusCode))
}

// unsent returns the fault of a request that had no answer. Its cause does not
// tell the URL, which may hold a token.
func (s *Sender) unsent(ctx context.Context, err error) error {
	var of *url.Error
	if errors.As(err, &of) {
		err = of.Err
	}
	if slow := s.slow(ctx); slow != nil {
		return slow
	}
	if errors.Is(err, errPlace) {
		return sensors.ErrReceiverPlace.New()
	}
	return sensors.ErrReceiverDown.Wrap(err)
}

// sign returns the value of SignatureHeader.
func sign(secret string, at time.Time, body []byte) string {
	t := strconv.FormatInt(at.Unix(), 10)
	mac := hmac.New(sha256.New, []byte(secret))
	mac.Write([]byte(t + "."))
	mac.Write(body)
	return "t=" + t + ",v1=" + hex.EncodeToString(mac.Sum(nil))
}

func seconds(d time.Duration) fault.Param { return fault.P("seconds", int(d/time.Second)) }
