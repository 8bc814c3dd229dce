// Package voucher is the paper of a hand-over: a heritage.Voucher as a PDF of A4
// pages in Chinese and English, with the table of the relics, both confirmations,
// fields for signatures and a QR code that leads to the order.
//
// Ideas:
//
//   - It is pure: the same Paper gives the same bytes.
//   - Every printing after the first says 补印 with its number, on every page.
//   - A character that the font lacks is drawn as 〓, and the foot says so: nothing
//     vanishes from a paper that people sign. The font has the ideographs of
//     Unicode 1.1 and of extension A (see
//     internal/typeface); names in extension B and later show 〓.
//   - What holds legally is the order in the register; the paper is its copy.
//
// Standards: WW/T 0018-2008 馆藏文物出入库规范 names the vouchers; its forms were
// not seen, so that the layout is our own.
//
// What is not here: numbers and what a voucher says (heritage), who prints it and
// how often (heritage.Movements.Print), HTTP (heritagehttp).
//
// Reading order: paper.go, face.go, head.go, table.go, signature.go.
package voucher
