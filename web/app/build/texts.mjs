// texts.mjs - the texts of the app as two modules per language, out of web/texts, so that no text stands
// twice: what the shell and the field say, found in their sources, and more for the screens of a desk.
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

const words = /^(trade|person\.trade|wishes|limits|offers|needs|papers|skills|mark\.what|support\.what|comes|person\.(age_said|school_days)|session\.device|pay_unit|rhythm|job\.(state|level)|hire\.state|employer\.(state|kind)|site\.kind|screen\.kind|role|district|complaint\.what|result|offer\.state|visit\.(answers|outcome)|visit_next\.why|complaint\.state)\./
const fieldWords = /^(trade|person\.(trade|school_days)|limits|needs|pay_unit|rhythm|hire\.state|visit\.(answers|outcome)|visit_next\.why)\./
const light = /^(field|kit|sign-in)\/|^[^/]+$/

// Keys written out in those sources; one that ends in a dot is the head of several.
function keysIn(src) {
  const files = readdirSync(src, { recursive: true }).map(String).filter((f) => light.test(f) && /\.(ts|vue)$/.test(f) && !f.endsWith('.d.ts'))
  return new Set(files.flatMap((f) => readFileSync(join(src, f), 'utf8').match(/app\.[a-z0-9_.-]+/g) ?? []))
}

export function textsOf(folder, src, lang, more) {
  const all = {}
  for (const file of readdirSync(folder).filter((f) => f.endsWith(`.${lang}.json`)).sort())
    Object.assign(all, JSON.parse(readFileSync(join(folder, file), 'utf8')))
  const said = keysIn(src)
  const heads = [...said].filter((k) => k.endsWith('.'))
  const isLight = (key) => fieldWords.test(key) || said.has(key) || heads.some((h) => key.startsWith(h))
  return Object.fromEntries(Object.entries(all).filter(([key]) => (/^app\./.test(key) || words.test(key)) && isLight(key) !== more))
}

export function texts(folder, src) {
  const name = /^virtual:texts\/(zh-CN|en)(\/more)?$/
  return {
    name: 'texts',
    resolveId: (id) => (name.test(id) ? `\0${id}` : null),
    load(id) {
      const asked = id.startsWith('\0') && name.exec(id.slice(1))
      return asked ? `export default ${JSON.stringify(textsOf(folder, src, asked[1], Boolean(asked[2])))}` : null
    }
  }
}
