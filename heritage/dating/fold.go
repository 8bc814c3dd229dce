package dating

import (
	"sync"
	"unicode"
)

// variants are pairs of a traditional or variant character and the simplified one
// that the tables use, for every character of the tables. They were drawn from the
// folding table of search/chinese; 祐 stands for 佑 and 岗 for 冈.
const variants = "両两並并亀龟亂乱佑祐併并來来侖仑倉仓偽伪傢家傳传僞伪儀仪億亿內内兩两冈岗冊册創创劉刘動动勝胜厤历叄叁吳吴呉吴啓启啟启噹当" +
	"嚲亸國国園园團团垻坝埀垂堊垩墳坟壩坝壽寿奧奥嬰婴孫孙寕宁寧宁寶宝層层岡岗峽峡崗岗崙仑嵗岁嶺岭嶽岳巖岩幷并廟庙廠厂廣广彌弥" +
	"彫雕後后復复徵征恆恒慶庆憲宪應应懞蒙戦战戰战戶户戸户擴扩攝摄於于旣既昇升時时晉晋曆历曇昙書书會会東东枱台楊杨業业極极樂乐" +
	"樑梁樓楼樹树橋桥檯台歲岁歷历歸归殻壳殼壳涼凉淩凌渾浑湯汤溝沟滿满漢汉漸渐澤泽濛蒙濱滨瀰弥灘滩灣湾為为烏乌無无熈熙營营爭争" +
	"爲为爾尔現现琱雕璽玺甯宁當当疊叠皁皂監监眞真矇蒙硃朱祿禄禎祯禦御禮礼穀谷窪洼窯窑竜龙節节糰团紀纪約约紅红紇纥細细紹绍経经" +
	"統统綏绥經经緒绪緻致總总繕缮繩绳續续羅罗羣群義义聖圣聰聪脩修臘腊臺台與与興兴舊旧荊荆莊庄華华萬万葉叶蕭萧蘭兰號号虯虬螄蛳" +
	"衕同衚胡衛卫衞卫裏里裡里製制複复見见視视觀观託托許许証证詔诏詳详誌志調调諸诸諾诺證证識识讚赞谿溪豐丰貞贞貳贰賈贾賜赐贊赞" +
	"趙赵軍军載载輔辅迴回連连週周運运達达遲迟遷迁遺遗遼辽鄭郑醜丑鈡钟鉄铁銅铜錢钱錶表鍾钟鎌镰鎭镇鎮镇鐘钟鐮镰鐵铁鑄铸長长開开" +
	"閏闰間间閩闽閻阎陝陕陞升陰阴陳陈陸陆陽阳階阶際际雙双雲云鞦秋韆千韓韩頂顶順顺頭头類类顯显颱台飛飞餘余馬马馮冯驪骊鬍胡魯鲁" +
	"鮮鲜鳥鸟鳳凤鳴鸣鴉鸦鴻鸿鵰雕鶻鹘鹹咸麗丽黃黄鼑鼎鼕冬齊齐龍龙龜龟龢和"

// signs bring punctuation to one form: full width to half, every dash and tilde
// to '~', long vowels to short ones.
const signs = "—~–~－~-~～~〜~‐~‑~‒~―~−~─~（(）)〔(〕)[(]){(})【(】)，,；;／/•·・·‧·．.。.’'‘'ʼ'`'“\"”\"：:＋+？?！!＆&〇零○零◯零üuúuùuūuǔuǖuǘuǚuǜuāaáaǎaàaēeéeěeèeīiíiǐiìiōoóoǒoòo" +
	"\u3000 \u00a0 \u2009 \u202f \t \n \r "

var folding = sync.OnceValue(func() map[rune]rune {
	m := make(map[rune]rune, 600)
	for _, list := range []string{variants, signs} {
		pairs := []rune(list)
		for i := 0; i+1 < len(pairs); i += 2 {
			m[pairs[i]] = pairs[i+1]
		}
	}
	return m
})

// fold returns a text in the form in which the dictionary is searched. It has as
// many runes as in, so that pieces can be quoted from that.
func fold(in []rune) []rune {
	simple := folding()
	out := make([]rune, len(in))
	for i, r := range in {
		switch {
		case r >= 'a' && r <= 'z' || r >= '0' && r <= '9':
			out[i] = r
		case r >= 'A' && r <= 'Z':
			out[i] = r + 'a' - 'A'
		case r >= '０' && r <= '９':
			out[i] = r - '０' + '0'
		case r >= 'ａ' && r <= 'ｚ':
			out[i] = r - 'ａ' + 'a'
		case r >= 'Ａ' && r <= 'Ｚ':
			out[i] = r - 'Ａ' + 'a'
		default:
			if to, ok := simple[unicode.ToLower(r)]; ok {
				out[i] = to
			} else {
				out[i] = unicode.ToLower(r)
			}
		}
	}
	return out
}
