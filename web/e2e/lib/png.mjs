import { crc32, deflateSync, inflateSync } from 'node:zlib'

function chunk(type, data) {
  const body = Buffer.concat([Buffer.from(type, 'latin1'), data])
  const out = Buffer.alloc(body.length + 8)
  out.writeUInt32BE(data.length, 0)
  body.copy(out, 4)
  out.writeUInt32BE(crc32(body), body.length + 4)
  return out
}

/** The bytes of a picture in one colour, [red, green, blue] (PNG, ISO/IEC 15948). */
export function picture(width, height, colour) {
  const head = Buffer.alloc(13)
  head.writeUInt32BE(width, 0)
  head.writeUInt32BE(height, 4)
  head.set([8, 2], 8) // eight bits a channel, RGB
  const line = Buffer.concat([Buffer.alloc(1), Buffer.concat(Array(width).fill(Buffer.from(colour)))])
  return Buffer.concat([
    Buffer.from('\x89PNG\r\n\x1a\n', 'latin1'),
    chunk('IHDR', head),
    chunk('IDAT', deflateSync(Buffer.concat(Array(height).fill(line)))),
    chunk('IEND', Buffer.alloc(0)),
  ])
}

/** The parts of a PNG by type; those of one type joined. */
function parts(png) {
  const found = {}
  for (let at = 8; at < png.length; ) {
    const length = png.readUInt32BE(at)
    const type = png.toString('latin1', at + 4, at + 8)
    found[type] = Buffer.concat([found[type] ?? Buffer.alloc(0), png.subarray(at + 8, at + 8 + length)])
    at += length + 12
  }
  return found
}

/** What stands before a byte of a line, by the filter of the line (ISO/IEC 15948 §9.2). */
function predicted(filter, left, up, corner) {
  if (filter === 1) return left
  if (filter === 2) return up
  if (filter === 3) return (left + up) >> 1
  if (filter !== 4) return 0
  const p = left + up - corner
  const [a, b, c] = [left, up, corner].map((v) => Math.abs(p - v))
  return a <= b && a <= c ? left : b <= c ? up : corner
}

/** The colour [red, green, blue] of a pixel of a screenshot: eight bits a channel, not interlaced. */
export function pixel(png, x, y) {
  const { IHDR, IDAT } = parts(png)
  const bytes = IHDR[9] === 6 ? 4 : 3
  const width = IHDR.readUInt32BE(0) * bytes
  const data = inflateSync(IDAT)
  let above = Buffer.alloc(width)
  for (let row = 0; row <= y; row += 1) {
    const filter = data[row * (width + 1)]
    const line = Buffer.from(data.subarray(row * (width + 1) + 1, (row + 1) * (width + 1)))
    for (let i = 0; i < width; i += 1) line[i] += predicted(filter, line[i - bytes] ?? 0, above[i], above[i - bytes] ?? 0)
    above = line
  }
  return [...above.subarray(x * bytes, x * bytes + 3)]
}
