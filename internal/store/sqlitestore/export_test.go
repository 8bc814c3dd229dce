package sqlitestore

import (
	"testing"
	"time"
)

// Tamper runs a statement on the file behind the back of its engine.
func Tamper(t *testing.T, file, sql string) {
	t.Helper()
	c, err := dial(t.Context(), file, "busy_timeout=10000")
	if err != nil {
		t.Fatal(err)
	}
	if _, err := c.exec(sql); err != nil {
		t.Error(err)
	}
	if err := c.close(); err != nil {
		t.Error(err)
	}
}

// Queued returns how many transactions wait for their turn.
func Queued(e *Engine) int {
	e.writer.mu.Lock()
	defer e.writer.mu.Unlock()
	return len(e.writer.queues[0]) + len(e.writer.queues[1])
}

// GroupWithoutLimit makes what waits go into one commit however long it takes.
// Call it before the first transaction.
func GroupWithoutLimit(e *Engine) { e.writer.groupTime = time.Hour }

// OneByOne makes each transaction a commit of its own. Call it before the first.
func OneByOne(e *Engine) { e.writer.groupTime = -1 }

// DieWriting leaves behind what a process does that is killed while it commits.
func DieWriting(t *testing.T, file string) {
	t.Helper()
	q, err := openTurn(file)
	if err != nil {
		t.Fatal(err)
	}
	q.take()
	q.tally.begin(q.alone)
	if err := q.close(); err != nil {
		t.Fatal(err)
	}
}
