package config

import (
	"fmt"
	"log/slog"
	"net"
	"net/mail"
	"net/netip"
	"net/url"
	"os"
	"regexp"
	"strconv"
	"strings"

	"yijianyou/internal/actor"
	"yijianyou/internal/fault"
)

// Setting is one row of the manual.
type Setting struct {
	Name    string // of the flag; YJY_ and the name in capitals with _ for - in the environment
	Default string
	ZH, EN  string // what it means
	Secret  bool   // never printed
	set     func(c *Config, value string) problem
}

// problem is what a value breaks, nil when it is right.
type problem func(where string) fault.Field

func broken(code *fault.Code, params ...fault.Param) problem {
	return func(where string) fault.Field { return code.At("", append(params, fault.P("where", where))...) }
}

// Settings is the table of all settings, in the order of the manual.
func Settings() []Setting {
	return []Setting{
		{Name: "listen", Default: "127.0.0.1:8080", ZH: "HTTP 监听地址", EN: "address on which HTTP listens", set: func(c *Config, v string) problem {
			c.Listen = v
			return address(v)
		}},
		{Name: "public-url", ZH: "游客访问的网址，缺省由监听地址得出；为 https 时 Cookie 只走加密连接", EN: "URL that visitors use, by default made of the address listened on; with https, cookies travel encrypted only", set: func(c *Config, v string) (p problem) {
			if v == "" {
				return nil
			}
			u, err := url.Parse(v)
			if err != nil || (u.Scheme != "http" && u.Scheme != "https") || u.Host == "" || (u.Path != "" && u.Path != "/") || u.RawQuery != "" || u.User != nil {
				return broken(ErrURL)
			}
			c.PublicURL = &url.URL{Scheme: u.Scheme, Host: u.Host}
			return nil
		}},
		{Name: "trusted-proxies", ZH: "可信反向代理的地址或网段，逗号分隔", EN: "addresses or networks of reverse proxies to trust, separated by commas", set: func(c *Config, v string) problem {
			return prefixes(v, &c.TrustedProxies)
		}},
		{Name: "data", Default: "data", ZH: "数据目录", EN: "data directory", set: func(c *Config, v string) problem {
			if c.Data = v; v == "" {
				return broken(ErrRequired)
			}
			return nil
		}},
		{Name: "database", Secret: true, ZH: "空为内嵌 SQLite；或 mongodb:// 连接串（副本集）", EN: "empty for the embedded SQLite, or a mongodb:// connection string (replica set)", set: func(c *Config, v string) problem {
			if c.Database = v; v != "" && !strings.HasPrefix(v, "mongodb://") && !strings.HasPrefix(v, "mongodb+srv://") {
				return broken(ErrDatabase)
			}
			return nil
		}},
		{Name: "blobs", ZH: "图片原件的存放处：空为数据目录下 blobs；或 file:// 地址", EN: "where originals of pictures are kept: empty for blobs in the data directory, or a file:// URL", set: func(c *Config, v string) problem {
			if c.Blobs = v; v != "" && !strings.HasPrefix(v, "file:///") {
				return broken(ErrBlobs)
			}
			return nil
		}},
		{Name: "tls-cert", ZH: "TLS 证书文件（PEM）", EN: "TLS certificate file (PEM)", set: func(c *Config, v string) problem {
			c.TLSCert = v
			return readable(v)
		}},
		{Name: "tls-key", ZH: "TLS 私钥文件（PEM）", EN: "TLS private key file (PEM)", set: func(c *Config, v string) problem {
			c.TLSKey = v
			return readable(v)
		}},
		{Name: "mqtt-listen", Default: "127.0.0.1:1883", ZH: "设备接入（MQTT）的监听地址；off 为不启动", EN: "address on which devices connect by MQTT; off starts none", set: func(c *Config, v string) problem {
			if v == "off" {
				return nil
			}
			c.MQTTListen = v
			return address(v)
		}},
		{Name: "mqtt-tls-cert", ZH: "MQTT 的 TLS 证书文件（PEM）", EN: "TLS certificate file of MQTT (PEM)", set: func(c *Config, v string) problem {
			c.MQTTCert = v
			return readable(v)
		}},
		{Name: "mqtt-tls-key", ZH: "MQTT 的 TLS 私钥文件（PEM）", EN: "TLS private key file of MQTT (PEM)", set: func(c *Config, v string) problem {
			c.MQTTKey = v
			return readable(v)
		}},
		{Name: "mqtt-insecure", Default: "false", ZH: "允许不加密的 MQTT 离开本机（设备密钥会以明文传输）", EN: "let MQTT leave this machine without TLS (the secrets of devices travel in the clear)", set: func(c *Config, v string) problem {
			return boolean(v, &c.MQTTInsecure)
		}},
		{Name: "mqtt-broker", Secret: true, ZH: "使用已有的 MQTT 代理代替内嵌代理：mqtts://用户:密码@主机:端口?client=名称&share=组", EN: "an existing MQTT broker in place of the embedded one: mqtts://user:password@host:port?client=NAME&share=GROUP", set: func(c *Config, v string) problem {
			return mqttBroker(v, &c.MQTTBroker)
		}},
		{Name: "demo", Default: "false", ZH: "首次启动时载入演示数据和演示账号", EN: "load demo data and demo accounts at the first start", set: func(c *Config, v string) problem {
			return boolean(v, &c.Demo)
		}},
		{Name: "demo-password", Secret: true, ZH: "演示账号的密码；空则随机生成并打印", EN: "password of the demo accounts; empty makes and prints a random one", set: func(c *Config, v string) problem {
			c.DemoPassword = v
			return nil
		}},
		{Name: "demo-heartbeat", Default: "true", ZH: "由程序自己模拟示范设备平静的一天", EN: "play a quiet day on the devices of the demo", set: func(c *Config, v string) problem {
			return boolean(v, &c.DemoHeartbeat)
		}},
		{Name: "demo-pictures", Default: "4096", ZH: "演示示意图的长边像素（0 不生成）", EN: "long side of the demo drawings in pixels (0 makes none)", set: func(c *Config, v string) problem {
			return number(v, 0, 16384, &c.DemoPictures)
		}},
		{Name: "upload-mb", Default: "100", ZH: "单张上传图片上限（MB）", EN: "largest uploaded picture (MB)", set: func(c *Config, v string) problem {
			return number(v, 1, 4096, &c.UploadMB)
		}},
		{Name: "sound-mb", Default: "200", ZH: "单个上传声音上限（MB）", EN: "largest uploaded sound (MB)", set: func(c *Config, v string) problem {
			return number(v, 1, 4096, &c.SoundMB)
		}},
		{Name: "film-mb", Default: "2048", ZH: "单个上传视频上限（MB）", EN: "largest uploaded film (MB)", set: func(c *Config, v string) problem {
			return number(v, 1, 16384, &c.FilmMB)
		}},
		{Name: "metrics-key", Secret: true, ZH: "从本机以外读取 /metrics 的密钥；空为仅限本机", EN: "key to read /metrics from elsewhere than this machine; empty allows this machine only", set: func(c *Config, v string) problem {
			c.MetricsKey = v
			return nil
		}},
		{Name: "smtp", Secret: true, ZH: "发送报警邮件的服务器：smtp://用户:密码@主机:587（STARTTLS）或 smtps://主机:465；空为不发邮件", EN: "server that sends alarm mails: smtp://user:password@host:587 (STARTTLS) or smtps://host:465; empty sends none", set: func(c *Config, v string) problem {
			return mailServer(v, &c.SMTP)
		}},
		{Name: "smtp-from", ZH: "报警邮件的发件地址", EN: "sender of alarm mails", set: func(c *Config, v string) problem {
			c.SMTPFrom = v
			if _, err := mail.ParseAddress(v); v != "" && err != nil {
				return broken(ErrMailAddress)
			}
			return nil
		}},
		{Name: "webhook-networks", ZH: "报警 webhook 可以到达的内部地址或网段，逗号分隔；空为只到公网", EN: "private addresses or networks that alarm webhooks may reach, separated by commas; empty allows the public internet only", set: func(c *Config, v string) problem {
			return prefixes(v, &c.HookNetworks)
		}},
		{Name: "second-factor-roles", ZH: "必须使用第二因素登录的角色，逗号分隔", EN: "roles that must log in with a second factor, separated by commas", set: func(c *Config, v string) problem {
			for _, item := range strings.FieldsFunc(v, func(r rune) bool { return r == ',' || r == ' ' }) {
				if !actor.ValidRole(actor.Role(item)) {
					return broken(ErrChoice, fault.P("choices", fmt.Sprint(actor.Roles)))
				}
				c.FactorRoles = append(c.FactorRoles, actor.Role(item))
			}
			return nil
		}},
		{Name: "keep-sightings", Default: "90", ZH: "原始读到记录的保留天数（0 永久；每个标签最近的一天总保留）", EN: "days for which raw sightings are kept (0 for good; the newest day of each tag stays)", set: func(c *Config, v string) problem {
			return days(v, leastSampleDays, &c.Keep.Sightings)
		}},
		{Name: "keep-readings", Default: "730", ZH: "原始读数的保留天数（0 永久）", EN: "days for which raw readings are kept (0 for good)", set: func(c *Config, v string) problem {
			return days(v, leastSampleDays, &c.Keep.Readings)
		}},
		{Name: "keep-counts", Default: "730", ZH: "原始客流计数的保留天数（0 永久；每日汇总总保留）", EN: "days for which raw counts are kept (0 for good; the figures of each day stay)", set: func(c *Config, v string) problem {
			return days(v, leastSampleDays, &c.Keep.Counts)
		}},
		{Name: "keep-stays", Default: "0", ZH: "停留记录结束后的保留天数（0 永久：它们是证据）", EN: "days for which stays are kept after their end (0 for good: they are evidence)", set: func(c *Config, v string) problem {
			return days(v, leastSampleDays, &c.Keep.Stays)
		}},
		{Name: "keep-passages", Default: "0", ZH: "出入口通过记录的保留天数（0 永久：它们是证据）", EN: "days for which passages are kept (0 for good: they are evidence)", set: func(c *Config, v string) problem {
			return days(v, leastSampleDays, &c.Keep.Passages)
		}},
		{Name: "keep-deliveries", Default: "365", ZH: "报警通知记录的保留天数（0 永久）", EN: "days for which the log of alarm notices is kept (0 for good)", set: func(c *Config, v string) problem {
			return days(v, 1, &c.Keep.Deliveries)
		}},
		{Name: "keep-refusals", Default: "90", ZH: "隔离清单条目最后一次发生后的保留天数（0 永久）", EN: "days for which an entry of the quarantine list is kept after it last happened (0 for good)", set: func(c *Config, v string) problem {
			return days(v, 1, &c.Keep.Refusals)
		}},
		{Name: "log-level", Default: "info", ZH: "日志级别：debug info warn error", EN: "log level: debug info warn error", set: func(c *Config, v string) problem {
			if c.LogLevel.UnmarshalText([]byte(v)) != nil || strings.ContainsAny(v, "+-") {
				c.LogLevel = slog.LevelInfo
				return broken(ErrChoice, fault.P("choices", "debug info warn error"))
			}
			return nil
		}},
		{Name: "log-format", Default: "text", ZH: "日志格式：text json", EN: "log format: text json", set: func(c *Config, v string) problem {
			if c.LogJSON = v == "json"; v != "json" && v != "text" {
				return broken(ErrChoice, fault.P("choices", "text json"))
			}
			return nil
		}},
		{Name: "operator", ZH: "运营单位名称，显示在公开页面", EN: "operator, shown on public pages", set: func(c *Config, v string) problem { c.Site.Operator = v; return nil }},
		{Name: "map-approval", ZH: "审图号", EN: "map approval number (审图号)", set: func(c *Config, v string) problem { c.Site.MapApproval = v; return nil }},
		{Name: "icp", ZH: "ICP 备案号", EN: "ICP filing number", set: func(c *Config, v string) problem { c.Site.ICP = v; return nil }},
		{Name: "public-security", ZH: "公安备案号", EN: "public security filing number", set: func(c *Config, v string) problem { c.Site.PublicSecurity = v; return nil }},
		{Name: "privacy-url", ZH: "隐私政策网址；空则显示内置页面", EN: "URL of the privacy policy; empty shows the built-in page", set: func(c *Config, v string) problem {
			c.Site.PrivacyURL = v
			if u, err := url.Parse(v); v != "" && (err != nil || (u.Scheme != "http" && u.Scheme != "https") || u.Host == "") {
				return broken(ErrLink)
			}
			return nil
		}},
	}
}

