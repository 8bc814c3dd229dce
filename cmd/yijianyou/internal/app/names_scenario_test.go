package app

import (
	"bufio"
	"context"
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/tls"
	"crypto/x509"
	"encoding/pem"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"math/big"
	"net"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"yijianyou/sensors"
	"yijianyou/sensors/broker"
)

// publisher runs a publisher until the returned func is called, which returns
// what Run did.
func publisher(t *testing.T, o broker.PublisherOptions) (*broker.Publisher, func() error) {
	t.Helper()
	o.Log = slog.New(slog.DiscardHandler)
	p := broker.NewPublisher(o)
	ctx, cancel := context.WithCancel(t.Context())
	ended := make(chan error, 1)
	go func() { ended <- p.Run(ctx) }()
	return p, func() error {
		cancel()
		return <-ended
	}
}

// devicesAt is where the devices of a program connect.
func (p *program) devicesAt(t *testing.T) broker.Remote {
	t.Helper()
	u, err := broker.ParseURL(p.DeviceAddress())
	if err != nil {
		t.Fatal(err)
	}
	return broker.Remote{URL: u}
}

func status() []byte { return fmt.Appendf(nil, `{"at":%d}`, time.Now().UnixMilli()) }

// TestNobodySpeaksForAnother lets a device publish under another's name, a
// stranger log in, and a second connection of a device take over; the museum sees
// on its quarantine list what was tried.
func TestNobodySpeaksForAnother(t *testing.T) {
	g := newGrounds(t, map[string]string{"data": t.TempDir()})
	p := start(t, g.settings)
	at := p.devicesAt(t)
	one, two := g.devices[0], g.devices[1]
	account := func(d *testDevice, more func(*broker.PublisherOptions)) broker.PublisherOptions {
		o := broker.PublisherOptions{Remote: at, Org: testOrg, Device: d.id, Secret: d.secret}
		if more != nil {
			more(&o)
		}
		return o
	}
	liar, endLiar := publisher(t, account(one, func(o *broker.PublisherOptions) { o.As = two.id }))
	if err := liar.Publish(t.Context(), sensors.StatusKind, status()); !errors.Is(err, broker.ErrPublishRefused) {
		t.Errorf("under another's name: %v", err)
	}
	foreign, endForeign := publisher(t, account(two, func(o *broker.PublisherOptions) { o.Org = "other-museum" }))
	if err := foreign.Publish(t.Context(), sensors.StatusKind, status()); !errors.Is(err, broker.ErrPublishRefused) {
		t.Errorf("for another organisation: %v", err)
	}
	if err := errors.Join(endLiar(), endForeign()); err != nil {
		t.Error(err)
	}
	for _, o := range []broker.PublisherOptions{
		account(one, func(o *broker.PublisherOptions) { o.Device = "nobody-knows-me" }),
		account(one, func(o *broker.PublisherOptions) { o.Secret = two.secret }),
	} {
		stranger, end := publisher(t, o)
		if err := stranger.Publish(t.Context(), sensors.StatusKind, status()); err == nil {
			t.Errorf("%s publishes", o.Device)
		}
		if err := end(); !errors.Is(err, broker.ErrLoginRefused) {
			t.Errorf("%s: %v", o.Device, err)
		}
	}
	for kind, claimed := range map[sensors.RefusalKind]sensors.DeviceID{sensors.ForeignTopic: two.id, sensors.UnknownDevice: "nobody-knows-me", sensors.BadSecret: one.id} {
		p.until(t, "the quarantine list has "+string(kind), func() bool { return p.refused(t, kind, string(claimed)) })
	}
	list := string(p.login(t, "clerk").get("/api/v1/refusals?org=" + string(testOrg)).want(http.StatusOK).body)
	if !strings.Contains(list, `"foreign-topic"`) || strings.Contains(list, one.secret) {
		t.Errorf("the museum is shown %s", list)
	}
}

// TestTheNewestConnectionOfADeviceStays lets a device log in twice: the second
// takes over, and what the first had sent is not lost.
func TestTheNewestConnectionOfADeviceStays(t *testing.T) {
	g := newGrounds(t, map[string]string{"data": t.TempDir()})
	p := start(t, g.settings)
	at := p.devicesAt(t)
	d := g.devices[0]
	first := rawDevice(t, at.URL.Host, d)
	second, end := publisher(t, broker.PublisherOptions{Remote: at, Org: testOrg, Device: d.id, Secret: d.secret})
	if err := second.Publish(t.Context(), sensors.StatusKind, status()); err != nil {
		t.Errorf("the second: %v", err)
	}
	_, _ = io.Copy(io.Discard, first) // until the server has ended it
	if n := p.intake.Count().Connections.Load(); n != 1 {
		t.Errorf("%d connections of one device", n)
	}
	if err := end(); err != nil {
		t.Error(err)
	}
}

// rawDevice logs a device in without a library: MQTT 3.1.1 byte by byte.
func rawDevice(t *testing.T, at string, d *testDevice) net.Conn {
	t.Helper()
	c, err := net.Dial("tcp", at)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { c.Close() })
	body := append([]byte("\x00\x04MQTT\x04\xc2\x00\x3c"), text(string(d.id))...)
	body = append(append(body, text(string(d.id))...), text(d.secret)...)
	if _, err := c.Write(append([]byte{0x10, byte(len(body)&0x7f | 0x80), byte(len(body) >> 7)}, body...)); err != nil {
		t.Fatal(err)
	}
	var answer [4]byte
	if _, err := io.ReadFull(c, answer[:]); err != nil || answer != [4]byte{0x20, 2, 0, 0} {
		t.Fatalf("login answered with %x: %v", answer, err)
	}
	return c
}

