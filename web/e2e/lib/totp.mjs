import { createHmac } from 'node:crypto'

const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'

function fromBase32(text) {
  let bits = 0
  let value = 0
  const out = []
  for (const c of text.replace(/[\s=]/g, '').toUpperCase()) {
    const n = alphabet.indexOf(c)
    if (n < 0) throw new Error('not base32')
    value = ((value << 5) | n) & 0xffff
    bits += 5
    if (bits >= 8) {
      bits -= 8
      out.push((value >> bits) & 0xff)
    }
  }
  return Buffer.from(out)
}

/** The number of the half minute (RFC 6238, 30 s). */
export const period = (at = Date.now()) => Math.floor(at / 30_000)

/** The six digits that an authenticator app shows in a half minute (RFC 6238, SHA-1). */
export function code(secret, counter = period()) {
  const message = Buffer.alloc(8)
  message.writeBigUInt64BE(BigInt(counter))
  const mac = createHmac('sha1', fromBase32(secret)).update(message).digest()
  const at = mac[19] & 0xf
  return String((mac.readUInt32BE(at) & 0x7fffffff) % 1_000_000).padStart(6, '0')
}
