package auth

import (
	"context"
	"net/http"
	"time"

	"yijianyou/internal/actor"
	"yijianyou/internal/fault"
	"yijianyou/web/httpkit"
)

// Mount declares the routes of sessions, accounts, keys, organisations and the
// audit trail.
func Mount(r *httpkit.Router, s *Service) {
	mountSession(r, s)
	mountAccounts(r, s)
	mountKeys(r, s)
	mountOrgs(r, s)
	mountAudit(r, s)
}

// actorView is who is logged in.
type actorView struct {
	ID           string              `json:"id"`
	Account      string              `json:"account" doc:"name to log in with"`
	Name         string              `json:"name" doc:"what others see"`
	Org          string              `json:"org" doc:"home organisation, empty for city-wide staff"`
	Grants       []actor.Grant       `json:"grants" nullable:"false" doc:"empty while something is pending"`
	Can          map[string][]string `json:"can" doc:"action -> organisations, * for all"`
	SecondFactor bool                `json:"secondFactor" doc:"a second factor is in use"`
	Pending      []string            `json:"pending" nullable:"false" doc:"what must be done before the grants apply: password, secondFactor"`
}

func viewActor(a *Account, by actor.Actor, pending []string) *actorView {
	v := &actorView{ID: a.ID, Account: a.Name, Name: a.DisplayName, Org: string(a.Org), Grants: by.Grants,
		Can: map[string][]string{}, SecondFactor: a.FactorEnrolled, Pending: pending}
	if v.Grants == nil {
		v.Grants = []actor.Grant{}
	}
	if v.Pending == nil {
		v.Pending = []string{}
	}
	for _, action := range actor.Actions {
		list, all := by.Orgs(action)
		if all {
			v.Can[string(action)] = []string{string(actor.CityWide)}
			continue
		}
		for _, org := range list {
			v.Can[string(action)] = append(v.Can[string(action)], string(org))
		}
	}
	return v
}

type sessionOutput struct {
	SetCookie    string `header:"Set-Cookie"`
	CacheControl string `header:"Cache-Control"`
	Body         struct {
		Actor     *actorView `json:"actor,omitempty" doc:"absent when nobody is logged in"`
		CSRFToken string     `json:"csrfToken" doc:"for X-CSRF-Token; empty when nobody is logged in or a key is used"`
	}
}

type loginInput struct {
	Body struct {
		Account  string `json:"account" maxLength:"100"`
		Password string `json:"password" maxLength:"1000"`
		Code     string `json:"code,omitempty" maxLength:"40" doc:"of the second factor, or a recovery code"`
	}
	Cookie string `cookie:"yjy" hidden:"true"`
	Host   string `cookie:"__Host-yjy" hidden:"true"`
}

func origin(ctx context.Context) Origin {
	return Origin{Address: httpkit.Address(ctx), Agent: httpkit.UserAgent(ctx), RequestID: httpkit.RequestID(ctx)}
}

// cookie makes the Set-Cookie line; value "" drops the cookie.
func (s *Service) cookie(value string) string {
	c := http.Cookie{Name: s.CookieName(), Value: value, Path: "/", HttpOnly: true, Secure: s.opts.Secure,
		SameSite: http.SameSiteLaxMode, MaxAge: int(s.opts.Life / time.Second)}
	if value == "" {
		c.MaxAge = -1
	}
	return c.String()
}

func (s *Service) sessionOutput(o *Opened) *sessionOutput {
	out := &sessionOutput{SetCookie: s.cookie(o.Cookie), CacheControl: "no-store"}
	out.Body.Actor = viewActor(o.Account, o.Actor, o.Pending)
	out.Body.CSRFToken = o.CSRFToken
	return out
}

