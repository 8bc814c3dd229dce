package media

import (
	"yijianyou/internal/fault"
	"yijianyou/media/avprobe"
	"yijianyou/media/pyramid"
)

// What can be wrong with a picture, an upload or rights. A failed asset keeps
// the id of one of these.
var (
	ErrNotFound = fault.Define(fault.NotFound, "media.not_found",
		"没有找到这张图片。它可能已被删除、尚未公开，或您无权查看。", "There is no such picture. It may have been removed, may not be public, or you may not see it.")
	ErrDenied = fault.Define(fault.Denied, "media.denied",
		"您没有在该单位上传或管理图片的权限。请联系管理员。", "You may not upload or manage pictures of this organisation. Ask the administrator.")
	ErrOrg = fault.Define(fault.Invalid, "media.org",
		"请指明图片所属的单位。", "Name the organisation that the picture belongs to.")
	ErrTooLarge = fault.Define(fault.TooLarge, "media.too_large",
		"文件超过 {mb} MB。请缩小或压缩后再上传。", "The file is larger than {mb} MB. Reduce or compress it and upload again.")
	ErrOriginalGone = fault.Define(fault.Unavailable, "media.original_gone",
		"图片原件已丢失或内容与登记的校验值不符。请从备份恢复，或删除后重新上传。", "The original of the picture is missing or differs from its registered checksum. Restore it from a backup, or remove the picture and upload it again.")
	ErrNotReady = fault.Define(fault.Unavailable, "media.not_ready",
		"图片正在处理，请稍后再看。", "The picture is being prepared. Look again in a moment.")
	ErrReason = fault.Define(fault.Invalid, "media.reason_required",
		"删除图片必须写明理由。", "Give a reason for removing the picture.")
	ErrInUse = fault.Define(fault.Conflict, "media.in_use",
		"还有记录（含草稿）使用这张图片，不能删除。请先在那些记录中换掉它，已公开的须重新公开或撤回。", "Records, perhaps drafts, use the picture and it cannot be removed. Take it out of those records first; published ones must be published anew or withdrawn.")
	ErrAudience = fault.Define(fault.Invalid, "media.audience",
		"公开范围只能是 staff（内部）或 public（公众）。", "The audience is either staff or public.")
	ErrMaxSize = fault.Define(fault.Invalid, "media.max_size",
		"公众可见的最大边长为 0（不限）或不小于 {min} 像素。", "The longest public side is 0 (no limit) or at least {min} pixels.")
	ErrWatermark = fault.Define(fault.Invalid, "media.watermark",
		"水印文字最多 {max} 个字，且须是字库中有的字；请改用常用汉字、字母或数字。", "A watermark has at most {max} characters, all of which the font must have; use common ideographs, letters or digits.")
	ErrLicence = fault.Define(fault.Invalid, "media.licence",
		"许可必须是列出的知识共享许可或 RightsStatements.org 声明的网址，或留空。", "The licence is the URI of one of the listed Creative Commons licences or RightsStatements.org statements, or empty.")
	ErrLong = fault.Define(fault.Invalid, "media.long",
		"最多 {max} 个字。请写短一些。", "At most {max} characters. Make it shorter.")
	ErrGrade = fault.Define(fault.Invalid, "media.grade",
		"没有这个级别。请从级别代码表中选用，空表示没有级别。", "There is no such grade. Choose one of the code list of grades; empty means without a grade.")
	ErrRules = fault.Define(fault.Invalid, "media.rules",
		"图片公开规则最多 {max} 条。请合并相近的规则。", "A picture policy has at most {max} rules. Join those that are alike.")
	ErrTermsReason = fault.Define(fault.Invalid, "media.terms_reason",
		"这张图片正在公开，更改权利信息必须写明理由。", "The picture is shown to the public: give a reason for changing its terms.")
	ErrPolicyReason = fault.Define(fault.Invalid, "media.policy_reason",
		"更改图片公开规则必须写明理由。", "Give a reason for changing the picture policy.")
	ErrPolicyDenied = fault.Define(fault.Denied, "media.policy_denied",
		"更改公众看到的图片需要该单位的公开权限。请由有权公开的人操作。", "Changing what the public sees of pictures takes the right to publish in this organisation. Ask somebody who has it.")
	ErrInterrupted = fault.Define(fault.Invalid, "media.interrupted",
		"上传中断，没有保存。请检查网络后重新上传。", "The upload was interrupted; nothing was saved. Check the network and upload again.")
	ErrFailed = fault.Define(fault.Conflict, "media.failed",
		"图片未能处理，原因见图片信息。请换一个文件重新上传。", "The picture could not be processed; its record says why. Upload another file.")
	ErrBusy = fault.Define(fault.Unavailable, "media.busy",
		"图片请求过多，请稍后再试。", "Too many pictures are being computed. Try again in a moment.")
	ErrStorage = fault.Define(fault.Unavailable, "media.storage",
		"图片存储暂时不可用，没有保存。请稍后再试。", "The picture storage does not answer; nothing was saved. Try again later.")
)

