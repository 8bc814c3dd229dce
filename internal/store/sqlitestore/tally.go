package sqlitestore

import (
	"os"
	"sync/atomic"
	"unsafe"

	"golang.org/x/sys/unix"
)

// tallySize is the length of the file that holds a tally: two numbers.
const tallySize = 16

// tally counts the commits of all processes that write to one file, in a page that
// they share: those that have begun and those that have ended. While both are alike
// nothing takes effect, and as long as they stay what they were nothing has.
//
// A writer counts the beginning when all that it has to say is said and the end
// before it tells anybody, so whoever is told that a transaction is done finds the
// numbers changed. What is only being said is no reason to look: nobody else sees it
// yet. A writer that dies between leaves the numbers unlike, which only means that
// readers have to look; who next has the turn makes them alike again.
type tally struct {
	page         []byte
	begun, ended *atomic.Uint64
}

// openTally shares the first bytes of f, which it makes long enough.
func openTally(f *os.File) (*tally, error) {
	st, err := f.Stat()
	if err != nil {
		return nil, err
	}
	if st.Size() < tallySize {
		if err := f.Truncate(tallySize); err != nil {
			return nil, err
		}
	}
	page, err := unix.Mmap(int(f.Fd()), 0, tallySize, unix.PROT_READ|unix.PROT_WRITE, unix.MAP_SHARED)
	if err != nil {
		return nil, err
	}
	return &tally{page: page, begun: (*atomic.Uint64)(unsafe.Pointer(&page[0])), ended: (*atomic.Uint64)(unsafe.Pointer(&page[8]))}, nil
}

// begin counts a commit that begins; alone says that no other can be on its way.
func (t *tally) begin(alone bool) {
	if n := t.begun.Load(); alone && t.ended.Load() != n {
		t.ended.Store(n) // of somebody who died
	}
	t.begun.Add(1)
}

func (t *tally) end() { t.ended.Add(1) }

// mark returns how many commits there have been; quiet is false while one may be on
// its way.
func (t *tally) mark() (n uint64, quiet bool) {
	ended := t.ended.Load() // first: begun can only have grown since, and is never less
	begun := t.begun.Load()
	return begun, begun == ended
}

func (t *tally) close() error { return unix.Munmap(t.page) }

// Mark implements store.Marker.
func (e *Engine) Mark() (uint64, bool) {
	if e.enter() != nil {
		return 0, false
	}
	defer e.leave()
	return e.writer.turn.tally.mark()
}
