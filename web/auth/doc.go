// Package auth keeps the accounts of staff: who they are, what they may do, how
// they prove it, and what they did. Tourists have no account.
//
// Ideas:
//
//   - An Account (name, label, grants, lock) has history; its secrets (password
//     hash, second factor, recovery codes) lie beside it in a collection without
//     history and never leave this package. The same holds for API keys.
//   - A session is 256 random bits in an HttpOnly cookie; the store has only
//     their SHA-256. It ends when idle, after its absolute life, at logout, when
//     the account is locked, and when the password changes. The CSRF token is an
//     HMAC under the cookie's value: only who has the cookie can know it, and
//     nothing is stored.
//   - Passwords are argon2id (RFC 9106). The parameters are in each hash; a login
//     with an older hash renews it.
//   - An attempt to log in is charged before the password is looked at, to the
//     account and to the address, in the store: parallel guesses on several nodes
//     count too. The wait doubles with each further failure. Unknown names cost
//     the same time and get the same answer as wrong passwords.
//   - Second factor: TOTP (RFC 6238), one step of clock difference, each code
//     once. Its secret is sealed with the key of the data directory. Ten recovery
//     codes, each once.
//   - An account that must still enrol a second factor or change a password set
//     by an administrator has no grants until it has done so.
//   - Administration: nobody changes his own grants or lock; registrar and keeper
//     of one organisation are never one account; the last active city-wide
//     administrator stays. An administrator of one organisation rules only
//     accounts whose home and grants all lie there.
//   - API keys are for programs of partners: shown once, limited to roles that do
//     not rule accounts, with an end. The actor of a key is Staff with the id
//     "key:" and the key's id.
//
// What is not here: which role may do what (internal/actor), what a route needs
// (httpkit.Policy), differences between revisions (each domain shows its own).
//
// Reading order: account.go, secret.go, session.go, login.go, factor.go,
// admin.go, key.go, org.go, audit.go, http*.go.
package auth
