// Package storetest is the one suite of tests that every engine of package
// store passes, and what the tests of other packages need to have a store.
//
// New gives a test a fresh store. Run is the contract: what package store
// promises and an engine must hold. Storm is the same under kill -9, Benchmark
// measures an engine operation by operation, Leaks counts what it leaves running.
//
// What is not here: anything that only one engine has.
//
// Reading order: new.go, suite.go, size.go, and the file of the promise in question.
package storetest
