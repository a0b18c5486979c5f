// budget.mjs - what a first visit to a screen costs, in KB of brotli, and where it must stop.
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { brotliCompressSync, constants } from 'node:zlib'

const shell = ['index.html', 'app.js', 'index.css', 'kit.js', 'kit.css', 'vue.js', 'texts-zh.js']
const budgets = [
  { name: 'field, first visit', files: [...shell, 'field.js', 'field.css'], max: 60 },
  { name: 'desk, first visit', files: [...shell, 'texts-zh-more.js', 'desk.js', 'desk.css', 'element.js', 'element.css'], max: 200 },
  { name: 'employer, first visit', files: [...shell, 'texts-zh-more.js', 'employer.js', 'employer.css'], max: 80 }
]
const total = 1.2e6
const plainName = (file) => file.replace(/\.[0-9a-f]{8}\./, '.')

function squeezed(path) {
  const raw = readFileSync(path)
  return brotliCompressSync(raw, { params: { [constants.BROTLI_PARAM_QUALITY]: 9 } }).length
}

export function checkBudgets(dist) {
  const files = readdirSync(dist)
  let bad = 0
  for (const b of budgets) {
    const kb = files.filter((f) => b.files.includes(plainName(f))).reduce((sum, f) => sum + squeezed(join(dist, f)), 0) / 1000
    console.log(`${b.name}: ${kb.toFixed(1)} of ${b.max} KB brotli`)
    if (kb > b.max) bad++
  }
  const bytes = files.reduce((sum, f) => sum + readFileSync(join(dist, f)).length, 0)
  console.log(`all files: ${Math.round(bytes / 1000)} of ${total / 1000} KB`)
  const kit = files.filter((f) => [...shell, 'field.js'].includes(plainName(f)) && /from"\.\/element\./.test(readFileSync(join(dist, f), 'utf8')))
  if (kit.length) console.log(`the field must not load the desk kit: ${kit}`)
  return bad === 0 && bytes <= total && kit.length === 0
}
