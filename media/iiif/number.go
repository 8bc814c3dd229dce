package iiif

import "strconv"

// wholeNumber reads digits, at most nine of them.
func wholeNumber(s string) (float64, bool) {
	if len(s) == 0 || len(s) > 9 || !digits(s) {
		return 0, false
	}
	v, err := strconv.Atoi(s)
	return float64(v), err == nil
}

// decimal reads a non-negative decimal without an exponent (§4.7): "33", "33.3"
// or ".5", with at most nine digits before the point and eighteen behind it.
func decimal(s string) (float64, bool) {
	if len(s) == 0 {
		return 0, false
	}
	before, after := s, ""
	for i := range len(s) {
		if s[i] == '.' {
			before, after = s[:i], s[i+1:]
			if after == "" {
				return 0, false
			}
			break
		}
	}
	if !digits(before) || !digits(after) || len(before) > 9 || len(after) > 18 {
		return 0, false
	}
	v, err := strconv.ParseFloat(s, 64)
	return v, err == nil
}

func digits(s string) bool {
	for i := range len(s) {
		if s[i] < '0' || s[i] > '9' {
			return false
		}
	}
	return true
}

// formatDecimal writes v in the shortest form without an exponent.
func formatDecimal(v float64) string { return strconv.FormatFloat(v, 'f', -1, 64) }
