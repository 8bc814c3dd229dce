package comfort

// Grade is a class of the table that belongs to a formula. Never rename.
type Grade string

// gradeWords are the words of all classes, Chinese and English.
var gradeWords = map[Grade][2]string{
	"los-a": {"服务水平 A：自由行走", "level of service A: free to walk"}, "los-b": {"服务水平 B：略有影响", "level of service B: slightly hindered"},
	"los-c": {"服务水平 C：步速受限", "level of service C: pace restricted"}, "los-d": {"服务水平 D：难以超越", "level of service D: hard to overtake"},
	"los-e": {"服务水平 E：只能随人流移动", "level of service E: moving with the crowd only"}, "los-f": {"服务水平 F：拥堵", "level of service F: jammed"},
	"climate-1": {"寒冷", "very cold"}, "climate-2": {"冷", "cold"}, "climate-3": {"舒适", "comfortable"}, "climate-4": {"热", "hot"}, "climate-5": {"闷热", "sultry"},
	"feels-freezing": {"寒冷", "freezing"}, "feels-cold": {"冷", "cold"}, "feels-cool": {"偏凉", "cool"}, "feels-pleasant": {"宜人", "pleasant"},
	"feels-warm": {"偏热", "warm"}, "feels-hot": {"炎热", "hot"}, "feels-sweltering": {"酷热", "sweltering"},
	"wait-none": {"无需等候", "no wait"}, "wait-short": {"稍等即可", "a short wait"}, "wait-long": {"等候较久", "a long wait"}, "wait-very-long": {"等候很久", "a very long wait"},
	"air-1": {"优", "excellent"}, "air-2": {"良", "good"}, "air-3": {"轻度污染", "lightly polluted"}, "air-4": {"中度污染", "moderately polluted"},
	"air-5": {"重度污染", "heavily polluted"}, "air-6": {"严重污染", "severely polluted"},
	"index-5": {"很舒适", "very comfortable"}, "index-4": {"舒适", "comfortable"}, "index-3": {"一般", "fair"}, "index-2": {"欠佳", "poor"}, "index-1": {"不宜前往", "better not"},
}

// Label returns the words of a class in Chinese and in English, empty for none.
func (g Grade) Label() (zh, en string) { return gradeWords[g][0], gradeWords[g][1] }
