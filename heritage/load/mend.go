package load

import (
	"context"
	"errors"
	"strings"
	"unicode/utf8"

	"yijianyou/internal/actor"
	"yijianyou/internal/store"
)

// Decision is what a person decides about a row.
type Decision string

const (
	Accept  Decision = "accept"  // take a doubtful row as it was understood
	Skip    Decision = "skip"    // leave the row out
	Restore Decision = "restore" // judge a skipped or accepted row again
)

// Mending is a change of one row. Cells gives new contents by column.
type Mending struct {
	Cells    map[int]string
	Decision Decision // "" none
}

// Mend changes cells of a row or decides about it, and judges it anew, with
// the rows after it that bore or now bear its number: one of them may have
// become the only one, or a repetition.
//
// Errors: ErrNotFound, ErrRow, ErrRowWritten, ErrState, ErrMapping for a column
// that the file does not have.
func (s *Service) Mend(ctx context.Context, by actor.Actor, id string, line int, m Mending) (*Row, error) {
	var out *Row
	err := s.st.Update(ctx, by, func(tx *store.Tx) error {
		l, err := s.load(tx.Context(), tx, by, id)
		if err != nil {
			return err
		}
		if l.State != Checked && l.State != Closed {
			return ErrState.New()
		}
		row, err := rows.Get(tx.Context(), tx, rowID(id, line))
		if errors.Is(err, store.ErrNotFound) {
			return ErrRow.New()
		}
		if err != nil {
			return err
		}
		if row.RecordID != "" {
			return ErrRowWritten.New()
		}
		was, had := row.State, row.Identity
		if err := row.mend(m); err != nil {
			return err
		}
		if err := s.judgeAgain(tx, l, row, was); err != nil {
			return err
		}
		for _, identity := range distinct(had, row.Identity) {
			if err := s.judgeAfter(tx, l, identity, row.Line); err != nil {
				return err
			}
		}
		tx.Describe("load.mend", "")
		out = row
		return loads.Put(tx, l)
	})
	return out, err
}

// mend changes the cells and the decision of a row.
func (r *Row) mend(m Mending) error {
	for column, text := range m.Cells {
		if column < 0 || column >= len(r.Cells) || utf8.RuneCountInString(text) > 20000 {
			return ErrMapping.New()
		}
		if r.Original == nil {
			r.Original = append([]string{}, r.Cells...)
		}
		r.Cells[column] = strings.TrimSpace(text)
		kept := r.File[:0]
		for _, p := range r.File {
			if p.Column != column && p.Column != -1 { // a person has looked at the row
				kept = append(kept, p)
			}
		}
		r.File = kept
		r.Accepted = false
	}
	switch m.Decision {
	case Accept:
		r.Accepted = true
		r.State = Ready
	case Skip:
		r.State = Skipped
	case Restore:
		r.Accepted, r.State = false, Ready
	}
	return nil
}

// distinct returns the identities that say something, each once.
func distinct(a, b string) (out []string) {
	if a != "" {
		out = append(out, a)
	}
	if b != "" && b != a {
		out = append(out, b)
	}
	return out
}

// judgeAfter judges the rows below a line that bear an identity and wait for
// something, at most a batch of them.
func (s *Service) judgeAfter(tx *store.Tx, l *Load, identity string, line int) error {
	same, err := rows.Find(tx.Context(), tx, store.Query{Index: "byIdentity", Equal: []any{l.ID, identity}, From: line + 1, Limit: batch})
	if err != nil {
		return err
	}
	for _, row := range same.Items {
		if row.State != Ready && row.State != Doubtful && row.State != Faulty {
			continue
		}
		if err := s.judgeAgain(tx, l, row, row.State); err != nil {
			return err
		}
	}
	return nil
}

// judgeAgain judges one row, other rows of its load included, saves it and
// counts it in l, where it stood as was.
func (s *Service) judgeAgain(tx *store.Tx, l *Load, row *Row, was RowState) error {
	t, err := s.target(l.Kind)
	if err != nil {
		return err
	}
	holders, err := s.holding(tx.Context(), l)
	if err != nil {
		return err
	}
	if err := t.judge(tx.Context(), tx, l, holders, row); err != nil {
		return err
	}
	if row.Identity != "" {
		same, err := rows.Find(tx.Context(), tx, store.Query{Index: "byIdentity", Equal: []any{l.ID, row.Identity}, Before: row.Line, Limit: 20})
		if err != nil {
			return err
		}
		for _, other := range same.Items {
			if other.State != Skipped && other.State != Undone {
				repeat(map[string]int{row.Identity: other.Line}, row)
				break
			}
		}
	}
	if row.State != Skipped {
		row.judge()
	}
	l.Counts.move(was, row.State)
	return rows.Put(tx, row)
}
