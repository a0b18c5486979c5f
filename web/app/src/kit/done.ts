// done.ts - things done on a press that then ask for the list again and say in words what was done.
import { computed, ref } from 'vue'
import { useAction } from './load'

export function useDone(reload: () => Promise<unknown>) {
  const said = ref('')
  const all: Pick<ReturnType<typeof useAction>, 'problem' | 'busy'>[] = []
  const problem = computed(() => all.find((a) => a.problem.value)?.problem.value ?? null)
  const busy = computed(() => all.some((a) => a.busy.value))
  // doIt answers with what to say.
  function act<A extends unknown[]>(doIt: (...args: A) => Promise<string>): (...args: A) => Promise<void> {
    const one = useAction(async (...args: A) => {
      said.value = ''
      for (const other of all) other.problem.value = null
      const words = await doIt(...args)
      await reload()
      said.value = words
    })
    all.push(one)
    return one.run
  }
  return { said, problem, busy, act }
}
