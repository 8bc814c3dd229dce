package auth

import (
	"errors"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/pquerna/otp/totp"

	"yijianyou/internal/actor"
	"yijianyou/internal/fault"
	"yijianyou/internal/store"
	"yijianyou/internal/store/storetest"
	"yijianyou/web/httpkit"
)

const goodPassword = "seven lanterns over the moat"

// world is a service with a clock of its own, two museums and some accounts.
type world struct {
	*Service
	t    *testing.T
	now  time.Time
	root actor.Actor
}

func newWorld(t *testing.T, change ...func(*Options)) *world {
	w := &world{t: t, now: time.Date(2026, 5, 1, 8, 0, 0, 0, time.UTC), root: actor.SystemPart("test")}
	st := storetest.NewWith(t, store.Options{RunTwice: true, Now: func() time.Time { return w.now }}, append(Collections(), httpkit.Collections()...)...)
	opts := Options{Key: make([]byte, 32), Cost: HashCost{MemoryKiB: 64, Passes: 1, Threads: 1}}
	for _, f := range change {
		f(&opts)
	}
	s, err := NewService(st, opts)
	if err != nil {
		t.Fatal(err)
	}
	w.Service = s
	for _, id := range []string{"demo-museum", "demo-museum-b"} {
		w.must(s.PutOrg(t.Context(), w.root, &Org{Meta: store.Meta{ID: id}, Name: Text{ZH: "示范博物馆"}, Kind: Museum, Simulated: true}))
	}
	return w
}

func (w *world) must(err error) {
	w.t.Helper()
	if err != nil {
		w.t.Fatal(err)
	}
}

func (w *world) account(name string, org actor.OrgID, grants ...actor.Grant) *Account {
	w.t.Helper()
	a, err := w.CreateAccount(w.t.Context(), w.root, NewAccount{Name: name, DisplayName: "示范" + name, Org: org, Grants: grants, Password: goodPassword})
	w.must(err)
	return a
}

func (w *world) login(name, password, code string) (*Opened, error) {
	w.t.Helper()
	return w.Login(w.t.Context(), Attempt{Account: name, Password: password, Code: code}, Origin{Address: "10.0.0.1", Agent: "test"})
}

func (w *world) actor(a *Account) actor.Actor { return a.acts("", w.pending(a)) }

func grant(role actor.Role, org actor.OrgID) actor.Grant { return actor.Grant{Role: role, Org: org} }

// fieldCodes returns "path code" of each field error of err.
func fieldCodes(err error) []string {
	var out []string
	if err == nil {
		return out
	}
	for _, f := range fault.Of(err).Fields() {
		out = append(out, f.Path+" "+f.Code.ID())
	}
	return out
}

func TestPasswordsThatAreRefused(t *testing.T) {
	for _, c := range []struct{ password, want string }{
		{goodPassword, ""},
		{"洛阳铲与青铜器的十二个字", ""},
		{"short", "password auth.password_short"},
		{strings.Repeat("长", 90), "password auth.password_long"},
		{"my Keeper.One is great", "password auth.password_name"},
		{"passwordpassword", "password auth.password_common"},
		{"Password12345678", "password auth.password_common"},
		{"aaaaaaaaaaaaaaa", "password auth.password_common"},
		{"abcdefghijklmnop", "password auth.password_common"},
		{"woaini1314520520", "password auth.password_common"},
		{"qwertyuiop123456", "password auth.password_common"},
	} {
		got := strings.Join(fieldCodes(fault.InvalidFields(checkPassword(c.password, "keeper.one", "password"))), ";")
		if got != c.want {
			t.Errorf("%s: %q, want %q", c.password, got, c.want)
		}
	}
}

func FuzzDecodeHash(f *testing.F) {
	f.Add(encodeHash(DefaultCost, make([]byte, saltSize), make([]byte, hashSize)))
	f.Add("$argon2id$v=19$m=1,t=1,p=1$$")
	f.Fuzz(func(t *testing.T, s string) {
		c, salt, sum, err := decodeHash(s)
		if err != nil {
			return
		}
		c2, salt2, sum2, err := decodeHash(encodeHash(c, salt, sum))
		if err != nil || c2 != c || string(salt2) != string(salt) || string(sum2) != string(sum) {
			t.Errorf("%q does not come back", s)
		}
	})
}

