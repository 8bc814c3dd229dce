package sensors

import (
	"net/mail"
	"net/netip"
	"net/url"
	"slices"
	"strings"
	"unicode/utf8"

	"yijianyou/internal/fault"
	"yijianyou/internal/store"
)

// What can be wrong with a contact.
var (
	ErrContactName = fault.Define(fault.Invalid, "sensors.contact_name",
		"请写联系人或系统的名称，1 至 {max} 字。", "Name who or what is told, in 1 to {max} characters.")
	ErrContactKind = fault.Define(fault.Invalid, "sensors.contact_kind",
		"应为 webhook 或 email，登记后不能更改。", "Expected webhook or email, which cannot be changed later.")
	ErrContactURL = fault.Define(fault.Invalid, "sensors.contact_url",
		"应为 https 网址（只有本机地址可用 http），不含账号、密码和 # 片段，最多 {max} 个字符。", "Expected an https URL (http for this machine only) without user, password or fragment, of at most {max} characters.")
	ErrContactAddress = fault.Define(fault.Invalid, "sensors.contact_address",
		"应为一个电子邮箱地址，不带姓名。", "Expected one e-mail address without a name.")
	ErrContactSeverities = fault.Define(fault.Invalid, "sensors.contact_severities",
		"请选择至少一个报警级别（1 至 4），不要重复。", "Choose at least one severity from 1 to 4, each once.")
	ErrContactSteps = fault.Define(fault.Invalid, "sensors.contact_steps",
		"请选择至少一个步骤：0 为报警时，1 至 {max} 为第几次升级，不要重复。", "Choose at least one step: 0 when raised, 1 to {max} for an escalation, each once.")
	ErrContactLang = fault.Define(fault.Invalid, "sensors.contact_lang",
		"应为 zh 或 en。", "Expected zh or en.")
	ErrContacts = fault.Define(fault.Conflict, "sensors.contacts",
		"一个单位最多 {max} 个联系人。请先删除不用的。", "An organisation has at most {max} contacts. Remove one that is not used.")
	ErrNoSecret = fault.Define(fault.Conflict, "sensors.contact_no_secret",
		"只有 webhook 有签名密钥。", "Only a webhook has a secret.")
	ErrSetupDenied = fault.Define(fault.Denied, "sensors.alarm_setup_denied",
		"您没有设置该单位报警联系人和规则的权限。请联系本单位管理员。", "You may not set the contacts and the policy of the alarms of this organisation. Ask its administrator.")
)

const (
	maxContacts    = 50  // of an organisation
	maxContactName = 60  // characters
	maxContactURL  = 500 // bytes
	lastToldStep   = 5   // escalations that a contact may be told of
	maxMailAddress = 254 // bytes, RFC 5321 §4.5.3.1.3
)

// ContactKind is how a contact is told. Never rename.
type ContactKind string

const (
	Webhook ContactKind = "webhook" // a signed POST
	Email   ContactKind = "email"
)

// Contact is somebody or something outside that is told of alarms.
type Contact struct {
	store.Meta `bson:",inline"`
	Fields     ContactFields `bson:"fields"`
}

// ContactFields is what is known of a contact.
type ContactFields struct {
	Name       string      `bson:"name" json:"name"` // who or what it is
	Kind       ContactKind `bson:"kind" json:"kind"`
	URL        string      `bson:"url,omitempty" json:"url,omitempty"`         // of a webhook
	Address    string      `bson:"address,omitempty" json:"address,omitempty"` // of an e-mail
	Severities []Severity  `bson:"severities" json:"severities"`               // of which alarms it is told
	Steps      []int       `bson:"steps" json:"steps"`                         // when: 0 raised, n the n-th escalation
	Lang       string      `bson:"lang" json:"lang"`                           // zh or en; "" becomes zh
	Names      bool        `bson:"names,omitempty" json:"names"`               // is told what things are called. Mails and other systems lie outside of the house: without this they hear that something happened and where to look, not to which relic
	Paused     bool        `bson:"paused,omitempty" json:"paused"`             // told nothing for now
}

// contactSecret is the sealed key with which the posts of a webhook are signed.
// Its id is the contact's. It has no history and is not in the feed.
type contactSecret struct {
	store.Meta `bson:",inline"`
	Sealed     []byte `bson:"sealed"`
}

var (
	contactDocs = store.Define[Contact](store.Spec{Name: "alarmcontacts", Schema: 1, History: true, Indexes: []store.Index{
		{Name: "byOrg", Parts: []store.Part{{Path: "org"}}},
	}})
	contactSecrets = store.Define[contactSecret](store.Spec{Name: "alarmcontactsecrets", Schema: 1})
)

// wants reports whether the contact is told of a at its present step.
func (c *Contact) wants(a *Alarm) bool {
	return !c.Fields.Paused && slices.Contains(c.Fields.Severities, a.Severity) && slices.Contains(c.Fields.Steps, a.Escalation)
}

// tidy normalises f and returns what is wrong with it.
func (f *ContactFields) tidy() []fault.Field {
	var wrong []fault.Field
	f.Name = strings.TrimSpace(f.Name)
	if n := utf8.RuneCountInString(f.Name); n == 0 || n > maxContactName || !printable(f.Name) || strings.Contains(f.Name, "\n") {
		wrong = append(wrong, ErrContactName.At("name", fault.P("max", maxContactName)))
	}
	switch f.Kind {
	case Webhook:
		if f.URL = strings.TrimSpace(f.URL); !validHook(f.URL) {
			wrong = append(wrong, ErrContactURL.At("url", fault.P("max", maxContactURL)))
		}
		f.Address = ""
	case Email:
		f.Address = strings.TrimSpace(f.Address)
		if a, err := mail.ParseAddress(f.Address); err != nil || a.Address != f.Address || len(f.Address) > maxMailAddress || !ascii(f.Address) {
			wrong = append(wrong, ErrContactAddress.At("address"))
		}
		f.URL = ""
	default:
		wrong = append(wrong, ErrContactKind.At("kind"))
	}
	if !set(f.Severities, 1, 4) {
		wrong = append(wrong, ErrContactSeverities.At("severities"))
	}
	if !set(f.Steps, 0, lastToldStep) {
		wrong = append(wrong, ErrContactSteps.At("steps", fault.P("max", lastToldStep)))
	}
	if f.Lang == "" {
		f.Lang = "zh"
	}
	if f.Lang != "zh" && f.Lang != "en" {
		wrong = append(wrong, ErrContactLang.At("lang"))
	}
	return wrong
}

// set sorts list and reports whether it is a set of at least one number from low
// to high.
func set[N ~int](list []N, low, high N) bool {
	slices.Sort(list)
	for i, n := range list {
		if n < low || n > high || i > 0 && n == list[i-1] {
			return false
		}
	}
	return len(list) > 0
}

// validHook reports whether s is a URL that a webhook may have. Where its name
// leads is looked at each time that it is dialled (sensors/notify).
func validHook(s string) bool {
	u, err := url.Parse(s)
	if err != nil || len(s) > maxContactURL || !ascii(s) || u.Host == "" || u.Hostname() == "" || u.User != nil || strings.Contains(s, "#") || u.Opaque != "" {
		return false
	}
	if u.Scheme == "http" {
		addr, err := netip.ParseAddr(u.Hostname())
		return u.Hostname() == "localhost" || err == nil && addr.IsLoopback()
	}
	return u.Scheme == "https"
}

// ascii reports whether s consists of printable ASCII without blanks.
func ascii(s string) bool {
	return !strings.ContainsFunc(s, func(r rune) bool { return r <= ' ' || r >= 0x7f })
}
