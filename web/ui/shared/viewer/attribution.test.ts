import { flushPromises, mount } from '@vue/test-utils'
import { expect, it } from 'vitest'
import { defineComponent, h, nextTick, ref } from 'vue'
import { createClient } from '../api/client'
import { createLanguage, type Lang } from '../i18n'
import { type Attribution, useAttribution } from './attribution'
import PictureCredit from './PictureCredit.vue'

const none = { zh: '', en: '' }
const whole: Attribution = { holder: { zh: '示范博物馆', en: 'Model Museum' }, credit: { zh: '摄影：示范摄影组', en: 'Photo: model photographers' }, licence: 'http://creativecommons.org/licenses/by/4.0/' }

/** The credit of the picture whose id is in `id`, against a server that knows `answers`. */
function shown(id: { value: string }, answers: Record<string, Attribution>, lang: Lang = 'zh-CN') {
  const asked: string[] = []
  const fake: typeof fetch = async (input) => {
    const path = new URL(String(input), 'http://guide').pathname
    asked.push(path)
    const body = answers[path.split('/')[4]!]
    return new Response(JSON.stringify(body ?? { code: 'media.not_found', title: 'none' }), { status: body ? 200 : 404, headers: { 'Content-Type': body ? 'application/json' : 'application/problem+json' } })
  }
  const Under = defineComponent(() => {
    const credit = useAttribution(() => id.value, createClient({ fetch: fake }))
    return () => h(PictureCredit, { of: credit.value })
  })
  const wrapper = mount(Under, { global: { plugins: [createLanguage({ 'zh-CN': {}, en: {} }, lang)] } })
  return { wrapper, asked, text: () => wrapper.text().replace(/\s+/g, ' ') }
}

it.each([
  ['zh-CN', '摄影：示范摄影组', '权利人 示范博物馆', 'CC BY 4.0'],
  ['en', 'Photo: model photographers', 'Rights holder Model Museum', 'CC BY 4.0'],
] as const)('says in %s whose the picture is and what others may do with it', async (lang, ...parts) => {
  const { wrapper, text } = shown({ value: 'a1' }, { a1: whole }, lang)
  await flushPromises()
  for (const part of parts) expect(text()).toContain(part)
  expect(wrapper.get('a').attributes()).toMatchObject({ href: whole.licence, rel: 'license noopener' })
})

it('leaves out what is not known, and says nothing when nothing is', async () => {
  const licensed = shown({ value: 'a1' }, { a1: { holder: none, credit: none, licence: 'http://rightsstatements.org/vocab/InC/1.0/' } })
  const silent = shown({ value: 'a1' }, { a1: { holder: none, credit: none, licence: '' } })
  const refused = shown({ value: 'a1' }, {})
  await flushPromises()
  expect(licensed.wrapper.findAll('li').map((li) => li.text())).toEqual(['许可 受版权保护'])
  expect(silent.wrapper.find('ul').exists()).toBe(false)
  expect(refused.wrapper.find('ul').exists()).toBe(false)
})

it('asks for the picture that is shown, under its own id, and forgets the one before', async () => {
  const id = ref('a1')
  const { wrapper, asked } = shown(id, { a1: whole, b2: { holder: none, credit: { zh: '绘图：一键游', en: '' }, licence: '' } })
  await flushPromises()
  id.value = 'b2~staff'
  await nextTick()
  expect(wrapper.text()).not.toContain('示范摄影组')
  await flushPromises()
  expect(wrapper.text()).toBe('绘图：一键游')
  expect(asked).toEqual(['/api/v1/media/a1/attribution', '/api/v1/media/b2/attribution'])
})
