// show.ts - money, times and distances as people read them. Market time is +08:00 wherever the browser is.
import { t } from './texts'

const DAY_MS = 86400000
const SHIFT_MS = 8 * 3600000

// The clock of the server counts: a desk's own may be wrong, and a phone's without a network too.
const KEPT = 'lingji.ahead'
let aheadMs = Number(localStorage.getItem(KEPT))
export function setClock(serverIso: string | null): void {
  if (!serverIso) return
  aheadMs = Date.parse(serverIso) - Date.now()
  localStorage.setItem(KEPT, String(aheadMs))
}
export const now = (): number => Date.now() + aheadMs
// Number of the day in the market's clock.
export const dayOf = (ms: number): number => Math.floor((ms + SHIFT_MS) / DAY_MS)
export const msOf = (iso: string | null): number => (iso ? Date.parse(iso) : 0)

export function clock(iso: string | null): string {
  return iso ? new Date(msOf(iso) + SHIFT_MS).toISOString().slice(11, 16) : ''
}

export function dateOf(day: number): string {
  return new Date(day * DAY_MS).toISOString().slice(0, 10)
}

// "2026-11-26" and "08:30" as the instant the server reads.
export const instant = (date: string, time: string): string => `${date}T${time}:00+08:00`

export function dayName(iso: string | null): string {
  if (!iso) return ''
  const away = dayOf(msOf(iso)) - dayOf(now())
  if (away === 0) return t('app.day.today')
  if (away === 1) return t('app.day.tomorrow')
  const [, month, date] = dateOf(dayOf(msOf(iso))).split('-').map(Number)
  return t('app.day.date', { month, date })
}

// 22:00 to 06:00 ends on the next day, and says so.
export function endClock(from: string | null, to: string | null): string {
  return dayOf(msOf(to)) > dayOf(msOf(from)) ? t('app.day.next', { time: clock(to) }) : clock(to)
}
export const span = (from: string | null, to: string | null): string => `${dayName(from)} ${clock(from)}–${endClock(from, to)}`

// The end of a shift that begins on this date: at an earlier time of day it is on the next.
export const endInstant = (date: string, from: string, to: string): string => instant(to < from ? dateOf(dayOf(Date.parse(`${date}T00:00:00Z`)) + 1) : date, to)

export function yuan(fen: number): string {
  return fen % 100 === 0 ? String(fen / 100) : (fen / 100).toFixed(2)
}

export function distanceM(a: { lon: number; lat: number }, b: { lon: number; lat: number }): number {
  const k = Math.PI / 180
  const x = (b.lon - a.lon) * k * Math.cos(((a.lat + b.lat) / 2) * k)
  const y = (b.lat - a.lat) * k
  return Math.round(6371000 * Math.hypot(x, y))
}
