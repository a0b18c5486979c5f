// reader.ts - an ID card reader types like a keyboard, far faster than a hand. What it types where no field
// has the focus is a card, and never the keys 1-5 that assign work.
const HAND_MS = 80
const SHORTEST = 8

// For keydown outside of fields; true when the key was taken.
export function useReader(press: (digit: number) => void, card: (typed: string) => void): (e: KeyboardEvent) => boolean {
  let typed = ''
  let lastMs = 0
  let timer = 0
  return (e) => {
    const fast = e.timeStamp - lastMs <= HAND_MS
    if (e.key === 'Enter' && fast && typed.length >= SHORTEST) {
      clearTimeout(timer)
      card(typed)
      typed = ''
      return true
    }
    if (!/^[0-9Xx]$/.test(e.key)) return false
    typed = fast ? typed + e.key : e.key
    lastMs = e.timeStamp
    clearTimeout(timer)
    if (typed.length === 1) timer = window.setTimeout(() => press(Number(e.key)), 2 * HAND_MS)
    return true
  }
}
