package media

import (
	"io"
	"strings"
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
	now, most, written int
	step               chan struct{}
}

func (m *meter) Write(p []byte) (int, error) {
	m.now++
	m.most = max(m.most, m.now)
	<-m.step
	m.now--
	m.written += len(p)
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
			if want := min(2, 100-i); m.now != want {
				t.Fatalf("%d at work after %d, want %d", m.now, i, want)
			}
			m.step <- struct{}{}
		}
		synctest.Wait()
		if m.most != 2 || m.written != 700 {
			t.Errorf("at most %d at once, %d bytes", m.most, m.written)
		}
		close(quiet.end)
		synctest.Wait()
	})
}