func address(v string) problem {
	_, port, err := net.SplitHostPort(v)
	if err != nil {
		return broken(ErrAddress)
	}
	if n, err := strconv.Atoi(port); err != nil || n < 0 || n > 65535 {
		return broken(ErrAddress)
	}
	return nil
}

// mqttName is a client id or the name of a group.
var mqttName = regexp.MustCompile(`^[A-Za-z0-9_.-]{1,64}$`)

// mqttBroker reads the URL of an MQTT broker; the port is 1883, or 8883 of mqtts,
// unless it says otherwise.
func mqttBroker(v string, to **url.URL) problem {
	if v == "" {
		return nil
	}
	u, err := url.Parse(v)
	if err != nil || (u.Scheme != "mqtt" && u.Scheme != "mqtts") || u.Hostname() == "" || strings.Trim(u.Path, "/") != "" || u.Fragment != "" {
		return broken(ErrMQTTBroker)
	}
	for name, values := range u.Query() {
		if (name != "client" && name != "share") || len(values) != 1 || !mqttName.MatchString(values[0]) {
			return broken(ErrMQTTBroker)
		}
	}
	if u.Port() == "" {
		u.Host = net.JoinHostPort(u.Hostname(), map[string]string{"mqtt": "1883", "mqtts": "8883"}[u.Scheme])
	}
	*to = u
	return nil
}

