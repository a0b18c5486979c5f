// leaflet.ts - sites on the tiles of the city's own file. Fetched only where there is such a file.
import 'leaflet/dist/leaflet.css'
import { circleMarker, control, latLng, latLngBounds, map as makeMap, tileLayer } from 'leaflet/dist/leaflet-src.esm.js'
import type { Rec } from '../api'

type Site = Rec<'site_figure'>
export interface Look {
  title: (s: Site) => string
  tone: (s: Site) => string
  radius: (s: Site) => number
  zoomIn: string
  zoomOut: string
}
const EDGE = 0.2 // of the sites' own extent, beyond which nobody pans

// Names that would stand on others are left out until there is room; the busiest site comes first.
function declutter(labels: HTMLElement[]): void {
  const taken: DOMRect[] = []
  for (const label of labels) {
    label.style.visibility = ''
    const r = label.getBoundingClientRect()
    const clash = taken.some((x) => x.left < r.right && x.right > r.left && x.top < r.bottom && x.bottom > r.top)
    if (clash) label.style.visibility = 'hidden'
    else taken.push(r)
  }
}

// Draws into `box` and gives back what takes it away again: at once, so nothing moves that would end behind it.
export function drawMap(box: HTMLElement, tiles: Rec<'tile_map'>, sites: Site[], look: Look, choose: (s: Site) => void): () => void {
  const known = sites.filter((s) => s.place).sort((a, b) => b.places - a.places)
  const at = (p: { lon: number; lat: number }) => latLng(p.lat, p.lon)
  const bounds = latLngBounds(known.map((s) => at(s.place!)))
  const map = makeMap(box, { attributionControl: false, zoomControl: false, zoomSnap: 0.5, minZoom: tiles.min_zoom, maxZoom: tiles.max_zoom, zoomAnimation: false })
  map.fitBounds(bounds, { paddingTopLeft: [60, 40], paddingBottomRight: [box.clientWidth * 0.28, 40] }).setMaxBounds(bounds.pad(EDGE + 1))
  control.zoom({ zoomInTitle: look.zoomIn, zoomOutTitle: look.zoomOut }).addTo(map)
  control.scale({ imperial: false }).addTo(map)
  tileLayer('/api/v1/tiles/{z}/{x}/{y}', { minZoom: tiles.min_zoom, maxZoom: tiles.max_zoom, bounds: tiles.from && tiles.to ? latLngBounds(at(tiles.from), at(tiles.to)) : undefined }).addTo(map)
  const labels = known.map((s) => {
    const name = document.createElement('span')
    name.textContent = look.title(s)
    const mark = circleMarker(at(s.place!), { radius: look.radius(s), className: `site ${look.tone(s)}`, bubblingMouseEvents: false })
    mark.bindTooltip(name, { direction: 'right', offset: [look.radius(s), 0], permanent: true }).on('click', () => choose(s)).addTo(map)
    return mark.getTooltip()!.getElement()!
  })
  declutter(labels)
  map.on('zoomend moveend', () => declutter(labels))
  return () => { map.remove() }
}
