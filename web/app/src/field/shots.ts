// shots.ts - photos and film of a visit, and what they are called on their way to the server.
import type { Files } from './queue'

interface Shot {
  blob: Blob
  shown: boolean
}
export interface Shots {
  photos: Shot[]
  film: Shot | null
}
export const numbers = ['1', '2', '3', '4', '5', '6'] as const
export const noShots = (): Shots => ({ photos: [], film: null })

export function filesOf(s: Shots): Files {
  const files: Files = {}
  s.photos.forEach((p, i) => { files[`pictures/${numbers[i]}`] = p.blob })
  if (s.film) files.film = s.film.blob
  return files
}

export const shownOf = (s: Shots) => [...numbers.filter((_, i) => s.photos[i]?.shown), ...(s.film?.shown ? (['film'] as const) : [])]
