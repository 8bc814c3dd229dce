import type { IconName } from '@shared/components/icons'
import type { Action } from '../session/permissions'
import { description, division, hours, images, marks, names, notable, period, point, sources, visiting } from './common'
import type { Field, Section } from './field'
import type { Tree } from './path'

/** One type of record: where it is kept, who may touch it, what its form asks. */
export interface RecordKind {
  /** Name in the addresses of API and console. */
  plural: string
  singular: string
  icon: IconName
  /** Heritage records have a review, bulk steps and a history that the server compares. */
  heritage: boolean
  /** Topic of live changes. */
  topic: string
  read: Action
  write: Action
  remove: Action
  publish: Action
  /** Path of the name. */
  title: string
  sections: Section[]
  /** What a list shows beside the name. */
  columns: Field[]
  /** What the list filter `category` is for this type, and the facet of the search with the same values. */
  category?: { list: string; label: string; facet: string; path: string }
  /** Other filters that the list takes. */
  museum?: boolean
  area?: boolean
  /** The search does not know it: it is listed for one area at a time. */
  perArea?: boolean
  /** Paths of the two records between which it lies: what it is called by where it has no name. */
  between?: { from: string; to: string; kind: string }
  /** The page on which tourists see it, where it has none of its own. */
  shownOn?: (fields: Tree) => string
  /** Loads can write it. */
  importable?: boolean
  /** It stands in the ledger. */
  ledger?: boolean
}

const heritage = { heritage: true, read: 'record.read', write: 'record.write', remove: 'record.remove', publish: 'record.publish', title: 'name' } as const
const tourism = { heritage: false, topic: 'areas', read: 'area.read', write: 'area.write', remove: 'area.write', publish: 'area.publish' } as const

const relics: RecordKind = {
  ...heritage, plural: 'relics', singular: 'relic', topic: 'relics', icon: 'relic', museum: true, importable: true, ledger: true,
  category: { list: 'relic-category', label: 'category', facet: 'category', path: 'category' },
  columns: [
    { path: 'number.value', label: 'number', type: 'text' },
    { path: 'category', type: 'code', list: 'relic-category' },
    { path: 'grade', type: 'code', list: 'relic-grade' },
    { path: 'period.text', label: 'periodText', type: 'bi' },
  ],
  sections: [
    {
      name: 'basic',
      fields: [
        ...names,
        { path: 'category', type: 'code', list: 'relic-category' },
        { path: 'grade', type: 'code', list: 'relic-grade' },
        { path: 'materials', type: 'codes', list: 'material', wide: true },
        { path: 'number.kind', label: 'numberKind', type: 'code', list: 'number-kind' },
        { path: 'number.value', label: 'number', type: 'text' },
        { path: 'museumId', type: 'ref', kind: 'museums' },
        { path: 'partOf', type: 'ref', kind: 'relics', own: true },
        {
          path: 'otherNumbers', type: 'list', add: 'number', wide: true,
          fields: [{ path: 'kind', label: 'numberKind', type: 'code', list: 'number-kind' }, { path: 'value', label: 'number', type: 'text' }],
        },
        ...marks,
        notable,
      ],
    },
    period,
    {
      name: 'measures',
      fields: [
        { path: 'quantity.traditional', label: 'traditionalCount', type: 'number', whole: true },
        { path: 'quantity.actual', type: 'number', whole: true },
        { path: 'quantity.unit', label: 'quantityUnit', type: 'code', list: 'quantity-unit' },
        {
          path: 'dimensions', type: 'list', add: 'dimension', wide: true,
          fields: [
            { path: 'kind', label: 'dimensionKind', type: 'code', list: 'dimension-kind' },
            { path: 'valueMM', type: 'number', unit: 'cm', scale: 10 },
            { path: 'approximate', type: 'bool' },
            { path: 'note', label: 'dimensionNote', type: 'text' },
          ],
        },
        { path: 'mass.grams', type: 'number', unit: 'gram' },
        { path: 'mass.range', label: 'massRange', type: 'code', list: 'mass-range' },
        { path: 'mass.approximate', label: 'massApproximate', type: 'bool' },
        { path: 'completeness', type: 'code', list: 'completeness' },
        { path: 'preservation', type: 'code', list: 'preservation' },
        { path: 'defects', type: 'long', wide: true },
      ],
    },
    {
      name: 'acquisition',
      fields: [
        { path: 'acquisition', type: 'code', list: 'acquisition' },
        { path: 'acquiredFrom', type: 'text' },
        { path: 'accessionedOn', type: 'day' },
        { path: 'accessionRange', type: 'code', list: 'accession-range' },
        { path: 'priceFen', label: 'acquisitionPrice', type: 'number', unit: 'yuan', scale: 100 },
        { path: 'foundYear', type: 'number', whole: true },
        { path: 'findPlace', type: 'bi', wide: true },
        { path: 'findSite', type: 'ref', kind: 'sites' },
      ],
    },
    { name: 'position', fields: [{ path: 'placeId', type: 'ref', kind: 'places', own: true, help: 'place' }] },
    images,
    description(),
    sources,
  ],
}

