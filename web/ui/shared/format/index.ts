export * from './year'
export * from './measure'
export * from './date'
export * from './hours'
