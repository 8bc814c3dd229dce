/**
 * What a licence or rights statement is called. Creative Commons and RightsStatements.org name theirs by address; the
 * words are their own short names (creativecommons.org, rightsstatements.org).
 */
const statements: Record<string, { zh: string; en: string }> = {
  InC: { zh: '受版权保护', en: 'In copyright' },
  'InC-EDU': { zh: '受版权保护，允许教育使用', en: 'In copyright, educational use permitted' },
  'InC-NC': { zh: '受版权保护，允许非商业使用', en: 'In copyright, non-commercial use permitted' },
  'InC-RUU': { zh: '受版权保护，权利人无法找到', en: 'In copyright, rights holder cannot be found' },
  'InC-OW-EU': { zh: '受版权保护，欧盟孤儿作品', en: 'In copyright, EU orphan work' },
  'NoC-CR': { zh: '无版权，受合同限制', en: 'No copyright, contractual restrictions' },
  'NoC-NC': { zh: '无版权，仅限非商业使用', en: 'No copyright, non-commercial use only' },
  'NoC-OKLR': { zh: '无版权，受其他法律限制', en: 'No copyright, other legal restrictions' },
  'NoC-US': { zh: '在美国无版权', en: 'No copyright, United States' },
  NKC: { zh: '未知有版权', en: 'No known copyright' },
  CNE: { zh: '版权状况未评估', en: 'Copyright not evaluated' },
  UND: { zh: '版权状况不明', en: 'Copyright undetermined' },
}

/** The name of the licence at an address in both languages; the address itself when it is of neither house. */
export function licenceName(address: string): { zh: string; en: string } {
  const [, kind, version] = /creativecommons\.org\/(?:licenses|publicdomain)\/([a-z-]+)\/([\d.]+)/.exec(address) ?? []
  if (kind === 'zero') return { zh: 'CC0 公共领域贡献', en: 'CC0 public domain dedication' }
  if (kind === 'mark') return { zh: '公共领域', en: 'Public domain mark' }
  if (kind) {
    const name = `CC ${kind.toUpperCase()} ${version}`
    return { zh: name, en: name }
  }
  const [, code = ''] = /rightsstatements\.org\/(?:vocab|page)\/([A-Za-z-]+)\//.exec(address) ?? []
  return statements[code] ?? { zh: address, en: address }
}