// loopback reports whether a host:port does not leave the machine.
func loopback(hostport string) bool {
	host, _, err := net.SplitHostPort(hostport)
	if err != nil {
		return true // reported as a mistake of its own
	}
	ip, err := netip.ParseAddr(host)
	return host == "localhost" || err == nil && ip.IsLoopback()
}

func prefixes(v string, to *[]netip.Prefix) problem {
	for _, item := range strings.Split(v, ",") {
		item = strings.TrimSpace(item)
		if item == "" {
			continue
		}
		if addr, err := netip.ParseAddr(item); err == nil {
			*to = append(*to, netip.PrefixFrom(addr, addr.BitLen()))
			continue
		}
		p, err := netip.ParsePrefix(item)
		if err != nil {
			return broken(ErrPrefix)
		}
		*to = append(*to, p.Masked())
	}
	return nil
}

func boolean(v string, to *bool) problem {
	b, err := strconv.ParseBool(v)
	if err != nil {
		return broken(ErrBool)
	}
	*to = b
	return nil
}

func number(v string, low, high int, to *int) problem {
	n, err := strconv.Atoi(v)
	if err != nil || n < low || n > high {
		return broken(ErrNumber, fault.P("min", low), fault.P("max", high))
	}
	*to = n
	return nil
}

// leastSampleDays is the shortest time for which samples may be kept: one may come
// thirty days late, and what it changes is made anew of those before it.
const leastSampleDays = 32

