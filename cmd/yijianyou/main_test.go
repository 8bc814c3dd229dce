package main

import (
	"bytes"
	"context"
	"net"
	"os"
	"path/filepath"
	"reflect"
	"strings"
	"testing"

	"yijianyou/cmd/yijianyou/internal/config"
)

// run runs the command line and returns what it said.
func run(t *testing.T, stdin string, environ []string, args ...string) (code int, stdout, stderr string) {
	t.Helper()
	var out, errs bytes.Buffer
	p := &program{stdin: strings.NewReader(stdin), stdout: &out, stderr: &errs, environ: environ}
	code = p.run(t.Context(), args)
	return code, out.String(), errs.String()
}

// flagNames are the names of all flags that are settings.
func flagNames() []string {
	var out []string
	typ := reflect.TypeFor[settingFlags]()
	for i := range typ.NumField() {
		if f := typ.Field(i); f.Type.Kind() == reflect.Pointer {
			out = append(out, flagName(f))
		}
	}
	return out
}

func TestEverySettingHasItsFlag(t *testing.T) {
	var flags settingFlags
	text, yes := "x", true
	flags.given() // nothing is given: no panic
	for _, s := range config.Settings() {
		found := false
		for _, name := range flagNames() {
			found = found || name == s.Name
		}
		if !found {
			t.Errorf("the setting %s has no flag", s.Name)
		}
	}
	if got, want := len(flagNames()), len(config.Settings()); got != want {
		t.Errorf("%d flags for %d settings", got, want)
	}
	flags.Listen, flags.Demo = &text, &yes
	if got := flags.given(); got["listen"] != "x" || got["demo"] != "true" || len(got) != 2 {
		t.Errorf("given %v", got)
	}
}

func TestWrongSettingsAreSaidAtOnceInTheReadersLanguage(t *testing.T) {
	for lang, want := range map[string]string{"LANG=zh_CN.UTF-8": "应为“主机:端口”", "LANG=en_US.UTF-8": "Expected host:port"} {
		code, _, stderr := run(t, "", []string{lang, "YJY_DEMO=perhaps", "YJY_DATABASE=postgres://me:hunter2@db"}, "serve", "--listen", "8080")
		if code != exitUsage || !strings.Contains(stderr, want) || strings.Count(stderr, "\n  - ") != 3 {
			t.Errorf("%s: exit %d, said %q", lang, code, stderr)
		}
		if strings.Contains(stderr, "hunter2") {
			t.Error("a refused value is echoed")
		}
	}
}

func TestAnUnknownCommandIsRefused(t *testing.T) {
	if code, _, stderr := run(t, "", nil, "fly"); code != exitUsage || stderr == "" {
		t.Errorf("exit %d, said %q", code, stderr)
	}
	if code, stdout, _ := run(t, "", nil, "serve", "--help"); code != exitDone || !strings.Contains(stdout, "--listen") {
		t.Errorf("help: exit %d, said %q", code, stdout)
	}
}

func TestAPortInUseIsNamed(t *testing.T) {
	ln, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer ln.Close()
	for setting, other := range map[string]string{"--listen": "--mqtt-listen", "--mqtt-listen": "--listen"} {
		code, _, stderr := run(t, "", []string{"LANG=en"}, "serve", "--data", t.TempDir(), setting, ln.Addr().String(), other, "127.0.0.1:0")
		if code != exitFailed || !strings.Contains(stderr, ln.Addr().String()) || !strings.Contains(stderr, " "+setting) {
			t.Errorf("exit %d, said %q", code, stderr)
		}
	}
}

func TestADatabaseThatIsNotThereIsSaid(t *testing.T) {
	code, _, stderr := run(t, "", []string{"LANG=en"}, "serve", "--data", t.TempDir(), "--listen", "127.0.0.1:0", "--mqtt-listen", "127.0.0.1:0",
		"--database", "mongodb://127.0.0.1:1/yjy?serverSelectionTimeoutMS=300&directConnection=true")
	if code != exitFailed || !strings.Contains(stderr, "database") {
		t.Errorf("exit %d, said %q", code, stderr)
	}
}

func TestACorruptDatabaseIsSaid(t *testing.T) {
	dir := t.TempDir()
	if err := os.WriteFile(filepath.Join(dir, "yijianyou.db"), bytes.Repeat([]byte("no database "), 1000), 0o600); err != nil {
		t.Fatal(err)
	}
	code, _, stderr := run(t, "", []string{"LANG=en"}, "serve", "--data", dir, "--listen", "127.0.0.1:0", "--mqtt-listen", "127.0.0.1:0")
	if code != exitFailed || !strings.Contains(stderr, "yijianyou.db") {
		t.Errorf("exit %d, said %q", code, stderr)
	}
}

