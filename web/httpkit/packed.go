package httpkit

import (
	"sync"

	"github.com/gofiber/fiber/v2"
	"github.com/valyala/fasthttp"
)

// packFrom is from how many bytes a body is worth packing.
const packFrom = 1024

// Packed is a body that leaves many times and is packed once for each encoding,
// when a client first asks for it. It is safe for concurrent use.
type Packed struct {
	raw      []byte
	br, gzip sync.Once
	packedBr []byte
	packedGz []byte
}

// NewPacked returns a Packed for raw, which nobody changes any more.
func NewPacked(raw []byte) *Packed { return &Packed{raw: raw} }

// Send makes the body the answer in the encoding that the client reads and says
// so. Content type, entity tag and caching are the caller's; as the encodings
// share the tag, it is a weak one where that matters (RFC 9110 §8.8.1).
func (p *Packed) Send(c *fiber.Ctx) {
	body := p.raw
	if len(p.raw) >= packFrom {
		c.Vary(fiber.HeaderAcceptEncoding)
		switch accept := &c.Request().Header; {
		case accept.HasAcceptEncoding("br"):
			p.br.Do(func() {
				p.packedBr = fasthttp.AppendBrotliBytesLevel(nil, p.raw, fasthttp.CompressBrotliDefaultCompression)
			})
			body = p.packedBr
			c.Set(fiber.HeaderContentEncoding, "br")
		case accept.HasAcceptEncoding("gzip"):
			p.gzip.Do(func() { p.packedGz = fasthttp.AppendGzipBytesLevel(nil, p.raw, fasthttp.CompressBestCompression) })
			body = p.packedGz
			c.Set(fiber.HeaderContentEncoding, "gzip")
		}
	}
	c.Response().SetBodyRaw(body)
}
