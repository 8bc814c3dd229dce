package app

import "yijianyou/internal/fault"

// What can go wrong around the parts.
var (
	ErrLocked = fault.Define(fault.Conflict, "app.locked",
		"数据目录 {dir} 正被另一个程序使用（{holder}）。请先停止它，或换一个数据目录（--data）。",
		"The data directory {dir} is in use by another process ({holder}). Stop it first, or choose another directory (--data).")
	ErrDataDir = fault.Define(fault.Unavailable, "app.data_dir",
		"数据目录 {dir} 不能创建或不能写入。请检查路径和权限。", "The data directory {dir} cannot be created or written. Check its path and permissions.")
	ErrSecret = fault.Define(fault.Unavailable, "app.secret",
		"密钥文件 {file} 已损坏。请从备份恢复它；删除它会使第二因素和会话全部失效。",
		"The key file {file} is damaged. Restore it from a backup; removing it voids every second factor and session.")
	ErrArchive = fault.Define(fault.Invalid, "app.archive",
		"备份文件不完整或不是本程序的备份（{part}）。没有恢复任何数据。", "The backup file is incomplete or not one of this program ({part}). Nothing was restored.")
	ErrNotInArchive = fault.Define(fault.NotFound, "app.not_in_archive",
		"备份中没有这个文件的原件。请换一个更早或更晚的备份。", "The archive has no original of this asset. Try an earlier or a later one.")
	ErrNotEmpty = fault.Define(fault.Conflict, "app.not_empty",
		"目标{place}不是空的。恢复只能写入空的数据目录和空的数据库，请换一个，或先移走原有数据。",
		"The target {place} is not empty. A backup is restored into an empty data directory and database only; choose another or move the present data away.")
	ErrBackupExists = fault.Define(fault.Conflict, "app.backup_exists",
		"文件 {file} 已存在，为避免覆盖旧备份没有写入。请换一个文件名。", "The file {file} exists; it was not overwritten. Choose another name.")
)
