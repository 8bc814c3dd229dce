package main

import (
	"context"
	"fmt"

	"yijianyou/cmd/yijianyou/internal/app"
)

// reindexCommand builds the search indexes anew.
type reindexCommand struct{}

// Run implements runner.
func (reindexCommand) Run(ctx context.Context, p *program) error {
	return p.maintain(ctx, "reindex", func(a *app.App) error {
		if err := a.Reindex(ctx); err != nil {
			return err
		}
		for _, s := range a.Feed.Status() {
			p.say("索引 %s：%d 条", "index %s: %d documents", s.Audience, s.Documents)
		}
		return nil
	})
}

// checkCommand compares documents, indexes and originals.
type checkCommand struct{}

// Run implements runner.
func (checkCommand) Run(ctx context.Context, p *program) error {
	return p.maintain(ctx, "check", func(a *app.App) error {
		found, err := a.Check(ctx)
		if err != nil {
			return err
		}
		for _, f := range found {
			fmt.Fprintf(p.stdout, "%s: %s\n", f.Where, f.What)
		}
		if n := a.Rejected(); n > 0 {
			p.say("%d 条记录因不合规则未进入索引，见日志。", "%d records were left out of an index because they break a rule; see the log.", n)
		}
		if len(found) > 0 {
			p.say("发现 %d 处不一致。索引问题可用 reindex 修复，文件损坏请从备份恢复。", "%d differences. Mend indexes with reindex, restore damaged files from a backup.", len(found))
			return errFound
		}
		p.say("数据、索引与文件一致。", "Documents, indexes and files agree.")
		return nil
	})
}

func (p *program) maintain(ctx context.Context, what string, fn func(*app.App) error) error {
	cfg, err := p.settings()
	if err != nil {
		return err
	}
	return app.Maintain(ctx, cfg, p.logger(cfg), what, fn)
}