func TestNothingSecretIsInHistory(t *testing.T) {
	w := newWorld(t)
	a := w.account("keeper.one", "demo-museum", grant(actor.Keeper, "demo-museum"))
	by := w.actor(a)
	e, err := w.BeginFactor(t.Context(), by, goodPassword, Origin{})
	w.must(err)
	_, err = w.ConfirmFactor(t.Context(), by, w.code(e.Secret), Origin{})
	w.must(err)
	o, err := w.login("keeper.one", goodPassword, "")
	if !errors.Is(err, ErrCodeNeeded) || o != nil {
		t.Fatal(err)
	}
	_, key, err := w.CreateKey(t.Context(), w.root, NewKey{Org: "demo-museum", Label: "伙伴", Grants: []actor.Grant{grant(actor.Auditor, "demo-museum")}, ExpiresAt: w.now.Add(time.Hour)})
	w.must(err)
	sec, err := secrets.Get(t.Context(), w.st, a.ID)
	w.must(err)
	forbidden := []string{goodPassword, sec.Password, e.Secret, key, digest(key), "argon2id"}
	var text strings.Builder
	w.must(store.History.Each(t.Context(), w.st, store.Query{}, func(r *store.Revision) error {
		text.WriteString(r.Doc + r.Action + r.Reason + r.Before.String() + "\n")
		return nil
	}))
	for _, s := range forbidden {
		if strings.Contains(text.String(), s) {
			t.Errorf("history contains a secret %.6s…", s)
		}
	}
	if strings.Contains(string(sec.Factor), e.Secret) {
		t.Error("the second factor is stored in the clear")
	}
	for _, want := range []string{"account.factor.enrol", "key.create"} {
		if !strings.Contains(text.String(), want) {
			t.Errorf("history lacks %s", want)
		}
	}
}

// code is the TOTP code at the world's time.
func (w *world) code(key string) string {
	w.t.Helper()
	code, err := totp.GenerateCode(key, w.now)
	w.must(err)
	return code
}

func TestGuessesWaitLongerAndLonger(t *testing.T) {
	w := newWorld(t)
	w.account("keeper.one", "demo-museum")
	for i := range freeByAccount {
		if _, err := w.login("Keeper.One ", "wrong", ""); !errors.Is(err, ErrLogin) {
			t.Fatalf("failure %d: %v", i+1, err)
		}
	}
	waits := []int{}
	for range 12 {
		_, err := w.login("keeper.one", goodPassword, "") // even the right one waits
		var wait *httpkit.WaitError
		if !errors.As(err, &wait) {
			t.Fatalf("no wait: %v", err)
		}
		waits = append(waits, wait.Seconds)
		w.now = w.now.Add(time.Duration(wait.Seconds) * time.Second)
		if _, err := w.login("keeper.one", "wrong", ""); !errors.Is(err, ErrLogin) {
			t.Fatalf("after the wait: %v", err)
		}
	}
	if diff := cmp.Diff([]int{2, 4, 8, 16, 32, 64, 128, 256, 512, 900, 900, 900}, waits); diff != "" {
		t.Error(diff)
	}
	w.now = w.now.Add(maxWait)
	if _, err := w.login("keeper.one", goodPassword, ""); err != nil {
		t.Fatalf("the right password after the wait: %v", err)
	}
	if _, err := w.login("keeper.one", "wrong", ""); !errors.Is(err, ErrLogin) {
		t.Errorf("a login forgives the account: %v", err)
	}
}

func TestAnAddressThatTriesManyAccountsWaits(t *testing.T) {
	w := newWorld(t)
	w.account("own", "demo-museum")
	for i := range freeByAddress {
		if i%5 == 4 { // an own login washes nothing away
			if _, err := w.login("own", goodPassword, ""); err != nil {
				t.Fatal(err)
			}
		}
		if _, err := w.login("name"+itoa(i), "wrong", ""); !errors.Is(err, ErrLogin) {
			t.Fatalf("guess %d: %v", i, err)
		}
	}
	if _, err := w.login("another", "wrong", ""); !errors.Is(err, ErrThrottled) {
		t.Errorf("%v", err)
	}
	if _, err := w.Login(t.Context(), Attempt{Account: "own", Password: goodPassword}, Origin{Address: "10.0.0.2"}); err != nil {
		t.Errorf("another address waits too: %v", err)
	}
}

func TestUnknownAccountsAndWrongPasswordsGetTheSameAnswer(t *testing.T) {
	w := newWorld(t)
	a := w.account("locked", "demo-museum")
	_, err := w.Lock(t.Context(), w.root, a.ID, a.Rev, "离岗")
	w.must(err)
	_, e1 := w.login("nobody", "wrong password", "")
	_, e2 := w.login("locked", "wrong password", "")
	if e1 == nil || e2 == nil || e1.Error() != e2.Error() {
		t.Errorf("%v\n%v", e1, e2)
	}
	if _, err := w.login("locked", goodPassword, ""); !errors.Is(err, ErrLocked) {
		t.Errorf("who knows the password is told: %v", err)
	}
}

