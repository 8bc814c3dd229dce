import type { Lang } from '@shared/i18n'
import { formatPlayTime, formatNumber } from '@shared/format'
import type { Asset } from './upload'

export const assetTypes = ['image', 'audio', 'video'] as const
export const assetStates = ['uploaded', 'processing', 'ready', 'failed'] as const

/** The size of a file: 300 B, 812 kB, 8.2 MB, 1.4 GB. */
export function fileSize(bytes: number, lang: Lang): string {
  const step = [1e3, 1e6, 1e9].filter((n) => bytes >= n).length
  const n = bytes / 1e3 ** step
  return `${formatNumber(n, lang, step < 2 || n >= 10 ? 0 : 1)} ${['B', 'kB', 'MB', 'GB'][step]}`
}

/** How large and how long an asset is: 4096 × 2731 · 8.2 MB, or 3:07 · 2.1 MB. */
export function sizeOf(asset: Asset, lang: Lang): string {
  const extent = [asset.width > 0 && `${asset.width} × ${asset.height}`, asset.durationMs > 0 && formatPlayTime(Math.round(asset.durationMs / 1000))]
  return [...extent, fileSize(asset.bytes, lang)].filter(Boolean).join(' · ')
}
