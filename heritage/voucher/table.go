package voucher

import (
	"fmt"
	"strconv"
	"strings"

	"yijianyou/heritage"
	"yijianyou/heritage/vocab"
)

// column is one of the table of relics.
type column struct {
	zh, en string
	width  float64 // millimetres; together they fill the page
}

var columns = []column{
	{"序号", "No.", 10}, {"藏品编号", "Number", 28}, {"名称", "Name", 48}, {"级别", "Grade", 17}, {"件数", "Pieces", 12}, {"原存放位置", "Home", 30}, {"状况", "Condition", 35},
}

const (
	rowHeight = 4.2 // of one line
	rowPad    = 0.8 // above and below
	bodySize  = 8.0
)

// table draws the relics; its head stands again on each page.
func (s *sheet) table() {
	s.room(30)
	s.columns()
	pieces := 0
	for i, it := range s.Voucher.Items {
		pieces += it.Pieces
		s.row([]string{strconv.Itoa(i + 1), it.Number, nameOf(it), gradeOf(it.Grade), strconv.Itoa(it.Pieces), it.PlaceName.ZH, s.condition(it)})
	}
	s.size(9)
	s.room(8)
	s.pdf.SetXY(margin, s.y)
	s.pdf.CellFormat(inner, 7, fmt.Sprintf("共 %d 项 %d 件  %d entries, %d objects", len(s.Voucher.Items), pieces, len(s.Voucher.Items), pieces), "1", 0, "RM", false, 0, "")
	s.y += 11
}

// columns draws the head of the table.
func (s *sheet) columns() {
	s.size(bodySize)
	s.pdf.SetFillColor(238, 238, 238)
	x := margin
	for _, c := range columns {
		s.pdf.Rect(x, s.y, c.width, 9, "FD")
		s.pdf.SetXY(x, s.y)
		s.pdf.CellFormat(c.width, 4.5, c.zh, "", 0, "CM", false, 0, "")
		s.pdf.SetXY(x, s.y+4.2)
		s.pdf.CellFormat(c.width, 4.5, c.en, "", 0, "CM", false, 0, "")
		x += c.width
	}
	s.y += 9
}

// row draws one relic, as high as its longest cell. One that is higher than a
// page is continued on the next.
func (s *sheet) row(cells []string) {
	s.size(bodySize)
	lines := make([][]string, len(cells))
	most := 0
	for i, text := range cells {
		lines[i] = s.lines(text, columns[i].width-2)
		most = max(most, len(lines[i]))
	}
	for most > 0 {
		whole := float64(most)*rowHeight + 2*rowPad
		if whole <= pageHeight-foot-margin-9 && s.room(whole) || s.room(rowHeight+2*rowPad) {
			s.columns()
		}
		fit := min(most, int((pageHeight-foot-s.y-2*rowPad)/rowHeight))
		height := float64(fit)*rowHeight + 2*rowPad
		x := margin
		for i, c := range columns {
			n := min(fit, len(lines[i]))
			s.pdf.Rect(x, s.y, c.width, height, "D")
			s.write(x+0.5, s.y+rowPad, rowHeight, lines[i][:n])
			lines[i] = lines[i][n:]
			x += c.width
		}
		s.y += height
		most -= fit
	}
}

func nameOf(it heritage.MovementItem) string {
	name := it.Name.ZH
	if it.Name.EN != "" {
		name += "\n" + it.Name.EN
	}
	if n := len(it.Parts); n > 0 {
		name += fmt.Sprintf("\n（含登记部件 %d 件 with %d parts）", n, n)
	}
	return name
}

func gradeOf(g vocab.Code) string {
	if g == "" {
		g = "ungraded"
	}
	return strings.Replace(termOf("relic-grade", g), " ", "\n", 1)
}

// condition is what the two persons noted of a relic in this hand-over.
func (s *sheet) condition(it heritage.MovementItem) string {
	if s.Voucher.Kind == heritage.VoucherOut {
		return it.OutNote
	}
	found := "完好 Intact"
	if it.Finding == heritage.Changed {
		found = "有变化 Changed"
	}
	if it.BackNote != "" {
		found += "\n" + it.BackNote
	}
	return found
}
