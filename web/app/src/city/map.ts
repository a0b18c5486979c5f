// map.ts - a schematic map: sites where they lie, each tied to its nearest neighbour, labels that do
// not stand on each other. Equirectangular; a city is small enough.
import type { Rec } from '../api'

type Site = Rec<'site_figure'>
export interface Point {
  site: Site
  x: number
  y: number
  r: number
  labelX: number
  labelY: number
  anchor: 'start' | 'end'
}
// Open within the hour, still to fill, filled, or nothing today.
export const toneOf = (s: Site): string => (s.gaps ? 'gap' : s.places > s.filled ? 'part' : s.places ? 'full' : 'none')
export const radiusOf = (s: Site, all: Site[]): number => 12 + 10 * Math.sqrt(s.places / Math.max(1, ...all.map((x) => x.places)))
const W = 560
const PAD = 60
const MIN_APART = 40
const LABEL_H = 16

// Sites of one quarter lie too near to be told apart: they are pushed until each has its room.
function spread(points: Point[]): void {
  for (let round = 0; round < 60; round++)
    for (const a of points)
      for (const b of points) {
        const dx = b.x - a.x || 0.1
        const dy = b.y - a.y || 0.1
        const d = Math.hypot(dx, dy)
        if (a === b || d >= MIN_APART) continue
        const push = (MIN_APART - d) / 2 / d
        a.x -= dx * push
        a.y -= dy * push
        b.x += dx * push
        b.y += dy * push
      }
}

function label(points: Point[]): void {
  const boxes: { x0: number; x1: number; y: number }[] = points.map((p) => ({ x0: p.x - p.r, x1: p.x + p.r, y: p.y }))
  for (const p of points) {
    const wide = p.site.name.length * 13
    const tries = [
      { x: p.x + p.r + 4, y: p.y + 4, anchor: 'start' as const },
      { x: p.x - p.r - 4, y: p.y + 4, anchor: 'end' as const },
      { x: p.x - p.r, y: p.y + p.r + 14, anchor: 'start' as const },
      { x: p.x - p.r, y: p.y - p.r - 4, anchor: 'start' as const }
    ].map((at) => ({ ...at, x0: at.anchor === 'start' ? at.x : at.x - wide, x1: at.anchor === 'start' ? at.x + wide : at.x }))
    const free = tries.find((at) => at.x0 >= 0 && at.x1 <= W && !boxes.some((b) => b.x0 < at.x1 && b.x1 > at.x0 && Math.abs(b.y - at.y) < LABEL_H)) ?? tries[0]
    Object.assign(p, { labelX: free.x, labelY: free.y, anchor: free.anchor })
    boxes.push({ x0: free.x0, x1: free.x1, y: free.y })
  }
}

interface Ring {
  r: number
  km: number
}
const STEPS_KM = [1, 2, 5, 10, 20, 50]
const KM_A_DEGREE = 111.2

// Circles around the middle, so that distances can be guessed: at most four.
function ringsOf(perKm: number): Ring[] {
  const step = STEPS_KM.find((km) => km * perKm * 4.5 >= W / 2) ?? 50
  return [1, 2, 3, 4].map((i) => ({ km: i * step, r: i * step * perKm }))
}

export function layout(sites: Site[]): { w: number; h: number; points: Point[]; links: string[]; rings: Ring[] } | null {
  const known = sites.filter((s) => s.place)
  if (!known.length) return null
  const lons = known.map((s) => s.place!.lon)
  const lats = known.map((s) => s.place!.lat)
  const squeeze = Math.cos((((Math.min(...lats) + Math.max(...lats)) / 2) * Math.PI) / 180)
  const wide = Math.max((Math.max(...lons) - Math.min(...lons)) * squeeze, 0.01)
  const high = Math.max(Math.max(...lats) - Math.min(...lats), 0.01)
  const scale = (W - 2 * PAD) / Math.max(wide, high * 0.8)
  const points: Point[] = known.map((site) => ({
    site,
    x: PAD + (site.place!.lon - Math.min(...lons)) * squeeze * scale + (W - 2 * PAD - wide * scale) / 2,
    y: PAD + (Math.max(...lats) - site.place!.lat) * scale,
    r: radiusOf(site, known),
    labelX: 0, labelY: 0, anchor: 'start'
  }))
  spread(points)
  label(points)
  const links = points.flatMap((a) => {
    const near = points.filter((b) => b !== a).sort((b, c) => Math.hypot(b.x - a.x, b.y - a.y) - Math.hypot(c.x - a.x, c.y - a.y))[0]
    return near ? [`M${a.x.toFixed(1)} ${a.y.toFixed(1)}L${near.x.toFixed(1)} ${near.y.toFixed(1)}`] : []
  })
  return { w: W, h: Math.round(Math.max(...points.map((p) => p.y)) + PAD), points, links, rings: ringsOf(scale / KM_A_DEGREE) }
}
