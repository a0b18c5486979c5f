// run.test.mjs - how the school run is said.
import assert from 'node:assert'
import { readFileSync } from 'node:fs'
import { test } from 'node:test'
import { transformWithEsbuild } from 'vite'

const file = (path) => readFileSync(new URL(path, import.meta.url), 'utf8')
const days = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun']
async function saying(lang) {
  const words = { ...JSON.parse(file(`../../texts/base.${lang}.json`)), ...JSON.parse(file(`../../texts/app.${lang}.json`)) }
  const head = `const words = ${JSON.stringify(words)}, lang = { value: '${lang}' }
const t = (k, a) => words[k].replace(/\\{\\{(\\w+)\\}\\}/g, (_, n) => a[n]), word = (f, k) => words[f + '.' + k]\n`
  const { code } = await transformWithEsbuild(head + file('../src/desk/facts.ts').replace(/^import .*$/gm, '').replace(/^export const/gm, 'const'), 'facts.ts')
  return (await import(`data:text/javascript,${encodeURIComponent(code)}`)).runSaid
}
const run = (school_days, drop_min = 500, pick_min = 960) => ({ drop_min, pick_min, school_days })

test('the days of a school run are said as people say them', async () => {
  const zh = await saying('zh-CN')
  assert.strictEqual(zh(run(days.slice(0, 5))), '接送孩子：周一到周五 8:20 送，16:00 接')
  assert.strictEqual(zh(run(days)), '接送孩子：每天 8:20 送，16:00 接')
  assert.strictEqual(zh(run(['mon', 'wed', 'fri'], 0)), '接孩子：周一、三、五 16:00')
  assert.strictEqual(zh(run(['sat', 'sun'], 485, 0)), '送孩子：周六、日 8:05')
  assert.strictEqual(zh(run(['sun'])), '接送孩子：周日 8:20 送，16:00 接')
  assert.strictEqual(zh(run(days, 0, 0)), '')
  const en = await saying('en')
  assert.strictEqual(en(run(['tue', 'thu'])), 'School run, Tue, Thu: drop-off 8:20, pick-up 16:00')
  assert.strictEqual(en(run(days.slice(0, 6), 500, 0)), 'School run, Mon to Sat: drop-off 8:20')
})
