// desk.ts - what the desk has in hand: one person, the wishes, the best matches, the slip, the clock.
import { computed, reactive, shallowRef } from 'vue'
import { asProblem, call, type Problem, type Rec } from '../api'
import { useTurns } from '../kit/load'
import { dateOf, dayOf, now } from '../show'
import { t } from '../texts'

export type Person = Rec<'person'>
export type Match = Rec<'suggestion'>
export type Pair = Rec<'shift_pair'>
export type Hire = Rec<'hire'>
export type Certificate = Rec<'certificate'>

// What was chosen against what was said, a sentence that says so, and how it is sent with a reason.
export interface Doubt {
  title: string
  said: string
  send: (reason: string) => Promise<void>
}

export const BEST = 5

export function useDesk() {
  const found = shallowRef<Person[] | null>(null)
  const person = shallowRef<Person | null>(null)
  const partner = shallowRef<Person | null>(null)
  const matches = shallowRef<Match[] | null>(null)
  const pairs = shallowRef<Pair[]>([]) // two shifts that belong together
  const hire = shallowRef<Hire | null>(null)
  const second = shallowRef<Hire | null>(null) // of a pair
  const doubt = shallowRef<Doubt | null>(null)
  const certificates = shallowRef<Certificate[]>([])
  const problem = shallowRef<Problem | null>(null)
  const state = reactive({ query: '', next: '', both: false, wide: false, busy: false })

  const turn = useTurns()
  let visit = 0 // counts who came
  let unsaid: Partial<Person>[] = [] // pressed, and not yet answered

  // What was asked for the one before is still done when it writes, but shows nothing any more, except that it failed.
  const guarded = (doIt: () => Promise<void>, name = '', writes = false): Promise<unknown> => {
    const at = visit
    return turn(name, async () => {
      if (at !== visit && !writes) return
      state.busy = true
      problem.value = null
      try {
        await doIt()
      } catch (e) {
        problem.value = asProblem(e)
      } finally {
        state.busy = false
        if (at !== visit) {
          const failed = problem.value
          empty()
          problem.value = failed
        }
      }
    })
  }

  function empty(): void {
    state.both = state.wide = false
    doubt.value = null
    pairs.value = []
    found.value = person.value = partner.value = matches.value = hire.value = second.value = problem.value = null
  }

  function clear(): void {
    visit++
    unsaid = []
    state.query = ''
    empty()
  }

  async function loadMatches(): Promise<void> {
    const id = person.value!.id!
    const query = { person: id, ...(state.wide ? { wide: 'true' } : {}) }
    const [best, together] = await Promise.all([
      call('get', '/api/v1/suggestions', { query }),
      state.wide ? { items: [] } : call('get', '/api/v1/pairs', { query: { person: id } })
    ])
    matches.value = best.items.slice(0, BEST)
    pairs.value = together.items
  }

  // What fits, or instead what only the person's own words stand before.
  const look = (wide: boolean) =>
    guarded(async () => {
      state.wide = wide
      matches.value = null
      await loadMatches()
    }, 'look')

  async function take(id: string): Promise<void> {
    if (person.value?.id !== id) state.wide = false
    person.value = await call('get', '/api/v1/people/{person}', { path: { person: id } })
    const other = person.value.partner_id
    partner.value = other ? await call('get', '/api/v1/people/{person}', { path: { person: other } }) : null
    state.both = partner.value !== null && (person.value.together === 'must' || partner.value.together === 'must')
    certificates.value = (await call('get', '/api/v1/people/{person}/certificates', { path: { person: id } })).items
    found.value = hire.value = second.value = null
    await loadMatches()
  }

  const choose = (id: string) => guarded(() => take(id))

  const search = () =>
    guarded(async () => {
      pairs.value = []
      person.value = partner.value = matches.value = hire.value = second.value = null
      const q = state.query.trim()
      state.next = ''
      found.value = q ? await page(q) : null
      if (found.value?.length === 1 && !state.next) await take(found.value[0].id!)
    })

  async function page(q: string, after?: string): Promise<Person[]> {
    const found = await call('post', '/api/v1/people-found', { body: { q, ...(after ? { after } : {}) } })
    state.next = found.next ?? ''
    return found.items
  }
  const searchOn = () =>
    guarded(async () => {
      found.value = [...found.value!, ...(await page(state.query.trim(), state.next))]
    })

  // Shown at once, so that the next chip that is pressed knows of this one; taken back when it was refused.
  const change = (body: Partial<Person>) => {
    const id = person.value!.id!
    const before = person.value!
    person.value = { ...before, ...body }
    unsaid.push(body)
    return guarded(async () => {
      const answered = call('post', '/api/v1/people/{person}', { path: { person: id }, body })
      await answered.finally(() => { unsaid = unsaid.filter((b) => b !== body) }).catch((e) => {
        if (person.value?.id === id) person.value = Object.assign({}, before, ...unsaid)
        throw e
      })
      if (person.value?.id !== id) return
      await take(id)
      person.value = Object.assign({}, person.value, ...unsaid)
    }, '', true)
  }

  const certify = (body: Partial<Certificate>) => {
    const id = person.value!.id!
    return guarded(async () => {
      await call('post', '/api/v1/people/{person}/certificates', { path: { person: id }, body: body as Certificate })
      if (person.value?.id === id) await take(id)
    }, '', true)
  }

  // What stood there when the key was pressed counts, not what comes next.
  const assign = (at: number) => {
    const match = matches.value?.[at]
    const who = person.value?.id
    const both = state.both
    return guarded(async () => {
      if (!match || !who || hire.value) return
      const path = { shift: match.shift_id! }
      const send = async (reason = ''): Promise<void> => {
        hire.value = await call('post', '/api/v1/shifts/{shift}/take', { path, body: { person_id: who, ...(both ? { both } : {}), ...(reason ? { reason } : {}) } })
      }
      if (match.against) doubt.value = { title: match.title, said: t('app.against.said', { said: match.against }), send }
      else await send().catch((e) => ask(e, match.title, send))
    }, 'assign', true)
  }

  // Something was said after the list was read: the server asks for the reason.
  function ask(e: unknown, title: string, send: Doubt['send']): void {
    const why = asProblem(e).fields.find((f) => f.field === 'reason')
    if (!why) throw e
    doubt.value = { title, said: why.detail, send }
  }

  async function assignWhy(reason: string): Promise<void> {
    await doubt.value!.send(reason)
    doubt.value = null
  }

  // Both or neither; when one of them is gone, what is left is read again.
  const assignPair = (at: number) => {
    const pair = pairs.value[at]
    const who = person.value?.id
    return guarded(async () => {
      if (!pair || !who || hire.value) return
      const path = { shift: pair.first_shift_id!, second: pair.second_shift_id! }
      const send = async (reason = ''): Promise<void> => {
        const body = { person_id: who, ...(pair.both ? { both: true } : {}), ...(reason ? { reason } : {}) }
        const both = (await call('post', '/api/v1/shifts/{shift}/take-with/{second}', { path, body })).items
        second.value = both[1]
        hire.value = both[0]
      }
      try {
        await send().catch((e) => ask(e, t('app.desk.pair_titles', { first: pair.first_title, second: pair.second_title }), send))
      } catch (e) {
        if (person.value?.id === who) await loadMatches()
        throw e
      }
    }, 'assign', true)
  }

  const cancel = (h: Hire) => call('post', '/api/v1/hires/{hire}/cancel', { path: { hire: h.id! } })

  // Of a couple that goes only together the other one is given back with the first.
  const giveBack = () =>
    guarded(async () => {
      if (second.value && second.value.person_id === hire.value!.person_id) await cancel(second.value)
      second.value = null
      await cancel(hire.value!)
      hire.value = null
      await loadMatches()
    }, 'giveBack')

  return { found, person, partner, matches, pairs, hire, second, doubt, certificates, problem, state, turn, clear, choose, search, searchOn, change, certify, look, assign, assignPair, assignWhy, giveBack }
}
export type Desk = ReturnType<typeof useDesk>

const KEPT = 'lingji.served'

// From F2 to the printed slip: the one number of a desk.
export function useClock() {
  const clock = reactive({ startMs: 0, nowMs: 0, lastS: 0, n: 0, sumS: 0 })
  const today = () => dateOf(dayOf(now()))
  const kept = JSON.parse(localStorage.getItem(KEPT) ?? '{}')
  if (kept.day === today()) Object.assign(clock, { n: kept.n, sumS: kept.sumS })
  const runS = computed(() => (clock.startMs ? Math.max(0, Math.round((clock.nowMs - clock.startMs) / 1000)) : clock.lastS))
  const averageS = computed(() => (clock.n ? Math.round(clock.sumS / clock.n) : 0))
  function tick(): void {
    clock.nowMs = now()
  }
  function start(): void {
    clock.startMs = clock.nowMs = now()
  }
  function stop(): void {
    if (!clock.startMs) return
    tick()
    clock.lastS = runS.value
    clock.n++
    clock.sumS += clock.lastS
    clock.startMs = 0
    localStorage.setItem(KEPT, JSON.stringify({ day: today(), n: clock.n, sumS: clock.sumS }))
  }
  return { clock, runS, averageS, start, stop, tick }
}
