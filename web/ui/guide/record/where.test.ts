import { describe, expect, it } from 'vitest'
import type { Division } from '@shared/api/types'
import { addressLine, divisionLine } from './where'

const dengfeng: Division = {
  province: { zh: '河南省', en: 'Henan' },
  city: { zh: '郑州市', en: 'Zhengzhou' },
  county: { zh: '登封市', en: 'Dengfeng' },
  township: {},
}

describe('where', () => {
  it('goes from large to small in Chinese and from small to large in English', () => {
    expect([divisionLine(dengfeng, 'zh-CN'), divisionLine(dengfeng, 'en')]).toEqual(['河南省郑州市登封市', 'Dengfeng, Zhengzhou, Henan'])
  })
  it.each([
    [{ zh: '农业路8号' }, '河南省郑州市登封市农业路8号'],
    [{ zh: '郑州市金水区农业路8号' }, '郑州市金水区农业路8号'],
    [{}, '河南省郑州市登封市'],
  ])('an address says its city once: %o', (address, want) => {
    expect(addressLine(dengfeng, address, 'zh-CN')).toBe(want)
  })
  it('nothing known is nothing said', () => {
    expect([divisionLine(undefined, 'en'), addressLine(null, null, 'zh-CN')]).toEqual(['', ''])
  })
})
