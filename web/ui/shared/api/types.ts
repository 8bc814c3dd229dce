// What the public API answers, as far as the pages read it. Each name stands for a schema of the OpenAPI document.
import type { Text } from '../i18n'

export type { Text }

export type Kind = 'relic' | 'site' | 'museum' | 'place' | 'area' | 'spot' | 'story' | 'exhibition'
export type Confidence = 'high' | 'medium' | 'low'

/** A code with what it is called. */
export interface Coded {
  code: string
  label: Text
}

/** Where a fact comes from and when that was last looked at. */
export interface Source {
  text: Text
  url?: string
  checkedOn?: string
  confidence: Confidence
}

/** A place on earth, WGS-84; precisionM is the radius that surely holds the true place. */
export interface GeoPoint {
  lon: number
  lat: number
  precisionM: number
  unverified?: boolean
}

/** What an operator must show below public pages; what is not set is not shown. */
export interface Settings {
  operator?: string
  mapApproval?: string
  icp?: string
  publicSecurity?: string
  /** The operator's own privacy page; the built-in one when empty. */
  privacyUrl?: string
  demo?: boolean
}
