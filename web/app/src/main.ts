// main.ts - the staff app: texts, who is signed in, then the screen that the address names.
import { createApp, watch } from 'vue'
import { createRouter, createWebHashHistory, type RouteRecordRaw } from 'vue-router'
import App from './App.vue'
import './app.css'
import { home, screens } from './screens'
import { hasRole, loadSession, session } from './session'
import { lang, startLang, t, type Key } from './texts'
import SignIn from './sign-in/SignIn.vue'
import NoScreen from './sign-in/NoScreen.vue'

const routes: RouteRecordRaw[] = [
  { path: '/', redirect: () => (session.me ? home() : '/sign-in') },
  { path: '/sign-in', component: SignIn, meta: { open: true, name: 'app.sign_in.title' } },
  { path: '/none', component: NoScreen, meta: { name: 'app.none.title' } },
  ...screens.map((s) => ({ path: s.path, component: s.load as RouteRecordRaw['component'] & object, meta: { roles: s.roles, name: s.name } })),
  { path: '/:rest(.*)', redirect: '/' }
]
const router = createRouter({ history: createWebHashHistory('/app'), routes })

router.beforeEach((to) => {
  if (to.meta.open) return true
  if (!session.me) return { path: '/sign-in', query: { next: to.path } }
  const roles = to.meta.roles as string[] | undefined
  return !roles || hasRole(...roles) ? true : home()
})

function title(): void {
  const name = router.currentRoute.value.meta.name as Key | undefined
  document.title = name ? `${t(name)} · ${t('app.name')}` : t('app.name')
}

Promise.all([startLang(), loadSession()]).then(() => {
  router.afterEach(title)
  watch(lang, title)
  watch(() => session.me, (me) => { if (!me) router.push('/sign-in') })
  createApp(App).use(router).mount('#app')
})
