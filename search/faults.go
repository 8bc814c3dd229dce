package search

import "yijianyou/internal/fault"

// What can go wrong in a search.
var (
	ErrTextTooLong = fault.Define(fault.Invalid, "search.text_too_long",
		"检索词有 {length} 个字，最多 {max} 个字。请缩短后再试。", "The search text has {length} characters, at most {max} are allowed. Shorten it and try again.")
	ErrKind = fault.Define(fault.Invalid, "search.kind",
		"没有这种类别。可用的类别：{known}。", "There is no such kind. The kinds are: {known}.")
	ErrFacet = fault.Define(fault.Invalid, "search.facet",
		"没有这个筛选项。可用的筛选项：{known}。", "There is no such facet. The facets are: {known}.")
	ErrFacetValues = fault.Define(fault.Invalid, "search.facet_values",
		"同一筛选项最多选 {max} 个值。", "At most {max} values of one facet can be chosen.")
	ErrYears = fault.Define(fault.Invalid, "search.years",
		"年代范围不正确。请写成“起始年..结束年”，公元前用负数，绝对值不超过 {max}，起始不晚于结束。",
		"The period is not correct. Write it as FROM..TO in years, negative for BCE, at most {max} either way, FROM not after TO.")
	ErrNear = fault.Define(fault.Invalid, "search.near",
		"位置范围不正确。请写成“纬度,经度,半径公里数”，半径大于 0 且不超过 {max}。",
		"The circle is not correct. Write it as LATITUDE,LONGITUDE,KILOMETRES, the radius more than 0 and at most {max}.")
	ErrBox = fault.Define(fault.Invalid, "search.box",
		"矩形范围不正确。请写成“南,西,北,东”（纬度,经度,纬度,经度），南不大于北；西大于东表示跨越 180° 经线。",
		"The box is not correct. Write it as SOUTH,WEST,NORTH,EAST in degrees, SOUTH not more than NORTH; WEST more than EAST reaches over the date line.")
	ErrPolygon = fault.Define(fault.Invalid, "search.polygon",
		"多边形不正确。请写成“纬度,经度;纬度,经度;…”，3 到 {max} 个顶点，不跨越 180° 经线。",
		"The polygon is not correct. Write it as LATITUDE,LONGITUDE;LATITUDE,LONGITUDE;… with 3 to {max} corners on one side of the date line.")
	ErrNotThere = fault.Define(fault.NotFound, "search.not_there",
		"检索中没有这条记录，可能未公开或刚刚撤回。", "The search has no such record; it may be unpublished or just withdrawn.")
	ErrSort = fault.Define(fault.Invalid, "search.sort",
		"没有这种排序。可用：relevance name distance year。", "There is no such order. The orders are: relevance name distance year.")
	ErrSortNear = fault.Define(fault.Invalid, "search.sort_near",
		"按距离排序时请同时给出位置（near）。", "To sort by distance, give a position (near) too.")
	ErrLimit = fault.Define(fault.Invalid, "search.limit",
		"每页条数应为 1 到 {max}。", "The number of hits on a page is 1 to {max}.")
	ErrCursor = fault.Define(fault.Invalid, "search.cursor",
		"翻页标记无效或属于另一次检索。请从第一页重新开始。", "The page cursor is invalid or belongs to another search. Start from the first page.")
	ErrBuilding = fault.Define(fault.Unavailable, "search.building",
		"检索索引正在建立，请稍后再试。", "The search index is being built. Try again in a moment.")
	ErrLocked = fault.Define(fault.Unavailable, "search.locked",
		"另一个程序正在使用检索索引目录。请先停止那个程序。", "Another process is using the directory of the search index. Stop it first.")
	ErrScope = fault.Define(fault.Internal, "search.scope",
		"检索请求没有与此索引相符的范围，已记录。", "The search came without a scope for this index; this was logged.")
)
