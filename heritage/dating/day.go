package dating

// months are the English names of months, which tell no year.
var months = []string{"january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november", "december",
	"jan", "feb", "mar", "apr", "jun", "jul", "aug", "sept", "sep", "oct", "nov", "dec"}

// calendarDay reads a month, a day or a season in s and returns its length; prev
// is what stands before it. Chinese seasons count only behind a year, because 夏
// is a dynasty too.
func calendarDay(s []rune, prev kind) int {
	if n := englishMonth(s); n > 0 {
		return n
	}
	if isDigit(s[0]) {
		if n, l := count(s); n >= 1 && n <= 31 && l <= 2 { // 12 March 1880
			k := l
			if suffixed(s[k:]) {
				k += 2
			}
			for k < len(s) && s[k] == ' ' {
				k++
			}
			if k > l && k < len(s) && isLatin(s[k]) {
				if m := englishMonth(s[k:]); m > 0 {
					return k + m
				}
			}
		}
	}
	behind := prev == tOrdinal || prev == tGanzhi || prev == tNumber || prev == tIgnored
	if k := season(s); behind && k > 0 {
		return k
	}
	return chineseDay(s, prev == tIgnored)
}

// season reads 春, 孟秋, 冬月.
func season(s []rune) int {
	k := 0
	if s[0] == '孟' || s[0] == '仲' || s[0] == '季' {
		k = 1
	}
	if k >= len(s) || s[k] != '春' && s[k] != '夏' && s[k] != '秋' && s[k] != '冬' {
		return 0
	}
	k++
	for k < len(s) && (s[k] == '月' || s[k] == '日' || s[k] == '季') {
		k++
	}
	return k
}

// chineseDay reads 闰四月, 十月初三, 正月, 5月4日; with a month before it also
// 初三, 廿日, 朔, 望.
func chineseDay(s []rune, afterMonth bool) int {
	k := 0
	if s[0] == '闰' {
		k = 1
	}
	if k < len(s) && (s[k] == '正' || s[k] == '腊' || s[k] == '冬') && k+1 < len(s) && s[k+1] == '月' {
		return k + 2
	}
	n, l := count(s[min(k, len(s)):])
	if l > 0 && n >= 1 && n <= 12 && k+l < len(s) && s[k+l] == '月' && (k+l+1 >= len(s) || s[k+l+1] != '氏') {
		return k + l + 1
	}
	if !afterMonth {
		return 0
	}
	if s[0] == '初' || s[0] == '既' {
		k = 1
	}
	if k < len(s) && (s[k] == '朔' || s[k] == '望' || s[k] == '晦') {
		return k + 1
	}
	n, l = count(s[min(k, len(s)):])
	switch {
	case l == 0 || n < 1 || n > 31:
		return 0
	case k+l < len(s) && s[k+l] == '日':
		return k + l + 1
	case s[0] == '初':
		return k + l
	}
	return 0
}

// englishMonth reads "October", "March 1," or "June 19~20,".
func englishMonth(s []rune) int {
	k := 0
	if !isLatin(s[0]) {
		return 0
	}
	for _, m := range months {
		if r := []rune(m); hasPrefix(s, r) && wordEnds(s, 0, len(r)) {
			k = max(k, len(r))
		}
	}
	if k == 0 {
		return 0
	}
	if k < len(s) && s[k] == '.' {
		k++
	}
	day := func(from int) int {
		for from < len(s) && s[from] == ' ' {
			from++
		}
		n, l := count(s[from:])
		if l == 0 || l > 2 || !isDigit(s[from]) || n < 1 || n > 31 || from+l < len(s) && (isDigit(s[from+l]) || s[from+l] == '/') {
			return 0
		}
		from += l
		if suffixed(s[from:]) {
			from += 2
		}
		return from
	}
	if d := day(k); d > 0 {
		k = d
		for k < len(s) && (s[k] == ' ' || s[k] == '~') {
			k++
		}
		if e := day(k); e > 0 && s[k-1] == '~' {
			k = e
		} else {
			k = d
		}
	}
	if k < len(s) && s[k] == ',' {
		k++
	}
	return k
}

func isDigit(r rune) bool { return r >= '0' && r <= '9' }

// writtenDate reads 11/13/1918, 3/1959, 1949~10~01 and 1949.10.1, of which only
// the year counts.
func writtenDate(text []rune, i int) (number, int) {
	if !isDigit(text[i]) || i > 0 && (isDigit(text[i-1]) || text[i-1] == '.' || text[i-1] == '/') {
		return number{}, 0
	}
	var fields [3]int
	var widths [3]int
	var sep rune
	k, n := i, 0
	for n < 3 {
		start := k
		for k < len(text) && isDigit(text[k]) && k-start < 5 {
			fields[n] = fields[n]*10 + int(text[k]-'0')
			k++
		}
		widths[n] = k - start
		n++
		if k >= len(text) || n == 3 || text[k] != '/' && text[k] != '~' && text[k] != '.' || sep != 0 && text[k] != sep || k+1 >= len(text) || !isDigit(text[k+1]) {
			break
		}
		sep = text[k]
		k++
	}
	if k < len(text) && isDigit(text[k]) {
		return number{}, 0
	}
	y := 0
	switch {
	case n == 3 && sep == '/' && widths[2] == 4 && fields[0] <= 31 && fields[1] <= 31:
		y = fields[2]
	case n == 2 && sep == '/' && widths[1] == 4 && fields[0] <= 12:
		y = fields[1]
	case n == 3 && widths[0] == 4 && fields[1] >= 1 && fields[1] <= 12 && fields[2] >= 1 && fields[2] <= 31:
		y = fields[0]
	case n == 2 && sep == '.' && widths[0] == 4 && fields[1] >= 1 && fields[1] <= 12 && widths[1] <= 2:
		y = fields[0]
	}
	if y == 0 || y > 2100 {
		return number{}, 0
	}
	return number{n: y, unit: years, date: true}, k - i
}
