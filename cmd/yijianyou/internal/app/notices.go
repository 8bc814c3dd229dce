package app

import (
	"context"
	"errors"

	"yijianyou/cmd/yijianyou/internal/config"
	"yijianyou/heritage"
	"yijianyou/internal/actor"
	"yijianyou/internal/seal"
	"yijianyou/internal/store"
	"yijianyou/sensors"
	"yijianyou/sensors/notify"
	"yijianyou/web/auth"
)

// noticeWorkers is how many contacts are told at the same time: a slow receiver
// does not hold up the others.
const noticeWorkers = 4

// notifier makes what tells contacts outside of alarms.
func (c *Core) notifier(key []byte) (*sensors.Notifier, error) {
	sealer, err := seal.New(key)
	if err != nil {
		return nil, err
	}
	return sensors.NewNotifier(sensors.NotifierOptions{Service: c.Sensors, Sealer: sealer, Orgs: orgs{c.Auth}, PublicURL: c.Config.PublicURL.String(), Log: c.Log,
		Sender: notify.New(notify.Options{Networks: c.Config.HookNetworks, SMTP: mailServer(c.Config)})}), nil
}

// mailServer is what the settings say of the server of mails, nil when there is none.
func mailServer(cfg *config.Config) *notify.SMTP {
	m := cfg.SMTP
	if m == nil {
		return nil
	}
	return &notify.SMTP{Host: m.Host, Port: m.Port, TLS: m.TLS, User: m.User, Password: m.Password, From: cfg.SMTPFrom}
}

// orgs joins sensors.Orgs with the organisations of the accounts.
type orgs struct{ a *auth.Service }

// OrgGlance implements sensors.Orgs.
func (g orgs) OrgGlance(ctx context.Context, id actor.OrgID) (heritage.Text, bool, error) {
	o, err := g.a.Org(ctx, string(id))
	if errors.Is(err, store.ErrNotFound) {
		return heritage.Text{}, false, sensors.ErrNotFound.Wrap(err)
	}
	if err != nil {
		return heritage.Text{}, false, err
	}
	return heritage.Text{ZH: o.Name.ZH, EN: o.Name.EN}, o.Simulated, nil
}
