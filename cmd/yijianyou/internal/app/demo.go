package app

import (
	"context"
	"crypto/rand"
	"encoding/base32"
	"errors"
	"strings"

	"yijianyou/cmd/yijianyou/demo"
	"yijianyou/internal/store"
	"yijianyou/web/auth"
)

// demoAccounts creates the organisations and accounts of the demo that are
// missing. It returns the password of the accounts that it made and their
// names; none when all were there.
func (c *Core) demoAccounts(ctx context.Context) (password string, made []string, err error) {
	for _, o := range demo.Orgs() {
		org := &auth.Org{Name: auth.Text(o.Name), Kind: auth.OrgKind(o.Kind), Simulated: o.Simulated}
		org.ID, org.Org = string(o.ID), o.ID
		_, err := c.Auth.Org(ctx, org.ID)
		if errors.Is(err, store.ErrNotFound) {
			err = c.Auth.PutOrg(ctx, demo.By(), org)
		}
		if err != nil {
			return "", nil, err
		}
	}
	if password = c.Config.DemoPassword; password == "" {
		b := make([]byte, 10)
		rand.Read(b)
		password = strings.ToLower(base32.StdEncoding.EncodeToString(b))
	}
	for _, a := range demo.Accounts() {
		_, err := c.Auth.CreateAccount(ctx, demo.By(), auth.NewAccount{Name: a.Account, DisplayName: a.Name.ZH, Grants: a.Grants, Password: password})
		switch {
		case errors.Is(err, auth.ErrAccountTaken):
		case err != nil:
			return "", nil, err
		default:
			made = append(made, a.Account)
		}
	}
	return password, made, nil
}

// demoDeps is what the demo data is loaded and its pictures are drawn through.
func (c *Core) demoDeps() demo.Deps {
	return demo.Deps{Store: c.Store, Heritage: c.Heritage, Tourism: c.Tourism, Sensors: c.Sensors, Media: c.Media, LongSide: c.Config.DemoPictures, Log: c.Log}
}

// loadDemo loads the demo data at the first start, or what is missing of it.
func (a *App) loadDemo(ctx context.Context) (err error) {
	deps := a.demoDeps()
	if deps.Secret, err = a.DemoSecret(); err != nil {
		return err
	}
	if err := demo.SetScene(ctx, a.Store, a.DeviceAddress()); err != nil {
		return err
	}
	res, err := demo.Load(ctx, deps)
	if ctx.Err() != nil { // told to stop; the next start goes on
		return nil
	}
	if err != nil {
		return err
	}
	if !res.Already {
		a.Log.Info("demo data is complete")
	}
	err = demo.PlayPast(ctx, deps)
	if err == nil {
		err = a.Tourism.RefreshForecasts(ctx)
	}
	if ctx.Err() != nil {
		return nil
	}
	return err
}
