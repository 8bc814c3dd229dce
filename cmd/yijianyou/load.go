package main

import (
	"context"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"
	"time"

	"yijianyou/cmd/yijianyou/internal/app"
	"yijianyou/heritage"
	"yijianyou/heritage/load"
	"yijianyou/internal/actor"
	"yijianyou/internal/fault"
	"yijianyou/internal/store"
)

var (
	errFile = fault.Define(fault.Invalid, "command.file", "无法读取文件 {file}。请检查路径和权限。", "The file {file} cannot be read. Check its path and permissions.")
	errOut  = fault.Define(fault.Conflict, "command.out", "文件 {file} 已存在或不能写入。请换一个文件名。", "The file {file} exists or cannot be written. Choose another name.")
)

var kinds = map[string]heritage.Kind{"relics": heritage.KindRelic, "sites": heritage.KindSite}

// importCommand loads a file as drafts. Rows that need a person stay in the
// load, to be mended in the console.
type importCommand struct {
	Kind   string `arg:"" enum:"relics,sites" help:"relics or sites."`
	File   string `arg:"" help:"CSV (UTF-8 or GB18030) or XLSX file."`
	Org    string `help:"Organisation that keeps the records." required:""`
	Sheet  string `help:"Sheet of an XLSX file."`
	DryRun bool   `help:"Only read and judge; write nothing."`
	Repeat bool   `help:"Although the same file was imported before."`
}

// Run implements runner.
func (c *importCommand) Run(ctx context.Context, p *program) error {
	data, err := os.ReadFile(c.File)
	if err != nil {
		return errFile.Wrap(err, fault.P("file", c.File))
	}
	return p.withCore(ctx, func(core *app.Core) error {
		l, err := core.Loads.Open(ctx, bySystem(), load.File{Org: actor.OrgID(c.Org), Kind: kinds[c.Kind], Name: filepath.Base(c.File),
			Sheet: c.Sheet, Data: data, AllowRepeat: c.Repeat || c.DryRun})
		if err != nil {
			return err
		}
		if err := p.showRows(ctx, core, l); err != nil {
			return err
		}
		if !c.DryRun && l.Counts.Ready > 0 {
			if l, err = c.write(ctx, core, l.ID); err != nil {
				return err
			}
		}
		n := l.Counts
		p.say("批次 %s：共 %d 行，已写入 %d，可写入 %d，存疑 %d，有误 %d。", "Load %s: %d rows, %d written, %d ready, %d doubtful, %d faulty.",
			l.ID, n.Rows, n.Written, n.Ready, n.Doubtful, n.Faulty)
		if n.Doubtful+n.Faulty > 0 {
			p.say("请在工作台“导入”中修正或确认其余各行。", "Mend or accept the other rows in the console under Imports.")
			return errFound
		}
		return nil
	})
}

// write has the rows of a load written and waits until they are. A server that
// runs beside this command may take the job first; then its end is waited for.
func (c *importCommand) write(ctx context.Context, core *app.Core, id string) (*load.Load, error) {
	if _, err := core.Loads.Write(ctx, bySystem(), id); err != nil {
		return nil, err
	}
	runner := store.NewRunner(core.Store, store.RunnerOptions{Handlers: core.Loads.Handlers(), Log: core.Log})
	for {
		if _, err := runner.Drain(ctx); err != nil {
			return nil, err
		}
		l, err := core.Loads.Load(ctx, bySystem(), id)
		if err != nil || l.State != load.Writing {
			return l, err
		}
		select {
		case <-ctx.Done():
			return nil, ctx.Err()
		case <-time.After(200 * time.Millisecond):
		}
	}
}

// showRows explains every doubtful and faulty row.
func (p *program) showRows(ctx context.Context, core *app.Core, l *load.Load) error {
	for _, state := range []load.RowState{load.Faulty, load.Doubtful} {
		for cursor := store.Cursor(""); ; {
			page, err := core.Loads.Rows(ctx, bySystem(), l.ID, state, 500, cursor)
			if err != nil {
				return err
			}
			for _, row := range page.Items {
				for _, problem := range append(row.File, row.Problems...) {
					where, text := "", problem.Message.ZH
					if problem.Column >= 0 && problem.Column < len(l.Header) {
						where = " " + l.Header[problem.Column]
					}
					if p.lang == fault.English {
						text = problem.Message.EN
					}
					fmt.Fprintf(p.stdout, "%d%s: %s\n", row.Line, where, text)
				}
			}
			if cursor = page.Next; cursor == "" {
				break
			}
		}
	}
	return nil
}

// exportCommand writes records in the columns that an import understands.
type exportCommand struct {
	Kind string `arg:"" enum:"relics,sites" help:"relics or sites."`
	File string `arg:"" help:"File to write, ending in .csv or .xlsx; - is CSV on standard output."`
	Org  string `help:"Only records of this organisation."`
}

// Run implements runner.
func (c *exportCommand) Run(ctx context.Context, p *program) error {
	return p.withCore(ctx, func(core *app.Core) (err error) {
		format, w := load.CSV, io.Writer(p.stdout)
		if strings.HasSuffix(strings.ToLower(c.File), ".xlsx") {
			format = load.XLSX
		}
		if c.File != "-" {
			f, err := os.OpenFile(c.File, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o600)
			if err != nil {
				return errOut.Wrap(err, fault.P("file", c.File))
			}
			defer func() {
				if e := f.Close(); err == nil {
					err = e
				}
			}()
			w = f
		}
		n, err := core.Loads.Export(ctx, bySystem(), actor.OrgID(c.Org), kinds[c.Kind], format, w)
		if err == nil && c.File != "-" {
			p.say("已导出 %d 条记录。", "Exported %d records.", n)
		}
		return err
	})
}
