package fault

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"testing"
)

var errSample = Define(Conflict, "sample.full", "最多 {max} 个。", "At most {max}.")

func TestTextsFillTheirParametersAndHideTheCause(t *testing.T) {
	f := errSample.Wrap(errors.New("secret cause"), P("max", 3))
	for lang, want := range map[Lang]string{Chinese: "最多 3 个。", English: "At most 3."} {
		if got := f.Text(lang); got != want {
			t.Errorf("%v: got %q, want %q", lang, got, want)
		}
	}
	if !strings.Contains(f.Error(), "secret cause") {
		t.Error("the log lacks the cause")
	}
}

func TestOfGivesEveryErrorAClass(t *testing.T) {
	cases := []struct {
		name string
		err  error
		kind Kind
		is   error
	}{
		{"a wrapped fault", fmt.Errorf("around: %w", errSample.New(P("max", 1))), Conflict, errSample},
		{"a bare code", fmt.Errorf("around: %w", errSample), Conflict, errSample},
		{"a deadline", fmt.Errorf("around: %w", context.DeadlineExceeded), Unavailable, ErrTimeout},
		{"anything else", errors.New("driver: password=hunter2"), Internal, ErrInternal},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			f := Of(c.err)
			if f.Kind() != c.kind || !errors.Is(f, c.is) {
				t.Errorf("got %v %v", f.Kind(), f)
			}
			if strings.Contains(f.Text(Chinese)+f.Text(English), "hunter2") {
				t.Error("internal text is shown")
			}
		})
	}
	if Of(nil) != nil {
		t.Error("nil did not stay nil")
	}
}

func TestDefineRefusesTextsThatDiffer(t *testing.T) {
	for _, texts := range [][2]string{{"", "x"}, {"x", ""}, {"{a}", "b"}, {"a", "{b}"}} {
		func() {
			defer func() {
				if recover() == nil {
					t.Errorf("%q was accepted", texts)
				}
			}()
			Define(Invalid, "sample.bad", texts[0], texts[1])
		}()
	}
}

func TestInvalidFieldsIsNilWithoutFields(t *testing.T) {
	if err := InvalidFields(nil); err != nil {
		t.Error(err)
	}
	err := InvalidFields([]Field{errSample.At("name.zh", P("max", 2))})
	if KindOf(err) != Invalid || Of(err).Fields()[0].Text(English) != "At most 2." {
		t.Error(err)
	}
}

func TestAcceptLang(t *testing.T) {
	for header, want := range map[string]Lang{
		"": Chinese, "en": English, "en-GB,en;q=0.9": English, "zh-CN,zh;q=0.9,en;q=0.8": Chinese,
		"fr, en;q=0.5": English, "en;q=0.2, zh-TW;q=0.9": Chinese, "en;q=0": Chinese, "fr;q=1": Chinese, ";;,,q=": Chinese,
		"en;q=0.5,zh;q=0.50": English, "en;q=abc": Chinese,
	} {
		if got := AcceptLang(header); got != want {
			t.Errorf("%q: got %v, want %v", header, got, want)
		}
	}
}

func TestParseLang(t *testing.T) {
	for tag, want := range map[string]Lang{"en_US.UTF-8": English, "C": English, "zh_CN.UTF-8": Chinese, "": Chinese, "en-GB": English, "english": Chinese} {
		if got := ParseLang(tag); got != want {
			t.Errorf("%q: got %v, want %v", tag, got, want)
		}
	}
}