const sites: RecordKind = {
  ...heritage, plural: 'sites', singular: 'site', topic: 'sites', icon: 'site', importable: true,
  category: { list: 'site-class', label: 'class', facet: 'class', path: 'class' },
  columns: [
    { path: 'officialNumber', type: 'text' },
    { path: 'class', type: 'code', list: 'site-class' },
    { path: 'level', type: 'code', list: 'protection-level' },
    { path: 'division.city', type: 'bi' },
  ],
  sections: [
    {
      name: 'basic',
      fields: [
        ...names,
        { path: 'class', type: 'code', list: 'site-class' },
        { path: 'type', type: 'code', list: 'site-type', within: { at: 'class', prefix: 'class-' } },
        { path: 'level', type: 'code', list: 'protection-level' },
        { path: 'batch', type: 'number', whole: true },
        { path: 'listedOn', type: 'day' },
        { path: 'officialNumber', type: 'text' },
        { path: 'surveyNumber', type: 'text' },
        { path: 'mergedInto', type: 'ref', kind: 'sites', own: true },
        { path: 'supplements', type: 'ref', kind: 'sites', own: true },
        { path: 'partOf', type: 'ref', kind: 'sites', own: true },
        ...marks,
        notable,
      ],
    },
    period,
    {
      name: 'position',
      fields: [
        ...division('division'),
        { path: 'address', type: 'bi', wide: true },
        ...point,
        { path: 'unopened', type: 'bool', help: 'unopened' },
        { path: 'altitudeM', type: 'number', unit: 'metre' },
        { path: 'areaM2', type: 'number', unit: 'squareMetre' },
      ],
    },
    { name: 'asListed', fields: division('asListed') },
    {
      name: 'condition',
      fields: [
        { path: 'ownership', type: 'code', list: 'ownership' },
        { path: 'user', type: 'text' },
        { path: 'keeper', type: 'text' },
        { path: 'condition', type: 'code', list: 'site-condition' },
        { path: 'threats', type: 'codes', list: 'site-threat', wide: true },
        { path: 'threatNote', type: 'long', wide: true },
        { path: 'vanished', type: 'bool' },
        { path: 'moved', type: 'bool' },
        { path: 'fateNote', type: 'long', wide: true },
        { path: 'protectionZone', type: 'tri' },
        { path: 'controlZone', type: 'tri' },
        { path: 'marker', type: 'tri' },
        { path: 'openToPublic', type: 'tri' },
      ],
    },
    ...visiting,
    images,
    description(),
    sources,
  ],
}

