// facts.ts - what can be said of a person at the desk, and the school run as one reads it: 周一到周五 8:20 送，16:00 接.
import { lang, t, word } from '../texts'
import type { Person } from './desk'

export const ages = ['unasked', 'adult', 'minor', 'child'] as const satisfies readonly Person['age_said'][]
export const weekdays = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'] as const satisfies readonly Person['school_days'][number][]
const clock = (min: number): string => `${Math.floor(min / 60)}:${String(min % 60).padStart(2, '0')}`
const name = (day: string): string => word('person.school_days', day)

// Three and more in a row are said by the first and the last.
function daysSaid(days: Person['school_days']): string {
  const at = weekdays.filter((d) => days.includes(d))
  const from = at[0]!
  const to = at[at.length - 1]!
  if (at.length === weekdays.length) return t('app.run.every')
  const row = weekdays.indexOf(to) - weekdays.indexOf(from) === at.length - 1
  return row && at.length > 2 ? t('app.run.row', { from: name(from), to: name(to) }) : t('app.run.days', { days: at.map(name).join(lang.value === 'en' ? ', ' : '、') })
}

// '' where there is none.
export function runSaid(p: Person): string {
  if (!p.drop_min && !p.pick_min) return ''
  return t(!p.pick_min ? 'app.run.drop' : p.drop_min ? 'app.run.both' : 'app.run.pick', { days: daysSaid(p.school_days), drop: clock(p.drop_min), pick: clock(p.pick_min) })
}
