package auth

import "yijianyou/internal/fault"

// What can go wrong with accounts.
var (
	ErrLogin = fault.Define(fault.Unauthenticated, "auth.login",
		"账号或密码不正确。", "The account or the password is wrong.")
	ErrCodeNeeded = fault.Define(fault.Unauthenticated, "auth.code_needed",
		"请输入动态验证码或恢复码。", "Enter the code of your second factor or a recovery code.")
	ErrCodeWrong = fault.Define(fault.Unauthenticated, "auth.code_wrong",
		"验证码不正确或已使用过。请等待下一个验证码后重试。", "The code is wrong or was used before. Wait for the next one and try again.")
	ErrLocked = fault.Define(fault.Denied, "auth.locked",
		"账号已停用。请联系管理员。", "The account is locked. Ask the administrator.")
	ErrThrottled = fault.Define(fault.TooMany, "auth.throttled",
		"登录失败次数过多。请在 {seconds} 秒后重试。", "Too many failed attempts. Try again in {seconds} seconds.")
	ErrPasswordWrong = fault.Define(fault.Denied, "auth.password_wrong",
		"当前密码不正确。", "The current password is wrong.")
	ErrNoSession = fault.Define(fault.Denied, "auth.no_session",
		"此操作须用账号登录，接口密钥不能进行。", "This needs a login with an account; a key cannot do it.")
	ErrAccountName = fault.Define(fault.Invalid, "auth.account_name",
		"账号须为 2 至 40 个小写字母、数字、点、下划线或连字符，以字母开头。", "An account name is 2 to 40 lower-case letters, digits, dots, underscores or hyphens, beginning with a letter.")
	ErrAccountTaken = fault.Define(fault.Conflict, "auth.account_taken",
		"账号已被使用。请换一个。", "The account name is taken. Choose another.")
	ErrDisplayName = fault.Define(fault.Invalid, "auth.display_name",
		"显示名称须为 1 至 60 个字符。", "A display name has 1 to 60 characters.")
	ErrPasswordShort = fault.Define(fault.Invalid, "auth.password_short",
		"密码至少 {min} 个字符。", "A password has at least {min} characters.")
	ErrPasswordLong = fault.Define(fault.Invalid, "auth.password_long",
		"密码最多 {max} 个字节。", "A password has at most {max} bytes.")
	ErrPasswordName = fault.Define(fault.Invalid, "auth.password_name",
		"密码不能包含账号。", "A password does not contain the account name.")
	ErrPasswordCommon = fault.Define(fault.Invalid, "auth.password_common",
		"密码太常见或太单调。请换一个不易猜到的。", "The password is too common or too plain. Choose one that is hard to guess.")
	ErrPasswordSame = fault.Define(fault.Invalid, "auth.password_same",
		"新密码与当前密码相同。", "The new password is the same as the current one.")
	ErrRole = fault.Define(fault.Invalid, "auth.role",
		"请选择所列角色之一。", "Choose one of the roles that are offered.")
	ErrKeyRole = fault.Define(fault.Invalid, "auth.key_role",
		"接口密钥不能有管理员角色。", "A key cannot have the role of an administrator.")
	ErrOrgUnknown = fault.Define(fault.Invalid, "auth.org_unknown",
		"没有这个机构。请先建立机构。", "There is no such organisation. Create it first.")
	ErrOrgID = fault.Define(fault.Invalid, "auth.org_id",
		"机构代码须为 1 至 64 个小写字母、数字或连字符。", "The id of an organisation is 1 to 64 lower-case letters, digits and hyphens.")
	ErrOrgName = fault.Define(fault.Invalid, "auth.org_name",
		"机构名称须有中文，每种语言最多 120 个字符。", "An organisation needs a Chinese name; at most 120 characters in each language.")
	ErrOrgKind = fault.Define(fault.Invalid, "auth.org_kind",
		"机构类型应为 museum、area 或 authority。", "The kind of an organisation is museum, area or authority.")
	ErrOrgChoose = fault.Define(fault.Invalid, "auth.org_choose",
		"您可查看多个机构。请用 org 参数选定一个。", "You may see several organisations. Choose one by the parameter org.")
	ErrIncompatible = fault.Define(fault.Invalid, "auth.incompatible",
		"总账管理员与库房保管员不能由同一账号在同一机构担任。请分给两个账号。", "One account cannot be registrar and keeper in one organisation. Give the roles to two accounts.")
	ErrGrantTwice = fault.Define(fault.Invalid, "auth.grant_twice",
		"同一角色重复。请删去一个。", "The same role is there twice. Remove one.")
	ErrGrantsMany = fault.Define(fault.Invalid, "auth.grants_many",
		"最多 {max} 项角色。", "At most {max} roles.")
	ErrOwnAccount = fault.Define(fault.Denied, "auth.own_account",
		"不能改变自己的角色、停用状态或由自己重置。请由另一位管理员办理。", "Nobody changes his own roles or lock, or resets himself. Ask another administrator.")
	ErrLastAdmin = fault.Define(fault.Conflict, "auth.last_admin",
		"这是最后一个可用的全市管理员，不能停用或撤销。请先设立另一位。", "This is the last active city-wide administrator and stays. Appoint another first.")
	ErrReasonNeeded = fault.Define(fault.Invalid, "auth.reason_needed",
		"请写明理由（最多 {max} 个字符）。", "Give the reason (at most {max} characters).")
	ErrNotEnrolling = fault.Define(fault.Conflict, "auth.not_enrolling",
		"没有待确认的动态验证码。请先开始设置。", "No second factor waits for confirmation. Begin the enrolment first.")
	ErrEnrolled = fault.Define(fault.Conflict, "auth.enrolled",
		"动态验证码已启用。请先停用再重新设置。", "A second factor is in use. Remove it before you enrol another.")
	ErrFactorRequired = fault.Define(fault.Conflict, "auth.factor_required",
		"您的角色必须使用动态验证码，不能停用。", "Your roles need a second factor; it cannot be removed.")
	ErrKeyLabel = fault.Define(fault.Invalid, "auth.key_label",
		"密钥名称须为 1 至 80 个字符。", "The label of a key has 1 to 80 characters.")
	ErrKeyExpiry = fault.Define(fault.Invalid, "auth.key_expiry",
		"密钥须在将来到期，最长 {days} 天。", "A key ends in the future, after at most {days} days.")
	ErrKeyEmpty = fault.Define(fault.Invalid, "auth.key_empty",
		"密钥至少要有一项角色。", "A key has at least one role.")
	ErrTimeRange = fault.Define(fault.Invalid, "auth.time_range",
		"起始时间须早于结束时间。", "The start lies before the end.")
)
