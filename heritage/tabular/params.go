package tabular

import "yijianyou/internal/fault"

func param(name string, value any) fault.Param { return fault.P(name, value) }

// params makes parameters of name, value pairs.
func params(pairs ...any) []fault.Param {
	var out []fault.Param
	for i := 0; i+1 < len(pairs); i += 2 {
		out = append(out, fault.P(pairs[i].(string), pairs[i+1]))
	}
	return out
}
