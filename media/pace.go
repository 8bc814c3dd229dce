package media

import "io"

// paced returns a writer to w of which only a few are at work at once, one less
// than there are renders and at least one: however many files come in, what they
// cost leaves room for readers. Waiting for the sender's bytes takes no place.
func (s *Service) paced(w io.Writer) io.Writer { return pacedWriter{w, s.taking} }

type pacedWriter struct {
	w      io.Writer
	taking chan struct{} // one place for each Write at work
}

func (p pacedWriter) Write(b []byte) (int, error) {
	p.taking <- struct{}{}
	defer func() { <-p.taking }()
	return p.w.Write(b)
}
