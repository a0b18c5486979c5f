// router.ts - which screen the address names: "#/employer?tab=pay". A screen is fetched when it is
// first needed; who may not see it is led to his own.
import { computed, markRaw, shallowRef, watch, type Component } from 'vue'
import { route } from './route'
import { home, mayOpen, screens, type Screen } from './screens'
import { session } from './session'
import { lang, t, type Key } from './texts'
import NoScreen from './sign-in/NoScreen.vue'
import NotHere from './sign-in/NotHere.vue'
import SignIn from './sign-in/SignIn.vue'

export const shown = shallowRef<Component | null>(null)
const own: Record<string, { name: Key; view: Component }> = {
  '/sign-in': { name: 'app.sign_in.title', view: SignIn },
  '/none': { name: 'app.none.title', view: NoScreen }
}
const screen = computed(() => screens.find((s) => s.path === route.path))

function allowed(path: string): string {
  if (!session.me) return path === '/sign-in' ? path : `/sign-in?next=${encodeURIComponent(location.hash.slice(1) || path)}`
  const wanted = screens.find((s) => s.path === path)
  return (wanted && mayOpen(wanted)) || path === '/sign-in' ? path : home() // none: only of who has no other
}

// A screen that does not come: the server may have another build by now, whose page names other files;
// or there is no network and nobody opened this screen before.
const RENEWED = 'lingji.renewed'
async function screenOf(s: Screen): Promise<Component | null> {
  try {
    const { default: view } = (await s.load()) as { default: Component }
    sessionStorage.removeItem(RENEWED)
    return view
  } catch {
    if (!navigator.onLine || sessionStorage.getItem(RENEWED)) return NotHere
    sessionStorage.setItem(RENEWED, 'yes')
    location.reload()
    return null
  }
}

async function follow(): Promise<void> {
  const [path, query = ''] = location.hash.slice(1).split('?')
  const to = allowed(path || '/')
  if (to !== path) return location.replace(`#${to}`)
  route.path = path
  route.query = new URLSearchParams(query)
  const view = own[path]?.view ?? (await screenOf(screen.value!))
  if (view && route.path === path) shown.value = markRaw(view)
  document.title = `${t(own[path]?.name ?? screen.value!.name)} · ${t('app.name')}`
}

export function startRouter(): Promise<void> {
  window.addEventListener('hashchange', follow)
  watch([lang, () => session.me], follow)
  return follow()
}
