// words.test.mjs - whoever reads who did what reads words: each route that writes has some, in both languages.
import assert from 'node:assert'
import { readFileSync } from 'node:fs'
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
