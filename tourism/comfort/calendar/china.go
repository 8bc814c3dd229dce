package calendar

import _ "embed"

// The data, see doc.go.
var (
	//go:embed data/days.tsv
	chinaDays string
	//go:embed data/notices.tsv
	chinaNotices string
)

// China returns the calendar of the People's Republic of China, 2012 to the last
// year whose notice is in the data. It reads them each time: keep what it returns.
//
// Errors: a line of the data that is malformed, which a test of this package finds.
func China() (Calendar, error) {
	spans, err := ReadSpans(chinaDays)
	if err != nil {
		return Calendar{}, err
	}
	notices, err := readNotices(chinaNotices)
	if err != nil {
		return Calendar{}, err
	}
	return New(spans, notices), nil
}
