package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/signal"
	"syscall"
	_ "time/tzdata" // museums and areas live by their own clocks, wherever the program runs

	"github.com/alecthomas/kong"

	"yijianyou/cmd/yijianyou/internal/config"
	"yijianyou/internal/fault"
)

// Exit codes, see the package comment.
const (
	exitDone   = 0
	exitFailed = 1
	exitUsage  = 2
	exitFound  = 3
)

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	p := &program{stdin: os.Stdin, stdout: os.Stdout, stderr: os.Stderr, environ: os.Environ()}
	os.Exit(p.run(ctx, os.Args[1:]))
}

// program is one run of the command line: what it reads, writes and knows of
// its surroundings, so that a test can run it.
type program struct {
	stdin          io.Reader
	stdout, stderr io.Writer
	environ        []string
	lang           fault.Lang
	flags          *settingFlags
}

// commands is the grammar of the command line.
type commands struct {
	settingFlags

	Serve    serveCommand    `cmd:"" help:"Run the server. / 运行服务。"`
	Import   importCommand   `cmd:"" help:"Load sites or relics from a CSV or XLSX file. / 从 CSV 或 XLSX 导入文物。"`
	Export   exportCommand   `cmd:"" help:"Write sites or relics to a CSV or XLSX file. / 导出到 CSV 或 XLSX。"`
	User     userCommand     `cmd:"" help:"Create accounts, reset passwords and second factors. / 账号管理。"`
	Backup   backupCommand   `cmd:"" help:"Write an archive of everything. / 备份。"`
	Restore  restoreCommand  `cmd:"" help:"Load an archive into an empty data directory. / 恢复。"`
	Original originalCommand `cmd:"" name:"restore-original" help:"Bring the original of one picture back from an archive. / 从备份恢复一张图片的原件。"`
	Reindex  reindexCommand  `cmd:"" help:"Build the search indexes anew. / 重建索引。"`
	Simulate simulateCommand `cmd:"" help:"Play readers, chips and gates by a script. / 按剧本模拟读写器、标签和闸机。"`
	Check    checkCommand    `cmd:"" help:"Compare documents, indexes and blobs. / 核对数据、索引与文件。"`
}

// runner is what each subcommand does.
type runner interface {
	Run(ctx context.Context, p *program) error
}

// errUsage carries a message of the parser.
type errUsage struct{ error }

// run parses args, runs the subcommand and returns the exit code.
func (p *program) run(ctx context.Context, args []string) int {
	p.lang = p.language()
	err := p.dispatch(ctx, args)
	var usage errUsage
	switch {
	case err == nil:
		return exitDone
	case errors.As(err, &usage):
		fmt.Fprintln(p.stderr, "yijianyou:", usage.Error())
		return exitUsage
	case errors.Is(err, errFound):
		return exitFound
	}
	p.complain(err)
	if errors.Is(err, config.ErrSettings) {
		return exitUsage
	}
	return exitFailed
}

// errFound ends a command that worked and found something to mend; it has
// already said what.
var errFound = errors.New("found something to mend")

func (p *program) dispatch(ctx context.Context, args []string) (err error) {
	var c commands
	exited := false
	parser, err := kong.New(&c, kong.Name("yijianyou"),
		kong.Description("一键游：文化遗产与智慧旅游平台 / smart tourism and cultural heritage in one program"),
		kong.Writers(p.stdout, p.stderr), kong.Exit(func(int) { exited = true }), kong.UsageOnError(),
		kong.ConfigureHelp(kong.HelpOptions{Compact: true}))
	if err != nil {
		return err
	}
	if len(args) == 0 {
		args = []string{"--help"}
	}
	parsed, err := parser.Parse(args)
	if exited {
		return nil
	}
	if err != nil {
		return errUsage{err}
	}
	p.flags = &c.settingFlags
	command, ok := parsed.Selected().Target.Addr().Interface().(runner)
	if !ok {
		return fmt.Errorf("command %s cannot run", parsed.Command())
	}
	return command.Run(ctx, p)
}

// language is that of YJY_LANG, else of the locale.
func (p *program) language() fault.Lang {
	for _, name := range []string{"LC_ALL", "LC_MESSAGES", "LANG"} {
		if v := p.env(name); v != "" {
			return fault.ParseLang(v)
		}
	}
	return fault.Chinese
}

func (p *program) env(name string) string {
	for _, kv := range p.environ {
		if len(kv) > len(name) && kv[:len(name)] == name && kv[len(name)] == '=' {
			return kv[len(name)+1:]
		}
	}
	return ""
}

// complain says what went wrong in the reader's language: the public text, the
// fields, and for our own defects the cause too, since the reader of a command
// line is the operator.
func (p *program) complain(err error) {
	f := fault.Of(err)
	fmt.Fprintln(p.stderr, "yijianyou:", f.Text(p.lang))
	for _, field := range f.Fields() {
		if field.Path == "" {
			fmt.Fprintln(p.stderr, "  -", field.Text(p.lang))
			continue
		}
		fmt.Fprintf(p.stderr, "  - %s: %s\n", field.Path, field.Text(p.lang))
	}
	if cause := f.Unwrap(); cause != nil {
		fmt.Fprintf(p.stderr, "  (%v)\n", cause)
	}
}

// say prints a line in the reader's language.
func (p *program) say(zh, en string, args ...any) {
	text := zh
	if p.lang == fault.English {
		text = en
	}
	fmt.Fprintf(p.stdout, text+"\n", args...)
}
