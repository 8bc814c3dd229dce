package main

import (
	"context"

	"yijianyou/cmd/yijianyou/internal/app"
)

// backupCommand writes an archive of everything, beside a running server.
type backupCommand struct {
	File string `arg:"" help:"Archive to write; it must not exist. It holds the secret key: keep it safe."`
}

// Run implements runner.
func (c *backupCommand) Run(ctx context.Context, p *program) error {
	return p.withCore(ctx, func(core *app.Core) error {
		sum, err := core.Backup(ctx, c.File)
		if err != nil {
			return err
		}
		p.say("已备份并核对：%d 条记录、%d 个文件，%d 字节 → %s", "Backed up and verified: %d records, %d files, %d bytes -> %s", sum.Documents, sum.Originals, sum.Bytes, c.File)
		return nil
	})
}

// restoreCommand loads an archive into an empty data directory.
type restoreCommand struct {
	File   string `arg:"" help:"Archive to read."`
	Verify bool   `help:"Only read and check it; restore nothing."`
}

// Run implements runner.
func (c *restoreCommand) Run(ctx context.Context, p *program) error {
	if c.Verify {
		sum, err := app.VerifyArchive(ctx, c.File)
		if err != nil {
			return err
		}
		p.say("备份完好：%s，%d 条记录、%d 个文件。", "The archive is sound: %s, %d records, %d files.", sum.At.Format("2006-01-02 15:04:05Z07:00"), sum.Documents, sum.Originals)
		return nil
	}
	cfg, err := p.settings()
	if err != nil {
		return err
	}
	sum, err := app.Restore(ctx, cfg, c.File)
	if err != nil {
		return err
	}
	p.say("已恢复：%d 条记录、%d 个文件。下次启动时重建索引。", "Restored: %d records, %d files. The indexes are built at the next start.", sum.Documents, sum.Originals)
	return nil
}

// originalCommand brings one original back, beside a running server.
type originalCommand struct {
	File  string `arg:"" help:"Archive to read."`
	Asset string `arg:"" help:"Id of the asset, as the fixity report and the log name it."`
}

// Run implements runner.
func (c *originalCommand) Run(ctx context.Context, p *program) error {
	return p.withCore(ctx, func(core *app.Core) error {
		found, err := core.Mend(ctx, c.File, c.Asset)
		if err != nil {
			return err
		}
		if found.Trouble() {
			p.say("已写回，但再次读取仍有问题（%s）。请检查存储。", "Written back, and reading it again still fails (%s). Look at the storage.", found)
			return errFound
		}
		p.say("已恢复原件并核对校验值。", "The original is back and its checksum agrees.")
		return nil
	})
}
