package voucher

import (
	"time"

	"yijianyou/heritage"
	"yijianyou/internal/actor"
)

// signatures draws what both persons confirmed, and where people sign by hand.
func (s *sheet) signatures() {
	h := &s.Voucher.HandOver
	const height = 27.0
	if s.room(2*height + 10) {
		s.y += 2
	}
	s.size(9)
	half := inner / 2
	s.confirmation(margin, half, height, "点交人（一）First person", h.First, h.FirstDuty, h.FirstAt)
	if h.Second != nil && h.SecondAt != nil {
		s.confirmation(margin+half, half, height, "点交人（二）Second person", *h.Second, h.SecondDuty, *h.SecondAt)
	}
	s.y += height
	who := "领用人 Received by"
	if s.Voucher.Kind == heritage.VoucherBack {
		who = "归还人 Returned by"
	}
	s.blank(margin, half, 18, who)
	s.blank(margin+half, half, 18, "批准人 Approved by")
	s.y += 18
	s.size(7.5)
	s.write(margin, s.y+1, 4, s.lines("本凭证依登记系统中双方的确认打印；一式两份，分存库房与总账。\n"+
		"Printed from what both persons confirmed in the register; one copy each for the store and the ledger.", inner))
}

// confirmation draws what one of the two persons confirmed.
func (s *sheet) confirmation(x, width, height float64, label string, who heritage.Person, duty actor.Role, at time.Time) {
	s.blank(x, width, height, label)
	s.write(x+1.5, s.y+6, 5, []string{s.face.clean(join(duties[duty], who.Name)), "系统确认 Confirmed " + s.moment(at)})
}

// blank draws a field that is signed by hand.
func (s *sheet) blank(x, width, height float64, label string) {
	s.size(9)
	s.pdf.Rect(x, s.y, width, height, "D")
	s.write(x+1.5, s.y+1, 5, []string{label})
	s.write(x+1.5, s.y+height-6.5, 5, []string{"签字 Signature ____________  日期 Date __________"})
}
