package index

import (
	"slices"
	"strings"
	"unicode/utf8"
)

// asking are the words that make a question or tie its parts together. They part
// what stands before and behind them and are not sought: "曹操的墓在哪里" asks for
// 曹操 and 墓. Longer ones stand before those that they begin with.
var asking = strings.Fields("是什么时候 什么时候 是什么样 什么样 为什么 有哪些 在哪里 在哪儿 有多少 有没有 是不是 是什么 哪一个 哪一年 " +
	"哪些 哪里 哪儿 哪个 哪座 哪位 哪年 哪种 什么 怎么 怎样 如何 多少 多大 多高 多长 多久 几个 几座 几件 几年 请问 可以 关于 谁 吗 呢 的")

// tying are characters that are dropped when they are left alone between others.
const tying = "是在有了于被由与和及对从其中为以之而到将会能用做看找去"

// unasked replaces the words that ask by spaces and reports whether there were any.
// A text of nothing else stays as it is, unless it may be empty.
func unasked(folded []rune, empty bool) ([]rune, bool) {
	out, rest := slices.Clone(folded), string(folded)
	found := false
	for at := 0; rest != ""; {
		n, size := 1, 0
		if i := slices.IndexFunc(asking, func(w string) bool { return strings.HasPrefix(rest, w) }); i >= 0 {
			found = true
			size, n = len(asking[i]), utf8.RuneCountInString(asking[i])
			for j := range n {
				out[at+j] = ' '
			}
		} else {
			_, size = utf8.DecodeRuneInString(rest)
		}
		rest, at = rest[size:], at+n
	}
	if !found {
		return folded, false
	}
	for i, r := range out {
		alone := (i == 0 || out[i-1] == ' ') && (i+1 == len(out) || out[i+1] == ' ')
		if alone && strings.ContainsRune(tying, r) {
			out[i] = ' '
		}
	}
	if !empty && strings.TrimSpace(string(out)) == "" {
		return folded, false
	}
	return out, true
}
