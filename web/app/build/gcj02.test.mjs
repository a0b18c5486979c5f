// gcj02.test.mjs - the shift of maps, against the table that is also the test of src/base/geo.c.
import assert from 'node:assert'
import { readFileSync } from 'node:fs'
import { test } from 'node:test'
import { transformWithEsbuild } from 'vite'

const file = (path) => readFileSync(new URL(path, import.meta.url), 'utf8')
const { code } = await transformWithEsbuild(file('../src/kit/gcj02.ts'), 'gcj02.ts')
const { toGcj02 } = await import(`data:text/javascript,${encodeURIComponent(code)}`)

test('places are shifted as published, and only in mainland China', () => {
  const rows = file('../../../tests/golden/gcj02.txt').split('\n').filter((l) => /^\d/.test(l)).map((l) => l.split(' ').map(Number))
  assert.strictEqual(rows.length, 13)
  for (const [lon, lat, x, y] of rows) {
    const got = toGcj02({ lon, lat })
    assert.ok(Math.abs(got.lon - x) < 2e-6 && Math.abs(got.lat - y) < 2e-6, `${lon} ${lat}: ${got.lon} ${got.lat}`)
  }
})
