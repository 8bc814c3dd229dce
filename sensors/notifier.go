package sensors

import (
	"context"
	"errors"
	"log/slog"

	"yijianyou/heritage"
	"yijianyou/internal/actor"
	"yijianyou/internal/fault"
	"yijianyou/internal/seal"
	"yijianyou/internal/store"
)

// What happens to a message on its way out.
var (
	ErrReceiverStatus = fault.Define(fault.Unavailable, "sensors.receiver_status",
		"接收方回答了 {status}，应为 200 至 299。请在接收方查看原因。", "The receiver answered {status}; expected 200 to 299. Look for the reason there.")
	ErrReceiverRedirect = fault.Define(fault.Unavailable, "sensors.receiver_redirect",
		"接收方要求转到另一网址（{status}）。报警不跟随跳转，请填写最终网址。", "The receiver answered with a redirect ({status}). Alarms follow none: enter the final URL.")
	ErrReceiverSlow = fault.Define(fault.Unavailable, "sensors.receiver_slow",
		"接收方没有在 {seconds} 秒内回答。", "The receiver did not answer within {seconds} seconds.")
	ErrReceiverDown = fault.Define(fault.Unavailable, "sensors.receiver_down",
		"无法连接接收方：域名、端口、证书或网络有问题。", "The receiver cannot be reached: its name, port, certificate or the network is at fault.")
	ErrReceiverPlace = fault.Define(fault.Invalid, "sensors.receiver_place",
		"该网址指向内部或保留的网络地址，已拒绝。确需使用时，请管理员在设置 webhook-networks 中加入该网段。", "The URL leads to a private or reserved network address and is refused. If it is meant, have the network added to the setting webhook-networks.")
	ErrNoMail = fault.Define(fault.Invalid, "sensors.no_mail",
		"没有设置邮件服务器。请管理员设置 smtp 和 smtp-from。", "No mail server is set. Have smtp and smtp-from set.")
	ErrMailRefused = fault.Define(fault.Unavailable, "sensors.mail_refused",
		"邮件服务器没有接受邮件（{status}）。请核对收件地址、发件地址和账号。", "The mail server did not take the message ({status}). Check the address, the sender and the account.")
	ErrSecretLost = fault.Define(fault.Invalid, "sensors.contact_secret_lost",
		"签名密钥无法读取。请为该联系人重新生成密钥，并告知接收方。", "The signing secret cannot be read. Make a new one for this contact and give it to the receiver.")
)

// NotifierOptions are what a Notifier needs; nothing but Log may be missing.
type NotifierOptions struct {
	Service   *Service
	Sealer    *seal.Sealer
	Sender    Sender
	Orgs      Orgs
	PublicURL string       // scheme and host of the console, without a slash at the end
	Log       *slog.Logger // nil means slog.Default()
}

// Notifier tells contacts outside of alarms. It is safe for concurrent use.
type Notifier struct {
	s      *Service
	seal   *seal.Sealer
	sender Sender
	orgs   Orgs
	url    string
	log    *slog.Logger
}

// NewNotifier returns a Notifier. It panics when an option is missing.
func NewNotifier(o NotifierOptions) *Notifier {
	if o.Service == nil || o.Sealer == nil || o.Sender == nil || o.Orgs == nil {
		panic("sensors: NewNotifier needs Service, Sealer, Sender and Orgs")
	}
	if o.Log == nil {
		o.Log = slog.Default()
	}
	return &Notifier{s: o.Service, seal: o.Sealer, sender: o.Sender, orgs: o.Orgs, url: o.PublicURL, log: o.Log}
}

// Handlers are the durable jobs of the notifier.
func (n *Notifier) Handlers() map[string]store.Handler {
	return map[string]store.Handler{NotifyJob: n.deliver}
}

