import type { Lang } from '@shared/i18n'
import { formatNumber } from '@shared/format'
import type { Asset } from './upload'

export const assetTypes = ['image', 'audio', 'video'] as const
export const assetStates = ['uploaded', 'processing', 'ready', 'failed'] as const

/** Minutes and seconds of a duration in milliseconds: 3:07; hours before them where there are some. */
export function clockOf(ms: number): string {
  const seconds = Math.round(ms / 1000)
  const two = (n: number) => String(n).padStart(2, '0')
  const [h, m, s] = [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60, seconds % 60]
  return h > 0 ? `${h}:${two(m)}:${two(s)}` : `${m}:${two(s)}`
}

/** The size of a file: 300 B, 812 kB, 8.2 MB, 1.4 GB. */
export function fileSize(bytes: number, lang: Lang): string {
  const step = [1e3, 1e6, 1e9].filter((n) => bytes >= n).length
  const n = bytes / 1e3 ** step
  return `${formatNumber(n, lang, step < 2 || n >= 10 ? 0 : 1)} ${['B', 'kB', 'MB', 'GB'][step]}`
}

/** How large and how long an asset is: 4096 × 2731 · 8.2 MB, or 3:07 · 2.1 MB. */
export function sizeOf(asset: Asset, lang: Lang): string {
  const extent = [asset.width > 0 && `${asset.width} × ${asset.height}`, asset.durationMs > 0 && clockOf(asset.durationMs)]
  return [...extent, fileSize(asset.bytes, lang)].filter(Boolean).join(' · ')
}
