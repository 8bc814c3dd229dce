// Package archtest holds the rules of the tree that the compiler does not
// know: who may import whom (table.go), one package comment a package, the
// length of files. The tests read the source files themselves, so a change
// anywhere is seen in spite of the test cache.
package archtest
