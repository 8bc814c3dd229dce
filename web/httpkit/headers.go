package httpkit

import (
	"strings"

	"github.com/gofiber/fiber/v2"
	"github.com/valyala/fasthttp"
)

// securityHeaders are for pages and answers alike. Workers come from blob:
// because MapLibre makes its worker so; styles are inline because Vue and
// MapLibre set them; scripts never are.
func securityHeaders(opts Options) headers {
	more := ""
	if len(opts.MapSources) > 0 {
		more = " " + strings.Join(opts.MapSources, " ")
	}
	csp := strings.Join([]string{
		"default-src 'self'",
		"script-src 'self'",
		"style-src 'self' 'unsafe-inline'",
		"img-src 'self' data: blob:" + more,
		"media-src 'self' blob:",
		"font-src 'self' data:",
		"connect-src 'self'" + more,
		"worker-src 'self' blob:",
		"manifest-src 'self'",
		"object-src 'none'",
		"base-uri 'none'",
		"form-action 'self'",
		"frame-ancestors 'none'",
	}, "; ")
	all := [][2]string{
		{fiber.HeaderContentSecurityPolicy, csp},
		{fiber.HeaderXContentTypeOptions, "nosniff"},
		{fiber.HeaderReferrerPolicy, "same-origin"},
		{fiber.HeaderXFrameOptions, "DENY"},
		{"Cross-Origin-Opener-Policy", "same-origin"},
		{"Permissions-Policy", "geolocation=(self), camera=(self), microphone=(), payment=(), usb=()"},
	}
	if strings.HasPrefix(opts.PublicURL, "https://") {
		all = append(all, [2]string{fiber.HeaderStrictTransportSecurity, "max-age=31536000"})
	}
	out := make(headers, len(all))
	for i, h := range all {
		out[i] = [2][]byte{[]byte(h[0]), []byte(h[1])}
	}
	return out
}

// headers are names in canonical form with their values.
type headers [][2][]byte

func (h headers) set(to *fasthttp.ResponseHeader) {
	for i := range h {
		to.SetCanonical(h[i][0], h[i][1])
	}
}
