package sqlitestore

import (
	"context"
	"errors"
	"path/filepath"

	"modernc.org/sqlite"
	lib "modernc.org/sqlite/lib"

	"yijianyou/internal/fault"
	"yijianyou/internal/store"
)

// What can be wrong with the database file.
var (
	ErrFile = fault.Define(fault.Unavailable, "store.file",
		"无法打开或写入数据库文件 {file}。请检查所在目录是否存在、磁盘是否只读、运行程序的用户是否有读写权限。",
		"The database file {file} cannot be opened or written. Check that its directory exists, that the disk is not read-only and that the user who runs the program may write there.")
	ErrForeign = fault.Define(fault.Unavailable, "store.foreign_file",
		"文件 {file} 是其他程序的数据库，没有改动它。请在配置中指定另一个数据目录。",
		"The file {file} is a database of another program and was left untouched. Name another data directory in the configuration.")
	ErrNewerFormat = fault.Define(fault.Unavailable, "store.newer_format",
		"数据库文件 {file} 由更新版本的程序建立。请升级本程序。",
		"The database file {file} was made by a newer version of the program. Upgrade this program.")
	ErrChangedUnderneath = fault.Define(fault.Unavailable, "store.indexes_changed",
		"另一个版本的程序修改了数据库的索引定义，本程序不再写入。请停止另一个程序，然后重新启动本程序。",
		"Another version of the program has changed the index definitions of the database; this one no longer writes. Stop the other program and start this one again.")
)

var errClosed = errors.New("sqlitestore: the database is closed")

// primary returns the primary result code of SQLite, 0 when err has none.
func primary(err error) int {
	var e *sqlite.Error
	if errors.As(err, &e) {
		return e.Code() & 0xff
	}
	return 0
}

// undoes reports whether SQLite may have rolled back the whole transaction
// (https://www.sqlite.org/lang_transaction.html, "Response To Errors Within A
// Transaction"), or nothing more can be done with it.
func undoes(err error) bool {
	switch primary(err) {
	case lib.SQLITE_FULL, lib.SQLITE_IOERR, lib.SQLITE_NOMEM, lib.SQLITE_BUSY, lib.SQLITE_INTERRUPT,
		lib.SQLITE_CORRUPT, lib.SQLITE_NOTADB, lib.SQLITE_CANTOPEN, lib.SQLITE_READONLY:
		return true
	}
	return false
}

// fail gives an error of SQLite its code. Faults and errors of contexts pass.
func (e *Engine) fail(err error) error {
	var f *fault.Fault
	if err == nil || errors.As(err, &f) || errors.Is(err, context.Canceled) || errors.Is(err, context.DeadlineExceeded) {
		return err
	}
	return failure(e.file, err)
}

func failure(file string, err error) error {
	name := fault.P("file", filepath.Base(file))
	switch primary(err) {
	case lib.SQLITE_FULL:
		return store.ErrDiskFull.Wrap(err)
	case lib.SQLITE_CORRUPT, lib.SQLITE_NOTADB:
		return store.ErrCorrupt.Wrap(err, name)
	case lib.SQLITE_CANTOPEN, lib.SQLITE_READONLY, lib.SQLITE_PERM, lib.SQLITE_AUTH:
		return ErrFile.Wrap(err, name)
	case lib.SQLITE_BUSY, lib.SQLITE_LOCKED, lib.SQLITE_IOERR, lib.SQLITE_NOMEM, lib.SQLITE_INTERRUPT, lib.SQLITE_PROTOCOL:
		return store.ErrUnavailable.Wrap(err)
	}
	if errors.Is(err, errClosed) {
		return store.ErrUnavailable.Wrap(err)
	}
	return err
}
