package config

import (
	"bufio"
	"net"
	"net/url"
	"os"
	"sort"
	"strings"

	"yijianyou/internal/fault"
)

// Sources is where settings come from beside their defaults.
type Sources struct {
	File    string            // settings file, "" for none
	Environ []string          // as os.Environ gives it
	Flags   map[string]string // flags that were given
}

// value is a setting as it was found.
type value struct{ text, where string }

// Load reads and checks all settings. On error it is ErrSettings with a field
// for every mistake: the path is the name of the setting.
func Load(src Sources) (*Config, error) {
	var fields []fault.Field
	table := Settings()
	known := make(map[string]bool, len(table))
	values := make(map[string]value, len(table))
	for _, s := range table {
		known[s.Name] = true
		values[s.Name] = value{s.Default, "default"}
	}
	report := func(f fault.Field) { fields = append(fields, f) }
	take := func(name, text, where string) {
		if !known[name] {
			report(ErrUnknown.At(name, fault.P("where", where)))
			return
		}
		values[name] = value{text, where}
	}
	if src.File != "" {
		readFile(src.File, take, report)
	}
	readEnviron(src.Environ, take, report)
	for _, name := range sortedKeys(src.Flags) {
		take(name, src.Flags[name], "flag")
	}

	c := &Config{}
	for _, s := range table {
		v := values[s.Name]
		if p := s.set(c, strings.TrimSpace(v.text)); p != nil {
			f := p(v.where)
			f.Path = s.Name
			fields = append(fields, f)
		}
	}
	fields = append(fields, c.together()...)
	c.derivePublicURL()
	if len(fields) > 0 {
		return nil, ErrSettings.New(fault.P("count", len(fields))).With(fields...)
	}
	return c, nil
}

// together returns the mistakes that settings make only together.
func (c *Config) together() (fields []fault.Field) {
	if (c.TLSCert == "") != (c.TLSKey == "") {
		fields = append(fields, ErrTLSPair.At("tls-cert", fault.P("setting", "tls")))
	}
	if (c.MQTTCert == "") != (c.MQTTKey == "") {
		fields = append(fields, ErrTLSPair.At("mqtt-tls-cert", fault.P("setting", "mqtt-tls")))
	}
	switch {
	case c.MQTTInsecure:
	case c.MQTTBroker != nil && c.MQTTBroker.Scheme == "mqtt" && !loopback(c.MQTTBroker.Host):
		fields = append(fields, ErrMQTTPlain.At("mqtt-broker"))
	case c.MQTTBroker == nil && c.MQTTListen != "" && c.MQTTCert == "" && !loopback(c.MQTTListen):
		fields = append(fields, ErrMQTTPlain.At("mqtt-listen"))
	}
	if c.SMTP != nil && c.SMTPFrom == "" {
		fields = append(fields, ErrMailPair.At("smtp-from"))
	}
	return fields
}

// derivePublicURL makes the public URL of the address listened on when none was
// given. An address of every interface is reached as the machine itself.
func (c *Config) derivePublicURL() {
	if c.PublicURL != nil {
		return
	}
	host, port, err := net.SplitHostPort(c.Listen)
	if err != nil {
		return // reported as the mistake of listen
	}
	if ip := net.ParseIP(host); host == "" || (ip != nil && ip.IsUnspecified()) {
		host = "127.0.0.1"
	}
	c.PublicURL = &url.URL{Scheme: "http", Host: net.JoinHostPort(host, port)}
	if c.TLSCert != "" {
		c.PublicURL.Scheme = "https"
	}
}

// readEnviron takes the YJY_ variables. Those that the tests and the build use
// for themselves are no settings.
func readEnviron(environ []string, take func(name, text, where string), report func(fault.Field)) {
	for _, kv := range environ {
		key, text, _ := strings.Cut(kv, "=")
		rest, ok := strings.CutPrefix(key, "YJY_")
		if !ok || rest == "CONFIG" || strings.HasPrefix(rest, "TEST_") || strings.HasPrefix(rest, "REQUIRE_") {
			continue
		}
		where := "environment"
		if base, isFile := strings.CutSuffix(rest, "_FILE"); isFile {
			b, err := os.ReadFile(text)
			if err != nil {
				report(ErrUnreadable.At(flagName(base), fault.P("file", text)))
				continue
			}
			rest, text = base, strings.TrimRight(string(b), "\r\n")
		}
		take(flagName(rest), text, where)
	}
}

func flagName(env string) string { return strings.ToLower(strings.ReplaceAll(env, "_", "-")) }

// readFile reads lines of "name: value"; # begins a comment, quotes around a
// value are taken off. It is the flat part of YAML.
func readFile(file string, take func(name, text, where string), report func(fault.Field)) {
	f, err := os.Open(file)
	if err != nil {
		report(ErrUnreadable.At("config", fault.P("file", file)))
		return
	}
	defer f.Close()
	lines := bufio.NewScanner(f)
	for n := 1; lines.Scan(); n++ {
		line := strings.TrimSpace(lines.Text())
		if line == "" || strings.HasPrefix(line, "#") {
			continue
		}
		name, text, ok := strings.Cut(line, ":")
		name, text = strings.TrimSpace(name), strings.TrimSpace(text)
		if !ok || name == "" || strings.ContainsAny(name, " \t") {
			report(ErrFile.At("config", fault.P("file", file), fault.P("line", n)))
			continue
		}
		if len(text) >= 2 && (text[0] == '"' || text[0] == '\'') && text[len(text)-1] == text[0] {
			text = text[1 : len(text)-1]
		} else if i := strings.Index(text, " #"); i >= 0 {
			text = strings.TrimSpace(text[:i])
		}
		take(name, text, "file")
	}
	if lines.Err() != nil {
		report(ErrUnreadable.At("config", fault.P("file", file)))
	}
}

func sortedKeys(m map[string]string) []string {
	keys := make([]string, 0, len(m))
	for k := range m {
		keys = append(keys, k)
	}
	sort.Strings(keys)
	return keys
}
