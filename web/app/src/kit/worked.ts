// worked.ts - what was worked, as each side says it: typed and shown to the minute, each number kept apart from the
// other's and from the clock's. What is typed stays through a reload; what is not typed follows what is known.
import { reactive } from 'vue'
import { call, Problem, type Rec } from '../api'
import { clock, msOf, now } from '../show'
import { t } from '../texts'

export type Hire = Rec<'hire'>
export type Side = 'worker' | 'employer'
type Typed = number | ''
export interface Numbers {
  hours: Typed
  minutes: Typed
  pieces: Typed
}
interface Worked {
  minutes: number
  pieces: number
}

const MINUTE_MS = 60000
const LATE_MS = 7 * 86400000 // HIRE_LATE_DAYS of the server
// Over, and nobody was checked in: what was worked may still be said.
export const late = (h: Hire): boolean => ['taken', 'no_show'].includes(h.state) && !h.decided && now() > msOf(h.end_ms) && now() <= msOf(h.end_ms) + LATE_MS
export const missing = (h: Hire): boolean => h.state === 'taken' && !!h.missing_ms && now() >= msOf(h.missing_ms)
export const other = (side: Side): Side => (side === 'worker' ? 'employer' : 'worker')
export const said = (h: Hire, side: Side): Worked | null => (h[`${side}_ok`] ? { minutes: h[`${side}_minutes`], pieces: h[`${side}_pieces`] } : null)
export const byPiece = (h: Hire): boolean => h.pay_unit === 'piece'
export const same = (h: Hire, a: Worked | null, b: Worked | null): boolean => !!a && !!b && (byPiece(h) ? a.pieces === b.pieces : a.minutes === b.minutes)

export function showMinutes(minutes: number): string {
  const [n, m] = [Math.floor(minutes / 60), minutes % 60]
  return [...(n ? [t('app.work.hours', { n })] : []), ...(m || !n ? [t('app.work.minutes', { n: m })] : [])].join(' ')
}
export function showWorked(h: Hire, w: Worked): string {
  if (!byPiece(h)) return showMinutes(w.minutes)
  return [t('app.emp.n_pieces', { n: w.pieces }), ...(w.minutes ? [showMinutes(w.minutes)] : [])].join(' · ')
}
export function showClock(h: Hire): string {
  if (!h.in_ms) return t('app.work.no_clock')
  if (!h.out_ms) return t('app.emp.in', { time: clock(h.in_ms) })
  const early = msOf(h.in_ms) < msOf(h.start_ms)
  const there = Math.max(0, Math.floor((msOf(h.out_ms) - msOf(early ? h.start_ms : h.in_ms)) / MINUTE_MS) - h.break_min)
  const from_to = `${clock(h.in_ms)}–${clock(h.out_ms)}${early ? t('app.work.clock_from', { time: clock(h.start_ms) }) : ''}`
  return h.break_min ? t('app.work.clock_break', { from_to, n: h.break_min, time: showMinutes(there) }) : t('app.work.clock', { from_to, time: showMinutes(there) })
}

export function useWorked(side: Side) {
  const typed = reactive<Record<string, Numbers>>({})
  const asked = reactive<Record<string, string>>({}) // the number, as text, that was refused as far from the clock

  function shown(h: Hire): Numbers {
    const own = said(h, side)
    const from = own ?? { minutes: h.minutes, pieces: h.pieces }
    const known = !!own || from.minutes > 0
    return { hours: known ? Math.floor(from.minutes / 60) : '', minutes: known ? from.minutes % 60 : '', pieces: own || from.pieces ? from.pieces : '' }
  }
  const numbers = (h: Hire): Numbers => typed[h.id!] ?? shown(h)
  function type(h: Hire, field: keyof Numbers, value: string): void {
    const n = Number(value)
    typed[h.id!] = { ...numbers(h), [field]: value === '' || !Number.isInteger(n) || n < 0 ? '' : n }
  }
  const worked = (n: Numbers): Worked => ({ minutes: (n.hours || 0) * 60 + (n.minutes || 0), pieces: n.pieces || 0 })
  function complete(h: Hire): boolean {
    const n = numbers(h)
    return byPiece(h) ? n.pieces !== '' : n.hours !== '' || n.minutes !== ''
  }
  const key = (w: Worked): string => `${w.minutes} ${w.pieces}`
  const asks = (h: Hire, w: Worked): boolean => asked[h.id!] === key(w)

  // A number far from the clock is asked once more: the second press of the same number is meant so.
  async function say(h: Hire, w: Worked, spoken: { side?: Side; reason?: string } = {}): Promise<Hire> {
    try {
      const after = await call('post', '/api/v1/hires/{hire}/confirm', { path: { hire: h.id! }, body: { ...w, sure: asks(h, w), ...spoken } })
      delete typed[h.id!]
      delete asked[h.id!]
      return after
    } catch (e) {
      if (e instanceof Problem && e.rule === 'far_from_clock') asked[h.id!] = key(w)
      throw e
    }
  }
  return { numbers, type, complete, worked: (h: Hire) => worked(numbers(h)), asks, say }
}
export type Working = ReturnType<typeof useWorked>
