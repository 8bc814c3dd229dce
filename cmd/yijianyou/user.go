package main

import (
	"bufio"
	"context"
	"crypto/rand"
	"encoding/base32"
	"errors"
	"fmt"
	"os"
	"strings"

	"golang.org/x/term"

	"yijianyou/cmd/yijianyou/internal/app"
	"yijianyou/internal/actor"
	"yijianyou/internal/fault"
	"yijianyou/web/auth"
)

var (
	errGrant = fault.Define(fault.Invalid, "user.grant",
		"授权应写成 角色@单位，例如 registrar@demo-museum；全市写 *。角色：{roles}。", "Write a grant as role@organisation, such as registrar@demo-museum; * is city-wide. Roles: {roles}.")
	errMismatch = fault.Define(fault.Invalid, "user.password_mismatch", "两次输入的密码不一致。", "The two passwords differ.")
)

// userCommand manages accounts from the command line, beside a running server:
// the first administrator, and help for those who have locked themselves out.
type userCommand struct {
	Create   userCreate   `cmd:"" help:"Create an account. / 新建账号。"`
	List     userList     `cmd:"" help:"List accounts. / 列出账号。"`
	Password userPassword `cmd:"" help:"Set a new temporary password. / 重置密码。"`
	Factor   userFactor   `cmd:"" help:"Remove the second factor. / 清除第二因素。"`
	Lock     userLock     `cmd:"" help:"Lock an account. / 锁定账号。"`
	Unlock   userUnlock   `cmd:"" help:"Unlock an account. / 解锁账号。"`
}

type userCreate struct {
	Name     string   `arg:"" help:"Account name."`
	Display  string   `help:"Label shown in history." required:""`
	Org      string   `help:"Home organisation."`
	Grant    []string `help:"role@organisation; may be repeated." placeholder:"ROLE@ORG"`
	Generate bool     `help:"Make and print a random password instead of asking for one."`
}

// bySystem is the actor of the command line in history.
func bySystem() actor.Actor { return actor.SystemPart("command line") }

// Run implements runner.
func (c *userCreate) Run(ctx context.Context, p *program) error {
	grants, err := parseGrants(c.Grant)
	if err != nil {
		return err
	}
	return p.withCore(ctx, func(core *app.Core) error {
		password, err := p.password(c.Generate)
		if err != nil {
			return err
		}
		a, err := core.Auth.CreateAccount(ctx, bySystem(), auth.NewAccount{Name: c.Name, DisplayName: c.Display, Org: actor.OrgID(c.Org),
			Grants: grants, Password: password, Temporary: true})
		if err != nil {
			return err
		}
		p.say("已建立账号 %s，首次登录须修改密码。", "Created account %s; its password must be changed at the first login.", a.Name)
		return nil
	})
}

func parseGrants(list []string) ([]actor.Grant, error) {
	var grants []actor.Grant
	for _, g := range list {
		role, org, ok := strings.Cut(g, "@")
		if !ok || !actor.ValidRole(actor.Role(role)) || org == "" {
			return nil, errGrant.New(fault.P("roles", fmt.Sprint(actor.Roles)))
		}
		grants = append(grants, actor.Grant{Role: actor.Role(role), Org: actor.OrgID(org)})
	}
	return grants, nil
}

type userList struct{}

// Run implements runner.
func (userList) Run(ctx context.Context, p *program) error {
	return p.withCore(ctx, func(core *app.Core) error {
		page, err := core.Auth.ListAccounts(ctx, bySystem(), "", 200, "")
		for err == nil {
			for _, a := range page.Items {
				state := ""
				if a.Locked {
					state = " [locked]"
				}
				fmt.Fprintf(p.stdout, "%-24s %s%s %v\n", a.Name, a.DisplayName, state, a.Grants)
			}
			if page.Next == "" {
				return nil
			}
			page, err = core.Auth.ListAccounts(ctx, bySystem(), "", 200, page.Next)
		}
		return err
	})
}

