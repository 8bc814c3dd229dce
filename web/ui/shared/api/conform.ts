// Compiled and never run: the types of this front end against the OpenAPI document that the server generates
// (openapi.json → schema.d.ts, `npm run types`). A member that the server renames or retypes fails the type check here.
import type { Completion, Hit, SearchAnswer, Suggestions } from '../../guide/api'
import type { Plan } from '../../guide/plan/plans'
import type { Attribution } from '../viewer/attribution'
import type { components } from './schema'
import type * as ours from './types'

type Theirs = components['schemas']

/**
 * A type with every member there and nothing null, all the way down, and words for the few words that we may know. What may
 * be missing is ours to decide (the screens treat every member as one that may be); names and kinds of values are not.
 */
type Bare<T> = T extends string
  ? string
  : T extends readonly (infer U)[]
    ? Bare<NonNullable<U>>[]
    : T extends object
      ? { [K in keyof T]-?: Bare<NonNullable<T[K]>> }
      : T

type Misfits<M, Y> = { [K in keyof M]: K extends keyof Y ? (Y[K] extends M[K] ? never : K) : K }[keyof M]

/** True when every member of Mine exists in Yours with a value of the same kind; else the names of those that do not. */
type Fits<Mine, Yours> = [Misfits<Bare<Mine>, Bare<Yours>>] extends [never] ? true : Misfits<Bare<Mine>, Bare<Yours>>

type All<T extends true[]> = T

export type Conforms = All<
  [
    Fits<Attribution, Theirs['Attribution']>,
    Fits<ours.Relic, Theirs['PublicRelic']>,
    Fits<ours.Site, Theirs['PublicSite']>,
    Fits<ours.Museum, Theirs['PublicMuseum']>,
    Fits<ours.Place, Theirs['PublicPlace']>,
    Fits<ours.Exhibition, Theirs['PublicExhibition']>,
    Fits<ours.Area, Theirs['AreaView']>,
    Fits<ours.Spot, Theirs['SpotView']>,
    Fits<ours.Path, Theirs['PathView']>,
    Fits<Plan, Theirs['PlanView']>,
    Fits<ours.Story, Theirs['StoryView']>,
    Fits<ours.Period, Theirs['PublicPeriod']>,
    Fits<ours.Dimension, Theirs['PublicDimension']>,
    Fits<ours.Mass, Theirs['PublicMass']>,
    Fits<ours.Quantity, Theirs['PublicQuantity']>,
    Fits<ours.GeoPoint, Theirs['PublicPoint']>,
    Fits<ours.ImageRef, Theirs['PublicImage']>,
    Fits<ours.Visiting, Theirs['PublicVisiting']>,
    Fits<ours.Booking, Theirs['PublicBooking']>,
    Fits<ours.Identity, Theirs['PublicIdentity']>,
    Fits<ours.OpeningHours, Theirs['OpeningHours']>,
    Fits<ours.Season, Theirs['Season']>,
    Fits<ours.WeekDay, Theirs['WeekDay']>,
    Fits<ours.HoursDay, Theirs['HoursDay']>,
    Fits<ours.Admission, Theirs['Admission']>,
    Fits<ours.Settings, Theirs['Settings']>,
    Fits<Hit, Theirs['HitView']>,
    Fits<SearchAnswer, Theirs['SearchAnswer']>,
    Fits<Suggestions, Theirs['SuggestAnswer']>,
    Fits<Completion, Theirs['CompletionView']>,
  ]
>
