package storetest

import (
	"bufio"
	"fmt"
	"os"
	"os/exec"
	"testing"
)

// Main is the TestMain of a package that kills a process of its own: it runs the
// tests, or child where env names a directory, as in the process that Killed starts.
// child prints a line for each thing that is not to be lost.
func Main(m *testing.M, env string, child func(dir string, out *os.File) error) {
	dir := os.Getenv(env)
	if dir == "" {
		os.Exit(m.Run())
	}
	if err := child(dir, os.Stdout); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
	os.Exit(0)
}

// Killed runs the test binary once more with env naming dir, gives line each line
// that it prints, and kills it (SIGKILL) when line has returned true for the first
// time. Lines that were printed until it was dead follow. The test fails when the
// process ends by itself.
func Killed(t *testing.T, env, dir string, line func(text []byte) (enough bool)) {
	t.Helper()
	child := exec.Command(os.Args[0])
	child.Env = append(os.Environ(), env+"="+dir)
	child.Stderr = os.Stderr
	out, err := child.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := child.Start(); err != nil {
		t.Fatal(err)
	}
	killed := false
	for lines := bufio.NewScanner(out); lines.Scan(); {
		if line(lines.Bytes()) && !killed {
			killed = true
			if err := child.Process.Kill(); err != nil {
				t.Fatal(err)
			}
		}
	}
	_ = child.Wait() // killed
	if !killed {
		t.Fatal("the process ended by itself")
	}
}
