// queue.ts - what was written down without a network: kept in this phone, sent in order as soon as there
// is one, each with its own Idempotency-Key so that nothing is stored twice. Its files follow the record,
// each to an address of its own. What the server refuses stays, with the reason, until somebody looks at it.
import { reactive, watch } from 'vue'
import { asProblem, call, newKey, Problem, upload } from '../api'
import { loadSession, session } from '../session'
import { plain, read, under, write } from './store'

type Visit = NonNullable<Parameters<typeof call<'/api/v1/jobs/{job}/visits', 'post'>>[2]>['body']
type Person = NonNullable<Parameters<typeof call<'/api/v1/people', 'post'>>[2]>['body']
type Work = { kind: 'visit'; job: string; body: Visit } | { kind: 'person'; body: Person }
export interface Waiting {
  key: string
  atMs: number
  account: string
  label: string
  fault: string
  work: Work
  id: string // of the record, once it was stored
  files: string[] // of those that still wait: "pictures/1", "film", "voice"
}
export type Files = Record<string, Blob>

export const queue = reactive<{ items: Waiting[]; online: boolean; sending: boolean; sent: number }>({ items: [], online: navigator.onLine, sending: false, sent: 0 })

async function reload(): Promise<void> {
  const all = await read<Waiting[]>('queue', (s) => s.getAll())
  queue.items = all.filter((w) => w.account === session.me?.account_id).sort((a, b) => a.atMs - b.atMs)
}

const put = (w: Waiting): Promise<void> => write((s) => s('queue').put(plain(w)))
const fileKey = (w: Waiting, name: string): string => `${w.key} ${name}`
const erase = (w: Waiting): Promise<void> => write((s) => { s('queue').delete(w.key); s('files').delete(under(w.key)) })

async function sendRecord(w: Waiting): Promise<void> {
  const stored = w.work.kind === 'visit'
    ? await call('post', '/api/v1/jobs/{job}/visits', { path: { job: w.work.job }, body: w.work.body, key: w.key })
    : await call('post', '/api/v1/people', { body: w.work.body, key: w.key })
  w.id = stored.id!
  await put(w)
}

async function sendFile(w: Waiting, name: string): Promise<void> {
  const file = await read<Blob | undefined>('files', (s) => s.get(fileKey(w, name)))
  if (file) await upload(`/api/v1/${w.work.kind === 'visit' ? 'visits' : 'people'}/${w.id}/${name}`, file)
  w.files = w.files.filter((f) => f !== name)
  await write((s) => { s('queue').put(plain(w)); s('files').delete(fileKey(w, name)) })
}

// Neither lost nor hammered: no network, no session or a busy server stop the round; a refusal does not.
const stops = (p: Problem): boolean => p.offline || p.status === 401 || p.status === 429 || p.status >= 500
const words = (p: Problem): string => [p.detail, ...p.fields.map((f) => f.detail)].join(' ')

// The record, then its files; one that is refused does not hold up the others. False ends the round.
async function sendAll(w: Waiting): Promise<boolean> {
  const steps = [...(w.id ? [] : [() => sendRecord(w)]), ...(w.files ?? []).map((name) => () => sendFile(w, name))]
  for (const step of steps) {
    try {
      await step()
    } catch (e) {
      const problem = asProblem(e)
      queue.online = !problem.offline
      if (stops(problem)) return false
      w.fault = words(problem)
      if (!w.id) break
    }
  }
  if (w.fault) await put(w)
  else await erase(w)
  if (w.id) queue.sent++
  return true
}

async function round(): Promise<void> {
  for (const w of queue.items.filter((x) => !x.fault)) if (!(await sendAll(w))) return
}

export async function flush(): Promise<void> {
  if (queue.sending || !session.me) return
  queue.sending = true
  try {
    await reload()
    if (!session.live) { // the server has not said yet who this is: that tells whether there is a network, the phone may only believe so
      await loadSession()
      queue.online = session.live
    }
    if (session.live) await round()
    await reload()
  } finally {
    queue.sending = false
  }
}

export async function add(label: string, work: Work, files: Files = {}): Promise<void> {
  const w: Waiting = { key: newKey(), atMs: Date.now(), account: session.me!.account_id!, label, fault: '', work, id: '', files: Object.keys(files) }
  await write((s) => { s('queue').put(plain(w)); for (const name of w.files) s('files').put(files[name], fileKey(w, name)) })
  await reload()
  if (queue.online) await flush()
}

// What stood in the way may be gone: an employer whose papers were read meanwhile.
export async function resend(w: Waiting): Promise<void> {
  await put({ ...w, fault: '' })
  await flush()
}

export async function drop(w: Waiting): Promise<void> {
  await erase(w)
  await reload()
}

// What this phone keeps for its owner: the list, drafts, and what was never sent.
export async function wipe(me: string): Promise<void> {
  await write((s) => {
    s('kept').delete(under(me))
    s('files').delete(under(me))
    for (const w of queue.items) { s('queue').delete(w.key); s('files').delete(under(w.key)) }
  })
  queue.items = []
}

function online(on: boolean): void {
  queue.online = on
  if (on) flush()
}
watch(() => session.live, (live) => { if (live) online(true) }) // its answer came late
window.addEventListener('online', () => online(true))
window.addEventListener('offline', () => online(false))
