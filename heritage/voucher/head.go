package voucher

import (
	"bytes"
	"fmt"
	"strings"

	"codeberg.org/go-pdf/fpdf"
	"github.com/skip2/go-qrcode"

	"yijianyou/heritage"
	"yijianyou/heritage/vocab"
	"yijianyou/internal/actor"
)

var titles = map[heritage.VoucherKind]heritage.Text{
	heritage.VoucherOut:  {ZH: "提用出库凭证", EN: "Voucher of hand-out"},
	heritage.VoucherBack: {ZH: "退还入库凭证", EN: "Voucher of return"},
}

// qrSide is how large the QR code is, in millimetres.
const qrSide = 27.0

// head draws the museum, the title, the numbers and the QR code.
func (s *sheet) head() {
	v := s.Voucher
	text := func(points, height float64, line string) {
		s.size(points)
		s.pdf.SetXY(margin, s.y)
		s.pdf.CellFormat(inner, height, s.face.clean(line), "", 0, "CM", false, 0, "")
		s.y += height
	}
	text(12, 7, v.MuseumName.ZH)
	if v.MuseumName.EN != "" {
		text(8, 4, v.MuseumName.EN)
	}
	text(20, 11, titles[v.Kind].ZH)
	text(9, 5, titles[v.Kind].EN)
	s.qr()
	s.y = max(s.y, margin+qrSide) + 1
	s.size(10)
	s.pdf.SetXY(margin, s.y)
	s.pdf.CellFormat(inner/2, 6, "凭证编号 No. "+v.Number, "", 0, "LM", false, 0, "")
	s.pdf.CellFormat(inner/2, 6, "提用单号 Order "+v.MovementNumber, "", 0, "RM", false, 0, "")
	s.y += 7
}

// qr draws the way to the order at the right of the head.
func (s *sheet) qr() {
	if s.Link == "" {
		return
	}
	png, err := qrcode.Encode(s.Link, qrcode.Medium, 300)
	if err != nil {
		s.pdf.SetError(fmt.Errorf("voucher: QR code: %w", err))
		return
	}
	s.pdf.RegisterImageOptionsReader("order", fpdf.ImageOptions{ImageType: "png"}, bytes.NewReader(png))
	s.pdf.ImageOptions("order", pageWidth-margin-qrSide, margin-3, qrSide, qrSide, false, fpdf.ImageOptions{}, 0, s.Link)
}

// facts draws what the order says.
func (s *sheet) facts() {
	v := s.Voucher
	where := "馆内 Inside"
	if v.Destination.Outside {
		where = "离馆 Outside"
	}
	rows := [][2]string{
		{"提用目的 Purpose", termOf("movement-purpose", v.Purpose)},
		{"去向 Destination", join(where, v.Destination.Text)},
		{"提用或借用方 Borrower", join(v.Destination.Borrower, v.Destination.Contract)},
		{"期限 Period", s.moment(v.StartsAt) + " — " + s.moment(v.DueBack)},
		{"事由 Reason", v.Reason},
		{"申请人 Requested by", join(v.RequestedBy.Name, s.moment(v.RequestedAt))},
	}
	for _, a := range v.Approvals {
		if a.By != nil && a.At != nil {
			rows = append(rows, [2]string{"审批 Approved by", join(textOf(a.Name), a.By.Name, s.moment(*a.At), a.Note)})
		}
	}
	const label, height = 40.0, 5.0
	s.size(9)
	for _, row := range rows {
		if row[1] == "" {
			continue
		}
		lines := s.lines(row[1], inner-label-4)
		tall := float64(len(lines))*height + 1.5
		s.room(tall)
		s.pdf.Rect(margin, s.y, label, tall, "D")
		s.pdf.Rect(margin+label, s.y, inner-label, tall, "D")
		s.write(margin+1, s.y+0.75, height, []string{row[0]})
		s.write(margin+label+1, s.y+0.75, height, lines)
		s.y += tall
	}
	s.y += 4
}

// join puts what is known on one line.
func join(parts ...string) string {
	var out []string
	for _, p := range parts {
		if p != "" {
			out = append(out, p)
		}
	}
	return strings.Join(out, "  ")
}

// termOf is both labels of a term, or its code when the list has lost it.
func termOf(list string, code vocab.Code) string {
	t, ok := vocab.Must(list).Term(code)
	if !ok {
		return string(code)
	}
	return t.ZH + " " + t.EN
}

func textOf(t heritage.Text) string { return join(t.ZH, t.EN) }

// duties name who takes part in a hand-over.
var duties = map[actor.Role]string{actor.Keeper: "库房保管员 Keeper", actor.Registrar: "总账管理员 Registrar"}
