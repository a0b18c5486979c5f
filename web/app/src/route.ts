// route.ts - the address as every screen may read and change it.
import { reactive } from 'vue'

export const route = reactive({ path: '/', query: new URLSearchParams() })

export function go(to: string): void {
  location.hash = to
}
