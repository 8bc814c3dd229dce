package sensors

import "context"

// Report is what became of the samples of a message.
type Report struct {
	Stored   int         // that were new
	Repeated int         // that were stored before
	Refused  []Rejection // bad ones, which went to the quarantine list
}

// Capture stores a message through the same queue as Offer and returns after
// the commit. When ctx ends first the message may be stored or not; to send it
// again does no harm.
//
// Errors: that of ctx, ErrStopping, those of the store.
func (s *Service) Capture(ctx context.Context, m Message) (Report, error) {
	type outcome struct {
		report Report
		err    error
	}
	done := make(chan outcome, 1)
	if err := s.offer(ctx, m, func(r Report, err error) { done <- outcome{r, err} }); err != nil {
		return Report{}, err
	}
	select {
	case o := <-done:
		return o.report, o.err
	case <-ctx.Done():
		return Report{}, ctx.Err()
	}
}
