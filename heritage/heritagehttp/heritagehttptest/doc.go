// Package heritagehttptest is the scenarios of the catalogue's HTTP, to be run
// on any store: who asks, what for, which status and code come back, what the
// answer contains and above all what it does not.
//
//	heritagehttptest.Run(t, func(t *testing.T, c ...store.Declared) *store.Store { return storetest.New(t, c...) })
//
// What is not here: the rules of records, which the tests of package heritage
// have.
//
// Reading order: world.go, run.go, reading.go, writing.go, movement.go.
package heritagehttptest
