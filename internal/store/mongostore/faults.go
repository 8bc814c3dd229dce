package mongostore

import (
	"context"
	"errors"
	"regexp"

	"go.mongodb.org/mongo-driver/mongo"
	"go.mongodb.org/mongo-driver/x/mongo/driver/topology"

	"yijianyou/internal/fault"
	"yijianyou/internal/store"
)

// What can be wrong with the database that the configuration names.
var (
	ErrURI = fault.Define(fault.Invalid, "store.mongodb_uri",
		"数据库地址无效。格式：mongodb://用户:密码@主机1:27017,主机2:27017/数据库名?replicaSet=名称，密码中的特殊字符须用百分号编码。",
		"The address of the database is invalid. Write mongodb://USER:PASSWORD@HOST1:27017,HOST2:27017/DATABASE?replicaSet=NAME, with special characters of the password percent-encoded.")
	ErrStandalone = fault.Define(fault.Unavailable, "store.mongodb_standalone",
		"这台 MongoDB 不是复制集成员，不支持事务。请用 --replSet 启动并执行 rs.initiate()，单节点也可以。",
		"This MongoDB is not a member of a replica set and has no transactions. Start it with --replSet and run rs.initiate(); one node is enough.")
	ErrTooOld = fault.Define(fault.Unavailable, "store.mongodb_too_old",
		"MongoDB 版本过低，需要 {version} 或更高版本。请升级数据库。",
		"This MongoDB is too old: version {version} or later is needed. Upgrade the database.")
	ErrRefused = fault.Define(fault.Unavailable, "store.mongodb_refused",
		"MongoDB 拒绝了登录或操作。请检查地址中的用户、密码和 authSource，以及该用户对数据库的读写权限。",
		"MongoDB refused the login or the operation. Check user, password and authSource of the address, and that the user may read and write the database.")
)

var errClosed = errors.New("mongostore: the database is closed")

// Codes of the server, from its error_codes.yml.
const (
	codeUnauthorized       = 13
	codeAuthFailed         = 18
	codeDuplicateKey       = 11000
	codeOutOfDiskSpace     = 14031
	codeIndexNotFound      = 27
	codeNamespaceExists    = 48
	codeSnapshotTooOld     = 239
	codeSnapshotGone       = 246
	codeInvalidResumeToken = 260
	codeStreamFatal        = 280
	codeHistoryLost        = 286
)

// unavailable are the codes of a server that cannot serve just now.
var unavailable = map[int]bool{
	6: true, 7: true, 24: true, 43: true, 50: true, 89: true, 91: true, 112: true, 133: true, 134: true, 136: true, 189: true,
	237: true, 251: true, 262: true, 290: true, 9001: true, 10058: true, 10107: true, 11600: true, 11602: true, 13435: true, 13436: true,
	codeSnapshotTooOld: true, codeSnapshotGone: true,
}

// diskFull are the codes of a server that has no room to write.
var diskFull = map[int]bool{codeOutOfDiskSpace: true, 12501: true}

const (
	labelTransient = "TransientTransactionError"
	labelUnknown   = "UnknownTransactionCommitResult"
)

func labelled(err error, label string) bool {
	var le mongo.LabeledError
	return errors.As(err, &le) && le.HasErrorLabel(label)
}

// code returns the first code of the server in err that is in set; ok is false
// when there is none.
func hasCode(err error, codes ...int) bool {
	var se mongo.ServerError
	if !errors.As(err, &se) {
		return false
	}
	for _, c := range codes {
		if se.HasErrorCode(c) {
			return true
		}
	}
	return false
}

func inTable(err error, table map[int]bool) bool {
	var se mongo.ServerError
	if !errors.As(err, &se) {
		return false
	}
	for c := range table {
		if se.HasErrorCode(c) {
			return true
		}
	}
	return false
}

// duplicate takes the name of the index from the text of E11000, where it has
// stood since MongoDB 2.4; the reply carries it nowhere else.
var duplicateIndex = regexp.MustCompile(` index: (\S+) dup key`)

// fail gives an error of the driver its code. The error of ctx comes first,
// faults pass.
func fail(ctx context.Context, err error) error {
	if err == nil {
		return nil
	}
	if stopped := ctx.Err(); stopped != nil {
		return stopped
	}
	var f *fault.Fault
	var selection topology.ServerSelectionError
	var waiting topology.WaitQueueTimeoutError
	switch {
	case errors.As(err, &f):
		return err
	case hasCode(err, codeDuplicateKey):
		return duplicate(err)
	case inTable(err, diskFull):
		return store.ErrDiskFull.Wrap(err)
	case hasCode(err, codeUnauthorized, codeAuthFailed):
		return ErrRefused.Wrap(err)
	case inTable(err, unavailable), mongo.IsNetworkError(err), mongo.IsTimeout(err), labelled(err, labelTransient),
		errors.As(err, &selection), errors.As(err, &waiting), errors.Is(err, mongo.ErrClientDisconnected),
		errors.Is(err, topology.ErrTopologyClosed), errors.Is(err, errClosed):
		return store.ErrUnavailable.Wrap(err)
	}
	return err
}

func duplicate(err error) error {
	m := duplicateIndex.FindStringSubmatch(err.Error())
	switch {
	case m == nil:
		return err
	case m[1] == "_id_":
		return store.ErrConflict.Wrap(err)
	}
	return store.ErrDuplicate.Wrap(err, fault.P("index", m[1]))
}
