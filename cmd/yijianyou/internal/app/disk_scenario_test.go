package app

import (
	"fmt"
	"net/http"
	"os"
	"strings"
	"testing"

	"golang.org/x/sys/unix"

	"yijianyou/heritage"
)

// TestAFullDisk runs the whole program on a real disk of a few MiB: when it is
// full, writes are refused with the reason, reading and searching go on, nothing
// answered is lost, and writing goes on when there is space again.
func TestAFullDisk(t *testing.T) {
	dir := smallDisk(t, 24<<20)
	ballast := dir + "/ballast"
	p := start(t, map[string]string{"data": dir + "/data"})
	clerk, second := p.login(t, "clerk"), p.login(t, "second")
	shown := clerk.create(heritage.RelicFields{Name: heritage.Text{ZH: "满盘之前的铜镜"}})
	clerk.step(shown.ID, "review", "submit")
	second.step(shown.ID, "review", "approve")
	second.step(shown.ID, "publication", "publish")
	p.until(t, "it is found", func() bool { return p.visitor(t).get("/api/v1/search?q=铜镜").total() == 1 })

	fill(t, ballast, dir)
	kept := map[string]string{shown.ID: "满盘之前的铜镜"}
	var refused *reply
	for n := 0; refused == nil; n++ {
		name := fmt.Sprintf("满盘 %d", n)
		got := clerk.do("POST", "/api/v1/relics", map[string]any{"org": testOrg, "fields": heritage.RelicFields{Name: heritage.Text{ZH: name}, InternalNotes: strings.Repeat("备注", 4000)}},
			"Accept-Language", "en")
		if got.status != http.StatusCreated {
			refused = got
			break
		}
		var rec record
		got.decode(&rec)
		kept[rec.ID] = name
	}
	var problem struct{ Code, Detail string }
	refused.want(http.StatusServiceUnavailable).decode(&problem)
	if problem.Code != "store.disk_full" || !strings.Contains(problem.Detail, "disk is full") {
		t.Errorf("the refusal says %q: %s", problem.Code, problem.Detail)
	}
	p.visitor(t).get("/api/v1/relics/" + shown.ID).want(http.StatusOK)
	if n := p.visitor(t).get("/api/v1/search?q=铜镜").total(); n != 1 {
		t.Errorf("with a full disk the search finds %d", n)
	}
	there := func(when string) {
		t.Helper()
		for id, name := range kept {
			var rec record
			clerk.get("/api/v1/relics/" + id + "?view=staff").want(http.StatusOK).decode(&rec)
			if rec.Fields.Name.ZH != name {
				t.Errorf("%s %s is %q, want %q", when, id, rec.Fields.Name.ZH, name)
			}
		}
	}
	there("with a full disk")

	if err := os.Remove(ballast); err != nil {
		t.Fatal(err)
	}
	after := clerk.create(heritage.RelicFields{Name: heritage.Text{ZH: "有空间之后"}})
	kept[after.ID] = "有空间之后"
	there("with space again")
	if err := p.Feed.Settle(t.Context()); err != nil {
		t.Fatal(err)
	}
	if found, err := p.Check(t.Context()); err != nil || len(found) > 0 {
		t.Errorf("check: %v %v", err, found)
	}
	t.Logf("%d records were answered around the full disk", len(kept))
}

// smallDisk mounts a file system in memory that holds so many bytes.
func smallDisk(t *testing.T, bytes int64) string {
	t.Helper()
	dir := t.TempDir()
	if err := unix.Mount("tmpfs", dir, "tmpfs", 0, fmt.Sprintf("size=%d", bytes)); err != nil {
		t.Skipf("no small disk without the right to mount one: %v", err)
	}
	t.Cleanup(func() {
		if err := unix.Unmount(dir, unix.MNT_DETACH); err != nil {
			t.Error(err)
		}
	})
	return dir
}

// fill writes a file that leaves about a MiB of the disk.
func fill(t *testing.T, file, dir string) {
	t.Helper()
	var fs unix.Statfs_t
	if err := unix.Statfs(dir, &fs); err != nil {
		t.Fatal(err)
	}
	n := int64(fs.Bavail)*fs.Bsize - 1<<20
	if n < 0 {
		t.Fatalf("the disk is full before the test: %d", n)
	}
	if err := os.WriteFile(file, make([]byte, n), 0o600); err != nil {
		t.Fatal(err)
	}
}