type userPassword struct {
	Name     string `arg:"" help:"Account name."`
	Generate bool   `help:"Make and print a random password instead of asking for one."`
	Reason   string `help:"Why, kept in the audit trail." required:""`
}

// Run implements runner.
func (c *userPassword) Run(ctx context.Context, p *program) error {
	return p.withAccount(ctx, c.Name, func(core *app.Core, a *auth.Account) error {
		password, err := p.password(c.Generate)
		if err != nil {
			return err
		}
		if _, err := core.Auth.ResetPassword(ctx, bySystem(), a.ID, a.Rev, password, c.Reason); err != nil {
			return err
		}
		p.say("密码已重置，下次登录须修改。", "The password was reset and must be changed at the next login.")
		return nil
	})
}

type userFactor struct {
	Name   string `arg:"" help:"Account name."`
	Reason string `help:"Why, kept in the audit trail." required:""`
}

// Run implements runner.
func (c *userFactor) Run(ctx context.Context, p *program) error {
	return p.withAccount(ctx, c.Name, func(core *app.Core, a *auth.Account) error {
		_, err := core.Auth.ResetFactor(ctx, bySystem(), a.ID, a.Rev, c.Reason)
		return err
	})
}

type userLock struct {
	Name   string `arg:"" help:"Account name."`
	Reason string `help:"Why, kept in the audit trail." required:""`
}

// Run implements runner.
func (c *userLock) Run(ctx context.Context, p *program) error {
	return p.withAccount(ctx, c.Name, func(core *app.Core, a *auth.Account) error {
		_, err := core.Auth.Lock(ctx, bySystem(), a.ID, a.Rev, c.Reason)
		return err
	})
}

type userUnlock struct {
	Name   string `arg:"" help:"Account name."`
	Reason string `help:"Why, kept in the audit trail." required:""`
}

// Run implements runner.
func (c *userUnlock) Run(ctx context.Context, p *program) error {
	return p.withAccount(ctx, c.Name, func(core *app.Core, a *auth.Account) error {
		_, err := core.Auth.Unlock(ctx, bySystem(), a.ID, a.Rev, c.Reason)
		return err
	})
}

// withCore opens the store and the services for one command and closes them.
func (p *program) withCore(ctx context.Context, fn func(*app.Core) error) (err error) {
	cfg, err := p.settings()
	if err != nil {
		return err
	}
	core, err := app.OpenCore(ctx, cfg, p.logger(cfg))
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, core.Close()) }()
	return fn(core)
}

func (p *program) withAccount(ctx context.Context, name string, fn func(*app.Core, *auth.Account) error) error {
	return p.withCore(ctx, func(core *app.Core) error {
		a, err := core.Auth.AccountByName(ctx, bySystem(), name)
		if err != nil {
			return err
		}
		return fn(core, a)
	})
}

// password makes one, asks for one at a terminal, or reads a line of standard
// input. It is never an argument: those are seen by every user of the machine.
func (p *program) password(generate bool) (string, error) {
	if generate {
		b := make([]byte, 15)
		rand.Read(b)
		password := strings.ToLower(base32.StdEncoding.EncodeToString(b))
		fmt.Fprintln(p.stdout, password)
		return password, nil
	}
	in, ok := p.stdin.(*os.File)
	if !ok || !term.IsTerminal(int(in.Fd())) {
		line, err := bufio.NewReader(p.stdin).ReadString('\n')
		if err != nil && line == "" {
			return "", err
		}
		return strings.TrimRight(line, "\r\n"), nil
	}
	ask := func(zh, en string) (string, error) {
		if p.lang == fault.English {
			zh = en
		}
		fmt.Fprint(p.stderr, zh)
		b, err := term.ReadPassword(int(in.Fd()))
		fmt.Fprintln(p.stderr)
		return string(b), err
	}
	first, err := ask("新密码：", "New password: ")
	if err != nil {
		return "", err
	}
	second, err := ask("再输入一次：", "Once more: ")
	if err == nil && first != second {
		err = errMismatch.New()
	}
	return first, err
}
