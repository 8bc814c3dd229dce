package store

import "yijianyou/internal/fault"

// What can go wrong in the kernel.
var (
	ErrNotFound = fault.Define(fault.NotFound, "store.not_found",
		"没有找到这条记录。它可能已被删除，或您无权查看。", "There is no such record. It may have been removed, or you may not see it.")
	ErrConflict = fault.Define(fault.Conflict, "store.conflict",
		"记录刚被别人修改过。请载入最新版本，核对差异后再保存。", "Somebody else has changed the record. Load the newest version, compare, and save again.")
	ErrDuplicate = fault.Define(fault.Conflict, "store.duplicate",
		"已有一条记录使用相同的{index}。请改用其他值，或打开已有的那条记录。", "Another record already has the same {index}. Use another value, or open the existing record.")
	ErrCursor = fault.Define(fault.Invalid, "store.cursor",
		"翻页标记无效或属于另一次查询。请从第一页重新开始。", "The page cursor is invalid or belongs to another query. Start from the first page.")
	ErrNewerSchema = fault.Define(fault.Unavailable, "store.newer_schema",
		"这条记录由更新版本的程序写入，本程序不能修改。请升级本程序。", "This record was written by a newer version of the program. Upgrade this program to change it.")
	ErrUnavailable = fault.Define(fault.Unavailable, "store.unavailable",
		"数据库暂时不可用，请稍后再试。", "The database does not answer at the moment. Try again later.")
	ErrDiskFull = fault.Define(fault.Unavailable, "store.disk_full",
		"磁盘已满，未能保存，没有数据丢失。请联系管理员清理空间后再试。", "The disk is full. Nothing was saved and nothing was lost. Ask the administrator to free space and try again.")
	ErrCorrupt = fault.Define(fault.Unavailable, "store.corrupt",
		"数据库文件已损坏：{file}。请停止程序，用最近的备份恢复（restore 命令）。", "The database file is damaged: {file}. Stop the program and restore the latest backup (command restore).")
	ErrOutcomeUnknown = fault.Define(fault.Unknown, "store.outcome_unknown",
		"操作在提交时中断，结果未知。请先查看记录的当前状态，再决定是否重做。", "The operation was interrupted while it was committed and its outcome is not known. Look at the record before you repeat it.")
	ErrEpoch = fault.Define(fault.Conflict, "store.epoch",
		"变更序列已重置（数据库被恢复或更换），需要重建索引。", "The feed of changes was reset (the database was restored or replaced); the index must be rebuilt.")
	ErrLeaseHeld = fault.Define(fault.Conflict, "store.lease_held",
		"另一个程序正在做这件事，请稍后再试。", "Another process is doing this. Try again later.")
	ErrLeaseLost = fault.Define(fault.Conflict, "store.lease_lost",
		"执行权已被另一个程序取得，本次操作没有保存。", "Another process has taken over this work; nothing was saved.")
	ErrReason = fault.Define(fault.Invalid, "store.reason_required",
		"删除记录必须写明理由。", "Give a reason for removing the record.")
	ErrJobState = fault.Define(fault.Conflict, "store.job_state",
		"只有失败或已取消的任务才能重新执行。", "Only a job that failed or was cancelled can be run again.")
	ErrJobLost = fault.Define(fault.Unavailable, "store.job_lost",
		"执行任务的程序多次中断，任务没有完成。请查看日志后重新执行。", "The program was interrupted each time it ran the job, which is not finished. Look at the log, then run the job again.")
	ErrNotEmpty = fault.Define(fault.Conflict, "store.not_empty",
		"目标数据库不是空的，没有改动它。请恢复到新的数据目录或空数据库。",
		"The database to restore into is not empty and was left untouched. Restore into a new data directory or an empty database.")
	ErrDumpFormat = fault.Define(fault.Unsupported, "store.dump_format",
		"这不是本程序的备份文件。请核对文件名。", "This is not a backup of this program. Check the name of the file.")
	ErrDumpDamaged = fault.Define(fault.Invalid, "store.dump_damaged",
		"备份在第 {offset} 字节附近被截断或改动，不能使用。请改用另一份备份；如果恢复已经开始，请丢弃目标数据库。",
		"The backup is cut short or altered near byte {offset} and cannot be used. Take another backup; if restoring had begun, discard the database restored into.")
	ErrDumpNewer = fault.Define(fault.Unsupported, "store.dump_newer",
		"备份由更新版本的程序写入。请先升级本程序再恢复。", "The backup was written by a newer version of the program. Upgrade this program, then restore.")
	ErrDumpCollection = fault.Define(fault.Unsupported, "store.dump_collection",
		"备份含有本程序不认识的数据（{collection}）。请用写出这份备份的版本恢复。",
		"The backup holds data that this program does not know ({collection}). Restore it with the version that wrote it.")
)
