import { expect, it } from 'vitest'
import { fitUrl, imageInfo, squareUrl } from './iiif'

const serve = (status: number, headers: Record<string, string> = {}): typeof fetch => async () =>
  new Response(JSON.stringify({ id: 'https://public.example/iiif/image/3/a1', width: 4096 }), { status, headers })

it('asks for tiles where the page came from, whatever the description calls itself', async () => {
  expect(await imageInfo('a1', serve(200))).toEqual({ id: '/iiif/image/3/a1', width: 4096 })
})
it('asks for tiles at the address with the version when there is one', async () => {
  const Link = '<http://iiif.io/api/image/3/level2.json>;rel="profile", <https://public.example/iiif/image/3/a1~v0f>;rel="latest-version"'
  expect((await imageInfo('a1', serve(200, { Link }))).id).toBe('/iiif/image/3/a1~v0f')
})
it('refuses a description that is not there', async () => {
  await expect(imageInfo('a1', serve(404))).rejects.toThrow('404')
})
it.each([
  [fitUrl('a/1', 320), '/iiif/image/3/a%2F1/full/!320,320/0/default.jpg'],
  [squareUrl('a1', 100), '/iiif/image/3/a1/square/100,100/0/default.jpg'],
])('%s', (url, want) => {
  expect(url).toBe(want)
})
