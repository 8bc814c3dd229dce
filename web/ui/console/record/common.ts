import type { Field, Section } from './field'

// The parts that several forms have in common.

export const names: Field[] = [
  { path: 'name', type: 'bi', wide: true, need: true },
  { path: 'aliases', type: 'tags' },
  { path: 'formerNames', type: 'tags' },
  { path: 'traditional', type: 'text' },
  { path: 'reading', type: 'text', help: 'reading' },
]

export const period: Section = {
  name: 'period',
  fields: [
    { path: 'period.text', label: 'periodText', type: 'bi', wide: true, help: 'period', dated: true },
    { path: 'period.kind', label: 'periodKind', type: 'code', list: 'period-kind' },
    { path: 'period.fromYear', type: 'number', whole: true, help: 'year' },
    { path: 'period.toYear', type: 'number', whole: true, help: 'year' },
    { path: 'period.approximate', type: 'bool' },
  ],
}

const source = (path: string): Field[] => [
  { path: `${path}.text`, label: 'sourceText', type: 'bi', wide: true },
  { path: `${path}.url`, type: 'text' },
  { path: `${path}.checkedOn`, type: 'day' },
  { path: `${path}.confidence`, type: 'own', list: 'confidence' },
]

export const sources: Section = {
  name: 'sources',
  fields: [
    {
      path: 'sources', type: 'list', add: 'source', wide: true,
      fields: [
        { path: 'text', label: 'sourceText', type: 'bi', wide: true },
        { path: 'url', type: 'text' },
        { path: 'checkedOn', type: 'day' },
        { path: 'confidence', type: 'own', list: 'confidence' },
      ],
    },
  ],
}

export const images: Section = { name: 'images', fields: [{ path: 'images', type: 'images', wide: true }] }

/** `own` is what only this type of record notes inside the house. */
export const description = (...own: Field[]): Section => ({
  name: 'description',
  fields: [{ path: 'description', type: 'biLong', wide: true }, ...own, { path: 'internalNotes', type: 'long', wide: true, help: 'internalNotes' }],
})

export const marks: Field[] = [
  { path: 'simulated', type: 'bool' },
  { path: 'unverified', type: 'bool' },
]

export const notable: Field = { path: 'notable', type: 'number', help: 'notable' }

export const point: Field[] = [
  { path: 'location.lon', type: 'number', unit: 'degree' },
  { path: 'location.lat', type: 'number', unit: 'degree' },
  { path: 'location.precisionM', type: 'number', unit: 'metre', help: 'precision' },
  { path: 'location.confidential', type: 'bool' },
  { path: 'location.unverified', label: 'pointUnverified', type: 'bool' },
]

export const division = (path: string): Field[] =>
  (['province', 'city', 'county', 'township'] as const).map((level) => ({
    path: `${path}.${level}`,
    label: path === 'division' ? level : `${path}${level[0]!.toUpperCase()}${level.slice(1)}`,
    type: 'bi',
  }))

const clocks: Field[] = [
  { path: 'closed', type: 'bool' },
  { path: 'opens', type: 'text', help: 'clock' },
  { path: 'closes', type: 'text', help: 'clock' },
  { path: 'lastEntry', type: 'text', help: 'clock' },
]

/** Opening hours at a path. */
export const hours = (path: string): Field[] => [
  {
    path: `${path}.seasons`, type: 'list', add: 'season', wide: true,
    fields: [
      { path: 'name', label: 'seasonName', type: 'bi', wide: true },
      { path: 'from', label: 'seasonFrom', type: 'text', help: 'monthDay' },
      { path: 'to', label: 'seasonTo', type: 'text', help: 'monthDay' },
      {
        path: 'week', type: 'list', add: 'weekRule', wide: true,
        fields: [{ path: 'days', type: 'own', list: 'weekday', whole: true, many: true, wide: true }, ...clocks],
      },
    ],
  },
  {
    path: `${path}.exceptions`, type: 'list', add: 'exception', wide: true,
    fields: [{ path: 'day', type: 'day' }, ...clocks, { path: 'note', type: 'bi', wide: true }],
  },
  { path: `${path}.note`, label: 'hoursNote', type: 'bi', wide: true },
  ...source(`${path}.source`),
]

export const visiting: Section[] = [
  { name: 'hours', fields: hours('visiting.hours') },
  {
    name: 'admission',
    fields: [
      { path: 'visiting.admission.free', type: 'tri' },
      {
        path: 'visiting.admission.tickets', type: 'list', add: 'ticket', wide: true,
        fields: [{ path: 'name', label: 'ticketName', type: 'bi', wide: true }, { path: 'fen', label: 'price', type: 'number', unit: 'yuan', scale: 100 }],
      },
      { path: 'visiting.admission.note', type: 'bi', wide: true },
      ...source('visiting.admission.source'),
    ],
  },
  {
    name: 'booking',
    fields: [
      { path: 'visiting.booking.required', type: 'tri' },
      { path: 'visiting.booking.daysAhead', type: 'number', whole: true, unit: 'day' },
      {
        path: 'visiting.booking.channels', type: 'list', add: 'channel', wide: true,
        fields: [
          { path: 'kind', label: 'channelKind', type: 'code', list: 'booking-channel' },
          { path: 'name', label: 'channelName', type: 'bi', wide: true },
          { path: 'url', type: 'text' },
          { path: 'phone', type: 'text' },
        ],
      },
      { path: 'visiting.booking.note', type: 'bi', wide: true },
      ...source('visiting.booking.source'),
      { path: 'visiting.identity.documents', type: 'codes', list: 'identity-document', wide: true },
      { path: 'visiting.identity.note', label: 'identityNote', type: 'bi', wide: true },
    ],
  },
]