const museums: RecordKind = {
  ...heritage, plural: 'museums', singular: 'museum', topic: 'museums', icon: 'museum',
  category: { list: 'museum-grade', label: 'museumGrade', facet: 'grade', path: 'grade' },
  columns: [
    { path: 'grade', label: 'museumGrade', type: 'code', list: 'museum-grade' },
    { path: 'division.city', type: 'bi' },
    { path: 'phone', type: 'text' },
  ],
  sections: [
    {
      name: 'basic',
      fields: [
        ...names,
        { path: 'grade', label: 'museumGrade', type: 'code', list: 'museum-grade' },
        { path: 'nature', type: 'code', list: 'holder-nature' },
        { path: 'phone', type: 'text' },
        { path: 'website', type: 'text' },
        { path: 'timeZone', type: 'text', help: 'timeZone' },
        ...marks,
        notable,
      ],
    },
    { name: 'position', fields: [...division('division'), { path: 'address', type: 'bi', wide: true }, ...point] },
    ...visiting,
    images,
    description(),
    sources,
  ],
}

const places: RecordKind = {
  ...heritage, plural: 'places', singular: 'place', topic: 'places', icon: 'place', museum: true,
  category: { list: 'place-kind', label: 'placeKind', facet: 'category', path: 'kind' },
  columns: [
    { path: 'code', type: 'text' },
    { path: 'kind', label: 'placeKind', type: 'code', list: 'place-kind' },
    { path: 'store', type: 'bool' },
  ],
  sections: [
    {
      name: 'basic',
      fields: [
        { path: 'name', type: 'bi', wide: true, need: true },
        { path: 'code', type: 'text' },
        { path: 'kind', label: 'placeKind', type: 'code', list: 'place-kind' },
        { path: 'museumId', type: 'ref', kind: 'museums', own: true, need: true },
        { path: 'parentId', type: 'ref', kind: 'places', own: true },
        { path: 'store', type: 'bool', help: 'store' },
        ...marks,
      ],
    },
    { name: 'position', fields: point },
    images,
    description(),
  ],
}

const exhibitions: RecordKind = {
  ...heritage, plural: 'exhibitions', singular: 'exhibition', topic: 'exhibitions', icon: 'exhibition', title: 'title', museum: true,
  category: { list: 'exhibition-kind', label: 'exhibitionKind', facet: 'type', path: 'kind' },
  columns: [
    { path: 'kind', label: 'exhibitionKind', type: 'code', list: 'exhibition-kind' },
    { path: 'from', label: 'exhibitionFrom', type: 'day' },
    { path: 'until', label: 'exhibitionUntil', type: 'day' },
  ],
  sections: [
    {
      name: 'basic',
      fields: [
        { path: 'title', type: 'bi', wide: true, need: true },
        { path: 'kind', label: 'exhibitionKind', type: 'code', list: 'exhibition-kind', need: true },
        { path: 'museumId', label: 'exhibitionMuseum', type: 'ref', kind: 'museums', own: true, need: true },
        { path: 'from', label: 'exhibitionFrom', type: 'day', help: 'exhibitionFrom' },
        { path: 'until', label: 'exhibitionUntil', type: 'day', help: 'exhibitionUntil' },
        { path: 'placeIds', label: 'halls', type: 'ref', kind: 'places', own: true, many: true, wide: true },
        { path: 'organisers', type: 'tags' },
        { path: 'url', label: 'officialPage', type: 'text' },
        ...marks,
        notable,
      ],
    },
    {
      name: 'words',
      fields: [
        { path: 'summary', type: 'biLong', wide: true, help: 'summary' },
        { path: 'text', label: 'opening', type: 'biLong', wide: true, help: 'paragraphs' },
        { path: 'internalNotes', type: 'long', wide: true, help: 'internalNotes' },
      ],
    },
    {
      name: 'exhibits',
      fields: [
        {
          path: 'sections', type: 'exhibits', wide: true,
          fields: [
            { path: 'title', label: 'sectionTitle', type: 'bi' },
            { path: 'text', label: 'sectionText', type: 'biLong' },
            { path: 'items', type: 'list', add: 'item', fields: [{ path: 'relicId', type: 'ref', kind: 'relics' }, { path: 'label', label: 'itemLabel', type: 'bi' }] },
          ],
        },
      ],
    },
    images,
    sources,
  ],
}

