import { expect, it } from 'vitest'
import { cueAt, parseCues } from './cues'

it('reads cues with and without names, hours, settings and markup', () => {
  const file = '\ufeffWEBVTT 说明\r\n\r\nNOTE 00:00 is nothing\r\n\r\nSTYLE\r\n::cue {}\r\n\r\n1\r\n00:00.000 --> 00:02.500 line:0\r\n<v 讲解>泉 &amp; <i>亭</i>\r\n第二行\r\n\r\n01:00:01.250 --> 01:00:02.000\r\n&lt;b&gt;'
  expect(parseCues(file)).toEqual([
    { from: 0, to: 2.5, text: '泉 & 亭\n第二行' },
    { from: 3601.25, to: 3602, text: '<b>' },
  ])
})

it.each([
  ['no WebVTT', '00:00.000 --> 00:01.000\nx'],
  ['a word that only begins alike', 'WEBVTTX\n\n00:00.000 --> 00:01.000\nx'],
  ['a minute of 60', 'WEBVTT\n\n60:00.000 --> 60:01.000\nx'],
  ['an end before its beginning', 'WEBVTT\n\n00:02.000 --> 00:01.000\nx'],
  ['no words', 'WEBVTT\n\n00:01.000 --> 00:02.000\n<i></i>'],
])('finds no cue in %s', (_name, file) => expect(parseCues(file)).toEqual([]))

it('says which cue is being said, from its beginning until before its end', () => {
  const cues = [{ from: 1, to: 3, text: 'a' }, { from: 3, to: 4, text: 'b' }]
  expect([0.9, 1, 2.9, 3, 4].map((at) => cueAt(cues, at))).toEqual([-1, 0, 0, 1, -1])
})
