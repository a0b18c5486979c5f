// way.ts - the order of a day's visits: what presses most and lies near the last stop comes next. A kilometre
// of way counts as much as a point of risk, so that nobody drives past a door to reach one that matters little more.
import { distanceM } from '../show'

interface Stop {
  risk: number
  place: { lon: number; lat: number } | null
}
export interface Leg<T> {
  stop: T
  legM: number // from the stop before, or from here; -1 = not known
}

export function wayOf<T extends Stop>(stops: T[], here: { lon: number; lat: number } | null): Leg<T>[] {
  const left = [...stops]
  const way: Leg<T>[] = []
  let at = here
  while (left.length) {
    const legs = left.map((s) => (at && s.place ? distanceM(at, s.place) : -1))
    const worth = left.map((s, i) => s.risk - Math.max(0, legs[i]) / 1000)
    const best = worth.indexOf(Math.max(...worth))
    way.push({ stop: left[best], legM: legs[best] })
    at = left[best].place ?? at
    left.splice(best, 1)
  }
  return way
}