const areas: RecordKind = {
  ...tourism, plural: 'areas', singular: 'area', icon: 'area', title: 'name',
  columns: [
    { path: 'grade', label: 'areaGrade', type: 'code', list: 'area-grade' },
    { path: 'division.city', type: 'bi' },
    { path: 'minutes', type: 'number' },
  ],
  sections: [
    {
      name: 'basic',
      fields: [
        ...names,
        { path: 'grade', label: 'areaGrade', type: 'code', list: 'area-grade' },
        { path: 'designations', type: 'codes', list: 'designation' },
        { path: 'museumId', label: 'areaMuseum', type: 'ref', kind: 'museums' },
        { path: 'siteIds', type: 'ref', kind: 'sites', many: true },
        { path: 'minutes', type: 'number', whole: true, unit: 'minute' },
        { path: 'phone', type: 'text' },
        { path: 'website', type: 'text' },
        { path: 'timeZone', type: 'text', help: 'timeZone' },
        notable,
        { path: 'schematic', type: 'bool' },
        ...marks,
      ],
    },
    { name: 'position', fields: [...division('division'), { path: 'address', type: 'bi', wide: true }, ...point] },
    {
      name: 'capacity',
      fields: [
        { path: 'capacity.instantMax', type: 'number', whole: true, unit: 'people', help: 'limit' },
        { path: 'capacity.dailyMax', type: 'number', whole: true, unit: 'people', help: 'limit' },
        { path: 'capacity.approvedBy', type: 'bi', wide: true },
        { path: 'capacity.document', type: 'text' },
        { path: 'capacity.approvedOn', type: 'day' },
        { path: 'capacity.dailyBest', type: 'number', whole: true, unit: 'people', help: 'dailyBest' },
        { path: 'capacity.scheme', label: 'comfortScheme', type: 'code', list: 'comfort-scheme', help: 'comfortScheme' },
        { path: 'capacity.publishNumbers', type: 'bool', help: 'publishNumbers' },
        {
          path: 'capacity.response', type: 'list', add: 'measure', wide: true,
          fields: [
            { path: 'from', label: 'measureFrom', type: 'code', list: 'response-trigger' },
            { path: 'do', label: 'measureDo', type: 'bi', wide: true },
          ],
        },
        { path: 'capacity.openMinutes', type: 'number', whole: true, unit: 'minute' },
        {
          path: 'capacity.spaces', type: 'list', add: 'space', wide: true,
          fields: [
            { path: 'name', label: 'spaceName', type: 'bi', wide: true },
            { path: 'areaM2', type: 'number', unit: 'squareMetre' },
            { path: 'perPersonM2', type: 'number', unit: 'squareMetre' },
            { path: 'source', label: 'spaceSource', type: 'bi', wide: true },
          ],
        },
        { path: 'capacity.usedPerHead', type: 'number', help: 'usedPerHead' },
        {
          path: 'capacity.facilities', type: 'list', add: 'ride', wide: true,
          fields: [
            { path: 'name', label: 'rideName', type: 'bi', wide: true },
            { path: 'perRun', type: 'number', whole: true, unit: 'people' },
            { path: 'runsPerDay', type: 'number' },
          ],
        },
      ],
    },
    ...visiting,
    images,
    description(),
    sources,
  ],
}

const spots: RecordKind = {
  ...tourism, plural: 'spots', singular: 'spot', icon: 'spot', title: 'name', area: true,
  columns: [
    { path: 'order', type: 'number' },
    { path: 'kind', label: 'spotKind', type: 'code', list: 'spot-kind' },
    { path: 'wheelchair', type: 'code', list: 'access' },
  ],
  sections: [
    {
      name: 'basic',
      fields: [
        { path: 'areaId', type: 'ref', kind: 'areas', own: true, need: true },
        { path: 'kind', label: 'spotKind', type: 'code', list: 'spot-kind', need: true },
        ...names,
        { path: 'order', type: 'number', whole: true, help: 'order' },
        { path: 'minutes', type: 'number', whole: true, unit: 'minute' },
        { path: 'siteId', type: 'ref', kind: 'sites' },
        { path: 'relicIds', type: 'ref', kind: 'relics', many: true },
        ...marks,
        notable,
      ],
    },
    { name: 'position', fields: point },
    {
      name: 'access',
      fields: [
        { path: 'indoor', type: 'tri' },
        { path: 'wheelchair', type: 'code', list: 'access' },
        { path: 'pushchair', type: 'code', list: 'access' },
        { path: 'accessNote', type: 'bi', wide: true },
      ],
    },
    { name: 'hours', fields: hours('hours') },
    images,
    description(),
    sources,
  ],
}

