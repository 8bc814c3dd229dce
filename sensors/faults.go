package sensors

import "yijianyou/internal/fault"

// What can be wrong with a thing of this package as a whole, or with who acts.
var (
	ErrNotFound = fault.Define(fault.NotFound, "sensors.not_found",
		"没有找到。它可能已被删除，或您无权查看。", "There is no such thing. It may have been removed, or you may not see it.")
	ErrDenied = fault.Define(fault.Denied, "sensors.denied",
		"您可以查看，但没有权限做这项操作。请联系本单位管理员。", "You may see this but not do this with it. Ask the administrator of the organisation.")
	ErrOrgDenied = fault.Define(fault.Denied, "sensors.org_denied",
		"您没有管理该单位设备的权限。请选择您所在的单位。", "You may not keep the devices of this organisation. Choose one of your own.")
	ErrOrg = fault.Define(fault.Invalid, "sensors.org",
		"请指明单位：1 至 64 个小写字母、数字或连字符。", "Name the organisation: 1 to 64 lower-case letters, digits or hyphens.")
	ErrFilter = fault.Define(fault.Invalid, "sensors.filter",
		"列表一次只能用一个筛选条件，且须适用于该列表。请去掉其余条件。", "A list takes one filter at a time, and one of its own. Drop the others.")
	ErrTaken = fault.Define(fault.Conflict, "sensors.taken",
		"这个编号已经登记过。请核对，或换一个。", "This name or number is registered already. Check it, or choose another.")
)
