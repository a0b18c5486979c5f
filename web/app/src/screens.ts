// screens.ts - every screen of the app and whose it is; the first that fits is home.
import { hasCityRole, hasRole } from './session'
import { moreWords, type Key } from './texts'

export interface Screen {
  path: string
  name: Key
  roles: string[] // none: of everybody who is signed in, and in no menu
  city?: true // of who has the role over the whole city
  load: () => Promise<unknown>
}

const rights = ['consultant', 'mediator', 'site_manager', 'district_admin', 'city_admin']
const checkers = ['consultant', 'inspector', 'site_manager', 'district_admin', 'city_admin']
const full = (load: Screen['load']) => async (): Promise<unknown> => (await Promise.all([load(), moreWords()]))[0]
export const screens: Screen[] = [
  { path: '/desk', name: 'app.nav.desk', roles: ['consultant', 'site_manager'], load: full(() => import('./desk/DeskScreen.vue')) },
  { path: '/employer', name: 'app.nav.employer', roles: ['employer', 'agency'], load: full(() => import('./employer/EmployerScreen.vue')) },
  { path: '/visits', name: 'app.nav.visits', roles: ['inspector', 'consultant', 'site_manager'], load: () => import('./field/VisitScreen.vue') },
  { path: '/grid', name: 'app.nav.grid', roles: ['grid'], load: () => import('./field/GridScreen.vue') },
  { path: '/today', name: 'app.nav.today', roles: ['site_manager', 'district_admin', 'city_admin', 'auditor'], load: full(() => import('./city/TodayScreen.vue')) },
  { path: '/report', name: 'app.report.title', roles: ['site_manager', 'district_admin', 'city_admin', 'auditor'], load: full(() => import('./city/ReportScreen.vue')) },
  { path: '/seen', name: 'app.nav.seen', roles: ['inspector', 'consultant', 'site_manager', 'district_admin', 'city_admin', 'auditor'], load: () => import('./field/SeenScreen.vue') },
  { path: '/check', name: 'app.nav.check', roles: checkers, load: full(() => import('./check/CheckScreen.vue')) },
  { path: '/rights', name: 'app.nav.rights', roles: rights, load: full(() => import('./check/RightsScreen.vue')) },
  { path: '/boards', name: 'app.nav.boards', roles: ['consultant', 'site_manager', 'district_admin', 'city_admin'], load: full(() => import('./admin/BoardScreen.vue')) },
  { path: '/staff', name: 'app.nav.staff', roles: ['district_admin', 'city_admin'], load: full(() => import('./admin/StaffScreen.vue')) },
  { path: '/audit', name: 'app.nav.audit', roles: ['city_admin', 'auditor'], city: true, load: full(() => import('./admin/AuditScreen.vue')) },
  { path: '/devices', name: 'app.devices', roles: [], load: full(() => import('./admin/DevicesScreen.vue')) },
  { path: '/register', name: 'app.nav.register', roles: [], load: full(() => import('./employer/RegisterScreen.vue')) }
]

const whose = (s: Screen): boolean => (s.city ? hasCityRole : hasRole)(...s.roles)
export const mayOpen = (s: Screen): boolean => !s.roles.length || whose(s)
export const myScreens = (): Screen[] => screens.filter(whose)
export const home = (): string => myScreens()[0]?.path ?? '/none'
