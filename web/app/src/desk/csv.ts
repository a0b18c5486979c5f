// csv.ts - a pile of paper typed into a table: rows pasted or read from a file (CSV, Excel) become people
// to register. Columns may stand in any order; a phone number is known by its look, a trade by its word.
import { Problem } from '../api'
import { trades, wanted } from '../kit/words'
import { t, word } from '../texts'

export interface Row {
  name: string
  phone: string
  home_text: string
  trade: (typeof trades)[number]
  fault: '' | 'phone' | 'name' | 'twice'
}

// RFC 4180 with comma, semicolon or tab; quotes may hold the mark itself.
export function cells(typed: string): string[][] {
  const text = typed.replace(/,/g, ',')
  const mark = ['\t', ';'].find((m) => text.includes(m)) ?? ','
  const rows: string[][] = [[]]
  let cell = ''
  let quoted = false
  for (let i = 0; i < text.length; i++) {
    const c = text[i]
    if (quoted && c === '"' && text[i + 1] === '"') cell += text[++i]
    else if (c === '"' && (quoted || !cell)) quoted = !quoted
    else if (!quoted && c === mark) {
      rows[rows.length - 1].push(cell.trim())
      cell = ''
    } else if (!quoted && c === '\n') {
      rows[rows.length - 1].push(cell.trim())
      cell = ''
      rows.push([])
    } else if (c !== '\r') cell += c
  }
  rows[rows.length - 1].push(cell.trim())
  return rows.filter((r) => r.some(Boolean))
}

const mobile = /^1[3-9]\d{9}$/
const plain = (s: string): string => s.replace(/^'|[\s-]/g, '').replace(/^\+?86(?=1)/, '')

function rowOf(parts: string[]): Row {
  const row: Row = { name: '', phone: '', home_text: '', trade: 'other', fault: '' }
  for (const part of parts.filter(Boolean)) {
    const trade = trades.find((k) => [wanted(k), word('trade', k), k].includes(part))
    if (/^\+?[\d\s-]{7,}$/.test(plain(part)) && !row.phone) row.phone = plain(part)
    else if (trade) row.trade = trade
    else if (!row.name) row.name = part
    else row.home_text = row.home_text ? `${row.home_text} ${part}` : part
  }
  if (!row.name) row.fault = 'name'
  else if (!mobile.test(row.phone)) row.fault = 'phone'
  return row
}

const isHead = (parts: string[]): boolean => !parts.some((p) => /\d{4}/.test(p)) && parts.some((p) => /^(姓名|名字|手机|电话|name|phone)/i.test(p))

export function people(rows: string[][]): Row[] {
  const seen = new Set<string>()
  return (rows.length && isHead(rows[0]) ? rows.slice(1) : rows).map((parts) => {
    const row = rowOf(parts)
    if (!row.fault && seen.has(row.phone)) row.fault = 'twice'
    seen.add(row.phone)
    return row
  })
}

const MOST_BYTES = 5e6

// The first sheet of a workbook as rows of text; its reader is fetched when somebody picks one. Numbers
// stay whole: a phone typed as a number is no 1.39E+10.
async function workbook(file: Blob): Promise<string[][]> {
  const { readSheet } = await import('read-excel-file/universal')
  const text = (cell: unknown): string => (cell instanceof Date ? cell.toISOString().slice(0, 10) : String(cell ?? '').trim())
  return (await readSheet(file)).map((row) => row.map(text)).filter((row) => row.some(Boolean))
}

// What was picked: a workbook by its first bytes, whatever its name; an old .xls is named as such.
export async function rowsOf(file: Blob): Promise<string[][]> {
  const head = new Uint8Array(await file.slice(0, 4).arrayBuffer())
  if (file.size > MOST_BYTES) throw new Problem(0, 'input', t('app.batch.fault.file'), t('app.batch.large'))
  if (head[0] === 0xd0 && head[1] === 0xcf) throw new Problem(0, 'input', t('app.batch.fault.file'), t('app.batch.old'))
  if (head[0] !== 0x50 || head[1] !== 0x4b) return cells(await readText(file))
  return workbook(file).catch(() => {
    throw new Problem(0, 'input', t('app.batch.fault.file'), t('app.batch.broken'))
  })
}

// Spreadsheets of this country save as GB 18030 as often as UTF-8.
async function readText(file: Blob): Promise<string> {
  const bytes = await file.arrayBuffer()
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes)
  } catch {
    return new TextDecoder('gb18030').decode(bytes)
  }
}
