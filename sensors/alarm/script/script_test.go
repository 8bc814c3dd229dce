package script

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// leastScripts is how many scripts there are at least.
const leastScripts = 60

func TestTheScriptsHold(t *testing.T) {
	names, err := filepath.Glob("testdata/*.alarm")
	if err != nil || len(names) < leastScripts {
		t.Fatalf("%d scripts, %v", len(names), err)
	}
	titles := make(map[string]string)
	for _, name := range names {
		b, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		t.Run(strings.TrimSuffix(filepath.Base(name), ".alarm"), func(t *testing.T) {
			s, err := Parse(string(b))
			if err != nil {
				t.Fatalf("%s: %v", name, err)
			}
			if titles[s.Title] != "" {
				t.Errorf("%s has the title of %s", name, titles[s.Title])
			}
			titles[s.Title] = name
			if !strings.Contains(string(b), "\n预期 ") {
				t.Errorf("%s expects nothing", name)
			}
			if err := s.Run(); err != nil {
				t.Errorf("%s: %v", name, err)
			}
		})
	}
}

const preamble = "标题 x\n规则 甲 限值 相对湿度 高于 60\n时刻 2026-01-05 08:00\n"

func TestAScriptThatIsNotSoFailsInItsLine(t *testing.T) {
	for _, c := range []struct {
		text string
		line int
	}{
		{"规则 甲 限值 相对湿度 高于 60", 1},
		{"标题 x\n胡说 八道", 2},
		{"标题 x\n标题 y", 2},
		{"标题 x", 1},
		{"标题 x\n规则 甲 限值 湿度 高于 60", 2},
		{"标题 x\n规则 甲 限值 相对湿度", 2},
		{"标题 x\n规则 甲 限值 相对湿度 高于 NaN", 2},
		{"标题 x\n规则 甲 曝光 高于 5 次数 3", 2},
		{preamble + "读数 相对湿度 66\n预期 正常", 5},
		{preamble + "读数 相对湿度 66\n预期 报警 2次", 5},
		{preamble + "读数 相对湿度 66\n预期 值 67", 5},
		{preamble + "读数 相对湿度 66\n预期 测点 2个", 5},
		{preamble + "读数 相对湿度 66 每 0分 共 3次", 4},
		{preamble + "读数 相对湿度 66 每 1秒 共 60000次", 4},
		{preamble + "渐变 相对湿度 6 到 7 历时 1分 每 2分", 4},
		{preamble + "时刻 2026-01-05 07:00", 4},
		{preamble + "推进 900天", 4},
		{preamble + "预期 报警", 4},
		{preamble + "重复", 4},
		{"标题 x\n读数 相对湿度 66", 2},
		{"标题 x\n时区 ../../etc/passwd", 2},
		{"标题 x\n展品 镜 copper\n预期 冲突 相对湿度 镜", 3},
		{"标题 x\n展品 镜 copper\n预期 上限 照度 299", 3},
	} {
		s, err := Parse(c.text)
		if err == nil {
			err = s.Run()
		}
		var at *Error
		if !asError(err, &at) || at.Line != c.line {
			t.Errorf("%q: %v, want a fault in line %d", c.text, err, c.line)
		}
	}
}

func asError(err error, to **Error) bool {
	e, ok := err.(*Error)
	*to = e
	return ok
}

func FuzzScript(f *testing.F) {
	names, err := filepath.Glob("testdata/*.alarm")
	if err != nil {
		f.Fatal(err)
	}
	for _, name := range names {
		b, err := os.ReadFile(name)
		if err != nil {
			f.Fatal(err)
		}
		f.Add(string(b))
	}
	f.Fuzz(func(t *testing.T, text string) {
		s, err := Parse(text)
		if err != nil {
			return
		}
		if len(s.statements) > 30 {
			return
		}
		_ = s.Run() // may fail, and must end
	})
}
