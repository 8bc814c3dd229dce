package main

import (
	"log/slog"
	"reflect"
	"strconv"

	"yijianyou/cmd/yijianyou/internal/config"
)

// settingFlags are the settings as flags, the same for every subcommand; a nil
// one was not given. config.Settings is the manual and has every one of them.
type settingFlags struct {
	Config            string  `help:"Settings file (name: value lines)." placeholder:"FILE" env:"YJY_CONFIG"`
	Listen            *string `help:"Address on which HTTP listens [127.0.0.1:8080]." placeholder:"ADDR"`
	PublicURL         *string `name:"public-url" help:"URL that visitors use [made of the address listened on]." placeholder:"URL"`
	TrustedProxies    *string `help:"Reverse proxies to trust, addresses or networks." placeholder:"CIDRS"`
	Data              *string `help:"Data directory [data]." placeholder:"DIR"`
	Database          *string `help:"MongoDB connection string; without it the embedded SQLite." placeholder:"URI"`
	Blobs             *string `help:"Bucket for pictures; without it the data directory." placeholder:"URL"`
	TLSCert           *string `name:"tls-cert" help:"TLS certificate (PEM)." placeholder:"FILE"`
	TLSKey            *string `name:"tls-key" help:"TLS private key (PEM)." placeholder:"FILE"`
	MQTTListen        *string `name:"mqtt-listen" help:"Address on which devices connect by MQTT, or off [127.0.0.1:1883]." placeholder:"ADDR"`
	MQTTTLSCert       *string `name:"mqtt-tls-cert" help:"TLS certificate of MQTT (PEM)." placeholder:"FILE"`
	MQTTTLSKey        *string `name:"mqtt-tls-key" help:"TLS private key of MQTT (PEM)." placeholder:"FILE"`
	MQTTInsecure      *bool   `name:"mqtt-insecure" help:"Let MQTT leave this machine without TLS."`
	MQTTBroker        *string `name:"mqtt-broker" help:"An existing MQTT broker in place of the embedded one." placeholder:"URL"`
	Demo              *bool   `help:"Load demo data and accounts at the first start."`
	DemoPassword      *string `help:"Password of the demo accounts [random, printed]." placeholder:"TEXT"`
	DemoHeartbeat     *string `help:"Play a quiet day on the demo's devices [true]." placeholder:"BOOL"`
	DemoPictures      *string `help:"Long side of the demo drawings in pixels, 0 for none [4096]." placeholder:"N"`
	UploadMB          *string `name:"upload-mb" help:"Largest uploaded file in MB [100]." placeholder:"N"`
	SoundMB           *string `name:"sound-mb" help:"Largest uploaded sound in MB [200]." placeholder:"N"`
	FilmMB            *string `name:"film-mb" help:"Largest uploaded film in MB [2048]." placeholder:"N"`
	KeepSightings     *string `help:"Days for which raw sightings are kept, 0 for good [90]." placeholder:"DAYS"`
	KeepReadings      *string `help:"Days for which raw readings are kept, 0 for good [730]." placeholder:"DAYS"`
	KeepCounts        *string `help:"Days for which raw counts are kept, 0 for good [730]." placeholder:"DAYS"`
	KeepStays         *string `help:"Days for which stays are kept, 0 for good [0]." placeholder:"DAYS"`
	KeepPassages      *string `help:"Days for which passages are kept, 0 for good [0]." placeholder:"DAYS"`
	KeepDeliveries    *string `help:"Days for which the log of alarm notices is kept, 0 for good [365]." placeholder:"DAYS"`
	KeepRefusals      *string `help:"Days for which the quarantine list is kept, 0 for good [90]." placeholder:"DAYS"`
	MetricsKey        *string `help:"Key to read /metrics from another machine." placeholder:"TEXT"`
	SecondFactorRoles *string `help:"Roles that must log in with a second factor, separated by commas." placeholder:"ROLES"`
	SMTP              *string `name:"smtp" help:"Server that sends alarm mails (smtp:// or smtps://)." placeholder:"URL"`
	SMTPFrom          *string `name:"smtp-from" help:"Sender of alarm mails." placeholder:"ADDRESS"`
	WebhookNetworks   *string `help:"Private addresses or networks that alarm webhooks may reach." placeholder:"CIDRS"`
	LogLevel          *string `help:"debug, info, warn or error [info]." placeholder:"LEVEL"`
	LogFormat         *string `help:"text or json [text]." placeholder:"FORMAT"`
	Operator          *string `help:"Operator shown on public pages." placeholder:"TEXT"`
	MapApproval       *string `help:"Map approval number (审图号)." placeholder:"TEXT"`
	ICP               *string `name:"icp" help:"ICP filing number." placeholder:"TEXT"`
	PublicSecurity    *string `help:"Public security filing number." placeholder:"TEXT"`
	PrivacyURL        *string `name:"privacy-url" help:"URL of the privacy policy." placeholder:"URL"`
}

// given returns the flags that were given, by the name of the setting.
func (f *settingFlags) given() map[string]string {
	out := make(map[string]string)
	v := reflect.ValueOf(*f)
	for i := range v.NumField() {
		switch p := v.Field(i).Interface().(type) {
		case *string:
			if p != nil {
				out[flagName(v.Type().Field(i))] = *p
			}
		case *bool:
			if p != nil {
				out[flagName(v.Type().Field(i))] = strconv.FormatBool(*p)
			}
		}
	}
	return out
}

// flagName is the name kong gives to a field: its tag, or the words of the
// field joined by hyphens.
func flagName(f reflect.StructField) string {
	if name := f.Tag.Get("name"); name != "" {
		return name
	}
	var out []byte
	for i, c := range []byte(f.Name) {
		if c >= 'A' && c <= 'Z' {
			if i > 0 {
				out = append(out, '-')
			}
			c += 'a' - 'A'
		}
		out = append(out, c)
	}
	return string(out)
}

// settings reads and checks all settings.
func (p *program) settings() (*config.Config, error) {
	return config.Load(config.Sources{File: p.flags.Config, Environ: p.environ, Flags: p.flags.given()})
}

// logger writes to standard error as the settings say.
func (p *program) logger(c *config.Config) *slog.Logger {
	opts := &slog.HandlerOptions{Level: c.LogLevel}
	if c.LogJSON {
		return slog.New(slog.NewJSONHandler(p.stderr, opts))
	}
	return slog.New(slog.NewTextHandler(p.stderr, opts))
}
