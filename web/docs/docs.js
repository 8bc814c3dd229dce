'use strict'
// Renders /api/openapi.json. Everything is set as text, never as markup.

const methods = ['get', 'post', 'put', 'patch', 'delete']

function el(name, props, ...children) {
  const node = document.createElement(name)
  for (const [key, value] of Object.entries(props ?? {})) {
    if (value !== undefined && value !== '') node.setAttribute(key, value)
  }
  for (const child of children.flat(Infinity)) {
    if (child !== undefined && child !== null) node.append(child)
  }
  return node
}

const nameOf = (ref) => ref.slice(ref.lastIndexOf('/') + 1)

/** A type in a few words; a reference becomes a link to its schema. */
function typeOf(schema) {
  if (!schema) return ['—']
  if (schema.$ref) return [el('a', { href: '#schema-' + nameOf(schema.$ref) }, nameOf(schema.$ref))]
  const types = [].concat(schema.type ?? 'any')
  if (types.includes('array')) return [...typeOf(schema.items), '[]']
  if (schema.additionalProperties && typeof schema.additionalProperties === 'object') return ['{ * : ', ...typeOf(schema.additionalProperties), ' }']
  const text = types.join(' | ') + (schema.format ? ` (${schema.format})` : '')
  return [schema.enum ? schema.enum.map((v) => JSON.stringify(v)).join(' | ') : text]
}

/** The limits of a schema in words. */
function limits(schema) {
  const parts = []
  const add = (key, text) => {
    if (schema?.[key] !== undefined) parts.push(`${text} ${schema[key]}`)
  }
  add('minimum', '≥')
  add('maximum', '≤')
  add('minLength', '长度 length ≥')
  add('maxLength', '长度 length ≤')
  add('minItems', '项数 items ≥')
  add('maxItems', '项数 items ≤')
  add('pattern', '格式 pattern')
  if (schema?.default !== undefined) parts.push(`默认 default ${JSON.stringify(schema.default)}`)
  return parts.join(' · ')
}

function table(head, rows) {
  if (rows.length === 0) return null
  return el('div', { class: 'wide' }, el('table', {},
    el('thead', {}, el('tr', {}, head.map((h) => el('th', { scope: 'col' }, h)))),
    el('tbody', {}, rows.map((row) => el('tr', {}, row.map((cell) => el('td', {}, cell)))))))
}

function properties(schema) {
  const required = new Set(schema.required ?? [])
  return table(['名称 Name', '类型 Type', '说明 Meaning'], Object.entries(schema.properties ?? {}).map(([name, p]) => [
    [el('code', {}, name), required.has(name) ? ' *' : ''],
    typeOf(p),
    [p.description ?? '', el('div', { class: 'quiet' }, limits(p))],
  ]))
}

function content(media) {
  return Object.entries(media ?? {}).map(([type, m]) => {
    const body = el('div', {}, el('code', {}, type), ' ', typeOf(m.schema))
    if (m.schema?.properties) body.append(properties(m.schema))
    return body
  })
}

function operation(path, method, op) {
  const parameters = (op.parameters ?? []).map((p) => [
    [el('code', {}, p.name), p.required ? ' *' : ''], p.in, typeOf(p.schema),
    [p.description ?? '', el('div', { class: 'quiet' }, limits(p.schema))],
  ])
  const responses = Object.entries(op.responses ?? {}).sort().map(([status, r]) => [status, [r.description ?? '', content(r.content)]])
  const box = el('details', { id: op.operationId },
    el('summary', {}, el('span', { class: 'method' }, method.toUpperCase()), el('code', {}, path),
      el('span', {}, op.summary ?? ''), el('span', { class: 'quiet' }, op['x-policy'] ?? '')))
  if (op.description) box.append(el('p', {}, op.description))
  const part = (title, node) => {
    if (node) box.append(el('h3', {}, title), node)
  }
  part('参数 Parameters', table(['名称 Name', '位置 In', '类型 Type', '说明 Meaning'], parameters))
  if (op.requestBody) part('请求内容 Body', el('div', {}, content(op.requestBody.content)))
  part('回答 Answers', table(['状态 Status', '内容 Content'], responses))
  box.dataset.text = `${path} ${method} ${op.operationId} ${op.summary ?? ''}`.toLowerCase()
  return box
}

function render(doc) {
  document.getElementById('title').textContent = `${doc.info.title} ${doc.info.version ?? ''}`
  document.getElementById('about').textContent = doc.info.description ?? ''
  const groups = new Map()
  for (const path of Object.keys(doc.paths ?? {}).sort()) {
    for (const method of methods) {
      const op = doc.paths[path][method]
      if (!op) continue
      const tag = op.tags?.[0] ?? 'other'
      if (!groups.has(tag)) groups.set(tag, [])
      groups.get(tag).push(operation(path, method, op))
    }
  }
  const tags = [...groups.keys()].sort()
  document.getElementById('tags').replaceChildren(...tags.map((t) => el('a', { href: '#tag-' + t }, t)), el('a', { href: '#schemas' }, '数据结构 Schemas'))
  document.getElementById('operations').replaceChildren(
    ...tags.flatMap((t) => [el('h2', { id: 'tag-' + t }, t), ...groups.get(t)]))
  const schemas = Object.entries(doc.components?.schemas ?? {}).sort(([a], [b]) => (a < b ? -1 : 1))
  document.getElementById('schemas').replaceChildren(el('h2', {}, '数据结构 Schemas'),
    ...schemas.map(([name, s]) => el('details', { id: 'schema-' + name }, el('summary', {}, el('code', {}, name)), s.description ? el('p', {}, s.description) : null, properties(s))))
  open()
}

/** Opens the box that the address names. */
function open() {
  const box = document.getElementById(decodeURIComponent(location.hash.slice(1)))
  if (box instanceof HTMLDetailsElement) {
    box.open = true
    box.scrollIntoView()
  }
}

function filter(event) {
  const want = event.target.value.trim().toLowerCase()
  for (const box of document.querySelectorAll('#operations details')) box.hidden = !box.dataset.text.includes(want)
}

window.addEventListener('hashchange', open)
document.getElementById('filter').addEventListener('input', filter)
fetch('/api/openapi.json')
  .then((answer) => {
    if (!answer.ok) throw new Error(`HTTP ${answer.status}`)
    return answer.json()
  })
  .then(render)
  .catch((error) => {
    document.getElementById('operations').replaceChildren(el('p', { role: 'alert' }, `接口文档未能载入，请刷新重试。 The document could not be loaded; reload to try again. (${error.message})`))
  })
