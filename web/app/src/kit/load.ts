// load.ts - one thing fetched for a screen: waiting, there, empty or failed.
import { onScopeDispose, ref, shallowRef, type Ref, type ShallowRef } from 'vue'
import { asProblem, type Problem } from '../api'

export interface Loaded<T> {
  data: ShallowRef<T | null>
  problem: ShallowRef<Problem | null>
  waiting: Ref<boolean>
  reload: () => Promise<void>
}

export function useLoad<T>(fetchIt: () => Promise<T>): Loaded<T> {
  const data = shallowRef<T | null>(null)
  const problem = shallowRef<Problem | null>(null)
  const waiting = ref(false)
  async function reload(): Promise<void> {
    waiting.value = true
    try {
      data.value = await fetchIt()
      problem.value = null
    } catch (e) {
      problem.value = asProblem(e)
    } finally {
      waiting.value = false
    }
  }
  return { data, problem, waiting, reload }
}

// The first n pages of a list, one behind the other; more: there is another one.
export async function pages<T>(n: number, ask: (after: { after?: string }) => Promise<{ items: T[]; next?: string | null }>): Promise<{ items: T[]; more: boolean }> {
  const items: T[] = []
  let next: string | null | undefined = null
  for (let i = 0; i < n && (i === 0 || next); i++) {
    const page = await ask(next ? { after: next } : {})
    items.push(...page.items)
    next = page.next
  }
  return { items, more: !!next }
}

// Something done on a press: no second time while it runs, its failure kept for showing.
export function useAction<A extends unknown[]>(doIt: (...args: A) => Promise<void>) {
  const problem = shallowRef<Problem | null>(null)
  const busy = ref(false)
  async function run(...args: A): Promise<void> {
    if (busy.value) return
    busy.value = true
    problem.value = null
    try {
      await doIt(...args)
    } catch (e) {
      problem.value = asProblem(e)
    } finally {
      busy.value = false
    }
  }
  return { problem, busy, run }
}

// Keys are quicker than a network: what is pressed while something runs waits for its turn. The same
// thing pressed twice in a row is one press.
export function useTurns() {
  let last: Promise<unknown> = Promise.resolve()
  const line: string[] = []
  return (name: string, doIt: () => Promise<unknown>): Promise<unknown> => {
    if (name && line[line.length - 1] === name) return last
    line.push(name)
    const mine = last.then(doIt).finally(() => line.shift())
    last = mine.catch(() => {})
    return mine
  }
}

export function useEvery(ms: number, doIt: () => void): void {
  const timer = setInterval(doIt, ms)
  onScopeDispose(() => clearInterval(timer))
}

export function useWindow<K extends keyof WindowEventMap>(name: K, doIt: (e: WindowEventMap[K]) => void): void {
  window.addEventListener(name, doIt)
  onScopeDispose(() => window.removeEventListener(name, doIt))
}
