/** The addresses of a picture, IIIF Image API 3.0. */
const serviceUrl = (assetId: string): string => `/iiif/image/3/${encodeURIComponent(assetId)}`

/** The path of the address that a Link header (RFC 8288) names as the one with the version in it; undefined without one. */
function latestVersion(link: string | null): string | undefined {
  const address = /<([^>]+)>;\s*rel="latest-version"/.exec(link ?? '')?.[1]
  return address && new URL(address).pathname
}

/**
 * The description of a picture (info.json). Its id is the public address of the server; the page may have been opened by
 * another one (a phone in the same network, a tunnel), so tiles are asked for where the page came from. They are asked for
 * at the address with the version, whose pictures the browser may keep.
 */
export async function imageInfo(assetId: string, doFetch: typeof fetch = fetch): Promise<Record<string, unknown>> {
  const response = await doFetch(`${serviceUrl(assetId)}/info.json`, { headers: { Accept: 'application/ld+json, application/json' } })
  if (!response.ok) throw new Error(`info.json: ${response.status}`)
  const id = latestVersion(response.headers.get('Link')) ?? serviceUrl(assetId)
  return { ...((await response.json()) as Record<string, unknown>), id }
}

/** The whole picture within a square of `side` pixels. */
export const fitUrl = (assetId: string, side: number): string =>
  `${serviceUrl(assetId)}/full/!${side},${side}/0/default.jpg`

/** The square middle of the picture, `side` pixels wide: for a list of cards. */
export const squareUrl = (assetId: string, side: number): string =>
  `${serviceUrl(assetId)}/square/${side},${side}/0/default.jpg`
