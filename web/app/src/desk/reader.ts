// reader.ts - an ID card reader types like a keyboard, far faster than a hand. What it types where no field
// has the focus is a card, and never the keys that assign work.
const HAND_MS = 80
const SHORTEST = 8

// For keydown outside of fields; true when the key was taken.
export function useReader(press: (digit: number) => void, card: (typed: string) => void): (e: KeyboardEvent) => boolean {
  let typed = ''
  let lastMs = 0
  let timer = 0
  const stop = (): void => { clearTimeout(timer); timer = 0 }
  const hand = (): void => { stop(); press(Number(typed)) }
  return (e) => {
    const fast = e.timeStamp - lastMs <= HAND_MS
    if (e.key === 'Enter' && fast && typed.length >= SHORTEST) {
      stop()
      card(typed)
      typed = ''
      return true
    }
    if (!/^[0-9Xx]$/.test(e.key)) {
      if (timer) hand() // F9 at once after 1: no card
      return false
    }
    typed = fast ? typed + e.key : e.key
    lastMs = e.timeStamp
    stop()
    if (typed.length === 1) timer = window.setTimeout(hand, 2 * HAND_MS)
    return true
  }
}
