// figure.ts - a number of a day as people read it.
import type { Rec } from '../api'
import { yuan } from '../show'
import { t } from '../texts'

export type Figure = Rec<'figure'>
export function valueOf(f: Figure): string {
  return f.unit === 'fen' ? yuan(f.value) : f.unit === 'minutes' ? t('app.minutes', { n: f.value }) : String(f.value)
}
