package httpkit

import "yijianyou/internal/fault"

// What can go wrong before a handler is reached.
var (
	ErrMalformed = fault.Define(fault.Invalid, "http.malformed",
		"请求无法读取，有 {count} 处与接口说明不符。请对照接口说明修改后重试。", "The request cannot be read: {count} entries differ from the description of the interface. Compare and send it again.")
	ErrURI = fault.Define(fault.Invalid, "http.uri",
		"网址含有无法识别的字符。请使用 UTF-8 百分号编码。", "The address contains characters that cannot be read. Use percent-encoded UTF-8.")
	ErrJSON = fault.Define(fault.Invalid, "http.json",
		"内容不是正确的 JSON。请检查括号、引号和逗号。", "This is not well-formed JSON. Check brackets, quotes and commas.")
	ErrMember = fault.Define(fault.Invalid, "http.unknown_member",
		"接口说明中没有这一项。请删去或改正名称。", "The description of the interface has no such member. Remove it or correct its name.")
	ErrType = fault.Define(fault.Invalid, "http.type",
		"类型不对，应为{expected}。", "Wrong type; expected {expected}.")
	ErrBodyMissing = fault.Define(fault.Invalid, "http.body_missing",
		"缺少请求内容。请提交 JSON。", "The request has no content. Send JSON.")
	ErrRequired = fault.Define(fault.Invalid, "http.required",
		"缺少这一项。请补上。", "This is missing. Add it.")
	ErrParameter = fault.Define(fault.Invalid, "http.parameter",
		"参数不合要求，应为：{expected}。", "The parameter does not fit; expected: {expected}.")
	ErrMethod = fault.Define(fault.Invalid, "http.method",
		"这个地址不支持该操作。可用的方法见 Allow 头。", "This address does not support the method. The header Allow lists those that it does.")
	ErrNoRoute = fault.Define(fault.NotFound, "http.no_route",
		"没有这个地址。请检查网址。", "There is nothing at this address. Check the address.")
	ErrLength = fault.Define(fault.Invalid, "http.length_required",
		"请求必须带 Content-Length。", "The request needs a Content-Length.")
	ErrHeaders = fault.Define(fault.TooLarge, "http.headers_too_large",
		"请求头太大。请清除此网站的 Cookie 后重试。", "The request headers are too large. Clear the cookies of this site and try again.")
	ErrSlow = fault.Define(fault.Invalid, "http.slow",
		"请求传送太慢，已中断。请检查网络后重试。", "The request arrived too slowly and was ended. Check the network and try again.")
	ErrTooLarge = fault.Define(fault.TooLarge, "http.too_large",
		"内容超过上限 {max} 字节。请减小或分次提交。", "The content is over the limit of {max} bytes. Make it smaller or send it in parts.")
	ErrMediaType = fault.Define(fault.Unsupported, "http.media_type",
		"不支持这种内容类型。请使用 {expected}，且不要压缩。", "This content type is not supported. Use {expected}, not compressed.")
	ErrUnauthenticated = fault.Define(fault.Unauthenticated, "http.unauthenticated",
		"请先登录。登录可能已过期。", "Log in first. Your session may have ended.")
	ErrDenied = fault.Define(fault.Denied, "http.denied",
		"您没有权限进行此操作。如有需要，请联系管理员。", "You may not do this. Ask the administrator if you need to.")
	ErrCSRF = fault.Define(fault.Denied, "http.csrf",
		"安全校验未通过。请刷新页面后重试。", "The security token does not fit. Reload the page and try again.")
	ErrOrigin = fault.Define(fault.Denied, "http.origin",
		"请求来自其他网站，已拒绝。请从本系统页面操作。", "The request comes from another site and was refused. Use the pages of this system.")
	ErrRate = fault.Define(fault.TooMany, "http.rate",
		"请求过于频繁。请在 {seconds} 秒后重试。", "Too many requests. Try again in {seconds} seconds.")
	ErrNoIfMatch = fault.Define(fault.PreconditionRequired, "http.if_match_required",
		"修改记录须带 If-Match 头（读取时得到的 ETag）。", "Changing a record needs the header If-Match with the ETag that you read.")
	ErrStale = fault.Define(fault.Stale, "http.stale",
		"记录刚被别人修改过。请载入最新版本，核对差异后再保存。", "Somebody else has changed the record. Load the newest version, compare, and save again.")
	ErrKeyReused = fault.Define(fault.Invalid, "http.idempotency_key_reused",
		"这个 Idempotency-Key 已用于另一项内容。请换一个新的。", "This Idempotency-Key was used with other content. Use a new one.")
	ErrKeyRunning = fault.Define(fault.Conflict, "http.idempotency_key_running",
		"带同一 Idempotency-Key 的请求正在处理。请稍后再试。", "A request with this Idempotency-Key is being worked on. Try again later.")
	ErrKeyUnknown = fault.Define(fault.Unknown, "http.idempotency_outcome_unknown",
		"带同一 Idempotency-Key 的上次请求中断，结果未知。请先查看记录的当前状态。", "The earlier request with this Idempotency-Key was interrupted and its outcome is not known. Look at the record first.")
)

// statuses of the codes that have another status than their kind.
var codeStatus = map[*fault.Code]int{
	ErrMalformed:   400,
	ErrURI:         400,
	ErrJSON:        400,
	ErrMember:      400,
	ErrType:        400,
	ErrBodyMissing: 400,
	ErrRequired:    400,
	ErrParameter:   400,
	ErrMethod:      405,
	ErrLength:      411,
	ErrHeaders:     431,
	ErrSlow:        408,
}

// statuses by kind; see the package comment.
var kindStatus = map[fault.Kind]int{
	fault.Internal:             500,
	fault.Invalid:              422,
	fault.NotFound:             404,
	fault.Conflict:             409,
	fault.Denied:               403,
	fault.Unauthenticated:      401,
	fault.TooLarge:             413,
	fault.TooMany:              429,
	fault.Unavailable:          503,
	fault.PreconditionRequired: 428,
	fault.Stale:                412,
	fault.Unsupported:          415,
	fault.Unknown:              503,
}

// statuses are the codes of other packages that have another status than their
// kind; see Router.Answer.
type statuses map[*fault.Code]int

// of returns the HTTP status of a code.
func (s statuses) of(code *fault.Code) int {
	if status, ok := s[code]; ok {
		return status
	}
	if s, ok := codeStatus[code]; ok {
		return s
	}
	if s, ok := kindStatus[code.Kind()]; ok {
		return s
	}
	return 500
}
