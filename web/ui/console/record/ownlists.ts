import type { OwnList } from './field'

/** The codes of the lists that the program itself brings along, in the order of screens. */
export const ownLists: Readonly<Record<OwnList, readonly string[]>> = {
  confidence: ['high', 'medium', 'low'],
  subjectKind: ['area', 'spot', 'relic', 'site', 'museum'],
  areaGrade: ['5A', '4A', '3A', '2A', '1A'],
  designation: ['world-heritage', 'world-heritage-part', 'national-unit', 'national-scenic'],
  spotKind: [
    'sight', 'exhibition-hall', 'performance', 'viewpoint', 'gate', 'visitor-centre', 'toilet', 'accessible-toilet', 'nursing-room',
    'accessible-entrance', 'first-aid', 'parking', 'bus-stop', 'restaurant', 'shop', 'rest', 'water', 'lockers',
  ],
  access: ['yes', 'partly', 'no'],
  audience: ['everybody', 'children', 'expert'],
  weekday: ['1', '2', '3', '4', '5', '6', '7'],
}
