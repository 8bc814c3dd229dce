package media

import (
	"io"
	"strings"
	"sync/atomic"
	"testing"
	"testing/synctest"
)

// silentSender sends nothing, and breaks off when it is told.
type silentSender struct{ end chan struct{} }

func (s silentSender) Read(p []byte) (int, error) {
	<-s.end
	return 0, io.ErrUnexpectedEOF
}

// meter counts how many writes are at work at once.
type meter struct {
	now, written atomic.Int64
	step         chan struct{}
}

func (m *meter) Write(p []byte) (int, error) {
	m.now.Add(1)
	<-m.step
	m.now.Add(-1)
	m.written.Add(int64(len(p)))
	return len(p), nil
}

func TestAHundredFilesThatComeInAreWrittenAFewAtOnce(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := &Service{taking: make(chan struct{}, 2)}
		m := &meter{step: make(chan struct{})}
		// Senders that fall silent hold no place.
		quiet := silentSender{make(chan struct{})}
		for range 50 {
			go io.Copy(s.paced(m), quiet)
		}
		for range 100 {
			go io.Copy(s.paced(m), strings.NewReader("picture"))
		}
		for i := range 100 {
			synctest.Wait()
			if n, want := m.now.Load(), int64(min(2, 100-i)); n != want {
				t.Fatalf("%d at work after %d, want %d", n, i, want)
			}
			m.step <- struct{}{}
		}
		synctest.Wait()
		if m.written.Load() != 700 {
			t.Errorf("%d bytes", m.written.Load())
		}
		close(quiet.end)
		synctest.Wait()
	})
}
