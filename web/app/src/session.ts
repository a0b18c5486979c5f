// session.ts - who is signed in. Without a network the last answer counts, so that an inspector opens the
// app in a basement; the server checks every call again, refuses a write without the token it gives with its answer, and
// what the field keeps to send waits for that answer.
import { reactive } from 'vue'
import { call, Problem, useCsrf, type Rec } from './api'
import { setClock } from './show'

export type Me = Rec<'me'>
export const session = reactive<{ me: Me | null; live: boolean }>({ me: null, live: false }) // live: said by the server
const KEPT = 'lingji.me'
const PATIENCE_MS = 4000

function take(me: Me | null): void {
  session.me = me
  session.live = me !== null
  useCsrf(me?.csrf ?? '')
  setClock(me?.now_ms ?? null)
  if (me) localStorage.setItem(KEPT, JSON.stringify({ ...me, csrf: '' }))
  else localStorage.removeItem(KEPT)
}

async function ask(): Promise<void> {
  try {
    take(await call('get', '/api/v1/me'))
  } catch (e) {
    if (!(e instanceof Problem && e.offline)) take(null)
  }
}

// Who is known is not kept waiting by a network that hardly is one.
export async function loadSession(): Promise<void> {
  const kept = localStorage.getItem(KEPT)
  const asked = ask()
  if (!kept) return asked
  await Promise.race([asked, new Promise((done) => setTimeout(done, PATIENCE_MS))])
  if (!session.live && localStorage.getItem(KEPT)) session.me = JSON.parse(kept)
}

export function forgetSession(): void {
  take(null)
}

export function hasRole(...roles: string[]): boolean {
  return roles.some((r) => (session.me?.roles as string[] | undefined)?.includes(r))
}
// Held over the whole city, not one district or site of it.
export function hasCityRole(...roles: string[]): boolean {
  return roles.some((r) => (session.me?.city_roles as string[] | undefined)?.includes(r))
}
window.addEventListener('online', () => { if (session.me && !session.live) loadSession() })
