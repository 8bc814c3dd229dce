package httpkit

import (
	"slices"
	"time"

	"yijianyou/internal/fault"
	"yijianyou/internal/store"
)

// Revision is one entry in the history of a record.
type Revision struct {
	Rev    int64     `json:"rev" doc:"that the change made; 0 for an event"`
	At     time.Time `json:"at"`
	Action string    `json:"action"`
	Reason string    `json:"reason"`
	By     string    `json:"by" doc:"name of the actor as it was then"`
}

// NewRevision makes the view of an entry in the history.
func NewRevision(r *store.Revision) Revision {
	return Revision{Rev: r.DocRev, At: r.CreatedAt, Action: r.Action, Reason: r.Reason, By: r.ActorName}
}

// Under puts the paths of the field errors of err under member, where the content
// stands in the body, but for those of top, which stand beside it. It changes err
// and returns it; nil stays nil.
func Under(err error, member string, top ...string) error {
	if err == nil {
		return nil
	}
	fields := fault.Of(err).Fields()
	for i, f := range fields {
		if !slices.Contains(top, f.Path) {
			fields[i].Path = member + "." + f.Path
		}
	}
	return err
}