// days reads a number of days, of which 0 is for good.
func days(v string, low int, to *int) problem {
	const most = 36500
	n, err := strconv.Atoi(v)
	if err != nil || n != 0 && n < low || n > most {
		return broken(ErrDays, fault.P("min", low), fault.P("max", most))
	}
	*to = n
	return nil
}

func readable(file string) problem {
	if file == "" {
		return nil
	}
	f, err := os.Open(file)
	if err != nil {
		return broken(ErrUnreadable, fault.P("file", file))
	}
	f.Close()
	return nil
}

// mailServer reads an smtp or smtps URL.
func mailServer(v string, to **MailServer) problem {
	if v == "" {
		return nil
	}
	u, err := url.Parse(v)
	if err != nil || u.Hostname() == "" || (u.Path != "" && u.Path != "/") || u.RawQuery != "" || u.Fragment != "" {
		return broken(ErrSMTP)
	}
	port, ok := map[string]string{"smtp": "587", "smtps": "465"}[u.Scheme]
	if !ok {
		return broken(ErrSMTP)
	}
	if u.Port() != "" {
		port = u.Port()
	}
	n, err := strconv.Atoi(port)
	if err != nil || n < 1 || n > 65535 {
		return broken(ErrSMTP)
	}
	*to = &MailServer{Host: u.Hostname(), Port: n, TLS: u.Scheme == "smtps", User: u.User.Username()}
	(*to).Password, _ = u.User.Password()
	return nil
}
