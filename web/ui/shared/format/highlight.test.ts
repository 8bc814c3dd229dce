import { describe, expect, it } from 'vitest'
import { runsOf } from './highlight'

describe('runsOf', () => {
  it.each([
    ['nothing', undefined, []],
    ['no match', '方壶', [{ text: '方壶', hit: false }]],
    ['matches', '<em>莲鹤</em>方壶', [{ text: '莲鹤', hit: true }, { text: '方壶', hit: false }]],
    ['escaped text', 'a &lt;b&gt; &amp;amp; <em>&#39;c&#39;</em>', [{ text: 'a <b> &amp; ', hit: false }, { text: "'c'", hit: true }]],
    ['any other element stays text', '<script>x</script>', [{ text: '<script>x</script>', hit: false }]],
  ])('%s', (_rule, html, want) => {
    expect(runsOf(html)).toEqual(want)
  })
})
