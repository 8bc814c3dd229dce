// Package enginetest runs the tests of a domain on every engine that the program
// is installed with: SQLite, and a real MongoDB replica set where there is one.
//
// storetest has the contract that an engine keeps; here it is the domain that is
// tried, whose indexes, orders and transactions must mean the same on both.
//
// Reading order: each.go.
package enginetest
