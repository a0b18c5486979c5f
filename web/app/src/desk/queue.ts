// queue.ts - the queue as one counter sees it: who is called here, who waits, who did not come.
import { computed, onScopeDispose, reactive, watch } from 'vue'
import { call, type Rec } from '../api'
import { useAction, useEvery, useLoad, useTurns } from '../kit/load'

export type Ticket = Rec<'ticket'>
export type Event = 'next' | 'again' | 'skip' | 'done' | 'take'
const KEPT = 'lingji.counter'
export const numberOf = (k: Ticket): string => String(k.n).padStart(3, '0')

// Whatever changes in the hall wakes every counter; a lost line is made up for twice a minute.
function useHall(reload: () => void): void {
  const stream = new EventSource('/hall/events')
  let wait = 0
  stream.addEventListener('change', () => {
    clearTimeout(wait)
    wait = window.setTimeout(reload, 300)
  })
  onScopeDispose(() => stream.close())
  useEvery(30000, reload)
}

export function useQueue() {
  const at = reactive<{ site: string; counter: string }>({ site: '', counter: '', ...JSON.parse(localStorage.getItem(KEPT) ?? '{}') })
  const sites = useLoad(async () => {
    const { items } = await call('get', '/api/v1/queues')
    if (!items.some((q) => q.site_id === at.site)) at.site = items[0]?.site_id ?? ''
    return items
  })
  const tickets = useLoad(async () => (at.site ? (await call('get', '/api/v1/sites/{site}/tickets', { path: { site: at.site } })).items : []))
  const inState = (state: Ticket['state']) => computed(() => (tickets.data.value ?? []).filter((k) => k.state === state))
  const called = inState('called')
  const mine = computed(() => called.value.find((k) => k.counter === at.counter.trim()))
  const reload = async (): Promise<void> => {
    await sites.reload()
    await tickets.reload()
  }
  watch(at, () => localStorage.setItem(KEPT, JSON.stringify(at)))
  watch(() => at.site, tickets.reload)
  useHall(reload)
  reload()

  const body = () => ({ counter: at.counter.trim() })
  const callOne = (id: string) => call('post', '/api/v1/tickets/{ticket}/call', { path: { ticket: id }, body: body() })
  const events: Record<Event, () => Promise<unknown>> = {
    next: () => call('post', '/api/v1/sites/{site}/next', { path: { site: at.site }, body: body() }),
    again: () => callOne(mine.value!.id!),
    skip: () => call('post', '/api/v1/tickets/{ticket}/skip', { path: { ticket: mine.value!.id! } }),
    done: () => call('post', '/api/v1/tickets/{ticket}/done', { path: { ticket: mine.value!.id! } }),
    take: async () => open(`/tickets/${(await call('post', '/api/v1/sites/{site}/tickets', { path: { site: at.site } })).id}/slip`, 'slip')
  }
  const ready = (event: Event): boolean => !!at.site && (event === 'take' || (!!at.counter.trim() && (event === 'next' || !!mine.value)))
  const act = useAction(async (event: Event | string) => {
    await (event in events ? events[event as Event]() : callOne(event))
    await tickets.reload()
  })
  const turn = useTurns()
  const press = (event: Event | string) => turn(event, async () => { if (!(event in events) || ready(event as Event)) await act.run(event) })
  return { at, sites, tickets, mine, waiting: inState('waiting'), skipped: inState('skipped'), ready, act, press }
}
export type Queue = ReturnType<typeof useQueue>