// text is a string as MQTT writes it: two bytes of length, then the bytes.
func text(s string) []byte { return append([]byte{byte(len(s) >> 8), byte(len(s))}, s...) }

// TestADeviceThatFloodsAndNeverReadsStopsNobody lets one device publish as fast
// as it can without ever reading an answer, while seven others publish.
func TestADeviceThatFloodsAndNeverReadsStopsNobody(t *testing.T) {
	g := newGrounds(t, map[string]string{"data": t.TempDir()})
	p := start(t, g.settings)
	at := p.devicesAt(t).URL.Host
	flooder := rawDevice(t, at, g.devices[0])
	var flooding sync.WaitGroup
	flooding.Go(func() {
		w := bufio.NewWriter(flooder)
		for n := 0; ; n++ {
			payload := fmt.Appendf(nil, `{"at":%d,"seq":%d,"in":0,"out":0}`, g.begin.Add(time.Duration(n)*time.Millisecond).UnixMilli(), n)
			body := append(text(fmt.Sprintf("yjy/v1/%s/%s/count", testOrg, g.devices[0].id)), byte((n%65535+1)>>8), byte(n%65535+1))
			body = append(body, payload...)
			if _, err := w.Write(append([]byte{0x32, byte(len(body)&0x7f | 0x80), byte(len(body) >> 7)}, body...)); err != nil {
				return
			}
		}
	})
	ctx, stop := context.WithCancel(t.Context())
	defer stop()
	others := g.devices[1:]
	g.devices = others
	var publishers sync.WaitGroup
	for _, d := range others {
		publishers.Go(func() { g.publish(ctx, t, d, at) })
	}
	for _, d := range others {
		p.until(t, "each of the others is answered", func() bool { return d.acknowledged.Load() >= 500 })
	}
	stop()
	publishers.Wait()
	flooder.Close()
	flooding.Wait()
	if n := p.intake.Count().Logins.Load(); n != 8 {
		t.Errorf("%d logins of 8 devices: some lost the connection", n)
	}
	p.stop()
	g.core(t, func(c *Core) { g.exact(t, c) })
}

// TestDevicesSpeakTLS lets a device in over TLS, and no other way.
func TestDevicesSpeakTLS(t *testing.T) {
	g := newGrounds(t, map[string]string{"data": t.TempDir()})
	cert, key, trust := certificate(t)
	settings := map[string]string{"data": g.settings["data"], "mqtt-tls-cert": cert, "mqtt-tls-key": key}
	p := start(t, settings)
	if !strings.HasPrefix(p.DeviceAddress(), "mqtts://") {
		t.Fatalf("devices connect to %s", p.DeviceAddress())
	}
	d, at := g.devices[0], p.devicesAt(t)
	at.TLS = &tls.Config{RootCAs: trust}
	pub, end := publisher(t, broker.PublisherOptions{Remote: at, Org: testOrg, Device: d.id, Secret: d.secret})
	if err := pub.Publish(t.Context(), sensors.StatusKind, status()); err != nil {
		t.Error(err)
	}
	if err := end(); err != nil {
		t.Error(err)
	}
	plain, err := net.Dial("tcp", at.URL.Host)
	if err != nil {
		t.Fatal(err)
	}
	defer plain.Close()
	if _, err := plain.Write(append([]byte{0x10, 12}, "\x00\x04MQTT\x04\x02\x00\x3c\x00\x00"...)); err != nil {
		t.Fatal(err)
	}
	if answer, _ := io.ReadAll(plain); len(answer) >= 2 && answer[0] == 0x20 {
		t.Errorf("plain MQTT is answered with %x", answer)
	}
	if n := p.intake.Count().Logins.Load(); n != 1 {
		t.Errorf("%d logins", n)
	}
}

// certificate makes a certificate of 127.0.0.1 that signs itself, in files.
func certificate(t *testing.T) (cert, key string, trust *x509.CertPool) {
	t.Helper()
	private, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	template := &x509.Certificate{SerialNumber: big.NewInt(1), NotBefore: time.Now().Add(-time.Hour), NotAfter: time.Now().Add(time.Hour),
		IPAddresses: []net.IP{net.IPv4(127, 0, 0, 1)}, IsCA: true, BasicConstraintsValid: true}
	der, err := x509.CreateCertificate(rand.Reader, template, template, &private.PublicKey, private)
	if err != nil {
		t.Fatal(err)
	}
	raw, err := x509.MarshalPKCS8PrivateKey(private)
	if err != nil {
		t.Fatal(err)
	}
	dir := t.TempDir()
	cert, key = filepath.Join(dir, "cert.pem"), filepath.Join(dir, "key.pem")
	for file, block := range map[string]*pem.Block{cert: {Type: "CERTIFICATE", Bytes: der}, key: {Type: "PRIVATE KEY", Bytes: raw}} {
		if err := os.WriteFile(file, pem.EncodeToMemory(block), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	trust = x509.NewCertPool()
	trust.AppendCertsFromPEM(pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: der}))
	return cert, key, trust
}
