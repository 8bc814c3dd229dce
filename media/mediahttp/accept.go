package mediahttp

import (
	"mime"
	"strconv"
	"strings"
)

// prefersPlain reports whether a reader with this Accept header wants JSON rather
// than JSON-LD (RFC 9110 §12.5.1). Parameters such as profile or charset are
// allowed (Image API 3.0 §5.1) and mean nothing here. Who wants both alike, or
// neither, gets JSON-LD.
func prefersPlain(accept string) bool {
	var plain, linked float64
	for one := range strings.SplitSeq(accept, ",") {
		kind, params, err := mime.ParseMediaType(one)
		if err != nil {
			continue
		}
		weight := 1.0
		if q, ok := params["q"]; ok {
			if weight, err = strconv.ParseFloat(q, 64); err != nil {
				continue
			}
		}
		switch kind {
		case plainJSON:
			plain = max(plain, weight)
		case ldJSON:
			linked = max(linked, weight)
		}
	}
	return plain > linked
}
