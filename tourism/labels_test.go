package tourism

import (
	"testing"

	"yijianyou/internal/actor"
	"yijianyou/internal/fault"
)

func TestAHiddenAreaIsNamedToThoseOnlyWhoMayReadIt(t *testing.T) {
	w := newWorld(t)
	a := w.area("未公开景区")
	for _, c := range []struct {
		by   actor.Actor
		want string
	}{{actor.Nobody(), a.ID}, {stranger, a.ID}, {manager, "未公开景区"}, {watcher, "未公开景区"}} {
		if got := w.Labels(c.by).Label(t.Context(), "area", a.ID, fault.Chinese); got != c.want {
			t.Errorf("%s: %q, want %q", c.by.ID, got, c.want)
		}
	}
	w.publish(a)
	if got := w.Labels(actor.Nobody()).Label(t.Context(), "area", a.ID, fault.Chinese); got != "未公开景区" {
		t.Errorf("a published area is called %q", got)
	}
}
