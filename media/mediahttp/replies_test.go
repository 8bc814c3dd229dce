package mediahttp

import (
	"fmt"
	"testing"
)

func TestRepliesAreOfOneVersionAndBounded(t *testing.T) {
	s := newReplies()
	body := func(n int) *reply { return &reply{version: "1", body: make([]byte, n)} }
	s.keep("a", body(10))
	if a := s.find("a", "1"); a == nil || len(a.body) != 10 {
		t.Fatal("not found again")
	}
	s.keep("a", body(20))
	if a := s.find("a", "1"); a == nil || len(a.body) != 20 || len(s.by) != 1 {
		t.Error("not replaced")
	}
	if s.find("a", "2") != nil || s.find("a", "1") != nil || s.bytes != 0 {
		t.Error("what was made of an older version is still there")
	}
	s.keep("large", body(maxReply))
	if s.find("large", "1") != nil {
		t.Error("one answer fills the memory")
	}
	const size = 500_000
	for i := range 400 {
		s.keep(fmt.Sprint(i), body(size))
		if s.find("0", "1") == nil {
			t.Fatalf("the answer that is asked for the most is gone after %d others", i)
		}
		if s.bytes > maxReplies || len(s.by) != s.order.Len() {
			t.Fatalf("%d bytes in %d answers", s.bytes, len(s.by))
		}
	}
	if s.find("1", "1") != nil || s.find("399", "1") == nil {
		t.Error("not the oldest are forgotten")
	}
}
