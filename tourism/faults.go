package tourism

import "yijianyou/internal/fault"

// What can be wrong with a record as a whole, or with who acts.
var (
	ErrNotFound = fault.Define(fault.NotFound, "tourism.not_found",
		"没有找到这条记录。它可能已被删除、尚未公开，或您无权查看。", "There is no such record. It may have been removed, may not be public, or you may not see it.")
	ErrDenied = fault.Define(fault.Denied, "tourism.denied",
		"您可以查看这条记录，但没有权限做这项操作。请联系景区管理员。", "You may see this record but not do this with it. Ask the manager of the area.")
	ErrOrgDenied = fault.Define(fault.Denied, "tourism.org_denied",
		"您没有在该单位登记景区资料的权限。请选择您所在的单位。", "You may not keep records of this organisation. Choose one of your own.")
	ErrOrg = fault.Define(fault.Invalid, "tourism.org",
		"请指明记录所属单位：1 至 64 个小写字母、数字或连字符。", "Name the organisation that keeps the record: 1 to 64 lower-case letters, digits or hyphens.")
	ErrReason = fault.Define(fault.Invalid, "tourism.reason_required",
		"请写明理由（不超过 {max} 字）。", "Give a reason of at most {max} characters.")
	ErrFilter = fault.Define(fault.Invalid, "tourism.filter",
		"列表一次只能用一个筛选条件。请去掉其余条件，或使用检索。", "A list takes one filter at a time. Drop the others, or use the search.")
	ErrAlreadyShown = fault.Define(fault.Conflict, "tourism.already_shown",
		"公众看到的已经是这一版本。", "This revision is what the public already sees.")
	ErrNotShown = fault.Define(fault.Conflict, "tourism.not_shown",
		"记录当前没有公开，无需撤回。", "The record is not published, so there is nothing to withdraw.")
	ErrStillPublished = fault.Define(fault.Conflict, "tourism.still_published",
		"记录仍在公开，不能删除。请先撤回公开。", "The record is still published and cannot be removed. Withdraw it first.")
	ErrInUse = fault.Define(fault.Conflict, "tourism.in_use",
		"还有景点、步道或讲解属于它，不能删除。请先删除那些记录。", "Spots, paths or stories belong to it and it cannot be removed. Remove those first.")
)

// What can be wrong with a field.
var (
	ErrMuseumVisiting = fault.Define(fault.Invalid, "tourism.museum_visiting",
		"博物馆院区的参观信息登记在博物馆记录中，请在那里修改。", "The facts on visiting of a museum's grounds stand in the record of the museum. Change them there.")
	ErrReference = fault.Define(fault.Invalid, "tourism.reference",
		"所引用的记录不存在，或您无权引用。", "The record referred to does not exist, or you may not refer to it.")
	ErrOtherArea = fault.Define(fault.Invalid, "tourism.other_area",
		"步道两端必须是同一景区的景点。", "Both ends of a path must be spots of its area.")
	ErrSameEnds = fault.Define(fault.Invalid, "tourism.same_ends",
		"步道两端不能是同一景点。", "A path must end at another spot.")
	ErrStepsAccessible = fault.Define(fault.Invalid, "tourism.steps_accessible",
		"有台阶的步道不能标为轮椅可通行。", "A path with steps cannot be marked as accessible for wheelchairs.")
	ErrTooShort = fault.Define(fault.Invalid, "tourism.too_short",
		"步道长度小于两端的直线距离。", "The path is shorter than the straight line between its ends.")
	ErrMoved = fault.Define(fault.Invalid, "tourism.area_fixed",
		"还有步道连接该景点，不能改到其他景区。", "Paths join this spot; it cannot be moved to another area.")
)
