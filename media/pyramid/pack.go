package pyramid

import (
	"encoding/binary"
	"hash/crc32"
)

// The packed file, version 2. Numbers are little-endian.
//
//	offset  bytes
//	0       8      "YJYTILES"
//	8       4      version, 2
//	12      4      CRC-32C of everything from offset 16 to the end of the index
//	16      4      width of the picture in pixels
//	20      4      height
//	24      4      side of a tile, 512
//	28      4      number of levels
//	32      4      bit 0: the picture is grey; bits 8 to 15: the recipe
//	36      4      number of index entries
//	40      8      length of the whole file
//	48      12 × n index: offset (8) and length (4) of a JPEG in the file
//	…              the JPEGs, as package jpeg encodes them
//
// The index holds, level by level from the largest, first the whole level (zero
// length when it is not kept whole), then its tiles row by row. A level of one
// tile has the same place twice.
const (
	packMagic   = "YJYTILES"
	packVersion = 2
	packHeader  = 48
	packEntry   = 12

	recipeShift = 8
	maxRecipe   = 0xFF

	// maxPacked bounds what a file may claim of itself: 40,000 × 40,000 pixels.
	maxPackedSide = 40_000
)

// Recipe counts the changes after which a packed file made anew of the same original
// has other pixels: of decoding, orientation, conversion of colours, scaling,
// encoding. Raise it with one, so that the files that are there are made again. 0
// is every file from before there was a number.
const Recipe = 1

var castagnoli = crc32.MakeTable(crc32.Castagnoli)

// span is where a JPEG stands in the file.
type span struct {
	offset int64
	length uint32
}

// layout is the index of a packed file.
type layout struct {
	width, height int
	gray          bool
	recipe        int
	levels        []Level
	first         []int  // index of each level's whole entry in spans
	spans         []span // in the order of the file
}

func newLayout(width, height int, gray bool) *layout {
	l := &layout{width: width, height: height, gray: gray, levels: LevelsOf(width, height), recipe: Recipe}
	n := 0
	for _, lv := range l.levels {
		l.first = append(l.first, n)
		n += 1 + lv.Columns()*lv.Rows()
	}
	l.spans = make([]span, n)
	return l
}

func (l *layout) whole(level int) *span { return &l.spans[l.first[level]] }

func (l *layout) tile(level, column, row int) *span {
	return &l.spans[l.first[level]+1+row*l.levels[level].Columns()+column]
}

// size is the length of header and index in bytes.
func (l *layout) size() int { return packHeader + packEntry*len(l.spans) }

// bytes returns header and index of a file of the given total length.
func (l *layout) bytes(total int64) []byte {
	b := make([]byte, 0, l.size())
	le := binary.LittleEndian
	b = append(b, packMagic...)
	b = le.AppendUint32(b, packVersion)
	b = le.AppendUint32(b, 0)
	b = le.AppendUint32(b, uint32(l.width))
	b = le.AppendUint32(b, uint32(l.height))
	b = le.AppendUint32(b, TileSide)
	b = le.AppendUint32(b, uint32(len(l.levels)))
	flags := uint32(l.recipe) << recipeShift
	if l.gray {
		flags |= 1
	}
	b = le.AppendUint32(b, flags)
	b = le.AppendUint32(b, uint32(len(l.spans)))
	b = le.AppendUint64(b, uint64(total))
	for _, s := range l.spans {
		b = le.AppendUint64(b, uint64(s.offset))
		b = le.AppendUint32(b, s.length)
	}
	le.PutUint32(b[12:], crc32.Checksum(b[16:], castagnoli))
	return b
}

// parseHeader reads the fixed part of a packed file of the given length. The
// layout that it returns has no places yet.
func parseHeader(b []byte, length int64) (*layout, error) {
	le := binary.LittleEndian
	if len(b) < packHeader || string(b[:8]) != packMagic || le.Uint32(b[8:]) != packVersion || le.Uint32(b[24:]) != TileSide {
		return nil, ErrContainer.New()
	}
	width, height := le.Uint32(b[16:]), le.Uint32(b[20:])
	if width < 1 || height < 1 || width > maxPackedSide || height > maxPackedSide || le.Uint32(b[32:])&^(maxRecipe<<recipeShift) > 1 ||
		le.Uint64(b[40:]) != uint64(length) {
		return nil, ErrContainer.New()
	}
	// The number of entries follows from the sides; it is compared before it is allocated.
	n := 0
	levels := LevelsOf(int(width), int(height))
	for _, lv := range levels {
		n += 1 + lv.Columns()*lv.Rows()
	}
	if le.Uint32(b[28:]) != uint32(len(levels)) || le.Uint32(b[36:]) != uint32(n) || int64(packHeader+packEntry*n) > length {
		return nil, ErrContainer.New()
	}
	l := newLayout(int(width), int(height), le.Uint32(b[32:])&1 == 1)
	l.recipe = int(le.Uint32(b[32:]) >> recipeShift)
	return l, nil
}

// parseIndex fills in the places from b, header and index of a file of the
// given length.
func (l *layout) parseIndex(b []byte, length int64) error {
	le := binary.LittleEndian
	if le.Uint32(b[12:]) != crc32.Checksum(b[16:], castagnoli) {
		return ErrContainer.New()
	}
	for i := range l.spans {
		e := b[packHeader+packEntry*i:]
		s := span{offset: int64(le.Uint64(e)), length: le.Uint32(e[8:])}
		if s.length > 0 && (s.offset < int64(len(b)) || s.offset > length || int64(s.length) > length-s.offset) {
			return ErrContainer.New()
		}
		l.spans[i] = s
	}
	for i, lv := range l.levels {
		for t := range lv.Columns() * lv.Rows() {
			if l.spans[l.first[i]+1+t].length == 0 {
				return ErrContainer.New()
			}
		}
	}
	return nil
}