const paths: RecordKind = {
  ...tourism, plural: 'paths', singular: 'path', icon: 'path', title: 'name', area: true, perArea: true,
  between: { from: 'fromSpot', to: 'toSpot', kind: 'spots' }, shownOn: (fields) => `/areas/${String(fields.areaId)}`,
  columns: [
    { path: 'lengthM', type: 'number', unit: 'metre' },
    { path: 'steps', type: 'number', whole: true },
    { path: 'accessible', type: 'code', list: 'access' },
  ],
  sections: [
    {
      name: 'basic',
      fields: [
        { path: 'areaId', type: 'ref', kind: 'areas', own: true, need: true, wide: true },
        { path: 'fromSpot', type: 'ref', kind: 'spots', own: true, within: 'areaId', need: true },
        { path: 'toSpot', type: 'ref', kind: 'spots', own: true, within: 'areaId', need: true },
        { path: 'name', type: 'bi', wide: true, help: 'pathName' },
        ...marks,
      ],
    },
    {
      name: 'course',
      fields: [
        { path: 'line', type: 'line', wide: true },
        { path: 'lengthM', type: 'number', unit: 'metre', help: 'pathLength', need: true },
        { path: 'precisionM', type: 'number', unit: 'metre', help: 'precision', need: true },
        { path: 'oneWay', type: 'bool', help: 'oneWay' },
      ],
    },
    {
      name: 'access',
      fields: [
        { path: 'steps', type: 'number', whole: true, help: 'steps' },
        { path: 'accessible', type: 'code', list: 'access' },
        { path: 'note', label: 'pathNote', type: 'bi', wide: true },
      ],
    },
    sources,
  ],
}

const stories: RecordKind = {
  ...tourism, plural: 'stories', singular: 'story', icon: 'story', title: 'title',
  columns: [
    { path: 'subject.kind', label: 'subjectKind', type: 'own', list: 'subjectKind' },
    { path: 'audience', type: 'code', list: 'audience' },
    { path: 'order', label: 'storyOrder', type: 'number' },
  ],
  sections: [
    {
      name: 'basic',
      fields: [
        { path: 'title', type: 'bi', wide: true, need: true },
        { path: 'subject.kind', label: 'subjectKind', type: 'own', list: 'subjectKind', need: true },
        { path: 'subject.id', label: 'subject', type: 'ref', kind: { at: 'subject.kind' }, need: true },
        { path: 'audience', type: 'code', list: 'audience' },
        { path: 'order', label: 'storyOrder', type: 'number', whole: true },
        { path: 'author', type: 'text', wide: true },
        ...marks,
      ],
    },
    {
      name: 'text',
      fields: [
        { path: 'text', label: 'storyText', type: 'biLong', wide: true, help: 'paragraphs', need: true },
        { path: 'internalNotes', type: 'long', wide: true, help: 'internalNotes' },
      ],
    },
    images,
    { name: 'media', fields: [{ path: 'media', type: 'playables', wide: true }] },
    sources,
  ],
}

/** Every type of record by its name in addresses, in the order of the navigation. */
export const kinds: Readonly<Record<string, RecordKind>> = { relics, sites, museums, exhibitions, places, areas, spots, paths, stories }

/** The type with a singular name, as search hits and subjects carry it. */
export const kindOf = (singular: string): RecordKind | undefined => Object.values(kinds).find((k) => k.singular === singular)
