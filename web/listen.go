package web

import (
	"crypto/tls"
	"errors"
	"net"
	"syscall"

	"yijianyou/internal/fault"
)

// What can go wrong before the first request.
var (
	ErrPortInUse = fault.Define(fault.Unavailable, "web.port_in_use",
		"地址 {address} 已被另一个程序占用。请停止它，或用 --{setting} 换一个端口。", "The address {address} is in use by another program. Stop it, or choose another port by --{setting}.")
	ErrPortDenied = fault.Define(fault.Denied, "web.port_denied",
		"没有权限监听 {address}。1024 以下的端口需要管理员权限，请用 --{setting} 换一个端口。", "This user may not listen on {address}. Ports below 1024 need more rights; choose another by --{setting}.")
	ErrListen = fault.Define(fault.Unavailable, "web.listen",
		"不能监听 {address}。请检查 --{setting} 的主机名和端口。", "Cannot listen on {address}. Check the host and port of --{setting}.")
	ErrCertificate = fault.Define(fault.Invalid, "web.certificate",
		"证书 {cert} 与私钥 {key} 无法读取或不匹配。请检查两个 PEM 文件。", "The certificate {cert} and the key {key} cannot be read or do not fit together. Check the two PEM files.")
)

// Listen opens the address host:port that a setting names; with cert and key
// (PEM files) it speaks TLS 1.2 or newer.
//
// Errors: ErrPortInUse, ErrPortDenied, ErrListen, ErrCertificate.
func Listen(setting, address, cert, key string) (net.Listener, error) {
	var config *tls.Config
	if cert != "" || key != "" {
		pair, err := tls.LoadX509KeyPair(cert, key)
		if err != nil {
			return nil, ErrCertificate.Wrap(err, fault.P("cert", cert), fault.P("key", key))
		}
		config = &tls.Config{Certificates: []tls.Certificate{pair}, MinVersion: tls.VersionTLS12}
	}
	ln, err := net.Listen("tcp", address)
	at, by := fault.P("address", address), fault.P("setting", setting)
	switch {
	case errors.Is(err, syscall.EADDRINUSE):
		return nil, ErrPortInUse.Wrap(err, at, by)
	case errors.Is(err, syscall.EACCES):
		return nil, ErrPortDenied.Wrap(err, at, by)
	case err != nil:
		return nil, ErrListen.Wrap(err, at, by)
	}
	if config != nil {
		ln = tls.NewListener(ln, config)
	}
	return ln, nil
}
