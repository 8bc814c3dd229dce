import { crc32 } from 'node:zlib'

/** The letters of a column, from 0. */
const letters = (n) => (n < 26 ? '' : letters(Math.floor(n / 26) - 1)) + String.fromCharCode(65 + (n % 26))
const escaped = (text) => String(text).replace(/[&<>"]/g, (c) => `&#${c.charCodeAt(0)};`)

function cell(value, at) {
  if (value === undefined || value === '') return ''
  if (typeof value === 'number') return `<c r="${at}"><v>${value}</v></c>`
  if (typeof value === 'object') return `<c r="${at}" t="str"><f>${escaped(value.formula)}</f>${value.result === undefined ? '' : `<v>${escaped(value.result)}</v>`}</c>`
  return `<c r="${at}" t="inlineStr"><is><t>${escaped(value)}</t></is></c>`
}

const ns = 'http://schemas.openxmlformats.org'
const office = `${ns}/officeDocument/2006/relationships`

function sheet({ rows, merges = [] }) {
  const lines = rows.map((row, y) => `<row r="${y + 1}">${row.map((value, x) => cell(value, `${letters(x)}${y + 1}`)).join('')}</row>`)
  const merged = merges.length > 0 ? `<mergeCells count="${merges.length}">${merges.map((m) => `<mergeCell ref="${m}"/>`).join('')}</mergeCells>` : ''
  return `<worksheet xmlns="${ns}/spreadsheetml/2006/main"><sheetData>${lines.join('')}</sheetData>${merged}</worksheet>`
}

/**
 * The bytes of a workbook (ECMA-376). A sheet is {name, rows, merges}: cells are texts, numbers or {formula, result}, merges
 * are ranges such as A1:C1.
 */
export function workbook(sheets) {
  const types = `${ns}/package/2006/content-types`
  const part = (kind) => `application/vnd.openxmlformats-officedocument.spreadsheetml.${kind}+xml`
  const each = (make) => sheets.map((s, i) => make(s, i + 1)).join('')
  return zip({
    '[Content_Types].xml': `<Types xmlns="${types}"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Override PartName="/xl/workbook.xml" ContentType="${part('sheet.main')}"/>${each((_, n) => `<Override PartName="/xl/worksheets/sheet${n}.xml" ContentType="${part('worksheet')}"/>`)}</Types>`,
    '_rels/.rels': `<Relationships xmlns="${ns}/package/2006/relationships"><Relationship Id="rId1" Type="${office}/officeDocument" Target="xl/workbook.xml"/></Relationships>`,
    'xl/workbook.xml': `<workbook xmlns="${ns}/spreadsheetml/2006/main" xmlns:r="${office}"><sheets>${each((s, n) => `<sheet name="${escaped(s.name)}" sheetId="${n}" r:id="rId${n}"/>`)}</sheets></workbook>`,
    'xl/_rels/workbook.xml.rels': `<Relationships xmlns="${ns}/package/2006/relationships">${each((_, n) => `<Relationship Id="rId${n}" Type="${office}/worksheet" Target="worksheets/sheet${n}.xml"/>`)}</Relationships>`,
    ...Object.fromEntries(sheets.map((s, i) => [`xl/worksheets/sheet${i + 1}.xml`, sheet(s)])),
  })
}

/** An archive whose parts are stored as they are (APPNOTE 4.3). */
function zip(parts) {
  const files = []
  const directory = []
  let at = 0
  for (const [name, text] of Object.entries(parts)) {
    const data = Buffer.from(`${name.endsWith('.xml') || name.endsWith('.rels') ? '<?xml version="1.0" encoding="UTF-8"?>' : ''}${text}`)
    const path = Buffer.from(name)
    const about = Buffer.alloc(26) // what the local and the central header have in common
    about.writeUInt16LE(20, 0) // version 2.0
    about.writeUInt16LE(0x800, 2) // names in UTF-8
    about.writeUInt16LE(0x21, 8) // 1980-01-01
    about.writeUInt32LE(crc32(data), 10)
    about.writeUInt32LE(data.length, 14)
    about.writeUInt32LE(data.length, 18)
    about.writeUInt16LE(path.length, 22)
    const central = Buffer.alloc(14)
    central.writeUInt32LE(at, 10)
    files.push(Buffer.from('PK\x03\x04', 'latin1'), about, path, data)
    directory.push(Buffer.from('PK\x01\x02\x14\x00', 'latin1'), about, central, path)
    at += 30 + path.length + data.length
  }
  const list = Buffer.concat(directory)
  const end = Buffer.alloc(22)
  end.write('PK\x05\x06', 'latin1')
  end.writeUInt16LE(files.length / 4, 8)
  end.writeUInt16LE(files.length / 4, 10)
  end.writeUInt32LE(list.length, 12)
  end.writeUInt32LE(at, 16)
  return Buffer.concat([...files, list, end])
}
