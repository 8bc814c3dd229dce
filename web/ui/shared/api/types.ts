// What the public API answers, as far as the pages read it. conform.ts compares it with the server's OpenAPI document.
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

/** Another published record. */
export interface Named {
  id: string
  name: Text
}

/** Where something is, WGS-84; precisionM is the radius in metres that surely holds the true place. */
export interface GeoPoint {
  lon: number
  lat: number
  precisionM: number
  unverified?: boolean
}

/** A picture of a record; a drawing is 示意图，非文物照片. */
export interface ImageRef {
  assetId: string
  caption?: Text
  drawing?: boolean
}

/** When a thing was made, in words and in years; null is unknown. */
export interface Period {
  text: Text
  fromYear?: number | null
  toYear?: number | null
  approximate?: boolean
  /** The words and their years in one form; absent or empty when they were not understood whole. */
  printed?: Text
  eras?: Coded[]
}

export interface Dimension {
  kind: Coded
  valueMM: number
  approximate?: boolean
  note?: string
  source?: Source | null
}

export interface Mass {
  grams?: number | null
  range?: Coded | null
  approximate?: boolean
  source?: Source | null
}

export interface Quantity {
  traditional?: number | null
  actual?: number | null
  unit?: Coded | null
}

export interface Division {
  province: Text
  city: Text
  county: Text
  township: Text
}

/** The names of a record. */
export interface Names {
  id: string
  name: Text
  aliases?: string[]
  formerNames?: string[]
  traditional?: string
  reading?: string
}

/** What is told of a record, where that is from, and how far to trust it. */
export interface Told {
  description: Text
  images?: ImageRef[]
  sources?: Source[]
  simulated?: boolean
  unverified?: boolean
}

export interface Relic extends Names, Told {
  category?: Coded | null
  grade?: Coded | null
  period: Period
  materials?: Coded[]
  quantity: Quantity
  dimensions?: Dimension[]
  mass: Mass
  completeness?: Coded | null
  museum?: Named | null
  /** Where it is on view now; null is unknown or not on view. */
  gallery?: Named | null
  findPlace: Text
  findSite?: Named | null
  foundYear?: number | null
  partOf?: Named | null
  parts?: Named[]
  /** In which it is on view now, or to be seen online. */
  exhibitions?: ShownIn[]
}

/** An exhibition in which a relic can be seen now. */
export interface ShownIn {
  id: string
  title: Text
  kind: Coded
  museum?: Named | null
  until?: string
}

export type ExhibitionStatus = 'upcoming' | 'open' | 'closed' | 'permanent'

export interface Exhibition {
  id: string
  title: Text
  kind: Coded
  /** Today, by the calendar of the museum. */
  status: ExhibitionStatus
  museum?: Named | null
  halls: Named[]
  /** First and last day; '' is unknown or none. */
  from?: string
  until?: string
  summary: Text
  text: Text
  organisers?: string[]
  url?: string
  sections: ExhibitionSection[]
  images?: ImageRef[]
  sources?: Source[]
  simulated?: boolean
  unverified?: boolean
}

export interface ExhibitionSection {
  title: Text
  text: Text
  items: ExhibitionItem[]
}

export interface ExhibitionItem {
  relic: { id: string; name: Text; period: Text; image?: ImageRef | null }
  label: Text
  /** The exhibition is on and the relic is there. */
  onView: boolean
}

export interface Site extends Names, Told {
  class?: Coded | null
  type?: Coded | null
  level?: Coded | null
  batch?: number | null
  listedOn?: string
  officialNumber?: string
  mergedInto?: Named | null
  supplements?: Named | null
  partOf?: Named | null
  period: Period
  division: Division
  asListed: Division
  address: Text
  location?: GeoPoint | null
  /** The true place is kept back; the one given is the middle of a wide cell. */
  locationFuzzed?: boolean
  openToPublic?: boolean | null
  visiting?: Visiting | null
}

export interface Museum extends Names, Told {
  grade?: Coded | null
  nature?: Coded | null
  division: Division
  address: Text
  location?: GeoPoint | null
  timeZone?: string
  phone?: string
  website?: string
  visiting?: Visiting | null
}

export interface Place extends Told {
  id: string
  name: Text
  kind?: Coded | null
  museum?: Named | null
  parent?: Named | null
  location?: GeoPoint | null
}

export interface Area extends Names, Told {
  grade?: Coded | null
  designations?: Coded[]
  /** The museum whose grounds these are; the facts on visiting stand there. */
  museum?: Named | null
  sites?: Named[]
  division: Division
  address: Text
  location?: GeoPoint | null
  /** 示意: its plan is a sketch and no survey. */
  schematic?: boolean
  timeZone?: string
  phone?: string
  website?: string
  visiting?: Visiting | null
  minutes?: number | null
}

export interface Spot extends Names, Told {
  area?: Named | null
  kind?: Coded | null
  facility?: boolean
  /** Place in the usual round; 0 is not part of it. */
  order?: number
  minutes?: number | null
  location?: GeoPoint | null
  indoor?: boolean | null
  wheelchair?: Coded | null
  pushchair?: Coded | null
  accessNote?: Text
  /** null: those of the area. */
  hours?: OpeningHours | null
  site?: Named | null
  relics?: Named[]
}

/** A walking path between two spots. */
export interface Path {
  id: string
  name?: Text
  fromSpot: string
  toSpot: string
  line: { lon: number; lat: number }[]
  lengthM: number
  steps?: number | null
  accessible?: Coded | null
  oneWay?: boolean
  simulated?: boolean
  unverified?: boolean
}

/** A sound or film of a story. */
export interface StoryMedia {
  assetId: string
  type: 'audio' | 'video'
  durationMs: number
  width: number
  height: number
  caption: Text
  content: string
  tracks: { kind: 'captions' | 'transcript'; lang: string; url: string }[]
}

export interface Story {
  id: string
  subject: { kind: Kind; id: string; name: Text }
  title: Text
  text: Text
  audience?: Coded | null
  order?: number
  author?: string
  images?: ImageRef[]
  media?: StoryMedia[]
  sources?: Source[]
  simulated?: boolean
  unverified?: boolean
}

/** One page of a list. */
export interface Page<T> {
  items: T[]
  cursor?: string
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

// --- what a visitor has to know before coming (heritage.Visiting) ---

export interface WeekDay {
  days: number[]
  closed?: boolean
  opens?: string
  closes?: string
  lastEntry?: string
}

export interface Season {
  name?: Text
  from?: string
  to?: string
  week: WeekDay[]
}

export interface HoursDay {
  day: string
  closed?: boolean
  opens?: string
  closes?: string
  lastEntry?: string
  note?: Text
}

export interface OpeningHours {
  seasons?: Season[]
  exceptions?: HoursDay[]
  note?: Text
  source?: Source
}

export interface Admission {
  free?: boolean | null
  tickets?: { name: Text; fen: number }[]
  note?: Text
  source?: Source
}

export interface Booking {
  required?: boolean | null
  daysAhead?: number | null
  channels?: { kind: Coded; name?: Text; url?: string; phone?: string }[]
  note?: Text
  source?: Source
}

export interface Identity {
  documents?: Coded[]
  note?: Text
  source?: Source
}

export interface Visiting {
  hours?: OpeningHours | null
  admission?: Admission | null
  booking?: Booking | null
  identity?: Identity | null
}