func TestASessionEndsWhenIdleAndInAnyCase(t *testing.T) {
	w := newWorld(t)
	a := w.account("keeper.one", "demo-museum", grant(actor.Keeper, "demo-museum"))
	read := func(cookie string) actor.Kind {
		info, err := w.Read(t.Context(), httpkit.Credentials{Cookie: cookie})
		w.must(err)
		return info.Actor.Kind
	}
	o, err := w.login("keeper.one", goodPassword, "")
	w.must(err)
	for range 14 { // 11 h 40 min of work
		if read(o.Cookie) != actor.Staff {
			t.Fatal("ended while in use")
		}
		w.now = w.now.Add(50 * time.Minute)
	}
	w.now = w.now.Add(20 * time.Minute)
	if read(o.Cookie) != actor.Public {
		t.Error("lives longer than 12 h")
	}
	o, err = w.login("keeper.one", goodPassword, "")
	w.must(err)
	w.now = w.now.Add(61 * time.Minute)
	if read(o.Cookie) != actor.Public {
		t.Error("an idle session lives on")
	}
	o, err = w.login("keeper.one", goodPassword, "")
	w.must(err)
	a, err = w.Account(t.Context(), w.root, a.ID)
	w.must(err)
	if _, err := w.Lock(t.Context(), w.root, a.ID, a.Rev, "离岗"); err != nil {
		t.Fatal(err)
	}
	if read(o.Cookie) != actor.Public {
		t.Error("a locked account has a session")
	}
	for _, cookie := range []string{"", "short", strings.Repeat("x", 43), strings.Repeat("x", 10000)} {
		if read(cookie) != actor.Public {
			t.Errorf("cookie of %d bytes lets somebody in", len(cookie))
		}
	}
}

func TestALoginReplacesTheSessionThatTheBrowserHad(t *testing.T) {
	w := newWorld(t)
	w.account("keeper.one", "demo-museum")
	first, err := w.login("keeper.one", goodPassword, "")
	w.must(err)
	second, err := w.Login(t.Context(), Attempt{Account: "keeper.one", Password: goodPassword, Replaces: first.Cookie}, Origin{})
	w.must(err)
	info, err := w.Read(t.Context(), httpkit.Credentials{Cookie: first.Cookie})
	w.must(err)
	if info.ID != "" || !info.Clear || first.Cookie == second.Cookie {
		t.Error("the old session lives on")
	}
}

func TestTheSecondFactor(t *testing.T) {
	w := newWorld(t)
	a := w.account("keeper.one", "demo-museum", grant(actor.Keeper, "demo-museum"))
	by := w.actor(a)
	ctx := t.Context()
	if _, err := w.ConfirmFactor(ctx, by, "000000", Origin{}); !errors.Is(err, ErrNotEnrolling) {
		t.Errorf("confirmed before it began: %v", err)
	}
	if _, err := w.BeginFactor(ctx, by, "wrong", Origin{}); !errors.Is(err, ErrPasswordWrong) {
		t.Errorf("began without the password: %v", err)
	}
	e, err := w.BeginFactor(ctx, by, goodPassword, Origin{})
	w.must(err)
	if !strings.HasPrefix(e.URI, "otpauth://totp/") || !strings.Contains(e.URI, e.Secret) {
		t.Errorf("URI %s", e.URI)
	}
	if _, err := w.login("keeper.one", goodPassword, ""); err != nil {
		t.Errorf("an unconfirmed factor is asked for: %v", err)
	}
	if _, err := w.ConfirmFactor(ctx, by, "000000", Origin{}); !errors.Is(err, ErrCodeWrong) {
		t.Errorf("wrong code: %v", err)
	}
	recovery, err := w.ConfirmFactor(ctx, by, w.code(e.Secret), Origin{})
	w.must(err)
	if len(recovery) != recoveryCodes {
		t.Errorf("%d recovery codes", len(recovery))
	}
	if _, err := w.login("keeper.one", goodPassword, w.code(e.Secret)); !errors.Is(err, ErrCodeWrong) {
		t.Errorf("the code of the enrolment works again: %v", err)
	}
	w.now = w.now.Add(30 * time.Second)
	code := w.code(e.Secret)
	if _, err := w.login("keeper.one", goodPassword, code[:3]+" "+code[3:]); err != nil {
		t.Errorf("the next code: %v", err)
	}
	if _, err := w.login("keeper.one", goodPassword, code); !errors.Is(err, ErrCodeWrong) {
		t.Errorf("a code works twice: %v", err)
	}
	w.now = w.now.Add(90 * time.Second)
	stale := w.code(e.Secret)
	w.now = w.now.Add(90 * time.Second)
	if _, err := w.login("keeper.one", goodPassword, stale); !errors.Is(err, ErrCodeWrong) {
		t.Errorf("an old code works: %v", err)
	}
	if _, err := w.login("keeper.one", goodPassword, strings.ToUpper(recovery[3])); err != nil {
		t.Errorf("recovery code: %v", err)
	}
	if _, err := w.login("keeper.one", goodPassword, recovery[3]); !errors.Is(err, ErrCodeWrong) {
		t.Errorf("a recovery code works twice: %v", err)
	}
	if _, err := w.BeginFactor(ctx, by, goodPassword, Origin{}); !errors.Is(err, ErrEnrolled) {
		t.Errorf("enrolled twice: %v", err)
	}
	w.must(w.RemoveFactor(ctx, by, goodPassword, recovery[5], Origin{}))
	if _, err := w.login("keeper.one", goodPassword, ""); err != nil {
		t.Errorf("after removal: %v", err)
	}
}

