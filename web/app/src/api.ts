// api.ts - calling the server: paths, bodies and replies are checked against its own document.
// A write carries an Idempotency-Key and is asked again once with the same key when the answer is lost.
import type { components, paths } from './schema'
import { t } from './texts'

type Full<T> = T extends (infer U)[] ? Full<U>[] : T extends object ? { [K in keyof T]-?: Full<T[K]> } : T
type Method = 'get' | 'post' | 'delete'
type Op<P extends keyof paths, M extends Method> = M extends keyof paths[P] ? paths[P][M] : never
type Reply<O> = O extends { responses: { 200: { content: { 'application/json': infer R } } } } ? Full<R> : void
type Body<O> = O extends { requestBody?: { content: { 'application/json': infer B } } } ? B : never
export type Rec<K extends keyof components['schemas']> = Full<components['schemas'][K]>

interface Options<B> {
  path?: Record<string, string>
  query?: Record<string, string | number | undefined>
  body?: B
  key?: string
}
export interface FieldError {
  field: string
  detail: string
}

export class Problem extends Error {
  constructor(
    readonly status: number,
    readonly code: string,
    readonly title: string,
    readonly detail: string,
    readonly fields: FieldError[] = [],
    readonly rule = ''
  ) {
    super(detail)
  }
  get offline(): boolean {
    return this.status === 0
  }
}

let csrf = ''
export function useCsrf(token: string): void {
  csrf = token
}

// randomUUID needs a secure context, which a station's own network may not be.
export function newKey(): string {
  return Array.from(crypto.getRandomValues(new Uint8Array(16)), (b) => b.toString(16).padStart(2, '0')).join('')
}

async function problemOf(r: Response): Promise<Problem> {
  const p = await r.json().catch(() => ({}))
  const fields = (p.errors ?? []).map((e: { pointer: string; detail: string }) => ({ field: e.pointer.slice(1), detail: e.detail }))
  return new Problem(r.status, p.code ?? '', p.title ?? t('app.err.title'), p.detail ?? t('app.err.again'), fields, p.rule ?? '')
}

function address(path: string, o: Options<unknown>): string {
  const filled = path.replace(/\{(\w+)\}/g, (_, name) => encodeURIComponent(o.path?.[name] ?? ''))
  const query = new URLSearchParams()
  for (const [name, value] of Object.entries(o.query ?? {})) if (value !== undefined) query.set(name, String(value))
  return query.size ? `${filled}?${query}` : filled
}

async function send(url: string, init: RequestInit, tries: number): Promise<Response> {
  try {
    const r = await fetch(url, init)
    if (r.status !== 503 || tries === 0) return r
  } catch {
    if (tries === 0) throw new Problem(0, 'offline', t('app.err.offline'), t('app.err.offline_do'))
  }
  return send(url, init, tries - 1)
}

// What a screen asks by itself when nobody has touched it for a minute is no use of the session.
let touched = Date.now()
for (const event of ['pointerdown', 'keydown']) addEventListener(event, () => { touched = Date.now() }, true)

async function ask(method: string, url: string, type: string, body: BodyInit | undefined, key: string): Promise<Response> {
  const headers: Record<string, string> = { Accept: 'application/json' }
  if (Date.now() - touched > 60000) headers['X-Unattended'] = '1'
  if (method !== 'GET') {
    headers['X-CSRF-Token'] = csrf
    headers['Idempotency-Key'] = key
  }
  if (body) headers['Content-Type'] = type
  const r = await send(url, { method, headers, body }, 1)
  if (!r.ok) throw await problemOf(r)
  return r
}

export async function call<P extends keyof paths, M extends Method>(method: M, path: P, o: Options<Body<Op<P, M>>> = {}): Promise<Reply<Op<P, M>>> {
  const r = await ask(method.toUpperCase(), address(path, o), 'application/json', o.body && JSON.stringify(o.body), o.key ?? newKey())
  const text = await r.text()
  return (text ? JSON.parse(text) : undefined) as Reply<Op<P, M>>
}

// A picture, a film or a voice goes to its own address: sent twice, it is stored once.
export async function upload(path: string, file: Blob, method: 'PUT' | 'POST' = 'PUT'): Promise<void> {
  await ask(method, path, file.type || 'application/octet-stream', file, newKey())
}

// Bytes that are only given with a reason.
export async function download<P extends keyof paths>(path: P, o: Options<Body<Op<P, 'post'>>>): Promise<Blob> {
  return (await ask('POST', address(path, o), 'application/json', JSON.stringify(o.body), newKey())).blob()
}

// Any failure as something that can be shown.
export function asProblem(e: unknown): Problem {
  if (e instanceof Problem) return e
  console.error(e)
  return new Problem(0, 'bug', t('app.err.title'), t('app.err.again'))
}

// A list or a report as a workbook, saved under a name; the same visibility as on the screen.
export async function saveBook(path: keyof paths, name: string, o: Options<never> = {}): Promise<void> {
  const r = await send(address(path, o), { headers: { Accept: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet' } }, 1)
  if (!r.ok) throw await problemOf(r)
  const link = document.createElement('a')
  link.href = URL.createObjectURL(await r.blob())
  link.download = `${name}.xlsx`
  link.click()
  URL.revokeObjectURL(link.href)
}
