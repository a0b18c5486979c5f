// session.ts - who is signed in. Without a network the last answer of this tab still counts, so that
// an inspector can go on; the server checks every call again.
import { reactive } from 'vue'
import { call, Problem, useCsrf, type Rec } from './api'
import { setClock } from './show'

export type Me = Rec<'me'>
export const session = reactive<{ me: Me | null; ready: boolean }>({ me: null, ready: false })
const KEPT = 'lingji.me'

function take(me: Me | null): void {
  session.me = me
  useCsrf(me?.csrf ?? '')
  if (me) sessionStorage.setItem(KEPT, JSON.stringify(me))
  else sessionStorage.removeItem(KEPT)
}

export async function loadSession(): Promise<void> {
  try {
    take(await call('get', '/api/v1/me'))
    setClock(session.me!.now_ms)
  } catch (e) {
    const kept = sessionStorage.getItem(KEPT)
    take(e instanceof Problem && e.offline && kept ? JSON.parse(kept) : null)
  }
  session.ready = true
}

export async function signOut(): Promise<void> {
  await call('post', '/api/v1/sign-out')
  take(null)
}

export function forgetSession(): void {
  take(null)
}

export function hasRole(...roles: string[]): boolean {
  return roles.some((r) => (session.me?.roles as string[] | undefined)?.includes(r))
}
