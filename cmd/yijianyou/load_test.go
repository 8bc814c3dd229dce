package main

import (
	"context"
	"fmt"
	"log/slog"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"

	"yijianyou/cmd/yijianyou/internal/app"
	"yijianyou/cmd/yijianyou/internal/config"
	"yijianyou/internal/store"
)

// TestAnImportWaitsForTheServerThatTookItsJob runs an import beside somebody
// who takes every job that he can, as a running server does.
func TestAnImportWaitsForTheServerThatTookItsJob(t *testing.T) {
	dir := t.TempDir()
	cfg, err := config.Load(config.Sources{Flags: map[string]string{"data": filepath.Join(dir, "data")}})
	if err != nil {
		t.Fatal(err)
	}
	core, err := app.OpenCore(t.Context(), cfg, slog.New(slog.DiscardHandler))
	if err != nil {
		t.Fatal(err)
	}
	ctx, stop := context.WithCancel(t.Context())
	var server sync.WaitGroup
	server.Go(func() {
		runner := store.NewRunner(core.Store, store.RunnerOptions{Handlers: core.Loads.Handlers(), Log: core.Log})
		for ctx.Err() == nil {
			if _, err := runner.Drain(ctx); err != nil && ctx.Err() == nil {
				t.Error(err)
				return
			}
		}
	})
	var rows strings.Builder
	rows.WriteString("名称,年代\n")
	for i := range 600 {
		fmt.Fprintf(&rows, "示例 %d,唐\n", i)
	}
	file := filepath.Join(dir, "relics.csv")
	if err := os.WriteFile(file, []byte(rows.String()), 0o600); err != nil {
		t.Fatal(err)
	}
	code, stdout, stderr := run(t, "", []string{"LANG=en"}, "import", "relics", file, "--org", "demo-museum", "--data", cfg.Data)
	stop()
	server.Wait()
	if err := core.Close(); err != nil {
		t.Error(err)
	}
	if code != exitDone || !strings.Contains(stdout, "600 rows, 600 written, 0 ready") {
		t.Errorf("exit %d, said %q and %q", code, stdout, stderr)
	}
}
