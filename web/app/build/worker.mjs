// worker.mjs - writes sw.js into the build: what a phone keeps, and a name for this build.
import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'

// What the field needs; the rest is kept when somebody opens it.
const field = /^(app|index|vue|kit|field|texts-(zh|en))\.[0-9a-f]{8}\.(js|css)$/

export function worker(source) {
  return {
    name: 'worker',
    enforce: 'post',
    generateBundle(_, bundle) {
      const files = Object.keys(bundle).sort()
      const build = createHash('sha256').update(files.join() + bundle['index.html'].source).digest('hex').slice(0, 8)
      const kept = ['/app', ...files.filter((f) => field.test(f)).map((f) => `/app/${f}`)]
      this.emitFile({ type: 'asset', fileName: 'sw.js', source: `const BUILD = '${build}', FILES = ${JSON.stringify(kept)}\n${readFileSync(source, 'utf8')}` })
    }
  }
}
