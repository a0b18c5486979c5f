// cookie.ts - the two choices of a reader that the server's pages read too: size and lang.
export function cookie(name: string): string {
  const found = document.cookie.split('; ').find((c) => c.startsWith(`${name}=`))
  return found ? found.slice(name.length + 1) : ''
}

export function setCookie(name: string, value: string): void {
  document.cookie = `${name}=${value}; Path=/; Max-Age=31536000; SameSite=Lax`
}
