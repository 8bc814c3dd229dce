package main

import (
	"bufio"
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"time"

	"golang.org/x/sys/unix"
)

// shown is how many hits of an answer are compared.
const shown = 10

// answer is what an engine says to a query.
type answer struct {
	Total  int
	Took   time.Duration // measured by the engine
	Counts uint64        // a sum over the counts of all values of all facets
	Top    []int         // numbers of the first hits
}

func (a answer) same(b answer) bool {
	return a.Total == b.Total && a.Counts == b.Counts && fmt.Sprint(a.Top) == fmt.Sprint(b.Top)
}

// engine is a process that answers queries.
type engine struct {
	name   string
	cmd    *exec.Cmd
	in     io.WriteCloser
	out    *bufio.Reader
	errors bytes.Buffer
	build  buildCost
}

// buildCost is what an index costs to make.
type buildCost struct {
	wall, cpu time.Duration
	peakKB    int64
	bytes     int64 // on disk
}

// start builds an index with a program and lets it serve. records is what the
// program is told of the records.
func start(ctx context.Context, name, program, folder string, records ...string) (*engine, error) {
	if err := os.MkdirAll(folder, 0o755); err != nil {
		return nil, err
	}
	e := &engine{name: name}
	cmd := exec.CommandContext(ctx, program, append([]string{"build", folder}, records...)...)
	cmd.Stderr = &e.errors
	raw, err := cmd.Output()
	if err != nil {
		return nil, fmt.Errorf("%s: %w: %s", name, err, e.errors.String())
	}
	var wall, cpu int64
	if _, err := fmt.Sscan(string(raw), &wall, &cpu, &e.build.peakKB); err != nil {
		return nil, fmt.Errorf("%s: %w", name, err)
	}
	e.build.wall, e.build.cpu = time.Duration(wall), time.Duration(cpu)
	if e.build.bytes, err = size(folder); err != nil {
		return nil, err
	}
	e.cmd = exec.CommandContext(ctx, program, "serve", folder)
	e.cmd.Stderr = &e.errors
	if e.in, err = e.cmd.StdinPipe(); err != nil {
		return nil, err
	}
	out, err := e.cmd.StdoutPipe()
	if err != nil {
		return nil, err
	}
	e.out = bufio.NewReaderSize(out, 1<<20)
	return e, e.cmd.Start()
}

// size returns the bytes of the files in a folder, as they lie on the disk.
func size(folder string) (total int64, err error) {
	err = filepath.WalkDir(folder, func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		var st unix.Stat_t
		if err := unix.Stat(path, &st); err != nil {
			return err
		}
		total += st.Blocks * 512 // what is there: Groonga's files have holes
		return nil
	})
	return total, err
}

// line sends a line and returns the answer.
func (e *engine) line(text string) (string, error) {
	if _, err := io.WriteString(e.in, text+"\n"); err != nil {
		return "", e.fail(text, err)
	}
	out, err := e.out.ReadString('\n')
	if err != nil {
		return "", e.fail(text, err)
	}
	return strings.TrimRight(out, "\n"), nil
}

func (e *engine) fail(text string, err error) error {
	return fmt.Errorf("%s: %s: %w: %s", e.name, text, err, e.errors.String())
}

// ask asks one query.
func (e *engine) ask(text string) (answer, error) {
	out, err := e.line(text)
	if err != nil {
		return answer{}, err
	}
	cells := strings.Split(out, "\t")
	if len(cells) != 4 {
		return answer{}, e.fail(text, errors.New("answer "+out))
	}
	total, err1 := strconv.Atoi(cells[0])
	took, err2 := strconv.ParseInt(cells[1], 10, 64)
	counts, err3 := strconv.ParseUint(cells[2], 10, 64)
	a := answer{Total: total, Took: time.Duration(took), Counts: counts}
	for f := range strings.FieldsSeq(cells[3]) {
		n, err := strconv.Atoi(f)
		if err != nil {
			return a, e.fail(text, err)
		}
		a.Top = append(a.Top, n)
	}
	return a, errors.Join(err1, err2, err3)
}

// stop ends the process.
func (e *engine) stop() error {
	return errors.Join(e.in.Close(), e.cmd.Wait())
}
