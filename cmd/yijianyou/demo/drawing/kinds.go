package drawing

import "image/color"

// Kind is what sort of thing is drawn.
type Kind string

// Relics.
const (
	FangHu      Kind = "fang-hu"      // square hu with lotus and crane, 莲鹤方壶
	OwlZun      Kind = "owl-zun"      // 鸮尊
	SquareDing  Kind = "square-ding"  // 方鼎
	RoundDing   Kind = "round-ding"   // 圆鼎
	Gui         Kind = "gui"          // 簋
	Jue         Kind = "jue"          // 爵
	Jin         Kind = "jin"          // altar table, 禁
	BellSet     Kind = "bell-set"     // 编钟
	Sword       Kind = "sword"        // 剑
	BoneFlute   Kind = "bone-flute"   // 骨笛
	Jar         Kind = "jar"          // 罐
	Bowl        Kind = "bowl"         // 碗
	Vase        Kind = "vase"         // 瓶
	Bi          Kind = "bi"           // jade disc, 璧
	Figurine    Kind = "figurine"     // 俑
	Stele       Kind = "stele"        // 碑
	SancaiHorse Kind = "sancai-horse" // 三彩马
	LacquerBox  Kind = "lacquer-box"  // 漆盒
	Coin        Kind = "coin"         // 钱币
	Scroll      Kind = "scroll"       // painting, 画卷
	TileEnd     Kind = "tile-end"     // 瓦当
	Mirror      Kind = "mirror"       // 铜镜
)

// Places.
const (
	Pagoda      Kind = "pagoda"      // 塔
	Gate        Kind = "gate"        // temple gate, 山门
	CaveNiche   Kind = "cave-niche"  // niche with a Buddha, 龛
	CityWall    Kind = "city-wall"   // 城墙
	Observatory Kind = "observatory" // 观星台
	Bridge      Kind = "bridge"      // 桥
	Museum      Kind = "museum"      // museum building, 博物馆
	TombMound   Kind = "tomb-mound"  // 陵墓封土
)

// thing is a drawing in units of its own: x from -w/2 to w/2, y from 0 up to h.
// What HeightMM and WidthMM of a Spec measure is from low up to low+tall, and
// wide; 0 when a figure would measure nothing that is drawn, so that it is
// ignored.
type thing struct {
	w, h     float64
	low      float64
	tall     float64
	wide     float64
	ground   bool // stands on the ground line of the sheet, as places do
	noShadow bool
	draw     func(g *pencil)
}

var things = map[Kind]thing{
	FangHu:      {w: 62, h: 126, tall: 126, wide: 60, draw: drawFangHu},
	OwlZun:      {w: 34, h: 46, tall: 46, wide: 30, draw: drawOwlZun},
	SquareDing:  {w: 66, h: 100, tall: 100, wide: 66, draw: drawSquareDing},
	RoundDing:   {w: 80, h: 90, tall: 90, wide: 73, draw: drawRoundDing},
	Gui:         {w: 96, h: 66, tall: 66, wide: 92, draw: drawGui},
	Jue:         {w: 76, h: 82, tall: 81.6, wide: 74, draw: drawJue},
	Jin:         {w: 134, h: 44, tall: 42, wide: 130, draw: drawJin},
	BellSet:     {w: 200, h: 112, tall: 110, wide: 200, draw: drawBellSet},
	Sword:       {w: 120, h: 56, wide: 119, noShadow: true, draw: drawSword},
	BoneFlute:   {w: 120, h: 52, wide: 116, noShadow: true, draw: drawBoneFlute},
	Jar:         {w: 66, h: 66, tall: 64, wide: 62, draw: drawJar},
	Bowl:        {w: 80, h: 38, tall: 34, wide: 77, draw: drawBowl},
	Vase:        {w: 40, h: 80, tall: 79, wide: 36, draw: drawVase},
	Bi:          {w: 100, h: 100, low: 1, tall: 98, wide: 98, noShadow: true, draw: drawBi},
	Figurine:    {w: 40, h: 90, tall: 90, wide: 36, draw: drawFigurine},
	Stele:       {w: 62, h: 120, tall: 119.6, wide: 61, draw: drawStele},
	SancaiHorse: {w: 96, h: 88, tall: 88.6, wide: 88, draw: drawSancaiHorse},
	LacquerBox:  {w: 90, h: 48, tall: 38, wide: 86, draw: drawLacquerBox},
	Coin:        {w: 100, h: 100, low: 1, tall: 98, wide: 98, noShadow: true, draw: drawCoin},
	Scroll:      {w: 170, h: 70, low: 12, tall: 46, wide: 144, noShadow: true, draw: drawScroll},
	TileEnd:     {w: 100, h: 100, low: 1, tall: 98, wide: 98, noShadow: true, draw: drawTileEnd},
	Mirror:      {w: 100, h: 100, low: 1, tall: 98, wide: 98, noShadow: true, draw: drawMirror},
	Pagoda:      {w: 70, h: 110, tall: 89, ground: true, noShadow: true, draw: drawPagoda},
	Gate:        {w: 150, h: 84, tall: 69, ground: true, noShadow: true, draw: drawGate},
	CaveNiche:   {w: 90, h: 112, ground: true, noShadow: true, draw: drawCaveNiche},
	CityWall:    {w: 190, h: 90, tall: 86, ground: true, noShadow: true, draw: drawCityWall},
	Observatory: {w: 150, h: 84, ground: true, noShadow: true, draw: drawObservatory},
	Bridge:      {w: 200, h: 70, wide: 200, ground: true, noShadow: true, draw: drawBridge},
	Museum:      {w: 200, h: 84, tall: 81, ground: true, noShadow: true, draw: drawMuseum},
	TombMound:   {w: 200, h: 78, tall: 48.6, wide: 140, ground: true, noShadow: true, draw: drawTombMound},
}

// Kinds returns every kind, relics first, in the order of this file.
func Kinds() []Kind {
	return []Kind{FangHu, OwlZun, SquareDing, RoundDing, Gui, Jue, Jin, BellSet, Sword, BoneFlute, Jar, Bowl, Vase, Bi, Figurine, Stele,
		SancaiHorse, LacquerBox, Coin, Scroll, TileEnd, Mirror, Pagoda, Gate, CaveNiche, CityWall, Observatory, Bridge, Museum, TombMound}
}

// Tones of materials.
var (
	patina  = color.RGBA{126, 152, 128, 255}
	bronze  = color.RGBA{158, 142, 104, 255}
	celadon = color.RGBA{172, 204, 194, 255}
	clay    = color.RGBA{200, 140, 100, 255}
	jade    = color.RGBA{190, 204, 164, 255}
	bone    = color.RGBA{232, 216, 180, 255}
	stone   = color.RGBA{190, 182, 168, 255}
	brick   = color.RGBA{186, 166, 144, 255}
	timber  = color.RGBA{156, 84, 62, 255}
	roof    = color.RGBA{120, 122, 118, 255}
	lacquer = color.RGBA{156, 44, 34, 255}
	black   = color.RGBA{56, 46, 42, 255}
	amber   = color.RGBA{214, 156, 76, 255}
	leafy   = color.RGBA{118, 142, 92, 255}
	silk    = color.RGBA{220, 200, 160, 255}
	earth   = color.RGBA{196, 178, 138, 255}
	dark    = color.RGBA{58, 52, 46, 255}
)
