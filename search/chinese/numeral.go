package chinese

import (
	"strconv"
	"strings"
)

// digits are the characters of small numbers, by value.
const digits = "零一二三四五六七八九"

// counters follow a number that may be written either way: 2号, 二号.
const counters = "号世届层座件级册卷组期区段坑墓院馆厅殿门街路"

// lasting are counters only at the end of a run: 二号门, 路易十四世; 三门峡 is a place,
// 三世佛 are three Buddhas.
const lasting = "门世"

// Renumbered returns folded text with its small numbers (1 to 99) before a counter
// written the other way: 杜岭二号鼎 as 杜岭2号鼎 and 12号坑 as 十二号坑. It returns
// "" when there is none.
func Renumbered(folded string) string {
	text := []rune(folded)
	var b strings.Builder
	changed := false
	for i := 0; i < len(text); {
		n, length := numberAt(text[i:])
		after := i + length
		if length == 0 || after == len(text) || !counts(text[after:]) || i > 0 && isNumeral(text[i-1]) {
			b.WriteRune(text[i])
			i++
			continue
		}
		if text[i] < 0x80 {
			b.WriteString(Numeral(n))
		} else {
			b.WriteString(strconv.Itoa(n))
		}
		changed = true
		i = after
	}
	if !changed {
		return ""
	}
	return b.String()
}

// counts reports whether text begins with a counter.
func counts(text []rune) bool {
	return strings.ContainsRune(counters, text[0]) && (len(text) == 1 || !IsHan(text[1]) || !strings.ContainsRune(lasting, text[0]))
}

func isNumeral(r rune) bool {
	return '0' <= r && r <= '9' || r == '十' || strings.ContainsRune(digits, r)
}

// mostNumerals is how many runes a number to 99 has at most: 二十一.
const mostNumerals = 3

// numberAt reads a number from 1 to 99 at the beginning of text and returns how
// many runes it has, 0 when there is none or when it is longer.
func numberAt(text []rune) (n, length int) {
	for length < min(len(text), mostNumerals+1) && isNumeral(text[length]) {
		length++
	}
	switch s := string(text[:length]); {
	case length == 0 || length > mostNumerals:
		return 0, 0
	case s[0] <= '9':
		n, err := strconv.Atoi(s)
		if err != nil || n < 1 || n > 99 || s[0] == '0' {
			return 0, 0
		}
		return n, length
	default:
		for n := 1; n <= 99; n++ {
			if Numeral(n) == s {
				return n, length
			}
		}
	}
	return 0, 0
}

// Numeral writes a number from 1 to 99 in characters: 十二, 二十.
func Numeral(n int) string {
	digit := func(d int) string { return string([]rune(digits)[d]) }
	switch tens, ones := n/10, n%10; {
	case tens == 0:
		return digit(ones)
	case tens == 1 && ones == 0:
		return "十"
	case tens == 1:
		return "十" + digit(ones)
	case ones == 0:
		return digit(tens) + "十"
	default:
		return digit(tens) + "十" + digit(ones)
	}
}
