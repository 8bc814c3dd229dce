// Package mongotest gives tests a real MongoDB replica set.
//
// URI and Database serve ordinary tests: one server of one node for each test
// process, or the one that YJY_TEST_MONGODB_URI names. NewSet serves tests that
// kill servers. The program is the mongod of PATH, or the one that
// scripts/mongod fetches; where neither can be had the test is skipped with one
// line, and YJY_REQUIRE_MONGODB=1 makes that a failure.
//
// A server never outlives the test process, however that ends: a small shell
// between the two holds a pipe from it, and when the pipe closes, it kills the
// server and removes its files. Journal and fsync are those of production.
//
// Reading order: uri.go, set.go, node.go, binary.go, initiate.go. The command
// in initiate/ is what scripts/mongod calls.
package mongotest
