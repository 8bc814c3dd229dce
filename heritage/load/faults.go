package load

import "yijianyou/internal/fault"

// What can be wrong with a load as a whole.
var (
	ErrNotFound = fault.Define(fault.NotFound, "load.not_found",
		"没有找到这个导入批次，或您无权查看。", "There is no such load, or you may not see it.")
	ErrDenied = fault.Define(fault.Denied, "load.denied",
		"您没有在该单位导入数据的权限。请联系本单位管理员。", "You may not import records of this organisation. Ask its administrator.")
	ErrKind = fault.Define(fault.Invalid, "load.kind",
		"请指明导入的是可移动文物（relics）还是不可移动文物（sites）。", "Say whether the file holds relics or sites.")
	ErrNoName = fault.Define(fault.Invalid, "load.no_name_column",
		"没有一列被识别为“名称”。请在列对应中指定名称列。", "No column is understood as the name. Choose the name column in the mapping.")
	ErrMapping = fault.Define(fault.Invalid, "load.mapping",
		"列对应有误：每一项最多对应一列，且必须是可用的项目。", "The mapping is wrong: each item takes one column at most and must be one of those offered.")
	ErrState = fault.Define(fault.Conflict, "load.state",
		"导入批次当前的状态不允许这一步。请刷新后再看。", "The state of the load does not allow this step. Reload it.")
	ErrRow = fault.Define(fault.NotFound, "load.row",
		"该批次没有这一行。", "The load has no such row.")
	ErrRowWritten = fault.Define(fault.Conflict, "load.row_written",
		"这一行已写入藏品库，请直接修改那条记录。", "This row has been written; change the record itself.")
	ErrNothing = fault.Define(fault.Conflict, "load.nothing_to_write",
		"没有可写入的行：请先修正有误的行，并确认存疑的行。", "There is no row to write: mend the faulty rows and accept the doubtful ones first.")
	ErrSame = fault.Define(fault.Conflict, "load.same_file",
		"同一文件已于 {date} 导入且未撤销。请先撤销那一批次；确需重复导入时，请选择“仍然导入”（命令行用 --repeat）。",
		"The same file was imported on {date} and not undone. Undo that load first; to have it twice, choose \"Import it again\" (--repeat on the command line).")
)

