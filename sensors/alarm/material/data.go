package material

import "yijianyou/sensors/alarm"

// From where the figures are. None was compared with the standard itself (verified: false).
var (
	storageTable = alarm.Source{Text: "文物保存环境温湿度国家推荐表（厂商转载，未核对原文）", EN: "National storage table as vendors print it, not verified"}
	swingSource  = alarm.Source{Text: "日波动：相对湿度不大于 5 %，温度不大于 2 至 5 °C，取 5 °C（未核对原文）", EN: "Daily swing of at most 5 % and 2 to 5 °C (5 °C taken); general knowledge, not verified"}
	lightTable   = alarm.Source{Text: "博物馆建筑设计规范照度表（转载，未核对原文）", EN: "JGJ table of illuminance, second hand, not verified"}
	oldStandard  = alarm.Source{Text: "GB/T 23863-2009（已由 GB/T 23863-2024 代替，新值未取得；未核对原文）", EN: "GB/T 23863-2009, replaced by GB/T 23863-2024 whose values are not at hand; not verified"}
)

// Daily swings.
const (
	swingRH      = 5 // %
	swingCelsius = 5 // K: the table says 2 to 5
)

// light is a class of sensitivity to light.
type light uint8

const (
	unknownLight  light = iota
	insensitive         // metal, stone, glass, ceramics
	medium              // bamboo, wood, lacquer, bone, leather
	verySensitive       // paper, textile, plants
)

// maxUV in µW/lm is the same for every class.
const maxUV = 20

func (l light) limits() []Need {
	switch l {
	case insensitive:
		return []Need{{Upper, Illuminance, 0, 300, lightTable}, {Upper, UV, 0, maxUV, oldStandard}}
	case medium:
		return []Need{{Upper, Illuminance, 0, 180, lightTable}, {Upper, Illuminance, 0, 150, oldStandard},
			{Upper, Dose, 0, 360_000, oldStandard}, {Upper, UV, 0, maxUV, oldStandard}}
	case verySensitive:
		return []Need{{Upper, Illuminance, 0, 50, lightTable}, {Upper, Dose, 0, 50_000, oldStandard}, {Upper, UV, 0, maxUV, oldStandard}}
	}
	return nil
}

// row is what the tables say of a material. rhHigh 0: no band is known; celsius 0: no set point.
type row struct {
	rhLow, rhHigh float64
	celsius       float64
	light         light
}

// table is by the codes of the list "material". What is not in it is not known: brick and tile,
// groups, and composites, whose parts must be told one by one.
var table = map[string]row{
	"copper":          {0, 40, 20, insensitive},
	"iron":            {0, 40, 20, insensitive},
	"gold":            {0, 40, 20, insensitive},
	"silver":          {0, 40, 20, insensitive},
	"metal-other":     {0, 40, 25, insensitive}, // tin, lead
	"glass":           {0, 40, 20, insensitive},
	"pottery":         {40, 50, 20, insensitive},
	"porcelain":       {40, 50, 20, insensitive},
	"stone":           {40, 50, 20, insensitive},
	"gem-jade":        {40, 50, 20, insensitive},
	"clay":            {40, 50, 20, unknownLight}, // painted clay
	"paper":           {50, 60, 20, verySensitive},
	"silk":            {50, 60, 20, verySensitive},
	"wool":            {50, 60, 20, verySensitive},
	"cotton-hemp":     {50, 60, 20, verySensitive},
	"plant-other":     {0, 0, 0, verySensitive},
	"wood":            {50, 60, 20, medium},
	"bamboo":          {50, 60, 20, medium},
	"organic-other":   {50, 60, 20, medium}, // lacquer
	"bone-horn-ivory": {50, 60, 20, medium},
	"leather":         {50, 60, 5, medium},
	"animal-other":    {50, 60, 20, unknownLight}, // specimens
}
