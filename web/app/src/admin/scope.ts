// scope.ts - a role with its place and days, as a form holds it and as the server reads it.
import type { Rec } from '../api'
import { word, t } from '../texts'

export type Grant = Rec<'grant'>
export const roles = ['consultant', 'inspector', 'grid', 'trainer', 'mediator', 'site_manager', 'district_admin', 'city_admin', 'auditor'] as const satisfies readonly Grant['role'][]
export interface Scope {
  role: Grant['role']
  district: string
  site_id: string
}
export const blankScope = (): Scope => ({ role: 'consultant', district: '', site_id: '' })

export const scopeBody = (s: Scope) => ({ role: s.role, ...(s.district ? { district: Number(s.district) } : {}), ...(s.site_id ? { site_id: s.site_id } : {}) })

export function place(g: Grant, sites: Rec<'site'>[]): string {
  const site = sites.find((s) => s.id === g.site_id)
  return site?.name ?? (g.district ? word('district', String(g.district)) : t('app.staff.whole_city'))
}

export function days(g: Grant): string {
  return g.to_day ? t('app.staff.from_to', { from: g.from_day ?? '', to: g.to_day }) : t('app.staff.from', { from: g.from_day ?? '' })
}
