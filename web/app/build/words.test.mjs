// words.test.mjs - whoever reads who did what reads words: each route that writes and each thing that is
// written about has some, in both languages.
import assert from 'node:assert'
import { readdirSync, readFileSync } from 'node:fs'
import { test } from 'node:test'

const file = (path) => readFileSync(new URL(path, import.meta.url), 'utf8')

test('every write has words in the audit', () => {
  const writes = file('../../../tests/golden/routes.txt').split('\n').map((l) => l.split(/\s+/)).filter(([m]) => /^(POST|PUT|PATCH)$/.test(m))
  const names = new Set(writes.map(([, path]) => path.split('/').filter((p) => p && !p.startsWith(':')).pop()))
  assert.ok(names.size > 50)
  for (const lang of ['zh-CN', 'en']) {
    const texts = JSON.parse(file(`../../texts/app.${lang}.json`))
    assert.deepStrictEqual([...names].filter((n) => !texts[`app.act.${n}`] && n !== 'people'), [], lang)
  }
})

test('every thing that the audit names has words, and no other', () => {
  const src = new URL('../../../src/', import.meta.url)
  const code = readdirSync(src, { recursive: true }).filter((f) => f.endsWith('.c')).map((f) => readFileSync(new URL(f, src), 'utf8')).join('\n')
  const names = new Map([...code.matchAll(/const struct record (\w+) = \{"(\w+)"/g)].map((m) => [m[1], m[2]]))
  const about = [...code.matchAll(/audit_about\(rq, &(\w+),/g)].map((m) => names.get(m[1]))
  const things = new Set([...about, ...[...code.matchAll(/audit_object = "(\w+)"/g)].map((m) => m[1])])
  assert.ok(things.size > 10)
  for (const lang of ['zh-CN', 'en']) {
    const said = Object.keys(JSON.parse(file(`../../texts/app.${lang}.json`))).filter((k) => k.startsWith('app.thing.')).map((k) => k.slice(10))
    assert.deepStrictEqual(said.sort(), [...things].sort(), lang)
  }
})
