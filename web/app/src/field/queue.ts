// queue.ts - what was written down without a network: kept in this phone's IndexedDB, sent in order as
// soon as there is one, each with its own Idempotency-Key so that nothing is stored twice. What the
// server refuses stays, with the reason, until somebody looks at it.
import { reactive } from 'vue'
import { asProblem, call, newKey, Problem } from '../api'
import { session } from '../session'

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
}

const DB = 'lingji'
let opened: Promise<IDBDatabase> | null = null

function database(): Promise<IDBDatabase> {
  return (opened ??= new Promise((good, bad) => {
    const ask = indexedDB.open(DB, 1)
    ask.onupgradeneeded = () => {
      ask.result.createObjectStore('queue', { keyPath: 'key' })
      ask.result.createObjectStore('kept')
    }
    ask.onsuccess = () => good(ask.result)
    ask.onerror = () => bad(ask.error)
  }))
}

async function run<T>(store: string, mode: IDBTransactionMode, ask: (s: IDBObjectStore) => IDBRequest<T>): Promise<T> {
  const tx = (await database()).transaction(store, mode)
  const request = ask(tx.objectStore(store))
  return new Promise((good, bad) => {
    tx.oncomplete = () => good(request.result)
    tx.onerror = tx.onabort = () => bad(tx.error)
  })
}

// Vue's proxies cannot be stored; what is stored is plain JSON anyway.
const plain = <T>(x: T): T => JSON.parse(JSON.stringify(x))
export const keep = (name: string, what: unknown) => run('kept', 'readwrite', (s) => s.put(plain(what), `${session.me?.account_id} ${name}`))
export const kept = <T>(name: string) => run('kept', 'readonly', (s) => s.get(`${session.me?.account_id} ${name}`) as IDBRequest<T | undefined>)

export const queue = reactive<{ items: Waiting[]; online: boolean; sending: boolean; sent: number }>({ items: [], online: navigator.onLine, sending: false, sent: 0 })

async function reload(): Promise<void> {
  const all = await run('queue', 'readonly', (s) => s.getAll() as IDBRequest<Waiting[]>)
  queue.items = all.filter((w) => w.account === session.me?.account_id).sort((a, b) => a.atMs - b.atMs)
}

function send(w: Waiting): Promise<unknown> {
  return w.work.kind === 'visit'
    ? call('post', '/api/v1/jobs/{job}/visits', { path: { job: w.work.job }, body: w.work.body, key: w.key })
    : call('post', '/api/v1/people', { body: w.work.body, key: w.key })
}

// Neither lost nor hammered: no network, no session or a busy server stop the round; a refusal does not.
const stops = (p: Problem): boolean => p.offline || p.status === 401 || p.status === 429 || p.status >= 500

async function round(): Promise<void> {
  for (const w of queue.items.filter((x) => !x.fault)) {
    try {
      await send(w)
      await run('queue', 'readwrite', (s) => s.delete(w.key))
      queue.sent++
    } catch (e) {
      const problem = asProblem(e)
      queue.online = !problem.offline
      if (stops(problem)) return
      await run('queue', 'readwrite', (s) => s.put(plain({ ...w, fault: [problem.detail, ...problem.fields.map((f) => f.detail)].join(' ') })))
    }
  }
}

export async function flush(): Promise<void> {
  if (queue.sending || !session.me) return
  queue.sending = true
  try {
    await reload()
    await round()
    await reload()
  } finally {
    queue.sending = false
  }
}

export async function add(label: string, work: Work): Promise<void> {
  const w: Waiting = { key: newKey(), atMs: Date.now(), account: session.me!.account_id!, label, fault: '', work }
  await run('queue', 'readwrite', (s) => s.put(plain(w)))
  await reload()
  if (queue.online) await flush()
}

export async function drop(key: string): Promise<void> {
  await run('queue', 'readwrite', (s) => s.delete(key))
  await reload()
}

function online(on: boolean): void {
  queue.online = on
  if (on) flush()
}
window.addEventListener('online', () => online(true))
window.addEventListener('offline', () => online(false))
