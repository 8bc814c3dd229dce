package pyramid

import "yijianyou/internal/fault"

// What can be wrong with a picture file. The ids are those of package media,
// which hands them on.
var (
	ErrEmpty = fault.Define(fault.Invalid, "media.empty",
		"文件是空的。请另选一个。", "The file is empty. Choose another.")
	ErrKind = fault.Define(fault.Unsupported, "media.kind",
		"这不是 JPEG 或 PNG 图片，也不是可以使用的声音或视频（以文件内容为准，不看扩展名）。请转换后再上传。", "This is no JPEG or PNG picture and no sound or film that can be used (its content counts, not its name). Convert it and upload again.")
	ErrPixels = fault.Define(fault.TooLarge, "media.pixels",
		"图片超过 {megapixels} 百万像素，或边长超过 {side} 像素。请缩小后再上传。", "The picture has more than {megapixels} megapixels or a side longer than {side} pixels. Reduce it and upload again.")
	ErrTruncated = fault.Define(fault.Invalid, "media.truncated",
		"图片文件不完整，可能没有传完。请重新导出后再上传。", "The picture file ends too early; it was probably not copied completely. Export it again and upload.")
	ErrDamaged = fault.Define(fault.Invalid, "media.damaged",
		"图片文件已损坏或格式不规范，无法读取。请用图像软件另存后再上传。", "The picture file is damaged or breaks its format and cannot be read. Save it anew with an image program and upload again.")
	ErrVariant = fault.Define(fault.Unsupported, "media.variant",
		"图片使用了不支持的编码方式（例如算术编码或 12 位 JPEG）。请另存为普通 JPEG 或 PNG 后再上传。", "The picture uses an encoding that is not supported (arithmetic or 12-bit JPEG, for example). Save it as an ordinary JPEG or PNG and upload again.")
	ErrParts = fault.Define(fault.Invalid, "media.parts",
		"图片文件的分段超过 {parts} 个，或渐进扫描超过 {scans} 遍，不是正常的图片。请用图像软件另存后再上传。", "The picture file has more than {parts} parts or {scans} progressive scans, which no ordinary picture has. Save it anew with an image program and upload again.")
	ErrContainer = fault.Define(fault.Unavailable, "media.container",
		"图片的切片文件损坏或版本不符，将从原件重新生成。请稍后再看。", "The tile file of the picture is damaged or of another version and will be made again from the original. Look again in a moment.")
)
