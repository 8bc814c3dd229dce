package tabular

import "yijianyou/internal/fault"

// What can be wrong with a file or a row.
var (
	ErrFormat = fault.Define(fault.Unsupported, "tabular.format",
		"无法识别文件格式。请提供 .csv（UTF-8 或 GB18030）或 .xlsx 文件；旧式 .xls 请先另存为 .xlsx。",
		"The format of the file is not known. Provide a .csv (UTF-8 or GB18030) or .xlsx file; save an old .xls as .xlsx first.")
	ErrTooLarge = fault.Define(fault.TooLarge, "tabular.too_large",
		"文件超过 {max} MB。请拆成几个文件分别导入。", "The file is larger than {max} MB. Split it and import the parts.")
	ErrUnpacked = fault.Define(fault.TooLarge, "tabular.unpacked",
		"文件解压后超过 {max} MB，已拒绝。请删除图片和多余的工作表，或改用 CSV。", "The file unpacks to more than {max} MB and was refused. Remove pictures and spare sheets, or use CSV.")
	ErrTooManyRows = fault.Define(fault.TooLarge, "tabular.too_many_rows",
		"超过 {max} 行。请拆成几个文件分别导入。", "More than {max} rows. Split the file and import the parts.")
	ErrTooManyColumns = fault.Define(fault.TooLarge, "tabular.too_many_columns",
		"第 {line} 行超过 {max} 列。请检查分隔符或删除多余的列。", "Line {line} has more than {max} columns. Check the separator or remove spare columns.")
	ErrNoHeader = fault.Define(fault.Invalid, "tabular.no_header",
		"没有找到表头行。第一行（或其上有标题时的前 10 行之一）应是各列的名称。", "No header row was found. The first row (or one of the first 10 below a title) must name the columns.")
	ErrNoRows = fault.Define(fault.Invalid, "tabular.no_rows",
		"只有表头，没有数据行。", "There is a header but no row of data.")
	ErrDamaged = fault.Define(fault.Invalid, "tabular.damaged",
		"文件已损坏或加密，无法读取。请在表格软件中打开并重新保存（不设密码）。", "The file is damaged or encrypted. Open it in a spreadsheet program and save it again without a password.")
	ErrSheet = fault.Define(fault.Invalid, "tabular.sheet",
		"没有这个工作表。可选：{sheets}。", "There is no such sheet. Choose one of: {sheets}.")

	// Notes at rows.
	NoteQuotes = fault.Define(fault.Invalid, "tabular.quotes",
		"引号不成对，这一行无法拆分成列。请检查该行的英文双引号。", "Quotes do not pair; the line cannot be split into columns. Check its double quotes.")
	NoteTooFew = fault.Define(fault.Invalid, "tabular.too_few_cells",
		"只有 {count} 列，表头有 {want} 列。缺少的列按空处理。", "Only {count} cells where the header has {want}. The missing ones are taken as empty.")
	NoteTooMany = fault.Define(fault.Invalid, "tabular.too_many_cells",
		"有 {count} 列，多于表头的 {want} 列。可能有未加引号的分隔符，多出的内容没有读取。", "{count} cells where the header has {want}. A separator may lack quotes; the surplus was not read.")
	NoteMerged = fault.Define(fault.Invalid, "tabular.merged",
		"合并单元格：取 {cell} 的值。请确认它适用于本行。", "Merged cell: the value of {cell} was taken. Confirm that it applies to this row.")
	NoteFormula = fault.Define(fault.Invalid, "tabular.formula",
		"单元格是公式，取其保存时的结果。请确认。", "The cell holds a formula; the result saved with it was taken. Confirm it.")
	NoteNoResult = fault.Define(fault.Invalid, "tabular.formula_without_result",
		"单元格是公式但没有保存结果。请在表格软件中重新计算并保存，或直接填写值。", "The cell holds a formula without a saved result. Recalculate and save the file, or enter the value.")
	NoteErrorValue = fault.Define(fault.Invalid, "tabular.error_value",
		"单元格是错误值（如 #REF!、#N/A），按空处理。", "The cell holds an error value (such as #REF! or #N/A) and is taken as empty.")
	NoteLong = fault.Define(fault.Invalid, "tabular.long_cell",
		"内容超过 {max} 个字，已拒绝该单元格。", "The text has more than {max} characters; the cell was refused.")
	NoteEncoding = fault.Define(fault.Invalid, "tabular.encoding",
		"含有无法识别的字符（编码错误），已用 � 代替。请确认。", "It holds bytes that are no text (a wrong encoding), shown as �. Confirm it.")
)
