package heritage

import "yijianyou/internal/fault"

// What can be wrong with a record as a whole, or with who acts.
var (
	ErrNotFound = fault.Define(fault.NotFound, "heritage.not_found",
		"没有找到这条记录。它可能已被删除、尚未公开，或您无权查看。", "There is no such record. It may have been removed, may not be public, or you may not see it.")
	ErrDenied = fault.Define(fault.Denied, "heritage.denied",
		"您可以查看这条记录，但没有权限做这项操作。请联系本单位管理员。", "You may see this record but not do this with it. Ask the administrator of the organisation.")
	ErrOrgDenied = fault.Define(fault.Denied, "heritage.org_denied",
		"您没有在该单位登记记录的权限。请选择您所在的单位。", "You may not keep records of this organisation. Choose one of your own.")
	ErrOrg = fault.Define(fault.Invalid, "heritage.org",
		"请指明记录所属单位：1 至 64 个小写字母、数字或连字符。", "Name the organisation that keeps the record: 1 to 64 lower-case letters, digits or hyphens.")
	ErrReason = fault.Define(fault.Invalid, "heritage.reason_required",
		"请写明理由（不超过 {max} 字）。", "Give a reason of at most {max} characters.")
	ErrFilter = fault.Define(fault.Invalid, "heritage.filter",
		"列表一次只能用一个筛选条件。请去掉其余条件，或使用检索。", "A list takes one filter at a time. Drop the others, or use the search.")
	ErrBulk = fault.Define(fault.Invalid, "heritage.bulk",
		"一次可处理 1 至 {max} 条记录，且编号不能重复。", "Between 1 and {max} records can be handled at a time, each named once.")
)

// What can be wrong with one of the three lives.
var (
	ErrReviewStep = fault.Define(fault.Conflict, "heritage.review_step",
		"记录当前的审核状态不允许这一步。请刷新后查看状态：草稿可提交，待审可通过或退回。", "The state of review does not allow this step. Reload the record: a draft can be submitted, a submitted one approved or sent back.")
	ErrOwnRequest = fault.Define(fault.Conflict, "heritage.own_request",
		"不能审核本人修改或提交的记录。请由另一位审核员处理。", "You cannot review a record that you changed or submitted yourself. Another reviewer must do it.")
	ErrNotReviewed = fault.Define(fault.Conflict, "heritage.not_reviewed",
		"记录尚未审核通过，不能公开。请先提交审核。", "The record is not reviewed and cannot be published. Submit it for review first.")
	ErrPublicationStep = fault.Define(fault.Conflict, "heritage.publication_step",
		"记录当前没有公开，无需撤回。", "The record is not published, so there is nothing to withdraw.")
	ErrAlreadyShown = fault.Define(fault.Conflict, "heritage.already_shown",
		"公众看到的已经是这一版本。", "This revision is what the public already sees.")
	ErrStorePublic = fault.Define(fault.Conflict, "heritage.store_public",
		"库房及其内部位置属于保密信息，不能公开。", "Stores and the places inside them are confidential and cannot be published.")
	ErrNoLedger = fault.Define(fault.NotFound, "heritage.no_ledger",
		"只有可移动文物有账务状态。", "Only relics stand in a ledger.")
	ErrLedgerStep = fault.Define(fault.Conflict, "heritage.ledger_step",
		"账务状态不允许这一步：待入藏可入藏，在藏可借出、调出或注销，借出可归还；调出与注销不可更改。", "The ledger does not allow this step: pending becomes held; held becomes on loan, transferred or deaccessioned; on loan becomes held; transferred and deaccessioned are final.")
	ErrLedgerDenied = fault.Define(fault.Denied, "heritage.ledger_denied",
		"只有能登记总账的人可以直接登记为在藏。请改为待入藏，再由总账管理员入账。", "Only who may write the ledger can register a relic as held. Register it as pending; the registrar enters it.")
	ErrApproval = fault.Define(fault.Invalid, "heritage.approval_required",
		"调出和注销须填写批准单位、批准文号和批准日期。", "A transfer or deaccession needs the approving authority, the number of its document and the date.")
	ErrStillPublished = fault.Define(fault.Conflict, "heritage.still_published",
		"记录仍在公开，不能删除。请先撤回公开。", "The record is still published and cannot be removed. Withdraw it first.")
	ErrRegistered = fault.Define(fault.Conflict, "heritage.registered",
		"文物已入账并审核，不能删除。请按规定办理调出或注销，账册保留记录。", "The relic is in the ledger and was reviewed; it cannot be removed. Transfer or deaccession it: the ledger keeps the entry.")
	ErrInUse = fault.Define(fault.Conflict, "heritage.in_use",
		"还有其他记录引用它，不能删除。请先改动或删除那些记录。", "Other records refer to it and it cannot be removed. Change or remove those first.")
)

