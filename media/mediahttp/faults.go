package mediahttp

import "yijianyou/internal/fault"

// What can go wrong at the edge.
var (
	ErrForm = fault.Define(fault.Invalid, "media.form",
		"请以 multipart/form-data 提交：先写 org（单位），再写 file（图片文件）。", "Send multipart/form-data: first the field org (the organisation), then the field file (the picture).")
	ErrPublicURL = fault.Define(fault.Unavailable, "media.public_url",
		"服务器没有配置公开网址，无法给出 IIIF 地址。请管理员设置 --public-url。", "The server has no public address configured and cannot give IIIF addresses. Ask the administrator to set --public-url.")
	ErrNoPictures = fault.Define(fault.NotFound, "media.no_pictures",
		"这条记录没有可以查看的图片。", "This record has no pictures that you may see.")
)
