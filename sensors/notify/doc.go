// Package notify takes the notices of alarms out of the house: signed POSTs to
// webhooks and mails through an SMTP server. It implements sensors.Sender and
// decides nothing about alarms.
//
// Ideas:
//
//   - A webhook is an address that somebody typed into a form, so it must not
//     become a way into the house: where a name leads is looked at when it is
//     dialled, and addresses that are not of the public internet are refused unless
//     the operator has named their network. No redirect is followed, no proxy of
//     the environment is used, no connection is kept.
//   - http without TLS goes to the machine itself only, and only when that network
//     is allowed.
//   - The header X-Yijianyou-Signature says t=<unix seconds>,v1=<hex>: HMAC-SHA256
//     with the secret of the contact over "<t>.<body>". The receiver compares it,
//     and refuses a t that is far from its clock and an id (X-Yijianyou-Event)
//     that it has seen.
//   - The texts of errors that are kept are those of their codes; addresses and
//     causes stay in the program.
//
// Standards: HMAC (RFC 2104), SMTP (RFC 5321, 3207, 8314), automatic mails
// (RFC 3834), special-purpose addresses (RFC 6890 and the registries of IANA).
//
// What is not here: whom to tell, texts, retries, the log (sensors).
//
// Reading order: sender.go, place.go, webhook.go, mail.go.
package notify
