package voucher

import (
	"fmt"
	"io"
	"time"

	"codeberg.org/go-pdf/fpdf"

	"yijianyou/heritage"
)

// Paper is one printing of a voucher.
type Paper struct {
	Voucher   *heritage.Voucher
	Running   int       // of the printing, from 1
	PrintedBy string    // name of who prints
	PrintedAt time.Time // UTC
	Link      string    // absolute address of the order; "" leaves out the QR code
}

// Measures of the page in millimetres: A4 upright.
const (
	pageWidth  = 210.0
	pageHeight = 297.0
	margin     = 15.0
	inner      = pageWidth - 2*margin
	foot       = 16.0 // kept free at the bottom
)

// sheet is the paper while it is drawn.
type sheet struct {
	Paper
	pdf  *fpdf.Fpdf
	face *face
	zone *time.Location
	y    float64 // where the next thing goes
}

// Write writes p to w as a PDF.
//
// Errors: those of w, and of a time zone that this machine does not know.
func Write(w io.Writer, p Paper) error {
	s := &sheet{Paper: p, pdf: fpdf.New("P", "mm", "A4", "")}
	var err error
	if s.zone, err = time.LoadLocation(p.Voucher.TimeZone); err != nil {
		return fmt.Errorf("voucher: time zone: %w", err)
	}
	if s.face, err = openFace(); err != nil {
		return err
	}
	s.begin()
	s.head()
	s.facts()
	s.table()
	s.signatures()
	if err := s.pdf.Output(w); err != nil {
		return fmt.Errorf("voucher: %w", err)
	}
	return nil
}

// begin sets up the document and its first page.
func (s *sheet) begin() {
	pdf := s.pdf
	pdf.SetCreationDate(s.PrintedAt)
	pdf.SetModificationDate(s.PrintedAt)
	pdf.SetCatalogSort(true)
	pdf.SetLang("zh-CN")
	pdf.SetTitle(titles[s.Voucher.Kind].ZH+" "+s.Voucher.Number, true)
	pdf.SetAuthor(s.Voucher.MuseumName.ZH, true)
	pdf.SetProducer("一键游", true)
	pdf.AddUTF8FontFromBytes("voucher", "", s.face.bytes)
	pdf.SetMargins(margin, margin, margin)
	pdf.SetAutoPageBreak(false, 0)
	pdf.AliasNbPages("{pages}")
	pdf.SetDrawColor(110, 110, 110)
	pdf.SetLineWidth(0.2)
	pdf.SetHeaderFunc(s.marks)
	pdf.SetFooterFunc(s.footer)
	s.page()
}

// page begins a new page; size and colours stay as they are.
func (s *sheet) page() {
	s.pdf.AddPage()
	s.y = margin
}

// room begins a new page unless height is left on this one; it reports whether
// it did.
func (s *sheet) room(height float64) bool {
	if s.y+height <= pageHeight-foot {
		return false
	}
	s.page()
	return true
}

// marks says on every page what the paper is not: a first printing, real data.
// The PDF writer calls it at the begin of each page.
func (s *sheet) marks() {
	var text []string
	if s.Running > 1 {
		text = append(text, fmt.Sprintf("补印 第%d次 Reprint %d", s.Running-1, s.Running-1))
	}
	if s.Voucher.Simulated {
		text = append(text, "模拟数据 Simulated data")
	}
	x := margin
	for _, t := range text {
		s.size(10)
		s.pdf.SetTextColor(190, 0, 0)
		s.pdf.SetDrawColor(190, 0, 0)
		width := s.pdf.GetStringWidth(t) + 4
		s.pdf.SetXY(x, 7)
		s.pdf.CellFormat(width, 6, t, "1", 0, "CM", false, 0, "")
		x += width + 3
	}
}

// footer is called by the PDF writer at the end of each page.
func (s *sheet) footer() {
	s.size(7.5)
	s.pdf.SetTextColor(90, 90, 90)
	left := fmt.Sprintf("%s · 打印 Printed %s · %s", s.Voucher.Number, s.moment(s.PrintedAt), s.face.clean(s.PrintedBy))
	if s.face.lacks {
		left += " · 〓 字库暂缺的字，以登记册为准 not in the font, see the register"
	}
	s.pdf.SetXY(margin, pageHeight-12)
	s.pdf.CellFormat(inner-25, 5, left, "", 0, "L", false, 0, "")
	s.pdf.CellFormat(25, 5, fmt.Sprintf("%d / {pages}", s.pdf.PageNo()), "", 0, "R", false, 0, "")
}

// size chooses the size of the letters in points.
func (s *sheet) size(points float64) { s.pdf.SetFont("voucher", "", points) }

// moment is a time by the clock of the museum.
func (s *sheet) moment(t time.Time) string { return t.In(s.zone).Format("2006-01-02 15:04") }

// lines breaks a text into lines of at most width at the present size.
func (s *sheet) lines(text string, width float64) []string {
	return wrap(s.face.clean(text), width, s.pdf.GetStringWidth)
}

// write puts lines below one another from x, y on.
func (s *sheet) write(x, y, height float64, lines []string) {
	for i, l := range lines {
		s.pdf.SetXY(x, y+float64(i)*height)
		s.pdf.CellFormat(0, height, l, "", 0, "LM", false, 0, "")
	}
}
