package sqlitestore

import (
	"errors"
	"os"
	"time"

	"golang.org/x/sys/unix"
)

// How long a writer waits for its turn, and how often it looks.
const (
	turnWait = 5 * time.Second
	turnLook = time.Millisecond
)

// turn lets the processes that write to one file do so by turns. SQLite itself
// has no queue: who finds the file locked sleeps for up to a tenth of a second
// and looks again, while a process that writes without a pause gives the lock
// back for microseconds only. An import beside the server would hold up an alarm
// for as long as it runs.
//
// Two locked files make the queue. Whoever wants to write locks next, then
// writing, and gives next back: so next is held by whoever is to follow, and who
// has just written finds it taken. The locks go with their process. They decide
// about the order only, never about who may write: that is SQLite's lock.
//
// Who has the turn also counts its commits; see tally.
type turn struct {
	next, writing *os.File
	tally         *tally
	alone         bool // nobody else can have the turn that this process has
}

func openTurn(file string) (*turn, error) {
	next, err := os.OpenFile(file+"-next", os.O_RDWR|os.O_CREATE, 0o600)
	if err != nil {
		return nil, err
	}
	writing, err := os.OpenFile(file+"-writing", os.O_RDWR|os.O_CREATE, 0o600)
	if err != nil {
		return nil, errors.Join(err, next.Close())
	}
	tally, err := openTally(writing)
	if err != nil {
		return nil, errors.Join(err, next.Close(), writing.Close())
	}
	return &turn{next: next, writing: writing, tally: tally}, nil
}

// take waits for the turn of this process. It gives up waiting for one that
// stands still, and on a file system without such locks; then it is left to
// SQLite who comes first.
func (t *turn) take() {
	end := time.Now().Add(turnWait)
	t.alone = lockUntil(t.next, end) && lockUntil(t.writing, end)
	unlock(t.next)
}

// give ends the turn.
func (t *turn) give() { unlock(t.writing) }

func (t *turn) close() error {
	return errors.Join(t.tally.close(), t.next.Close(), t.writing.Close())
}

// lockUntil reports whether it has got the lock of f.
func lockUntil(f *os.File, end time.Time) bool {
	for {
		err := unix.Flock(int(f.Fd()), unix.LOCK_EX|unix.LOCK_NB)
		if err == nil {
			return true
		}
		if !errors.Is(err, unix.EWOULDBLOCK) && !errors.Is(err, unix.EINTR) || time.Now().After(end) {
			return false
		}
		time.Sleep(turnLook)
	}
}

// unlock of a file that is not locked does nothing.
func unlock(f *os.File) { _ = unix.Flock(int(f.Fd()), unix.LOCK_UN) }
