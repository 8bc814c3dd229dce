package dating

import "unicode"

// simple maps the characters that matter here to one form: traditional to
// simplified, full width to half, every dash and tilde to '~'.
var simple = map[rune]rune{
	'國': '国', '漢': '汉', '晉': '晋', '齊': '齐', '遼': '辽', '後': '后', '東': '东', '時': '时', '戰': '战', '舊': '旧', '陳': '陈',
	'蘭': '兰', '華': '华', '莊': '庄', '紀': '纪', '約': '约', '間': '间', '葉': '叶', '龍': '龙', '裡': '里', '裏': '里', '頭': '头',
	'慶': '庆', '萬': '万', '曆': '历', '歷': '历', '啟': '启', '啓': '启', '禎': '祯', '順': '顺', '緒': '绪', '統': '统', '豐': '丰',
	'貞': '贞', '觀': '观', '開': '开', '寶': '宝', '聖': '圣', '視': '视', '會': '会', '寧': '宁', '興': '兴',
	'淨': '净', '祿': '禄', '蘇': '苏', '吳': '吴', '渾': '浑', '崗': '岗', '岡': '冈', '廟': '庙', '溝': '沟', '銅': '铜', '鐵': '铁',
	'麗': '丽', '詔': '诏', '現': '现', '當': '当', '區': '区', '陽': '阳', '鄭': '郑', '滿': '满', '傳': '传', '說': '说', '遠': '远',
	'—': '~', '–': '~', '－': '~', '-': '~', '～': '~', '〜': '~', '‐': '~', '‑': '~', '‒': '~', '―': '~', '−': '~', '─': '~',
	'（': '(', '）': ')', '〔': '(', '〕': ')', '[': '(', ']': ')', '，': ',', '；': ';', '／': '/', '•': '·', '・': '·', '‧': '·', '．': '·', '’': '\'', '‘': '\'',
	'\u3000': ' ', '\u00a0': ' ', '\t': ' ', '\n': ' ', '\r': ' ', '〇': '零', '○': '零',
}

// fold brings a text into the form in which the dictionary is searched. It has
// as many runes as s, so that pieces can be quoted from s.
func fold(s string) []rune {
	in := []rune(s)
	out := make([]rune, len(in))
	for i, r := range in {
		switch to, ok := simple[r]; {
		case ok:
			out[i] = to
		case r >= '０' && r <= '９':
			out[i] = r - '０' + '0'
		default:
			out[i] = unicode.ToLower(r)
		}
	}
	return out
}
