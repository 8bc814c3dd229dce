package heritage

import (
	"context"

	"yijianyou/internal/actor"
	"yijianyou/internal/fault"
)

// MaxBulk is how many records one bulk call takes.
const MaxBulk = 500

// Target names a record and the revision that was seen; Rev 0 is the newest.
type Target struct {
	ID  string
	Rev int64
}

// Outcome is what became of one target.
type Outcome[F Content] struct {
	ID     string
	Record *Record[F] // nil when Err is set
	Err    error      // a fault of the domain or of the kernel, nil when it was done
}

// ReviewMany takes the same step for each target, each in its own transaction:
// one that fails does not stop the others.
//
// Errors: ErrBulk; everything else is in the outcomes, the end of ctx included.
func (g *Register[F]) ReviewMany(ctx context.Context, by actor.Actor, targets []Target, step ReviewStep, remark string) ([]Outcome[F], error) {
	return g.each(ctx, targets, func(t Target) (*Record[F], error) { return g.Review(ctx, by, t.ID, t.Rev, step, remark) })
}

// PublishMany publishes each target; see ReviewMany.
func (g *Register[F]) PublishMany(ctx context.Context, by actor.Actor, targets []Target) ([]Outcome[F], error) {
	return g.each(ctx, targets, func(t Target) (*Record[F], error) { return g.Publish(ctx, by, t.ID, t.Rev) })
}

// WithdrawMany withdraws each target; see ReviewMany.
func (g *Register[F]) WithdrawMany(ctx context.Context, by actor.Actor, targets []Target, reason string) ([]Outcome[F], error) {
	return g.each(ctx, targets, func(t Target) (*Record[F], error) { return g.Withdraw(ctx, by, t.ID, t.Rev, reason) })
}

func (g *Register[F]) each(ctx context.Context, targets []Target, do func(Target) (*Record[F], error)) ([]Outcome[F], error) {
	seen := make(map[string]bool, len(targets))
	for _, t := range targets {
		seen[t.ID] = true
	}
	if len(targets) == 0 || len(targets) > MaxBulk || len(seen) != len(targets) {
		return nil, fault.InvalidFields([]fault.Field{ErrBulk.At("items", fault.P("max", MaxBulk))})
	}
	out := make([]Outcome[F], 0, len(targets))
	for _, t := range targets {
		if err := ctx.Err(); err != nil { // what is done stays done: the report says which
			out = append(out, Outcome[F]{ID: t.ID, Err: fault.ErrTimeout.Wrap(err)})
			continue
		}
		rec, err := do(t)
		out = append(out, Outcome[F]{ID: t.ID, Record: rec, Err: err})
	}
	return out, nil
}
