// texts.ts - the words of the screens by key, in the language of the reader; the same files as the
// pages of the server read (web/texts).
import { ref, shallowRef } from 'vue'
import type own from '../../texts/app.zh-CN.json'
import type field from '../../texts/field.zh-CN.json'
import { cookie, setCookie } from './cookie'

export type Key = keyof typeof own | keyof typeof field
export type Lang = 'zh-CN' | 'en'
type Args = Record<string, string | number>

// First what the shell and the field say, then the rest, which only the screens of a desk fetch.
const parts = {
  'zh-CN': [() => import('virtual:texts/zh-CN'), () => import('virtual:texts/zh-CN/more')],
  en: [() => import('virtual:texts/en'), () => import('virtual:texts/en/more')]
}
let wanted = 1
const table = shallowRef<Record<string, string>>({})
export const lang = ref<Lang>('zh-CN')

export async function setLang(next: Lang): Promise<void> {
  table.value = Object.assign({}, ...(await Promise.all(parts[next].slice(0, wanted).map(async (part) => (await part()).default))))
  lang.value = next
  document.documentElement.lang = next
  setCookie('lang', next)
}

export async function moreWords(): Promise<void> {
  if (wanted > 1) return
  wanted = 2
  await setLang(lang.value).catch((e) => { wanted = 1; throw e })
}

export function startLang(): Promise<void> {
  const kept = cookie('lang') || navigator.language
  return setLang(kept.startsWith('en') ? 'en' : 'zh-CN')
}

export function t(key: Key, args: Args = {}): string {
  return (table.value[key] ?? key).replace(/\{\{(\w+)(?:\|(.*?)\|(.*?))?\}\}/g, (_, name, one, many) => String((one ? (args[name] == 1 ? one : many) : args[name]) ?? ''))
}

// The text of one choice of a record: word('trade', 'sewing'), word('hire.state', 'paid').
export function word(field: string, choice: string): string {
  return table.value[`${field}.${choice}`] ?? choice
}

export const has = (key: string): boolean => key in table.value

// The choices of a record for which there are words, in the order of the file: choices('role').
export function choices(field: string): string[] {
  const head = `${field}.`
  return Object.keys(table.value).filter((k) => k.startsWith(head) && !k.slice(head.length).includes('.')).map((k) => k.slice(head.length))
}
