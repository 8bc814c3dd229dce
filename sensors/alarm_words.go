package sensors

import "yijianyou/heritage"

// Words for people who are told by mail, in both languages. Screens have their own.
var (
	kindWords = map[AlarmKind]heritage.Text{
		UnlawfulExit: {ZH: "无单出馆", EN: "exit without an order"},
		UnlawfulMove: {ZH: "无单移动", EN: "change of room without an order"},
		TagSilent:    {ZH: "标签失联", EN: "tag silent"},
		TagCopied:    {ZH: "标签疑似被复制", EN: "tag perhaps copied"},
		LowBattery:   {ZH: "电量低", EN: "low battery"},
		DeviceDown:   {ZH: "设备离线", EN: "device down"},
		Overdue:      {ZH: "逾期未归", EN: "overdue"},
		Climate:      {ZH: "环境异常", EN: "climate"},
	}
	stateWords = map[AlarmState]heritage.Text{
		Raised:       {ZH: "未应答", EN: "not answered"},
		Acknowledged: {ZH: "已确认，待复核", EN: "acknowledged, not verified"},
		Verified:     {ZH: "已复核", EN: "verified"},
		Resolved:     {ZH: "已解除", EN: "resolved"},
	}
	zoneWords = map[ZoneKind]heritage.Text{
		Gallery:    {ZH: "展厅", EN: "gallery"},
		Store:      {ZH: "库房", EN: "store"},
		Workshop:   {ZH: "修复、摄影、提看室", EN: "workshop"},
		Passageway: {ZH: "通道", EN: "passageway"},
		Exit:       {ZH: "出口", EN: "exit"},
		Ground:     {ZH: "景区场地", EN: "grounds"},
	}
)
