// screens.ts - every screen of the app and whose it is; the first that fits is home.
import type { Key } from './texts'
import { hasRole } from './session'

export interface Screen {
  path: string
  name: Key
  roles: string[]
  load: () => Promise<unknown>
}

export const screens: Screen[] = [
  { path: '/desk', name: 'app.nav.desk', roles: ['consultant', 'site_manager'], load: () => import('./desk/DeskScreen.vue') },
  { path: '/employer', name: 'app.nav.employer', roles: ['employer', 'agency'], load: () => import('./employer/EmployerScreen.vue') },
  { path: '/visits', name: 'app.nav.visits', roles: ['inspector'], load: () => import('./field/VisitScreen.vue') },
  { path: '/seen', name: 'app.nav.seen', roles: ['inspector', 'consultant', 'site_manager', 'district_admin', 'city_admin', 'auditor'], load: () => import('./field/SeenScreen.vue') },
  { path: '/grid', name: 'app.nav.grid', roles: ['grid'], load: () => import('./field/GridScreen.vue') },
  { path: '/today', name: 'app.nav.today', roles: ['site_manager', 'district_admin', 'city_admin', 'auditor'], load: () => import('./city/TodayScreen.vue') },
  { path: '/report', name: 'app.report.title', roles: ['site_manager', 'district_admin', 'city_admin', 'auditor'], load: () => import('./city/ReportScreen.vue') }
]

export const myScreens = (): Screen[] => screens.filter((s) => hasRole(...s.roles))
export const home = (): string => myScreens()[0]?.path ?? '/none'