// What can be wrong or doubtful in a row.
var (
	ErrTerm = fault.Define(fault.Invalid, "load.term",
		"不是“{list}”中的名称。可用：{examples}", "This is no term of the list {list}. Use one of: {examples}")
	ErrYesNo = fault.Define(fault.Invalid, "load.yes_no",
		"应为“是”或“否”，不清楚请留空。", "Expected yes or no; leave it empty when it is not known.")
	ErrInteger = fault.Define(fault.Invalid, "load.integer",
		"应为整数，例如 12。", "Expected a whole number, such as 12.")
	ErrDecimal = fault.Define(fault.Invalid, "load.decimal",
		"应为数字，例如 12.5。", "Expected a number, such as 12.5.")
	ErrDate = fault.Define(fault.Invalid, "load.date",
		"看不懂的日期。请写成 2001-05-03，或只写年份。", "The date cannot be read. Write 2001-05-03, or the year alone.")
	ErrQuantity = fault.Define(fault.Invalid, "load.quantity",
		"看不懂的数量。请写成 1件、1套（26件）或 1/26。", "The quantity cannot be read. Write 1件, 1套（26件） or 1/26.")
	ErrDimensions = fault.Define(fault.Invalid, "load.dimensions",
		"看不懂的尺寸。请写成“通高12.5厘米，口径8厘米”，原文已放入内部备注。", "The dimensions cannot be read. Write 通高12.5厘米，口径8厘米; the words were kept in the internal notes.")
	ErrMass = fault.Define(fault.Invalid, "load.mass",
		"看不懂的质量。请写成 64.28千克 或 350克。", "The mass cannot be read. Write 64.28千克 or 350克.")
	ErrHolder = fault.Define(fault.Invalid, "load.holder",
		"本单位没有这个名称的收藏单位。请先登记该博物馆，或改正名称。", "Your organisation has no museum of this name. Register the museum first, or correct the name.")
	ErrBatch = fault.Define(fault.Invalid, "load.batch",
		"看不懂的批次。请写成 1 至 8 的数字，或“第三批”。", "The batch cannot be read. Write a number from 1 to 8, or 第三批.")
	ErrDuplicateRow = fault.Define(fault.Invalid, "load.duplicate_row",
		"与第 {line} 行的编号相同。请改正其中一行的编号，或跳过这一行。", "It bears the same number as line {line}. Correct one of them, or skip this row.")
	ErrExists = fault.Define(fault.Invalid, "load.exists",
		"库中已有同一编号的记录。请改正编号，或跳过这一行。", "The catalogue already has a record with this number. Correct the number, or skip this row.")

	DoubtUnit = fault.Define(fault.Invalid, "load.no_unit",
		"尺寸没有单位，按厘米处理。请确认。", "The dimensions name no unit; centimetres were assumed. Confirm it.")
	DoubtSides = fault.Define(fault.Invalid, "load.unnamed_sides",
		"尺寸没有说明是哪一边，按长×宽×高处理。请确认。", "The dimensions do not say which side is which; length × width × height was assumed. Confirm it.")
	DoubtMassUnit = fault.Define(fault.Invalid, "load.no_mass_unit",
		"质量没有单位，按千克处理。请确认。", "The mass names no unit; kilograms were assumed. Confirm it.")
	DoubtPeriod = fault.Define(fault.Invalid, "load.period",
		"年代“{piece}”没有换算成年份，原文已保留。可直接确认，或改写为朝代、年号或公元年。", "The period \"{piece}\" was not turned into years; its words are kept. Accept it, or write a dynasty, a reign or years.")
	DoubtReading = fault.Define(fault.Invalid, "load.dating_reading",
		"年代“{piece}”有不同读法：读作 {read}，也可能是 {others}（负数为公元前）。年份已包含各种读法。请确认，或改写得更明确。",
		"The dating \"{piece}\" can be read in several ways: read as {read}, it may also be {others} (negative is BCE). The years hold every reading. Accept it, or write it more clearly.")
	DoubtContradiction = fault.Define(fault.Invalid, "load.dating_contradiction",
		"年代“{piece}”与旁注不符：读作 {read}，旁注为 {others}（负数为公元前）。年份已包含两者。请核对后改正。",
		"The dating \"{piece}\" disagrees with what stands beside it: read as {read}, the other says {others} (negative is BCE). The years hold both. Check it and correct one of them.")
	DoubtMark = fault.Define(fault.Invalid, "load.dating_mark",
		"“{piece}”只是款识，后世多有仿写；年份按 {read} 记录。确为本朝所制请写明“本朝”，否则请改写年代。",
		"\"{piece}\" is only a mark, which later times copied; the years were taken as {read}. Write \"mark and period\" where it is of its time, or another period.")
	DoubtBeyond = fault.Define(fault.Invalid, "load.dating_beyond",
		"“{piece}”超出该年号的年数，读作 {read}。请核对。", "\"{piece}\" counts further than the title went; it was read as {read}. Check it.")
	DoubtSet = fault.Define(fault.Invalid, "load.set_count",
		"只写了套数，没有写实际件数。请确认，或写成 1套（26件）。", "Sets are counted but not the pieces. Accept it, or write 1套（26件）.")
	DoubtCoordinates = fault.Define(fault.Invalid, "load.coordinates_alone",
		"坐标没有说明精度和坐标系，按 WGS-84、±1000 米、待核处理。请确认。", "The coordinates name neither precision nor datum; WGS-84 within 1,000 m, unverified, was assumed. Confirm it.")
	DoubtSameName = fault.Define(fault.Invalid, "load.same_name",
		"与第 {line} 行名称、年代相同且都没有编号，可能重复。请确认是两件，或跳过。", "It has the name and period of line {line} and neither has a number; it may be the same object. Accept that there are two, or skip it.")
)
