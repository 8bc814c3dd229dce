package dating

import "strings"

// The sixty names of years (干支) join ten stems and twelve branches. 4 CE is 甲子.
const (
	stems    = "甲乙丙丁戊己庚辛壬癸"
	branches = "子丑寅卯辰巳午未申酉戌亥"
)

// place60 returns the place of a Western year among the sixty, 0 for 甲子. The last
// weeks of it belong to the next place.
func place60(year int) int { return ((line(year)-4)%60 + 60) % 60 }

// ganzhi reads a year of the sixty: 甲申, 甲申年. The Taiping wrote 好, 荣 and 开
// for 丑, 卯 and 亥.
func ganzhi(s []rune) (n, length int) {
	if len(s) < 2 {
		return 0, 0
	}
	stem, branch := indexOf(stems, s[0]), indexOf(branches, s[1])
	switch s[1] {
	case '好':
		branch = 1
	case '荣':
		branch = 3
	case '开':
		branch = 11
	}
	if stem < 0 || branch < 0 || (stem-branch)%2 != 0 {
		return 0, 0
	}
	n = (6*stem - 5*branch + 60) % 60
	if len(s) > 2 && s[2] == '年' {
		return n, 3
	}
	return n, 2
}

func isGanzhi(s []rune) bool {
	_, length := ganzhi(s)
	return length == 2 && len(s) == 2
}

// sixty returns the years of place n within from..to, in order.
func sixty(n, from, to int) []int {
	lo, hi := line(from), line(to)
	first := lo + ((n-(lo-4))%60+60)%60
	var out []int
	for y := first; y <= hi && len(out) < 64; y += 60 {
		out = append(out, year(y))
	}
	return out
}

// indexOf counts characters, all of three bytes.
func indexOf(list string, r rune) int {
	if i := strings.IndexRune(list, r); i >= 0 {
		return i / 3
	}
	return -1
}