func mountSession(r *httpkit.Router, s *Service) {
	httpkit.Handle(r, httpkit.Op{Method: "POST", Path: "/api/v1/session", ID: "session-login", Tag: "session", Summary: "Log in",
		Policy: httpkit.Public(), Status: 200, NoReplay: true, MaxBody: 8 << 10,
		Faults: []*fault.Code{ErrLogin, ErrCodeNeeded, ErrCodeWrong, ErrLocked, ErrThrottled}},
		func(ctx context.Context, in *loginInput) (*sessionOutput, error) {
			old := in.Cookie
			if s.opts.Secure {
				old = in.Host
			}
			o, err := s.Login(ctx, Attempt{Account: in.Body.Account, Password: in.Body.Password, Code: in.Body.Code, Replaces: old}, origin(ctx))
			if err != nil {
				return nil, err
			}
			return s.sessionOutput(o), nil
		})
	httpkit.Handle(r, httpkit.Op{Method: "GET", Path: "/api/v1/session", ID: "session", Tag: "session", Summary: "Who is logged in",
		Policy: httpkit.Public()},
		func(ctx context.Context, _ *struct{}) (*sessionOutput, error) {
			out := &sessionOutput{CacheControl: "no-store"}
			info := httpkit.CurrentSession(ctx)
			if info.Clear {
				out.SetCookie = s.cookie("")
			}
			if info.ID == "" {
				return out, nil
			}
			if info.CSRFToken == "" {
				out.Body.Actor = viewActor(&Account{Name: info.Actor.ID, DisplayName: info.Actor.Name}, info.Actor, nil)
				out.Body.Actor.ID = info.Actor.ID
				return out, nil
			}
			a, pending, err := s.Own(ctx, info.Actor)
			if err != nil {
				return nil, err
			}
			out.Body.Actor, out.Body.CSRFToken = viewActor(a, info.Actor, pending), info.CSRFToken
			return out, nil
		})
	httpkit.Handle(r, httpkit.Op{Method: "DELETE", Path: "/api/v1/session", ID: "session-logout", Tag: "session", Summary: "Log out",
		Policy: httpkit.Session(), Faults: []*fault.Code{ErrNoSession}},
		func(ctx context.Context, _ *struct{}) (*cookieOutput, error) {
			info := httpkit.CurrentSession(ctx)
			if err := s.Logout(ctx, info.Actor, info.ID); err != nil {
				return nil, err
			}
			return &cookieOutput{SetCookie: s.cookie("")}, nil
		})
	httpkit.Handle(r, httpkit.Op{Method: "PUT", Path: "/api/v1/session/password", ID: "session-password", Tag: "session",
		Summary: "Change one's own password; every session but a new one ends", Policy: httpkit.Session(), NoReplay: true, MaxBody: 8 << 10,
		Faults: []*fault.Code{ErrPasswordWrong, ErrThrottled, ErrNoSession}},
		func(ctx context.Context, in *passwordInput) (*sessionOutput, error) {
			o, err := s.ChangePassword(ctx, httpkit.Actor(ctx), in.Body.Current, in.Body.New, origin(ctx))
			if err != nil {
				return nil, err
			}
			return s.sessionOutput(o), nil
		})
	mountFactor(r, s)
	httpkit.Handle(r, httpkit.Op{Method: "GET", Path: "/api/v1/sessions", ID: "sessions", Tag: "session", Summary: "One's own sessions",
		Policy: httpkit.Session()},
		func(ctx context.Context, _ *struct{}) (*sessionsOutput, error) {
			list, err := s.OwnSessions(ctx, httpkit.Actor(ctx), httpkit.CurrentSession(ctx).ID)
			if err != nil {
				return nil, err
			}
			return &sessionsOutput{Body: httpkit.Page[SessionView]{Items: list}}, nil
		})
	httpkit.Handle(r, httpkit.Op{Method: "DELETE", Path: "/api/v1/sessions/{id}", ID: "session-end", Tag: "session", Summary: "End one of one's own sessions",
		Policy: httpkit.Session()},
		func(ctx context.Context, in *idInput) (*struct{}, error) {
			return nil, s.EndSession(ctx, httpkit.Actor(ctx), in.ID)
		})
}

type idInput struct {
	ID string `path:"id" maxLength:"64"`
}

type cookieOutput struct {
	SetCookie string `header:"Set-Cookie"`
}

type sessionsOutput struct {
	Body httpkit.Page[SessionView]
}

type passwordInput struct {
	Body struct {
		Current string `json:"current" maxLength:"1000"`
		New     string `json:"new" minLength:"12" maxLength:"256"`
	}
}

type factorBeginInput struct {
	Body struct {
		Password string `json:"password" maxLength:"1000"`
	}
}

type factorBeginOutput struct {
	Body struct {
		Secret string `json:"secret" doc:"base32, to type into an authenticator app"`
		URI    string `json:"uri" doc:"otpauth:// address, to show as a QR code"`
	}
}

type factorConfirmInput struct {
	Body struct {
		Code string `json:"code" maxLength:"40"`
	}
}

type factorConfirmOutput struct {
	Body struct {
		RecoveryCodes []string `json:"recoveryCodes" nullable:"false" doc:"each works once; shown only now"`
	}
}

type factorRemoveInput struct {
	Body struct {
		Password string `json:"password" maxLength:"1000"`
		Code     string `json:"code" maxLength:"40"`
	}
}

func mountFactor(r *httpkit.Router, s *Service) {
	const path = "/api/v1/session/second-factor"
	httpkit.Handle(r, httpkit.Op{Method: "POST", Path: path, ID: "factor-begin", Tag: "session", Summary: "Begin to enrol a second factor (TOTP)",
		Policy: httpkit.Session(), NoReplay: true, Status: 200, Faults: []*fault.Code{ErrPasswordWrong, ErrThrottled, ErrEnrolled, ErrNoSession}},
		func(ctx context.Context, in *factorBeginInput) (*factorBeginOutput, error) {
			e, err := s.BeginFactor(ctx, httpkit.Actor(ctx), in.Body.Password, origin(ctx))
			if err != nil {
				return nil, err
			}
			out := &factorBeginOutput{}
			out.Body.Secret, out.Body.URI = e.Secret, e.URI
			return out, nil
		})
	httpkit.Handle(r, httpkit.Op{Method: "PUT", Path: path, ID: "factor-confirm", Tag: "session", Summary: "Put the enrolled second factor into use",
		Policy: httpkit.Session(), NoReplay: true, Faults: []*fault.Code{ErrCodeWrong, ErrNotEnrolling, ErrThrottled, ErrNoSession}},
		func(ctx context.Context, in *factorConfirmInput) (*factorConfirmOutput, error) {
			codes, err := s.ConfirmFactor(ctx, httpkit.Actor(ctx), in.Body.Code, origin(ctx))
			if err != nil {
				return nil, err
			}
			out := &factorConfirmOutput{}
			out.Body.RecoveryCodes = codes
			return out, nil
		})
	httpkit.Handle(r, httpkit.Op{Method: "POST", Path: path + "/remove", ID: "factor-remove", Tag: "session", Summary: "Take one's own second factor out of use",
		Policy: httpkit.Session(), NoReplay: true, Status: 204, Faults: []*fault.Code{ErrPasswordWrong, ErrCodeWrong, ErrFactorRequired, ErrThrottled, ErrNoSession}},
		func(ctx context.Context, in *factorRemoveInput) (*struct{}, error) {
			return nil, s.RemoveFactor(ctx, httpkit.Actor(ctx), in.Body.Password, in.Body.Code, origin(ctx))
		})
}
