// texts.ts - the words of the screens by key, in the language of the reader; the same files as the
// pages of the server read (web/texts).
import { ref, shallowRef } from 'vue'
import type own from '../../texts/app.zh-CN.json'
import type field from '../../texts/field.zh-CN.json'
import { cookie, setCookie } from './cookie'

export type Key = keyof typeof own | keyof typeof field
export type Lang = 'zh-CN' | 'en'
type Args = Record<string, string | number>

const parts = { 'zh-CN': () => import('virtual:texts/zh-CN'), en: () => import('virtual:texts/en') }
const table = shallowRef<Record<string, string>>({})
export const lang = ref<Lang>('zh-CN')

export async function setLang(next: Lang): Promise<void> {
  table.value = (await parts[next]()).default
  lang.value = next
  document.documentElement.lang = next
  setCookie('lang', next)
}

export function startLang(): Promise<void> {
  const kept = cookie('lang') || navigator.language
  return setLang(kept.startsWith('en') ? 'en' : 'zh-CN')
}

export function t(key: Key, args: Args = {}): string {
  return (table.value[key] ?? key).replace(/\{\{(\w+)\}\}/g, (_, name) => String(args[name] ?? ''))
}

// The text of one choice of a record: word('trade', 'sewing'), word('hire.state', 'paid').
export function word(field: string, choice: string): string {
  return table.value[`${field}.${choice}`] ?? choice
}
