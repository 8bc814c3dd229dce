package heritagehttp

import "yijianyou/internal/fault"

// What can be wrong with a request before the service sees it.
var (
	ErrStaffFilter = fault.Define(fault.Invalid, "heritage.staff_filter",
		"这个筛选条件只用于工作人员视图（view=staff）。", "This filter belongs to the staff view (view=staff).")
	ErrPublicFilter = fault.Define(fault.Invalid, "heritage.public_filter",
		"这个筛选条件只用于公众视图。", "This filter belongs to the public view.")
	ErrNoVocabulary = fault.Define(fault.NotFound, "heritage.no_vocabulary",
		"没有这个代码表。可用的代码表见 /api/v1/vocabularies。", "There is no such code list. See /api/v1/vocabularies for those that exist.")
)
