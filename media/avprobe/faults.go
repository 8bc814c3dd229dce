package avprobe

import "yijianyou/internal/fault"

// What can be wrong with a file of sound or film.
var (
	ErrKind = fault.Define(fault.Unsupported, "media.av_kind",
		"这不是可以使用的声音或视频文件（以内容为准，不看扩展名）。请用 MP3、M4A、MP4、Ogg、WAV 或 WebM；手机拍摄的 MOV 请先导出为 MP4。", "This is no sound or film that can be used (its content counts, not its name). Use MP3, M4A, MP4, Ogg, WAV or WebM; export the MOV of a phone as MP4.")
	ErrCoding = fault.Define(fault.Unsupported, "media.av_coding",
		"文件用了很多手机不能播放的编码。视频请用 H.264、AV1、VP8 或 VP9，声音请用 AAC、MP3、Opus 或 Vorbis（WAV 为 PCM），不要加密。", "The file has a coding that many phones cannot play. Use H.264, AV1, VP8 or VP9 for film and AAC, MP3, Opus or Vorbis for sound (PCM in WAV), without encryption.")
	ErrDataTrack = fault.Define(fault.Unsupported, "media.av_data_track",
		"文件里有声音、画面以外的轨道，可能记有拍摄位置。请导出为只含声音与画面的文件。", "The file has a track that is neither sound nor picture and may tell where it was recorded. Export it with sound and picture alone.")
	ErrParts = fault.Define(fault.Invalid, "media.av_parts",
		"文件的分段过多或过大，不是正常的声音或视频。请用编辑软件重新导出。", "The file has too many or too large parts for ordinary sound or film. Export it again with an editor.")
	ErrLong = fault.Define(fault.TooLarge, "media.av_long",
		"长度超过 {hours} 小时。请分成几段。", "It is longer than {hours} hours. Divide it.")
	ErrSide = fault.Define(fault.TooLarge, "media.av_side",
		"画面边长超过 {side} 像素。请缩小后再上传。", "A side of the picture is longer than {side} pixels. Reduce it and upload again.")
	ErrTruncated = fault.Define(fault.Invalid, "media.av_truncated",
		"声音或视频文件不完整，可能没有传完。请重新导出后再上传。", "The sound or film ends too early; it was probably not copied completely. Export it again and upload.")
	ErrDamaged = fault.Define(fault.Invalid, "media.av_damaged",
		"声音或视频文件已损坏或格式不规范。请用编辑软件重新导出后再上传。", "The sound or film is damaged or breaks its format. Export it again with an editor and upload.")
)
