package bed

import (
	"cmp"
	"fmt"
	"slices"
	"strconv"
	"strings"
)

// Numbers reads the value of a flag that is a list of numbers from 1 on, parted by
// commas.
func Numbers(flag, list string) ([]int, error) {
	var out []int
	for text := range strings.SplitSeq(list, ",") {
		n, err := strconv.Atoi(text)
		if err != nil || n < 1 {
			return nil, fmt.Errorf("-%s %s: not a list of numbers", flag, list)
		}
		out = append(out, n)
	}
	return out, nil
}

// Median returns the one in the middle of a list that is not empty; of two the
// greater.
func Median[T cmp.Ordered](list []T) T {
	sorted := slices.Sorted(slices.Values(list))
	return sorted[len(sorted)/2]
}
