// words.ts - what can be pressed, checked by the compiler against the server's own choices.
import type { Rec } from '../api'
import { word, type Key } from '../texts'

type Person = Rec<'person'>
export const trades = ['other', 'sewing', 'cutting', 'ironing', 'garment_check', 'handwork', 'packing', 'warehouse', 'loading', 'courier', 'assembly', 'guard', 'cleaning', 'kitchen', 'waiter', 'shop', 'promotion', 'elder_care', 'domestic', 'construction', 'repair', 'driver', 'office', 'phone', 'teaching'] as const satisfies readonly Person['trade'][]
// Who looks for work and named none wants anything; a post of no trade of these is of another.
export const wanted = (trade: Person['trade']): string => word(trade === 'other' ? 'person.trade' : 'trade', trade)
export const wishes = ['day_pay', 'meals', 'lodging', 'seated', 'indoor', 'older'] as const satisfies readonly Person['wishes'][number][]
export const limits = ['standing', 'lifting', 'night', 'heat', 'height'] as const satisfies readonly Person['limits'][number][]
export const needs = limits satisfies readonly Rec<'job'>['needs'][number][] // what the body does not do is what a job asks of it
export const rhythms = ['day', 'week', 'half_month', 'month'] as const satisfies readonly Rec<'job'>['rhythm'][]
export const skills = ['flat_machine', 'overlock', 'coverstitch', 'cutting', 'pattern', 'ironing', 'leather', 'soldering', 'cooking', 'dim_sum', 'cashier', 'elder_care', 'infant_care', 'driving', 'computer', 'first_aid'] as const satisfies readonly Person['skills'][number][]
export const papers = ['health', 'guard', 'electric', 'forklift', 'welding'] as const satisfies readonly Person['papers'][number][]
export const ways = ['15', '30', '60']
export const times: { key: string; name: Key; from: number; to: number }[] = [
  { key: 'morning', name: 'app.time.morning', from: 0, to: 720 },
  { key: 'before_16', name: 'app.time.before_16', from: 0, to: 960 },
  { key: 'evening', name: 'app.time.evening', from: 1020, to: 1440 },
  { key: 'night', name: 'app.time.night', from: 1200, to: 480 } // over midnight
]
