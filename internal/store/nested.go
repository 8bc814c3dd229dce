package store

import (
	"bytes"
	"runtime"
	"sync"
)

// goroutines knows which goroutines are inside a call. A func given to Update
// that starts another Update with the context from outside would wait for
// itself for ever; nothing but the goroutine tells.
type goroutines struct{ ids sync.Map }

// call runs fn with the goroutine noted.
func (g *goroutines) call(fn func() error) error {
	id := goroutineID()
	g.ids.Store(id, struct{}{})
	defer g.ids.Delete(id)
	return fn()
}

// here reports whether this goroutine is inside a call.
func (g *goroutines) here() bool {
	_, in := g.ids.Load(goroutineID())
	return in
}

// goroutineID returns the number in the first line of the goroutine's own
// stack, "goroutine 18 [running]:".
func goroutineID() string {
	var buf [40]byte
	line := buf[:runtime.Stack(buf[:], false)]
	line = bytes.TrimPrefix(line, []byte("goroutine "))
	number, _, _ := bytes.Cut(line, []byte(" "))
	return string(number)
}
