package mediahttp

import (
	"fmt"
	"testing"

	"yijianyou/web/httpkit"
)

func TestRepliesAreBounded(t *testing.T) {
	s := newReplies()
	body := func(n int) *reply { return &reply{Kept: httpkit.Kept{Body: make([]byte, n)}} }
	s.keep("a", body(10))
	if a := s.find("a"); a == nil || len(a.Body) != 10 {
		t.Fatal("not found again")
	}
	s.keep("a", body(20))
	if a := s.find("a"); a == nil || len(a.Body) != 20 || s.by.Used() != 20+replyOverhead {
		t.Error("not replaced")
	}
	s.keep("large", body(maxReply))
	if s.find("large") != nil {
		t.Error("one answer fills the memory")
	}
	const size = 500_000
	for i := range 400 {
		s.keep(fmt.Sprint(i), body(size))
		if s.find("0") == nil {
			t.Fatalf("the answer that is asked for the most is gone after %d others", i)
		}
		if n := s.by.Used(); n > maxReplies {
			t.Fatalf("%d bytes", n)
		}
	}
	if s.find("1") != nil || s.find("399") == nil {
		t.Error("not the oldest are forgotten")
	}
}
