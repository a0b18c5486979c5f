// store.ts - this phone's IndexedDB: what waits to be sent, what was kept for later, and files.
import { session } from '../session'

const DB = 'lingji'
const VERSION = 2
let opened: Promise<IDBDatabase> | null = null

function database(): Promise<IDBDatabase> {
  return (opened ??= new Promise((good, bad) => {
    const ask = indexedDB.open(DB, VERSION)
    ask.onupgradeneeded = () => {
      const has = ask.result.objectStoreNames
      if (!has.contains('queue')) ask.result.createObjectStore('queue', { keyPath: 'key' })
      for (const name of ['kept', 'files']) if (!has.contains(name)) ask.result.createObjectStore(name)
    }
    ask.onsuccess = () => {
      ask.result.onversionchange = () => ask.result.close()
      good(ask.result)
    }
    ask.onerror = () => bad(ask.error)
  }))
}

type Name = 'queue' | 'kept' | 'files'

// Everything that `work` asks for is done together or not at all.
export async function write(work: (store: (name: Name) => IDBObjectStore) => void): Promise<void> {
  const tx = (await database()).transaction(['queue', 'kept', 'files'], 'readwrite')
  work((name) => tx.objectStore(name))
  return new Promise((good, bad) => {
    tx.oncomplete = () => good()
    tx.onerror = tx.onabort = () => bad(tx.error)
  })
}

export async function read<T>(name: Name, ask: (s: IDBObjectStore) => IDBRequest): Promise<T> {
  const request = ask((await database()).transaction(name).objectStore(name))
  return new Promise((good, bad) => {
    request.onsuccess = () => good(request.result)
    request.onerror = () => bad(request.error)
  })
}

// Vue's proxies cannot be stored; what is stored beside files is plain JSON anyway.
export const plain = <T>(x: T): T => JSON.parse(JSON.stringify(x))
const mine = (name: string): string => `${session.me?.account_id} ${name}`
export const keep = (name: string, what: unknown) => write((s) => s('kept').put(plain(what), mine(name)))
export const kept = <T>(name: string) => read<T | undefined>('kept', (s) => s.get(mine(name)))
export const keepFiles = (name: string, what: unknown) => write((s) => s('files').put(what, mine(name)))
export const keptFiles = <T>(name: string) => read<T | undefined>('files', (s) => s.get(mine(name)))
export const forget = (name: string) => write((s) => { s('kept').delete(mine(name)); s('files').delete(mine(name)) })
// All keys that begin with `head` and a space; "!" is the next character.
export const under = (head: string): IDBKeyRange => IDBKeyRange.bound(`${head} `, `${head}!`, false, true)
export const names = async (): Promise<string[]> => (await read<string[]>('kept', (s) => s.getAllKeys(under(mine('').trim())))).map((k) => k.slice(mine('').length))
