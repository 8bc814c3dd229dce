package tus

import "yijianyou/internal/fault"

// What can be wrong with the headers of a request.
var (
	ErrVersion = fault.Define(fault.Invalid, "upload.version",
		"断点续传请求须带 Tus-Resumable: 1.0.0。", "A resumable upload needs the header Tus-Resumable: 1.0.0.")
	ErrHeader = fault.Define(fault.Invalid, "upload.header",
		"请求头 {header} 缺失或格式不对。请对照 tus 1.0.0 协议。", "The header {header} is missing or malformed. Compare the protocol tus 1.0.0.")
	ErrDefer = fault.Define(fault.Invalid, "upload.defer_length",
		"本服务器不接受 Upload-Defer-Length。请在创建时用 Upload-Length 给出文件大小。", "This server does not take Upload-Defer-Length. Give the size of the file in Upload-Length when you create the upload.")
	ErrAlgorithm = fault.Define(fault.Invalid, "upload.algorithm",
		"不支持这种校验算法。可用 sha256 或 sha1。", "This checksum algorithm is not supported. Use sha256 or sha1.")
	ErrBody = fault.Define(fault.Unsupported, "upload.content_type",
		"数据须以 Content-Type: application/offset+octet-stream 发送。", "Send the data with Content-Type: application/offset+octet-stream.")
)
