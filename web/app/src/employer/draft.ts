// draft.ts - the post an employer is writing: it stays in its tab through Back and a reload, until it is sent or given up.
import { watch } from 'vue'
import { session } from '../session'

const key = (): string => `lingji.post.${session.me!.employer_id}`

// Fills in what was written before; true when there was something.
export function useDraft(form: object): boolean {
  const kept = sessionStorage.getItem(key())
  if (kept) Object.assign(form, JSON.parse(kept))
  watch(form, () => sessionStorage.setItem(key(), JSON.stringify(form)))
  return !!kept
}
export function dropDraft(): void {
  sessionStorage.removeItem(key())
}
