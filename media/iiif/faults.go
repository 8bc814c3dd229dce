package iiif

import "yijianyou/internal/fault"

// What can be wrong with an image request.
var (
	ErrSyntax = fault.Define(fault.Invalid, "iiif.syntax",
		"图片地址应为 区域/尺寸/旋转/质量.格式，例如 full/max/0/default.jpg。", "An image address ends in region/size/rotation/quality.format, such as full/max/0/default.jpg.")
	ErrRegion = fault.Define(fault.Invalid, "iiif.region",
		"区域应为 full、square、x,y,w,h 或 pct:x,y,w,h，宽高大于零。", "The region is full, square, x,y,w,h or pct:x,y,w,h with a width and height above zero.")
	ErrRegionOutside = fault.Define(fault.Invalid, "iiif.region_outside",
		"区域完全在图片之外（图片为 {width}×{height} 像素）。", "The region lies outside of the image, which has {width}×{height} pixels.")
	ErrSize = fault.Define(fault.Invalid, "iiif.size",
		"尺寸应为 max、w,、,h、pct:n、w,h 或 !w,h，可加前缀 ^，且大于零。", "The size is max, w, or ,h or pct:n or w,h or !w,h above zero, with ^ in front when it may be enlarged.")
	ErrUpscale = fault.Define(fault.Invalid, "iiif.upscale",
		"尺寸大于所取区域。如确需放大，请在尺寸前加 ^。", "The size is larger than the region. Put ^ in front of it if it is to be enlarged.")
	ErrTooSmall = fault.Define(fault.Invalid, "iiif.too_small",
		"按此尺寸，图片的宽或高不足 1 像素。", "At this size the image would be less than 1 pixel wide or high.")
	ErrTooBig = fault.Define(fault.Invalid, "iiif.too_big",
		"尺寸（含旋转后的外框）超过 info.json 中声明的上限（边长 {side}，面积 {area} 像素）。", "The size, or the frame of the rotated picture, exceeds the limits of info.json (side {side}, area {area} pixels).")
	ErrRotation = fault.Define(fault.Invalid, "iiif.rotation",
		"旋转应为 0 到 360 的角度，镜像时加前缀 !。", "The rotation is an angle from 0 to 360, with ! in front to mirror.")
	ErrQuality = fault.Define(fault.Invalid, "iiif.quality",
		"质量应为 default、color、gray 或 bitonal。", "The quality is default, color, gray or bitonal.")
	ErrFormat = fault.Define(fault.Invalid, "iiif.format",
		"本服务提供的格式为 jpg 和 png。", "This server offers the formats jpg and png.")
)

// Mistakes lists the codes of an address that is no request for a picture, or
// not for this one (Image API 3.0 §7.3: 400).
func Mistakes() []*fault.Code {
	return []*fault.Code{ErrSyntax, ErrRegion, ErrRegionOutside, ErrSize, ErrUpscale, ErrTooSmall, ErrTooBig, ErrRotation, ErrQuality, ErrFormat}
}
