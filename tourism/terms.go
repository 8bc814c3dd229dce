package tourism

import (
	"yijianyou/heritage"
	"yijianyou/internal/fault"
	"yijianyou/tourism/comfort"
)

// Code is a term of one of the lists below. Codes are stored and stable.
type Code string

// Term is a code with its labels.
type Term struct {
	Code   Code
	ZH, EN string
}

// List is a code list in the order of screens.
type List struct {
	Name   string // in lower case with hyphens, as in its path of the API
	ZH, EN string
	Source string // where the terms are from
	Terms  []Term
}

// Find returns the term with the code.
func (l List) Find(c Code) (Term, bool) {
	for _, t := range l.Terms {
		if t.Code == c {
			return t, true
		}
	}
	return Term{}, false
}

// ours is the source of lists that no standard fixes.
const ours = "the choice of this project"

// The lists.
var (
	AreaGrades = List{"area-grade", "景区等级", "Grade of scenic area", "GB/T 17775-2024 旅游景区质量等级划分", []Term{
		{"5A", "国家5A级旅游景区", "5A national tourist attraction"}, {"4A", "国家4A级旅游景区", "4A national tourist attraction"},
		{"3A", "国家3A级旅游景区", "3A national tourist attraction"}, {"2A", "国家2A级旅游景区", "2A national tourist attraction"},
		{"1A", "国家1A级旅游景区", "1A national tourist attraction"},
	}}
	Designations = List{"designation", "保护称号", "Designation", ours, []Term{
		{"world-heritage", "世界遗产", "World Heritage"}, {"world-heritage-part", "世界遗产组成部分", "Part of a World Heritage property"},
		{"national-unit", "全国重点文物保护单位", "National key unit"}, {"national-scenic", "国家级风景名胜区", "National scenic area"},
	}}
	SpotKinds = List{"spot-kind", "景点设施类别", "Kind of spot", ours, []Term{
		{"sight", "景点", "Sight"}, {"exhibition-hall", "展厅", "Exhibition hall"}, {"performance", "演出场所", "Performance"},
		{"viewpoint", "观景点", "Viewpoint"}, {"gate", "出入口", "Gate"}, {"visitor-centre", "游客中心", "Visitor centre"},
		{"toilet", "卫生间", "Toilet"}, {"accessible-toilet", "无障碍卫生间", "Accessible toilet"}, {"nursing-room", "母婴室", "Nursing room"},
		{"accessible-entrance", "无障碍入口", "Accessible entrance"}, {"first-aid", "医务点", "First aid"}, {"parking", "停车场", "Parking"},
		{"bus-stop", "摆渡车站", "Shuttle stop"}, {"restaurant", "餐饮", "Restaurant"}, {"shop", "商店", "Shop"}, {"rest", "休息区", "Rest area"},
		{"water", "饮水点", "Drinking water"}, {"lockers", "寄存处", "Lockers"},
	}}
	Accesses  = List{"access", "通行条件", "Access", ours, []Term{{AccessYes, "可以通行", "Accessible"}, {AccessPartly, "部分可通行", "Partly accessible"}, {AccessNo, "不能通行", "Not accessible"}}}
	Paces     = List{"pace", "游览节奏", "Pace", ours, []Term{{PaceSlow, "慢游", "Slow"}, {PaceNormal, "正常", "Normal"}, {PaceFast, "快走", "Brisk"}}}
	Interests = List{"interest", "游览兴趣", "Interest", ours, []Term{
		{"heritage", "文物古迹", "Heritage"}, {"exhibitions", "展览", "Exhibitions"}, {"views", "风光", "Views"}, {"performances", "演出", "Performances"},
		{"stories", "听讲解", "Stories"}, {"children", "亲子", "With children"}, {"food", "餐饮", "Food"}, {"shopping", "购物", "Shopping"},
	}}
	VisitorAccesses = List{"visitor-access", "通行需要", "Access needs", ours, []Term{{AccessPushchair, "推婴儿车", "Pushchair"}, {AccessWheelchair, "坐轮椅", "Wheelchair"}}}
	Audiences       = List{"audience", "讲解受众", "Audience of a story", ours, []Term{{"everybody", "大众", "Everybody"}, {"children", "儿童", "Children"}, {"expert", "专业", "Experts"}}}
)

// Access codes.
const (
	AccessYes    Code = "yes"
	AccessPartly Code = "partly"
	AccessNo     Code = "no"
)

// Codes of a request for a plan.
const (
	PaceSlow         Code = "slow"
	PaceNormal       Code = "normal"
	PaceFast         Code = "fast"
	AccessPushchair  Code = "pushchair"
	AccessWheelchair Code = "wheelchair"
)

// Sights are the kinds of spot that one visits for their own sake; all others
// are facilities.
var sights = map[Code]bool{"sight": true, "exhibition-hall": true, "performance": true, "viewpoint": true}

// Facility reports whether a spot of this kind is a facility.
func Facility(kind Code) bool { return !sights[kind] }

// Lists returns every list.
func Lists() []List {
	return []List{AreaGrades, Designations, SpotKinds, Accesses, Audiences, Interests, Paces, VisitorAccesses, ComfortSchemes(), ResponseTriggers()}
}

// ComfortSchemes are the sets of levels that an area may choose.
func ComfortSchemes() List {
	l := List{Name: "comfort-scheme", ZH: "承载量分级方案", EN: "Set of crowd levels", Source: ours}
	for _, s := range comfort.Schemes() {
		l.Terms = append(l.Terms, Term{Code(s.ID), s.Name.ZH, s.Name.EN})
	}
	return l
}

// term adds that a code is not of its list; "" is unknown and right.
func term(c *heritage.Findings, path string, list List, code Code) {
	if _, ok := list.Find(code); code != "" && !ok {
		c.Add(heritage.ErrTerm.At(path, fault.P("list", list.Name)))
	}
}

// distinct leaves out empty and repeated values.
func distinct[T ~string](list []T) []T {
	var out []T
	seen := make(map[T]bool, len(list))
	for _, v := range list {
		if v != "" && !seen[v] {
			seen[v] = true
			out = append(out, v)
		}
	}
	return out
}
