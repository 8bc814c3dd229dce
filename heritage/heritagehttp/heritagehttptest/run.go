package heritagehttptest

import (
	"testing"

	"yijianyou/heritage/heritagetest"
	"yijianyou/web/httpkit/httpkittest"
)

// Run runs every scenario, each on a store of its own.
func Run(t *testing.T, open Open) {
	for name, scenario := range map[string]func(*testing.T, Open){
		"reading":                       reading,
		"writing is refused":            refusals,
		"a record from draft to public": journey,
		"two curators":                  twoCurators,
		"a full record round trip":      roundTrip,
		"many at once":                  many,
		"the public tag":                publicTag,
		"removal":                       removal,
		"code lists":                    vocabularies,
		"a loan and its return":         loan,
		"an order is lawful or refused": lawful,
		"levels of approval":            levels,
		"many ask at once":              rush,
		"an exhibition":                 exhibition,
	} {
		t.Run(name, func(t *testing.T) { scenario(t, open) })
	}
}

// call is one line of a table: who asks for what, and what comes back.
type call struct {
	rule   string
	as     func(*world) *httpkittest.Client
	method string
	path   string // {name} stands for an id
	body   any
	match  string // If-Match: a path whose staff tag is sent, or a literal in quotes
	status int
	code   string   // of the problem, "" when it is none
	has    []string // {name} stands for an id
	lacks  []string
}

func nobody(w *world) *httpkittest.Client    { return w.nobody }
func registrar(w *world) *httpkittest.Client { return w.registrar }
func keeper(w *world) *httpkittest.Client    { return w.keeper }
func reviewer(w *world) *httpkittest.Client  { return w.reviewer }
func stranger(w *world) *httpkittest.Client  { return w.stranger }
func auditor(w *world) *httpkittest.Client   { return w.auditor }
func admin(w *world) *httpkittest.Client     { return w.admin }

// secrets are in the stored records and never in an answer to a tourist.
var secrets = []string{heritagetest.Secret, "987654321", "113.012345", "34.456789", "113.665123", "1953-05-01", "internalNotes", "placeId", "草稿陶罐", "registrar"}

func (w *world) table(t *testing.T, calls []call) {
	t.Helper()
	for _, c := range calls {
		t.Run(c.rule, func(t *testing.T) {
			var headers []string
			switch {
			case c.match == "":
			case c.match[0] == '"':
				headers = []string{"If-Match", c.match}
			default:
				headers = []string{"If-Match", w.tag(c.match)}
			}
			a := c.as(w).Do(c.method, w.fill(c.path), c.body, headers...).Want(t, c.status)
			if c.code != "" {
				a.Code(t, c.code)
			}
			for _, s := range c.has {
				a.Has(t, w.fill(s))
			}
			for _, s := range c.lacks {
				a.Lacks(t, w.fill(s))
			}
		})
	}
}
