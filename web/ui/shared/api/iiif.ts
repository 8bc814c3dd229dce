/** The addresses of a picture, IIIF Image API 3.0. */
export const infoUrl = (assetId: string): string => `/iiif/image/3/${encodeURIComponent(assetId)}/info.json`

/** The whole picture within a square of `side` pixels. */
export const fitUrl = (assetId: string, side: number): string =>
  `/iiif/image/3/${encodeURIComponent(assetId)}/full/!${side},${side}/0/default.jpg`

/** The square middle of the picture, `side` pixels wide: for a list of cards. */
export const squareUrl = (assetId: string, side: number): string =>
  `/iiif/image/3/${encodeURIComponent(assetId)}/square/${side},${side}/0/default.jpg`
