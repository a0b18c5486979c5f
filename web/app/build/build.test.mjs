// build.test.mjs - web/dist is what the sources give, byte for byte.
import assert from 'node:assert'
import { execFileSync } from 'node:child_process'
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test } from 'node:test'
import { fileURLToPath } from 'node:url'

const here = fileURLToPath(new URL('.', import.meta.url))
const committed = join(here, '../../dist')

test('a rebuild gives the committed bytes', () => {
  const fresh = mkdtempSync(join(tmpdir(), 'lingji-app-'))
  try {
    execFileSync(process.execPath, [join(here, 'build.mjs'), fresh], { stdio: 'inherit' })
    assert.deepStrictEqual(readdirSync(fresh).sort(), readdirSync(committed).sort())
    for (const file of readdirSync(fresh))
      assert.ok(readFileSync(join(fresh, file)).equals(readFileSync(join(committed, file))), `${file} differs: run tools/app.sh`)
  } finally {
    rmSync(fresh, { recursive: true })
  }
})

test('no file has inline script or style, or another address', () => {
  const html = readFileSync(join(committed, 'index.html'), 'utf8')
  assert.doesNotMatch(html, /<script(?![^>]*\ssrc=)|<style|\sstyle=|\son[a-z]+=/)
  assert.doesNotMatch(html, /https?:/)
})
