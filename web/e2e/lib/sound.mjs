/** The bytes of a quiet tone of 440 Hz: WAV with PCM, 16 bits, one channel, 8000 samples a second. */
export function tone(seconds) {
  const rate = 8000
  const data = Buffer.alloc(seconds * rate * 2)
  for (let i = 0; i < seconds * rate; i += 1) data.writeInt16LE(Math.round(3000 * Math.sin((2 * Math.PI * 440 * i) / rate)), i * 2)
  const head = Buffer.alloc(44)
  head.write('RIFF', 0, 'latin1')
  head.writeUInt32LE(36 + data.length, 4)
  head.write('WAVEfmt ', 8, 'latin1')
  head.writeUInt32LE(16, 16) // length of the format
  head.writeUInt16LE(1, 20) // PCM
  head.writeUInt16LE(1, 22) // channels
  head.writeUInt32LE(rate, 24)
  head.writeUInt32LE(rate * 2, 28) // bytes a second
  head.writeUInt16LE(2, 32) // bytes a sample
  head.writeUInt16LE(16, 34) // bits a sample
  head.write('data', 36, 'latin1')
  head.writeUInt32LE(data.length, 40)
  return Buffer.concat([head, data])
}
