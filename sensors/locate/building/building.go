package building

import "math"

// Kind is what sort of zone it is.
type Kind uint8

const (
	Room     Kind = iota // where things rest
	Corridor             // through which they are carried
	Exit                 // through which they leave
)

// Zone is a rectangle of the plan, in metres.
type Zone struct {
	Name           string
	Kind           Kind
	X0, Y0, X1, Y1 float64
	DoorX, DoorY   float64 // of a room to the corridor, of an exit likewise
	Nearest        int     // of a room: the exit through which its things leave
}

// Reader sees tags. It belongs to a zone and hears into others.
type Reader struct {
	Name string
	Zone int
	X, Y float64
	Fast float64 // how many times as often as the reader of the log it asks; a portal does
}

// Wall weakens what passes it, one way.
type Wall struct {
	X0, Y0, X1, Y1 float64
	LossDB         float64
}

// Building is a floor of a museum.
type Building struct {
	Zones   []Zone
	Readers []Reader
	Walls   []Wall
}

// The floor of Museum, in metres, and what its walls take, one way.
const (
	roomWide  = 15.0
	roomDeep  = 13.0
	hallWide  = 4.0 // of the corridor
	lobbyLong = 8.0
	doorWide  = 1.6
	brickDB   = 4.5 // a brick wall at 900 MHz takes 3 to 6 dB (see doc.go)
)

// Museum returns a floor of eight rooms on both sides of a corridor 60 m long with
// an exit at either end. Each zone has a reader, the corridor two.
func Museum() *Building {
	b := &Building{}
	const length = 4 * roomWide
	low, high := roomDeep, roomDeep+hallWide
	for i := range 8 {
		x := float64(i%4) * roomWide
		z := Zone{Name: "room-" + string(rune('1'+i)), X0: x, X1: x + roomWide, Y0: 0, Y1: low, DoorX: x + roomWide/2, DoorY: low, Nearest: 9 + i%4/2}
		if i >= 4 {
			z.Y0, z.Y1, z.DoorY = high, high+roomDeep, high
		}
		b.Zones = append(b.Zones, z)
		b.room(z)
	}
	b.Zones = append(b.Zones,
		Zone{Name: "corridor", Kind: Corridor, X0: 0, X1: length, Y0: low, Y1: high, DoorX: length / 2, DoorY: (low + high) / 2},
		Zone{Name: "west", Kind: Exit, X0: -lobbyLong, X1: 0, Y0: low - 3, Y1: high + 3, DoorX: 0, DoorY: (low + high) / 2},
		Zone{Name: "east", Kind: Exit, X0: length, X1: length + lobbyLong, Y0: low - 3, Y1: high + 3, DoorX: length, DoorY: (low + high) / 2})
	for i, z := range b.Zones {
		switch z.Kind {
		case Corridor:
			b.Readers = append(b.Readers, Reader{Name: "r-corridor-1", Zone: i, X: roomWide, Y: z.DoorY, Fast: 1}, Reader{Name: "r-corridor-2", Zone: i, X: length - roomWide, Y: z.DoorY, Fast: 1})
		case Exit:
			b.Readers = append(b.Readers, Reader{Name: "p-" + z.Name, Zone: i, X: (z.X0 + z.X1) / 2, Y: z.DoorY, Fast: 4})
		default:
			b.Readers = append(b.Readers, Reader{Name: "r-" + z.Name, Zone: i, X: (z.X0 + z.X1) / 2, Y: (z.Y0 + z.Y1) / 2, Fast: 1})
		}
	}
	return b
}

// room builds the walls of a room: the one to the corridor has a door in it.
func (b *Building) room(z Zone) {
	back := z.Y0 + z.Y1 - z.DoorY
	b.Walls = append(b.Walls,
		Wall{z.X0, z.DoorY, z.DoorX - doorWide/2, z.DoorY, brickDB}, Wall{z.DoorX + doorWide/2, z.DoorY, z.X1, z.DoorY, brickDB},
		Wall{z.X0, back, z.X1, back, brickDB}, Wall{z.X0, z.Y0, z.X0, z.Y1, brickDB})
	if z.X1 == 4*roomWide {
		b.Walls = append(b.Walls, Wall{z.X1, z.Y0, z.X1, z.Y1, brickDB})
	}
}

// Signal of a passive tag, in dBm.
const (
	atOneMetre  = -32.0 // as a reader of 2 W with a patch antenna hears it
	perDecade   = 40.0  // dB by which it falls over ten times the distance, there and back
	sensitivity = -75.0 // where half of the chances are taken
)

// strength returns how strongly a reader hears a tag at a place, on the average.
func (b *Building) strength(r Reader, x, y float64) float64 {
	level := atOneMetre - perDecade*math.Log10(max(1, math.Hypot(r.X-x, r.Y-y)))
	for _, w := range b.Walls {
		if crosses(r.X, r.Y, x, y, w) {
			level -= 2 * w.LossDB
		}
	}
	return level
}

// crosses reports whether a line from one point to another crosses a wall.
func crosses(ax, ay, bx, by float64, w Wall) bool {
	side := func(px, py, qx, qy, x, y float64) float64 { return (qx-px)*(y-py) - (qy-py)*(x-px) }
	return side(ax, ay, bx, by, w.X0, w.Y0)*side(ax, ay, bx, by, w.X1, w.Y1) < 0 &&
		side(w.X0, w.Y0, w.X1, w.Y1, ax, ay)*side(w.X0, w.Y0, w.X1, w.Y1, bx, by) < 0
}
