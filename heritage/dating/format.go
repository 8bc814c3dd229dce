package dating

import (
	"fmt"

	"yijianyou/internal/fault"
)

// Years prints bounds as a catalogue does: "公元前670—前570年", "618—907年",
// "公元前202—公元8年"; "670–570 BCE", "618–907", "202 BCE – 8 CE". Nil is
// unknown; both nil give "年代不详" and "date unknown".
func Years(from, to *int, lang fault.Lang) string {
	if lang == fault.English {
		return yearsEN(from, to)
	}
	return yearsZH(from, to)
}

func yearsZH(from, to *int) string {
	switch {
	case from == nil && to == nil:
		return "年代不详"
	case from == nil:
		return "不晚于" + oneZH(*to)
	case to == nil:
		return oneZH(*from) + "起"
	case *from == *to:
		return oneZH(*from)
	case *from < -10000:
		return fmt.Sprintf("约%s至%s", oneZH(*from), oneZH(*to))
	case *from < 0 && *to < 0:
		return fmt.Sprintf("公元前%d—前%d年", -*from, -*to)
	case *from < 0:
		return fmt.Sprintf("公元前%d—公元%d年", -*from, *to)
	}
	return fmt.Sprintf("%d—%d年", *from, *to)
}

func oneZH(y int) string {
	switch {
	case y <= -10000:
		return fmt.Sprintf("%s万年前", tenths(y))
	case y < 0:
		return fmt.Sprintf("公元前%d年", -y)
	case y < 100:
		return fmt.Sprintf("公元%d年", y)
	}
	return fmt.Sprintf("%d年", y)
}

// tenths returns ten thousands of years before the present with at most one decimal.
func tenths(y int) string {
	n := (1950 - y + 500) / 1000
	if n%10 == 0 {
		return fmt.Sprint(n / 10)
	}
	return fmt.Sprintf("%d.%d", n/10, n%10)
}

func yearsEN(from, to *int) string {
	switch {
	case from == nil && to == nil:
		return "date unknown"
	case from == nil:
		return "not later than " + oneEN(*to)
	case to == nil:
		return "from " + oneEN(*from)
	case *from == *to:
		return oneEN(*from)
	case *from < -10000:
		return fmt.Sprintf("about %s to %s", oneEN(*from), oneEN(*to))
	case *from < 0 && *to < 0:
		return fmt.Sprintf("%d–%d BCE", -*from, -*to)
	case *from < 0:
		return fmt.Sprintf("%d BCE – %d CE", -*from, *to)
	case *from < 100:
		return fmt.Sprintf("%d–%d CE", *from, *to)
	}
	return fmt.Sprintf("%d–%d", *from, *to)
}

func oneEN(y int) string {
	switch {
	case y <= -10000:
		n := (1950 - y + 500) / 1000 * 1000
		return fmt.Sprintf("%d years ago", n)
	case y < 0:
		return fmt.Sprintf("%d BCE", -y)
	case y < 100:
		return fmt.Sprintf("%d CE", y)
	}
	return fmt.Sprint(y)
}