const twoRelics = "名称,年代\n演示·鼎,商\n演示·簋,看不懂的年代\n"

func TestImportExportUserAndBackupFromTheCommandLine(t *testing.T) {
	dir, files := t.TempDir(), t.TempDir()
	csv := filepath.Join(files, "relics.csv")
	if err := os.WriteFile(csv, []byte(twoRelics), 0o600); err != nil {
		t.Fatal(err)
	}
	at := []string{"--data", dir, "--log-level", "error"}
	do := func(want int, stdin string, args ...string) string {
		t.Helper()
		code, stdout, stderr := run(t, stdin, []string{"LANG=en"}, append(args, at...)...)
		if code != want {
			t.Fatalf("%v: exit %d, want %d\n%s%s", args, code, want, stdout, stderr)
		}
		return stdout + stderr
	}
	if said := do(exitFound, "", "import", "relics", csv, "--org", "demo-museum"); !strings.Contains(said, "1 written") || !strings.Contains(said, "3 年代") {
		t.Errorf("import said %q", said)
	}
	if said := do(exitFailed, "", "import", "relics", csv, "--org", "demo-museum"); !strings.Contains(said, "imported on") {
		t.Errorf("the same file again: %q", said)
	}
	out := filepath.Join(files, "out.xlsx")
	do(exitDone, "", "export", "relics", out, "--org", "demo-museum")
	do(exitFailed, "", "export", "relics", out)
	if said := do(exitDone, "", "export", "relics", "-"); !strings.Contains(said, "演示·鼎") {
		t.Errorf("export said %q", said)
	}
	if said := do(exitFailed, "short\n", "user", "create", "someone", "--display", "示范角色", "--grant", "auditor@*"); !strings.Contains(said, "password") {
		t.Errorf("a short password: %q", said)
	}
	do(exitFailed, "", "user", "create", "someone", "--display", "示范角色", "--grant", "king@*")
	do(exitDone, "a long enough secret\n", "user", "create", "someone", "--display", "示范角色", "--grant", "auditor@*")
	if said := do(exitDone, "", "user", "list"); !strings.Contains(said, "someone") {
		t.Errorf("list said %q", said)
	}
	tar := filepath.Join(files, "backup.tar")
	do(exitDone, "", "backup", tar)
	do(exitDone, "", "restore", "--verify", tar)
	do(exitFailed, "", "restore", tar) // into a used directory
	at[1] = filepath.Join(files, "restored")
	do(exitDone, "", "restore", tar)
	if said := do(exitDone, "", "check"); !strings.Contains(said, "agree") {
		t.Errorf("check said %q", said)
	}
	if said := do(exitDone, "", "reindex"); !strings.Contains(said, "staff") {
		t.Errorf("reindex said %q", said)
	}
	swapIDs(t, filepath.Join(at[1], "yijianyou.db"))
	if said := do(exitFound, "", "check"); !strings.Contains(said, "database: damaged") {
		t.Errorf("check of a damaged database said %q", said)
	}
}

// swapIDs changes the last letter of each id inside the documents of a file, as
// a disk does that returns other bytes than it was given.
func swapIDs(t *testing.T, file string) {
	t.Helper()
	content, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	head := []byte("\x02_id\x00\x25\x00\x00\x00") // of a BSON string of 36 letters
	swapped := 0
	for at := 0; ; swapped++ {
		next := bytes.Index(content[at:], head)
		if next < 0 {
			break
		}
		at += next + len(head) + 35
		content[at] ^= 1
	}
	if swapped == 0 {
		t.Fatal("no document in the file")
	}
	if err := os.WriteFile(file, content, 0o600); err != nil {
		t.Fatal(err)
	}
}

func TestTheServerStopsWhenTold(t *testing.T) {
	ctx, stop := context.WithCancel(t.Context())
	var out, errs bytes.Buffer
	p := &program{stdin: strings.NewReader(""), stdout: &out, stderr: &errs, environ: []string{"LANG=en"}}
	done := make(chan int)
	go func() {
		done <- p.run(ctx, []string{"serve", "--data", t.TempDir(), "--listen", "127.0.0.1:0", "--mqtt-listen", "127.0.0.1:0"})
	}()
	stop()
	if code := <-done; code != exitDone && code != exitFailed {
		t.Errorf("exit %d, said %q", code, errs.String())
	}
}
