package heritage

// Status is whether an exhibition is on, by the calendar of its museum. It
// follows from the days and is stored nowhere. Never rename.
type Status string

const (
	Upcoming  Status = "upcoming"
	Open      Status = "open"
	Closed    Status = "closed"
	Permanent Status = "permanent" // on, without an end
)

// Statuses lists the states in the order of screens.
var Statuses = []Status{Open, Permanent, Upcoming, Closed}

// On reports whether it can be visited.
func (s Status) On() bool { return s == Open || s == Permanent }

// StatusOn returns whether the exhibition is on at the day; "" when the day is not
// known. The first and the last day are days of the exhibition.
func (f *ExhibitionFields) StatusOn(day Day) Status {
	switch {
	case day == "":
		return ""
	case f.From != "" && day < f.From:
		return Upcoming
	case f.Kind == permanent:
		return Permanent
	case f.Until != "" && day > f.Until:
		return Closed
	}
	return Open
}

// onViewIn reports whether a published relic can be seen in an exhibition of rec
// by what the register says of it: its own museum has it in the house, another
// museum has it on loan. Online everything published can be seen.
func (d *Record[F]) onViewIn(rec *Exhibition) bool {
	if d.Shown == nil {
		return false
	}
	outside := d.Ledger.State == OnLoan || d.Away != nil && d.Away.Outside
	gone := d.Ledger.State == Transferred || d.Ledger.State == Deaccessioned
	switch {
	case rec.Shown != nil && rec.Shown.Kind == online:
		return true
	case gone:
		return false
	case d.Org != rec.Org:
		return outside
	}
	return !outside
}
