// build.mjs [DIR] - builds the app into web/dist (or DIR), prints its size and fails when over budget.
import { fileURLToPath } from 'node:url'
import { build } from 'vite'
import { checkBudgets } from './budget.mjs'

const dist = process.argv[2] || fileURLToPath(new URL('../../dist', import.meta.url))
process.env.OUT_DIR = dist
await build({ configFile: fileURLToPath(new URL('../vite.config.mjs', import.meta.url)), logLevel: 'warn' })
if (!checkBudgets(dist)) process.exit(1)