func TestGuessingTheCodeIsThrottledToo(t *testing.T) {
	w := newWorld(t)
	a := w.account("keeper.one", "demo-museum")
	e, err := w.BeginFactor(t.Context(), w.actor(a), goodPassword, Origin{})
	w.must(err)
	_, err = w.ConfirmFactor(t.Context(), w.actor(a), w.code(e.Secret), Origin{})
	w.must(err)
	for i := range freeByAccount {
		if _, err := w.login("keeper.one", goodPassword, ""); !errors.Is(err, ErrCodeNeeded) {
			t.Fatalf("asking for the code: %v", err)
		}
		if _, err := w.login("keeper.one", goodPassword, "00000"+itoa(i)); !errors.Is(err, ErrCodeWrong) {
			t.Fatalf("guess %d: %v", i, err)
		}
	}
	if _, err := w.login("keeper.one", goodPassword, "123456"); !errors.Is(err, ErrThrottled) {
		t.Errorf("%v", err)
	}
}

func TestSomethingPendingMeansNoGrants(t *testing.T) {
	w := newWorld(t, func(o *Options) { o.FactorRoles = []actor.Role{actor.Approver} })
	a, err := w.CreateAccount(t.Context(), w.root, NewAccount{Name: "approver", DisplayName: "示范审批人", Org: "demo-museum",
		Grants: []actor.Grant{grant(actor.Approver, "demo-museum")}, Password: goodPassword, Temporary: true})
	w.must(err)
	o, err := w.login("approver", goodPassword, "")
	w.must(err)
	if diff := cmp.Diff([]string{PendingPassword, PendingFactor}, o.Pending); diff != "" || len(o.Actor.Grants) != 0 {
		t.Errorf("%s grants %v", diff, o.Actor.Grants)
	}
	const next = "another lantern, another moat"
	if _, err := w.ChangePassword(t.Context(), o.Actor, goodPassword, goodPassword, Origin{}); strings.Join(fieldCodes(err), "") != "new auth.password_same" {
		t.Errorf("same password: %v", err)
	}
	o2, err := w.ChangePassword(t.Context(), o.Actor, goodPassword, next, Origin{})
	w.must(err)
	if info, err := w.Read(t.Context(), httpkit.Credentials{Cookie: o.Cookie}); err != nil || info.ID != "" {
		t.Errorf("the session before the change lives on: %v %v", info, err)
	}
	e, err := w.BeginFactor(t.Context(), o2.Actor, next, Origin{})
	w.must(err)
	_, err = w.ConfirmFactor(t.Context(), o2.Actor, w.code(e.Secret), Origin{})
	w.must(err)
	info, err := w.Read(t.Context(), httpkit.Credentials{Cookie: o2.Cookie})
	w.must(err)
	if !info.Actor.Can(actor.MovementApprove, "demo-museum") {
		t.Errorf("all done, no grants: %+v", info.Actor)
	}
	if err := w.RemoveFactor(t.Context(), info.Actor, next, "x", Origin{}); !errors.Is(err, ErrFactorRequired) {
		t.Errorf("a required factor was removed: %v", err)
	}
	a, err = w.Account(t.Context(), w.root, a.ID)
	w.must(err)
	_, err = w.ResetFactor(t.Context(), w.root, a.ID, a.Rev, "手机遗失")
	w.must(err)
	if o, err := w.login("approver", next, ""); err != nil || len(o.Actor.Grants) != 0 {
		t.Errorf("after the reset: %v %v", o, err)
	}
}

func TestOldHashesAreRenewed(t *testing.T) {
	w := newWorld(t)
	a := w.account("keeper.one", "demo-museum")
	w.hasher.cost.Passes = 2
	_, err := w.login("keeper.one", goodPassword, "")
	w.must(err)
	sec, err := secrets.Get(t.Context(), w.st, a.ID)
	w.must(err)
	if !strings.Contains(sec.Password, "t=2") {
		t.Errorf("hash %s", sec.Password[:30])
	}
	if _, err := w.login("keeper.one", goodPassword, ""); err != nil {
		t.Error(err)
	}
}
