package broker

import "yijianyou/internal/fault"

// Why something that a device sent over MQTT was not taken; Refusal.Code names
// them on the quarantine list.
var (
	ErrForeignTopic = fault.Define(fault.Denied, "broker.foreign_topic",
		"设备发布或订阅了不属于它的主题。设备只能发布到 yjy/v1/单位/设备名/ 下的 sighting、reading、count、status，只能订阅其 command。请核对设备上的主题设置。",
		"The device published or subscribed to a topic that is not its own. It may publish to sighting, reading, count and status below yjy/v1/organisation/device/ and read its command topic. Check the topics set in the device.")
	ErrClientID = fault.Define(fault.Denied, "broker.client_id",
		"MQTT 客户端标识必须与设备名（用户名）相同。请核对设备上的设置。",
		"The MQTT client id must be the name of the device, which is the user name too. Check the settings of the device.")
	ErrWill = fault.Define(fault.Unsupported, "broker.will",
		"不接受遗嘱消息（will）。请在设备上关闭。设备离线由平台按“静默时间”判断。",
		"Will messages are not taken. Switch them off in the device; whether a device is down is told by its silence.")
	ErrRetained = fault.Define(fault.Unsupported, "broker.retained",
		"不接受保留消息（retain）。请在设备上关闭。", "Retained messages are not taken. Switch them off in the device.")
	ErrPayloadSize = fault.Define(fault.TooLarge, "broker.payload_size",
		"一条消息最多 {max} 字节。请分成几条发送。", "A message has at most {max} bytes. Send it in parts.")
	ErrPacket = fault.Define(fault.Invalid, "broker.packet",
		"设备发来的数据不符合 MQTT 3.1.1 或 5.0，连接已断开。请核对设备的固件和协议版本。",
		"What the device sent is not MQTT 3.1.1 or 5.0; the connection was ended. Check its firmware and protocol version.")
	ErrBrokerURL = fault.Define(fault.Invalid, "broker.url",
		"MQTT 代理的网址应为 mqtt://主机:端口 或 mqtts://主机:端口。", "The URL of an MQTT broker is mqtt://host:port or mqtts://host:port.")
)
