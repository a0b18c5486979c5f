// texts.mjs - the texts of the app as one module per language: its own part and the words of the
// records it shows, out of web/texts, so that no text stands twice and none is sent for nothing.
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

const own = /^app\./
const words = /^(trade|wishes|limits|offers|papers|skills|mark\.what|comes|pay_unit|rhythm|job\.(state|level)|hire\.state|employer\.(state|kind)|site\.kind|visit\.(answers|outcome)|visit_next\.why|complaint\.(what|state)|district)\./

export function textsOf(folder, lang) {
  const all = {}
  for (const file of readdirSync(folder).filter((f) => f.endsWith(`.${lang}.json`)).sort())
    Object.assign(all, JSON.parse(readFileSync(join(folder, file), 'utf8')))
  return Object.fromEntries(Object.entries(all).filter(([key]) => own.test(key) || words.test(key)))
}

export function texts(folder) {
  const name = /^virtual:texts\/(zh-CN|en)$/
  return {
    name: 'texts',
    resolveId: (id) => (name.test(id) ? `\0${id}` : null),
    load(id) {
      const lang = id.startsWith('\0') && name.exec(id.slice(1))?.[1]
      return lang ? `export default ${JSON.stringify(textsOf(folder, lang))}` : null
    }
  }
}
