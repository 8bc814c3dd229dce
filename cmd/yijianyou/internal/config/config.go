package config

import (
	"log/slog"
	"net/netip"
	"net/url"

	"yijianyou/internal/actor"
)

// Config is every setting of the program, checked.
type Config struct {
	Listen         string         // host:port of HTTP
	PublicURL      *url.URL       // scheme and host that visitors use; absolute URLs come from it, never from the Host header
	TrustedProxies []netip.Prefix // whose X-Forwarded-For is believed; empty means nobody's
	Data           string         // data directory: lock, database, indexes, blobs, secret
	Database       string         // "" is the embedded SQLite in Data, else a MongoDB connection string (a secret)
	Blobs          string         // "" is Data/blobs, else the URL of a bucket
	TLSCert        string         // PEM file, "" serves plain HTTP
	TLSKey         string         // PEM file
	MQTTListen     string         // host:port on which devices connect; "" means no embedded broker
	MQTTCert       string         // PEM file, "" speaks plain MQTT
	MQTTKey        string         // PEM file
	MQTTInsecure   bool           // plain MQTT may leave the machine
	MQTTBroker     *url.URL       // a broker elsewhere in place of the embedded one, nil for none (a secret)
	Demo           bool           // load the demo data at the first start
	DemoPassword   string         // of the demo accounts; "" makes a random one (a secret)
	DemoHeartbeat  bool           // a quiet day is played on the demo's devices
	DemoPictures   int            // width in pixels of the demo drawings
	UploadMB       int            // largest picture, MB
	SoundMB        int            // largest sound, MB
	FilmMB         int            // largest film, MB
	MetricsKey     string         // Bearer key for /metrics from elsewhere than loopback; "" means loopback only (a secret)
	SMTP           *MailServer    // of alarm mails; nil sends none (a secret)
	SMTPFrom       string         // their sender; set when SMTP is
	HookNetworks   []netip.Prefix // private networks that alarm webhooks may reach
	FactorRoles    []actor.Role   // who must log in with a second factor
	Keep           Keep
	LogLevel       slog.Level
	LogJSON        bool
	Site           Site
}

// Keep says for how many days what devices brought is kept; 0 is for good.
type Keep struct {
	Sightings, Readings, Counts, Stays, Passages, Deliveries, Refusals int
}

// MailServer is where mails are handed in.
type MailServer struct {
	Host           string
	Port           int
	TLS            bool   // from the first byte, otherwise STARTTLS
	User, Password string // "" no login
}

// Site is what public pages must say about who runs them.
type Site struct {
	Operator       string // 运营单位
	MapApproval    string // 审图号
	ICP            string // ICP 备案号
	PublicSecurity string // 公安备案号
	PrivacyURL     string // privacy policy; "" shows the built-in page
}

// HTTPS reports whether visitors come by https, so that cookies are Secure.
func (c *Config) HTTPS() bool { return c.PublicURL.Scheme == "https" }
