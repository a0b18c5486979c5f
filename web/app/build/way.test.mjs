// way.test.mjs - the order in which an inspector goes from door to door.
import assert from 'node:assert'
import { readFileSync } from 'node:fs'
import { test } from 'node:test'
import { transformWithEsbuild } from 'vite'

const flat = 'export const distanceM = (a, b) => Math.round(111200 * Math.hypot(b.lon - a.lon, b.lat - a.lat))'
const source = readFileSync(new URL('../src/field/way.ts', import.meta.url), 'utf8').replace(/import .*show'/, flat)
const { code } = await transformWithEsbuild(source, 'way.ts')
const { wayOf } = await import(`data:text/javascript,${encodeURIComponent(code)}`)
const km = (x) => x / 111.2
const stop = (name, risk, x) => ({ name, risk, place: x === null ? null : { lon: km(x), lat: 0 } })
const names = (way) => way.map((l) => l.stop.name).join('')

test('equal risks are one way along the road, not back and forth', () => {
  const stops = [stop('c', 10, 3), stop('a', 10, 1), stop('b', 10, 2)]
  assert.strictEqual(names(wayOf(stops, { lon: 0, lat: 0 })), 'abc')
})

test('what presses comes first, unless it is far beyond a door on the way', () => {
  const stops = [stop('near', 10, 1), stop('danger', 50, 9), stop('beside', 12, 8)]
  assert.strictEqual(names(wayOf(stops, { lon: 0, lat: 0 })), 'dangerbesidenear')
  assert.strictEqual(names(wayOf([stop('n', 10, 1), stop('d', 14, 9)], { lon: 0, lat: 0 })), 'nd')
})

test('without a position the riskiest is first, and a post without a place is not lost', () => {
  const way = wayOf([stop('x', 5, 1), stop('y', 20, 5), stop('z', 7, null)], null)
  assert.strictEqual(names(way), 'yzx')
  assert.deepStrictEqual(way.map((l) => l.legM), [-1, -1, 4000])
})