// What can be wrong with a field.
var (
	ErrRequired = fault.Define(fault.Invalid, "heritage.required",
		"必须填写。", "This is required.")
	ErrChinese = fault.Define(fault.Invalid, "heritage.chinese_required",
		"必须填写中文名称。", "The Chinese name is required.")
	ErrTooLong = fault.Define(fault.Invalid, "heritage.too_long",
		"最多 {max} 个字。", "At most {max} characters.")
	ErrTooMany = fault.Define(fault.Invalid, "heritage.too_many",
		"最多 {max} 项。", "At most {max} entries.")
	ErrRepeated = fault.Define(fault.Invalid, "heritage.repeated",
		"与前面的一项重复，请删去。", "This repeats an earlier entry. Delete it.")
	ErrTerm = fault.Define(fault.Invalid, "heritage.term",
		"不在代码表“{list}”中。请从该表选择。", "This is not in the code list {list}. Choose from that list.")
	ErrChoice = fault.Define(fault.Invalid, "heritage.choice",
		"只能填写：{known}。", "This must be one of: {known}.")
	ErrRange = fault.Define(fault.Invalid, "heritage.range",
		"数值应在 {min} 到 {max} 之间。", "The value must be between {min} and {max}.")
	ErrAtLeast = fault.Define(fault.Invalid, "heritage.at_least",
		"数值不能小于 {min}。", "The value must not be below {min}.")
	ErrPositive = fault.Define(fault.Invalid, "heritage.positive",
		"数值必须大于 0；未知请留空。", "The value must be more than 0; leave it empty when unknown.")
	ErrDay = fault.Define(fault.Invalid, "heritage.day",
		"日期应写成“年-月-日”，如 2026-01-31，且确实存在。", "Write the date as year-month-day, such as 2026-01-31; it must exist.")
	ErrMonthDay = fault.Define(fault.Invalid, "heritage.month_day",
		"应写成“月-日”，如 04-01。", "Write it as month-day, such as 04-01.")
	ErrClock = fault.Define(fault.Invalid, "heritage.clock",
		"时间应写成“时:分”，如 09:00，最晚 24:00。", "Write the time as hours:minutes, such as 09:00, at most 24:00.")
	ErrClockOrder = fault.Define(fault.Invalid, "heritage.clock_order",
		"关闭时间应晚于开放时间，停止入场时间应在两者之间。", "The closing time must be after the opening time, and the last entry between them.")
	ErrClosedHours = fault.Define(fault.Invalid, "heritage.closed_hours",
		"闭馆日不能再填开放时间。", "A closing day takes no opening hours.")
	ErrWeekday = fault.Define(fault.Invalid, "heritage.weekday_twice",
		"同一季节内每个星期几只能有一条规则。", "A day of the week may have one rule in a season.")
	ErrSeason = fault.Define(fault.Invalid, "heritage.season",
		"季节的起止日期要么都填，要么都不填。", "Give both ends of a season, or neither.")
	ErrYear = fault.Define(fault.Invalid, "heritage.year",
		"年份应为整数，公元前用负数，没有公元 0 年。", "The year must be a whole number, negative for BCE; there is no year 0.")
	ErrYearOrder = fault.Define(fault.Invalid, "heritage.year_order",
		"结束年不能早于起始年。", "The last year cannot be before the first.")
	ErrURL = fault.Define(fault.Invalid, "heritage.url",
		"应为以 http:// 或 https:// 开头的网址。", "This must be a web address beginning with http:// or https://.")
	ErrID = fault.Define(fault.Invalid, "heritage.id",
		"编号格式不正确。", "This is no identifier of a record.")
	ErrReference = fault.Define(fault.Invalid, "heritage.reference",
		"所引用的记录不存在，或您无权引用。", "The record referred to does not exist, or you may not refer to it.")
	ErrAsset = fault.Define(fault.Invalid, "heritage.asset",
		"图片不存在，或不属于本单位。请先上传。", "There is no such picture in this organisation. Upload it first.")
	ErrPlayable = fault.Define(fault.Invalid, "heritage.playable",
		"声音或视频不存在，或不属于本单位。请先上传声音或视频。", "There is no such sound or film in this organisation. Upload it first.")
	ErrCycle = fault.Define(fault.Invalid, "heritage.cycle",
		"不能把记录放在它自己或它的下级之内。", "A record cannot be part of itself or of what is inside it.")
	ErrOtherMuseum = fault.Define(fault.Invalid, "heritage.other_museum",
		"上级位置属于另一个单位。", "The place belongs to another museum.")
	ErrSubtype = fault.Define(fault.Invalid, "heritage.subtype",
		"该类型不属于所选类别。", "This type does not belong to the chosen class.")
	ErrPieces = fault.Define(fault.Invalid, "heritage.pieces",
		"实际数量不能少于传统数量。", "The number of pieces cannot be less than the traditional count.")
	ErrMassRange = fault.Define(fault.Invalid, "heritage.mass_range",
		"质量与所选范围不符。", "The mass does not lie in the chosen range.")
	ErrAccessionRange = fault.Define(fault.Invalid, "heritage.accession_range",
		"入藏日期与所选时间范围不符。", "The date of accession does not lie in the chosen range.")
	ErrNumberMuseum = fault.Define(fault.Invalid, "heritage.number_museum",
		"有藏品编号时必须填写收藏单位，编号在单位内唯一。", "A number needs the museum that gave it; it is unique there.")
	ErrNumberTaken = fault.Define(fault.Conflict, "heritage.number_taken",
		"本单位已有一件文物使用这一类编号的同一号码。请核对后改用其他号码。", "Another relic of this museum has the same number of this kind. Check and use another.")
	ErrOfficialTaken = fault.Define(fault.Conflict, "heritage.official_taken",
		"已有一处文物使用同一公布编号。请核对。", "Another site has the same official number. Check it.")
	ErrCodeTaken = fault.Define(fault.Conflict, "heritage.code_taken",
		"本单位已有一处位置使用同一代码。请换一个代码。", "Another place of this museum has the same code. Choose another.")
	ErrTimeZone = fault.Define(fault.Invalid, "heritage.time_zone",
		"应为 IANA 时区名称，如 Asia/Shanghai。", "This must be the IANA name of a time zone, such as Asia/Shanghai.")
	ErrDayOrder = fault.Define(fault.Invalid, "heritage.day_order",
		"结束日期不能早于开始日期。", "The last day cannot be before the first.")
	ErrPermanentEnd = fault.Define(fault.Invalid, "heritage.permanent_end",
		"基本陈列没有结束日期。请清空结束日期，或改选其他展览类型。", "A permanent exhibition has no last day. Clear it, or choose another kind.")
	ErrFirstDay = fault.Define(fault.Invalid, "heritage.first_day",
		"除基本陈列外，展览须填写开展日期。", "Every exhibition but a permanent one needs its first day.")
	ErrForm = fault.Define(fault.Invalid, "heritage.form",
		"填写形式不正确。", "This is not in the right form.")
)
