// employer.ts - what an employer sees: the posts, who comes, the papers, what others pay.
import { call, type Rec } from '../api'
import { pages, useLoad } from '../kit/load'
import { session } from '../session'
import { dateOf, dayOf, msOf, now } from '../show'

export type Job = Rec<'job'>
export type Hire = Rec<'hire'>
export type JobIn = Partial<Job>

const HIRE_PAGES = 100 // of 500: all, but a fault is no endless loop

export function useEmployer() {
  const jobs = useLoad(async () => (await call('get', '/api/v1/employer/jobs')).items)
  const hires = useLoad(async () => (await pages(HIRE_PAGES, (after) => call('get', '/api/v1/employer/hires', { query: { days: 31, ...after } }))).items)
  const firm = useLoad(() => call('get', '/api/v1/employers/{employer}', { path: { employer: session.me!.employer_id! } }))
  const ranges = useLoad(async () => (await call('get', '/api/v1/pay-ranges')).items)
  const blocks = useLoad(async () => (await call('get', '/api/v1/employer/blocks')).items)
  for (const one of [jobs, hires, firm, ranges, blocks]) one.reload()
  return { jobs, hires, firm, ranges, blocks }
}
export type Employer = ReturnType<typeof useEmployer>

const DAY_MS = 86400000
const iso = (ms: number): string => new Date(ms + 8 * 3600000).toISOString().slice(0, 19) + '+08:00'

// The next day on which the same hours still lie ahead.
export function nextTime(job: Job): { start_ms: string; end_ms: string } {
  const from = msOf(job.start_ms)
  const length = msOf(job.end_ms) - from
  const inDay = from - Date.parse(`${dateOf(dayOf(from))}T00:00:00+08:00`)
  let start = Date.parse(`${dateOf(dayOf(now()))}T00:00:00+08:00`) + inDay
  if (start < now() + DAY_MS / 24) start += DAY_MS
  return { start_ms: iso(start), end_ms: iso(start + length) }
}

export interface Again {
  cap: number
  pay_fen: number
  start_ms: string
  end_ms: string
  look?: boolean
}
// Same work, same pay, still open: one more shift of a post that was looked at. Anything else is a new post.
export const isShift = (job: Job, a: Again): boolean =>
  job.state === 'open' && job.pay_fen === a.pay_fen && (job.valid_to ?? '') >= dateOf(dayOf(msOf(a.start_ms)))

// The last day a post is shown: some days behind its first shift, and no longer than a post may be valid.
export const lastDay = (start: string): string => dateOf(Math.min(dayOf(msOf(start)) + 6, dayOf(now()) + 30))

const copied = ['title', 'trade', 'text', 'address', 'place', 'pay_unit', 'piece_norm', 'rhythm', 'needs', 'offers', 'papers', 'skills', 'skills_wanted', 'district'] as const

// True when everybody sees it at once; what is not like the shifts that were looked at waits.
export async function postAgain(job: Job, a: Again): Promise<boolean> {
  const { break_min } = job
  if (isShift(job, a)) {
    const { cap, start_ms, end_ms } = a
    const shift = await call('post', '/api/v1/jobs/{job}/shifts', { path: { job: job.id! }, body: { start_ms, end_ms, break_min, cap } })
    return shift.job_id === job.id
  }
  const same = Object.fromEntries(copied.map((k) => [k, job[k]])) as Pick<Job, (typeof copied)[number]>
  const valid_to = lastDay(a.start_ms)
  await call('post', '/api/v1/jobs', { body: { ...same, ...a, break_min, valid_to } })
  return false
}

// Fen an hour of a pay stated another way; 0 when it cannot be told.
export function hourFen(unit: Job['pay_unit'], fen: number, paidMinutes: number, norm: number): number {
  if (unit === 'hour') return fen
  if (unit === 'day') return paidMinutes > 0 ? (fen * 60) / paidMinutes : 0
  if (unit === 'piece') return fen * norm
  return fen / 174
}
export const unitFen = (unit: Job['pay_unit'], hour: number, paidMinutes: number, norm: number): number =>
  unit === 'hour' ? hour : unit === 'day' ? (hour * paidMinutes) / 60 : unit === 'piece' ? (norm ? hour / norm : 0) : hour * 174