// What can be wrong with an upload in pieces.
var (
	ErrUploadNotFound = fault.Define(fault.NotFound, "media.upload_not_found",
		"没有这次上传。它可能已完成、过期、被取消，或您无权继续。请重新开始上传。", "There is no such upload. It may have been finished, expired or cancelled, or you may not continue it. Start it anew.")
	ErrUploadBusy = fault.Define(fault.Conflict, "media.upload_busy",
		"这次上传正由另一个请求写入。请稍后再试。", "Another request is writing to this upload. Try again in a moment.")
	ErrUploadOffset = fault.Define(fault.Conflict, "media.upload_offset",
		"Upload-Offset 与服务器已收到的 {offset} 字节不符。请用 HEAD 查询后从那里继续。", "Upload-Offset differs from the {offset} bytes that the server has. Ask with HEAD and go on from there.")
	ErrUploadExcess = fault.Define(fault.TooLarge, "media.upload_excess",
		"数据超出了创建时声明的文件大小。请核对后重新上传。", "The data goes beyond the size that was declared. Check the file and upload it anew.")
	ErrUploadSum = fault.Define(fault.Invalid, "media.upload_checksum",
		"数据与给出的校验值不符，没有保存。请重新发送。", "The data differs from the given checksum and was not kept. Send it again.")
	ErrUploadDigest = fault.Define(fault.Invalid, "media.upload_digest",
		"sha256 须为 64 位小写十六进制。", "sha256 must be 64 lower-case hexadecimal digits.")
	ErrUploads = fault.Define(fault.TooMany, "media.uploads",
		"未完成的上传过多（个数或总字节数）。请等已有的上传完成，或取消一些。", "Too many uploads are unfinished, by number or by bytes. Let them finish, or cancel some.")
)

// What can be wrong with captions and transcripts.
var (
	ErrTrackNotFound = fault.Define(fault.NotFound, "media.track_not_found",
		"没有这种语言的字幕或文字稿。", "There are no captions or no transcript in this language.")
	ErrTrackKind = fault.Define(fault.Invalid, "media.track_kind",
		"种类只能是 captions（字幕）或 transcript（文字稿）。", "The kind is captions or transcript.")
	ErrTrackLang = fault.Define(fault.Invalid, "media.track_lang",
		"语言须是语言代码，例如 zh 或 en。", "The language is a code such as zh or en.")
	ErrTrackFormat = fault.Define(fault.Unsupported, "media.track_format",
		"字幕须是 text/vtt（WebVTT）；文字稿可以是 text/vtt 或 text/plain。", "Captions are text/vtt (WebVTT); a transcript is text/vtt or text/plain.")
	ErrTracks = fault.Define(fault.Invalid, "media.tracks",
		"一段声音或视频最多有 {max} 份字幕和文字稿。", "A sound or film has at most {max} captions and transcripts.")
)

// What can be wrong with the file of a sound or film.
var (
	ErrAVKind      = avprobe.ErrKind
	ErrAVCoding    = avprobe.ErrCoding
	ErrAVDataTrack = avprobe.ErrDataTrack
	ErrAVParts     = avprobe.ErrParts
	ErrAVLong      = avprobe.ErrLong
	ErrAVSide      = avprobe.ErrSide
	ErrAVTruncated = avprobe.ErrTruncated
	ErrAVDamaged   = avprobe.ErrDamaged
)

// What can be wrong with the file of a picture.
var (
	ErrEmpty     = pyramid.ErrEmpty
	ErrKind      = pyramid.ErrKind
	ErrPixels    = pyramid.ErrPixels
	ErrParts     = pyramid.ErrParts
	ErrTruncated = pyramid.ErrTruncated
	ErrDamaged   = pyramid.ErrDamaged
	ErrVariant   = pyramid.ErrVariant
)
