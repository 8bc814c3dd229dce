package storetest

import (
	"os"
	"strconv"
	"testing"
)

// Environment variables that make tests larger than they are while one works.
const (
	EnvFull  = "YJY_TEST_FULL"  // "1": full sizes on every engine, as scripts/soak runs them
	EnvKills = "YJY_TEST_KILLS" // how often each test of kills kills; CI sets 10
)

// Kills is how often a test kills what it kills: as EnvKills says, 10 for full
// sizes, otherwise 4, and 2 under -short.
func Kills() int {
	n, err := strconv.Atoi(os.Getenv(EnvKills))
	switch {
	case testing.Short() && !full():
		return 2
	case err == nil && n > 0:
		return n
	case full():
		return 10
	}
	return 4
}

func full() bool { return os.Getenv(EnvFull) == "1" }

// size returns small under -short and large otherwise.
func size(small, large int) int {
	if testing.Short() && !full() {
		return small
	}
	return large
}

// Slow tells that each transaction of the engine takes milliseconds. The
// largest tests are then smaller, unless EnvFull is set: still large enough
// that an engine which loses updates or misplaces keys is found.
func Slow(s *suite) { s.slow = true }

// slower is size with a third one, for slow engines.
func (s *suite) slower(small, slow, large int) int {
	if s.slow && !full() {
		return size(small, slow)
	}
	return size(small, large)
}
