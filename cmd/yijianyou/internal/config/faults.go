package config

import "yijianyou/internal/fault"

// What can be wrong with the settings. {setting} is a name, {where} is where
// the value came from: default, file, environment or flag.
var (
	ErrSettings = fault.Define(fault.Invalid, "config.settings",
		"有 {count} 项设置不正确，程序没有启动。", "{count} settings are wrong; the program did not start.")
	ErrUnknown = fault.Define(fault.Invalid, "config.unknown",
		"没有这项设置（来自{where}）。可用的设置见 yijianyou serve --help。", "There is no such setting (from the {where}). See yijianyou serve --help for the list.")
	ErrAddress = fault.Define(fault.Invalid, "config.address",
		"应为“主机:端口”，端口 0–65535，例如 127.0.0.1:8080（来自{where}）。", "Expected host:port with a port from 0 to 65535, such as 127.0.0.1:8080 (from the {where}).")
	ErrURL = fault.Define(fault.Invalid, "config.url",
		"应为 http 或 https 的完整网址，只有协议和主机，例如 https://guide.example.org（来自{where}）。", "Expected a full http or https URL with scheme and host only, such as https://guide.example.org (from the {where}).")
	ErrLink = fault.Define(fault.Invalid, "config.link",
		"应为 http 或 https 的完整网址（来自{where}）。", "Expected a full http or https URL (from the {where}).")
	ErrDatabase = fault.Define(fault.Invalid, "config.database",
		"应为空（使用内嵌 SQLite）或 mongodb://、mongodb+srv:// 开头的连接串（来自{where}）。", "Expected nothing (the embedded SQLite) or a mongodb:// or mongodb+srv:// connection string (from the {where}).")
	ErrBlobs = fault.Define(fault.Invalid, "config.blobs",
		"应为空（存放在数据目录）或 file:/// 开头的地址（来自{where}）。本版本不支持 s3:// 等对象存储；多台服务器可用共享目录。", "Expected nothing (kept in the data directory) or a file:/// URL (from the {where}). This version has no driver for s3:// and other object stores; several servers can share a folder.")
	ErrPrefix = fault.Define(fault.Invalid, "config.prefix",
		"应为以逗号分隔的地址或网段，例如 10.0.0.0/8,127.0.0.1（来自{where}）。", "Expected addresses or networks separated by commas, such as 10.0.0.0/8,127.0.0.1 (from the {where}).")
	ErrBool = fault.Define(fault.Invalid, "config.bool",
		"应为 true 或 false（来自{where}）。", "Expected true or false (from the {where}).")
	ErrChoice = fault.Define(fault.Invalid, "config.choice",
		"应为下列之一：{choices}（来自{where}）。", "Expected one of: {choices} (from the {where}).")
	ErrNumber = fault.Define(fault.Invalid, "config.number",
		"应为 {min} 到 {max} 的整数（来自{where}）。", "Expected a whole number from {min} to {max} (from the {where}).")
	ErrDays = fault.Define(fault.Invalid, "config.days",
		"应为 0（永久保留）或 {min} 到 {max} 的天数（来自{where}）。", "Expected 0 (kept for good) or days from {min} to {max} (from the {where}).")
	ErrRequired = fault.Define(fault.Invalid, "config.required",
		"不能为空（来自{where}）。", "Must not be empty (from the {where}).")
	ErrSMTP = fault.Define(fault.Invalid, "config.smtp",
		"应为 smtp:// 或 smtps:// 开头的网址，例如 smtp://用户:密码@smtp.example.org:587（来自{where}）。密码中的特殊字符须按网址规则转义。", "Expected an smtp:// or smtps:// URL, such as smtp://user:password@smtp.example.org:587 (from the {where}). Escape special characters of the password as in URLs.")
	ErrMailAddress = fault.Define(fault.Invalid, "config.mail_address",
		"应为电子邮箱地址，例如 一键游 <alarm@example.org>（来自{where}）。", "Expected an e-mail address, such as Yijianyou <alarm@example.org> (from the {where}).")
	ErrMailPair = fault.Define(fault.Invalid, "config.mail_pair",
		"设置了 smtp，须同时设置 smtp-from。", "smtp needs smtp-from.")
	ErrTLSPair = fault.Define(fault.Invalid, "config.tls_pair",
		"{setting}-cert 与 {setting}-key 必须同时设置。", "{setting}-cert and {setting}-key must be set together.")
	ErrMQTTBroker = fault.Define(fault.Invalid, "config.mqtt_broker",
		"应为 mqtt:// 或 mqtts:// 开头的网址，例如 mqtts://用户:密码@主机:8883?client=node-1（来自{where}）。client 与 share 由 1–64 个字母、数字和 _.- 组成。",
		"Expected a mqtt:// or mqtts:// URL, such as mqtts://user:password@host:8883?client=node-1 (from the {where}). client and share are 1 to 64 letters, digits and _.-.")
	ErrMQTTPlain = fault.Define(fault.Invalid, "config.mqtt_plain",
		"不加密的 MQTT 不能离开本机：设备密钥会以明文传输。请设置 mqtt-tls-cert 和 mqtt-tls-key（已有代理请用 mqtts://），或只监听 127.0.0.1；确有隔离的设备网时才设 mqtt-insecure。",
		"MQTT without TLS may not leave this machine: the secrets of devices would travel in the clear. Set mqtt-tls-cert and mqtt-tls-key (for an existing broker use mqtts://) or listen on 127.0.0.1; set mqtt-insecure only where the network of the devices is sealed off.")
	ErrUnreadable = fault.Define(fault.Invalid, "config.unreadable",
		"文件不存在或无法读取：{file}。请检查路径和权限。", "The file does not exist or cannot be read: {file}. Check its path and permissions.")
	ErrFile = fault.Define(fault.Invalid, "config.file",
		"设置文件 {file} 第 {line} 行不是“名称: 值”。", "Line {line} of the settings file {file} is not \"name: value\".")
)
