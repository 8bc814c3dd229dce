// Package heritagetest has records of the catalogue in which no member is
// empty, and the check that says so: a test that carries one through a format
// and back finds each member that the format forgets. Real names carry published
// facts only, so the records are those of a 示范博物馆.
//
// What is not here: a store (storetest), people (each test has its own).
//
// Reading order: fixtures.go, zero.go.
package heritagetest