// deliver tries to tell a contact once and writes down how it went. A delivery that
// is not Waiting is left alone: a job that is run again after it had gone well asks
// nobody. Only when the process dies between the answer of the receiver and the log
// is a message sent twice, with the same id.
func (n *Notifier) deliver(ctx context.Context, t *store.Task) error {
	var job notice
	if err := t.Decode(&job); err != nil {
		return err
	}
	d, err := deliveryDocs.Get(ctx, n.s.st, job.Delivery)
	if err != nil || d.State != Waiting {
		return err
	}
	contact, err := found(contactDocs.Get(ctx, n.s.st, d.ContactID))
	if err != nil {
		return err
	}
	if contact == nil || contact.Fields.Paused {
		return n.settle(ctx, t, d.ID, func(d *Delivery) { d.State = Dropped })
	}
	a, err := alarmDocs.Get(ctx, n.s.st, d.AlarmID)
	if err != nil {
		return err
	}
	msg, err := n.compose(ctx, a, contact, d)
	if err != nil {
		return err
	}
	secret, sent := n.secret(ctx, contact)
	if sent != nil && !errors.Is(sent, ErrSecretLost) {
		return sent
	}
	status := 0
	if sent == nil {
		status, sent = n.send(ctx, contact, secret, msg)
	}
	if sent != nil && ctx.Err() != nil { // the program stops: that was no answer of the receiver
		return ctx.Err()
	}
	attempt := attemptOf(n.s.st.Now(), status, sent)
	again := false
	err = n.settle(ctx, t, d.ID, func(d *Delivery) {
		d.Attempts = append(d.Attempts, attempt)
		final := fault.KindOf(sent) == fault.Invalid || len(d.Attempts) >= maxAttempts
		switch again = false; {
		case sent == nil:
			d.State = Delivered
		case final:
			d.State = GivenUp
		default:
			again = true
		}
	})
	if err == nil && again {
		return sent
	}
	return err
}

// secret returns what the posts of a webhook are signed with, "" for an e-mail.
//
// Errors: ErrSecretLost, those of the store.
func (n *Notifier) secret(ctx context.Context, c *Contact) (string, error) {
	if c.Fields.Kind == Email {
		return "", nil
	}
	kept, err := found(contactSecrets.Get(ctx, n.s.st, c.ID))
	if err != nil {
		return "", err
	}
	if kept == nil {
		return "", ErrSecretLost.New()
	}
	secret, err := n.seal.Open(kept.Sealed, sealedFor(c.ID))
	if err != nil {
		n.log.ErrorContext(ctx, "secret of an alarm contact not read", "contact", c.ID, "error", err.Error())
		return "", ErrSecretLost.Wrap(err)
	}
	return secret, nil
}

// send takes the message to the contact.
func (n *Notifier) send(ctx context.Context, c *Contact, secret string, msg *message) (status int, err error) {
	if c.Fields.Kind == Email {
		return 0, n.sender.Mail(ctx, Mail{ID: msg.ID, To: c.Fields.Address, Subject: msg.Subject, Text: msg.Text})
	}
	return n.sender.Post(ctx, Post{ID: msg.ID, URL: c.Fields.URL, Secret: secret, Body: msg.Body})
}

// settle changes a delivery that is still Waiting, while the job is this worker's.
// One that has been given up is also a note in the alarm.
func (n *Notifier) settle(ctx context.Context, t *store.Task, id string, fn func(*Delivery)) error {
	return n.s.st.Update(ctx, notifierActor, func(tx *store.Tx) error {
		if err := t.Fence(tx); err != nil {
			return err
		}
		d, err := deliveryDocs.Get(tx.Context(), tx, id)
		if err != nil || d.State != Waiting {
			return err
		}
		if fn(d); d.State == GivenUp {
			if err := noteGivenUp(tx, d); err != nil {
				return err
			}
		}
		return deliveryDocs.Put(tx, d)
	})
}

var notifierActor = actor.SystemPart("notifier")

// noteGivenUp says in the alarm that a contact was not told.
func noteGivenUp(tx *store.Tx, d *Delivery) error {
	a, err := alarmDocs.Get(tx.Context(), tx, d.AlarmID)
	if err != nil || !a.Open {
		return err
	}
	tx.Describe("alarm.untold", "")
	a.step(tx.Now(), heritage.PersonOf(notifierActor), StepNote, "未能通知 (could not be told): "+d.ContactName)
	return alarmDocs.Put(tx, a)
}
