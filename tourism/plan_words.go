package tourism

import (
	"fmt"
	"strings"

	"yijianyou/heritage"
	"yijianyou/tourism/route"
)

// words are the sentences of a code. {n} are minutes that it needs, {have}
// minutes that there are, {other} another place, {from} and {to} times of day.
var words = map[route.Code]heritage.Text{
	route.ByMust:     {ZH: "您指定要去", EN: "You asked for it"},
	route.ByKept:     {ZH: "原行程中就有，予以保留", EN: "Kept from your plan before"},
	route.ByWorth:    {ZH: "最值得看的几处之一", EN: "One of the places most worth seeing"},
	route.ByWay:      {ZH: "顺路，几乎不绕行", EN: "On your way, with hardly a detour"},
	route.ByQuiet:    {ZH: "这个时候到，比行程中其他时候人少", EN: "Less crowded then than at other times of your visit"},
	route.ByFitting:  {ZH: "时间合适，绕行约 {n} 分钟", EN: "It fits, with a detour of about {n} min"},
	route.ByWaiting:  {ZH: "到达后等候约 {n} 分钟开放", EN: "You wait about {n} min until it opens"},
	route.ByDeadline: {ZH: "再晚 {have} 分钟以上就进不去了，所以先去", EN: "More than {have} min later it would be too late"},

	route.LeftWorthless: {ZH: "此行没有可看的内容", EN: "Nothing to see on this visit"},
	route.LeftNoWay:     {ZH: "没有已公布且适合您的路可到", EN: "No published way that suits you leads there"},
	route.LeftTooFar:    {ZH: "太远：路上加参观约需 {n} 分钟，您只有 {have} 分钟", EN: "Too far: the way and the visit take about {n} min, and you have {have}"},
	route.LeftClosed:    {ZH: "它 {from}–{to} 才能进，与行程时间不合", EN: "You can enter it from {from} to {to}, which does not go with the rest"},
	route.LeftNoTime:    {ZH: "时间不够：还需约 {n} 分钟，只剩 {have} 分钟", EN: "No time left: it takes about {n} min more, and {have} are left"},
	route.LeftWorthLess: {ZH: "时间只够去其一，先去更值得或更顺路的“{other}”", EN: "Time for one of the two only: “{other}” is worth more, or nearer"},
	route.LeftMust:      {ZH: "要给您指定的“{other}”留出时间", EN: "The time goes to “{other}”, which you asked for"},
	route.LeftCrowd:     {ZH: "去了会使其他景点赶上人多的时候", EN: "Going there would bring you to other places when they are crowded"},
	route.LeftKept:      {ZH: "为保留原行程中的“{other}”", EN: "Left out to keep “{other}” of your plan before"},

	leftAvoided: {ZH: "您选择不去", EN: "You do not want it"},
	leftAccess:  {ZH: "不适合{need}通行", EN: "Not accessible with a {need}"},
	leftUnknown: {ZH: "没有公布{need}能否通行，未排入", EN: "Nobody says whether it is accessible with a {need}"},
	leftNoPlace: {ZH: "没有公布它的位置，也没有通往它的路，无法算出要走多久", EN: "Neither its position nor a path to it is published, so nobody knows how far it is"},
	leftShut:    {ZH: "您来的时间它不开放，或来不及看完", EN: "Not open when you come, or not long enough"},
	leftNight:   {ZH: "没有公布开放时间，按 9:00–17:00 估计；您来的时间不合适，或来不及看完", EN: "Its hours are not published and taken for 9:00 to 17:00; you come at another time, or there is not long enough"},
	leftDemo:    {ZH: "演示用的地点，实际并不存在；指定要去才会排入", EN: "Made up for demonstration and no real place; planned only when you ask for it"},
	byDaytime:   {ZH: "没有公布开放时间，按 9:00–17:00 安排，以官方公告为准", EN: "Its hours are not published; planned for 9:00 to 17:00, please see the official notice"},
	leftGone:    {ZH: "这里没有这个公开的地点", EN: "There is no such public place here"},
}

// reason puts a code into words.
func (d *draft) reason(r route.Reason) PlanReason {
	t := words[r.Code]
	other, need := heritage.Text{}, heritage.Text{}
	if r.Other >= 0 {
		other = d.places[d.nodes[r.Other]].name
		if other.EN == "" {
			other.EN = other.ZH
		}
	}
	if term, ok := VisitorAccesses.Find(d.req.Access); ok {
		need = heritage.Text{ZH: map[Code]string{AccessPushchair: "婴儿车", AccessWheelchair: "轮椅"}[d.req.Access], EN: strings.ToLower(term.EN)}
	}
	fill := func(text, other, need string) string {
		return strings.NewReplacer("{n}", minutes(r.Need), "{have}", fmt.Sprint(int(r.Have)/60), "{other}", other, "{need}", need, "{from}", d.clock(r.Open), "{to}", d.clock(r.Close)).Replace(text)
	}
	return PlanReason{Code: r.Code, Text: heritage.Text{ZH: fill(t.ZH, other.ZH, need.ZH), EN: fill(t.EN, other.EN, need.EN)}}
}

// minutes writes a length of time in whole minutes, rounded up.
func minutes(t route.Time) string { return fmt.Sprint((int(t) + 59) / 60) }
